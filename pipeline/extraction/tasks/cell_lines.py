"""Task tables that lost their bars: a line for each cell, as web pages and PDFs are often saved.

Known by a run of short lines that name columns, the first of them a number column, with lines `1`, `2`
… below. Where a row has as many lines as the table has columns each cell is known by its place; where a
cell took several lines, by what it looks like.
"""

import re

from pipeline.extraction.tasks.columns import is_of_tasks, role_of
from pipeline.vocabulary import pattern

ORDINAL = re.compile(r"\d{1,3}")
NAME = re.compile(r"[\u4e00-\u9fa5·]{2,4}")
FEWEST_COLUMNS, LONGEST_ROW = 3, 40

Line = tuple[int, int, str, str]


def find_loose_rows(lines: list[Line]) -> list[tuple[int, int, dict[str, str]]]:
    """Rows (start, end, texts by role) of such tables in a report's lines (start, end, folded text, as
    written).
    """
    rows, i = [], 0
    while i < len(lines):
        roles = _header(lines, i)
        if not roles:
            i += 1
            continue
        i += len(roles)
        body: list[Line] = []
        due, longest = 1, len(roles)
        while i < len(lines) and len(body) < LONGEST_ROW:
            if lines[i][2] == str(due):
                rows += _row(body, roles)
                longest = max(longest, len(body))
                body, due = [lines[i]], due + 1
            elif due == 1:
                break
            elif lines[i][2] == roles[0][1]:  # the header again, on the next page
                i += len(roles)
                continue
            else:
                body.append(lines[i])
            i += 1
        rows += _row(body[:longest], roles)  # what stands below the table is not part of it
    return rows


def _header(lines: list[Line], at: int) -> list[tuple[str, str]]:
    """Roles and words of the columns that a run of lines names, empty where it names none."""
    roles: list[tuple[str, str]] = []
    for _, _, text, _ in lines[at : at + 12]:
        role = None if "|" in text else role_of("".join(text.split()))
        if role is None or (role == "ordinal") != (not roles):
            break
        roles.append((role, text))
    fits = len(roles) >= FEWEST_COLUMNS and is_of_tasks({role for role, _ in roles})
    return roles if fits else []


def _row(body: list[Line], roles: list[tuple[str, str]]) -> list[tuple[int, int, dict[str, str]]]:
    if len(body) < 2:
        return []
    cells = [" ".join(raw.split()) for _, _, _, raw in body]
    if len(cells) == len(roles):
        said: dict[str, str] = {}
        for (role, _), cell in zip(roles, cells, strict=True):
            said[role] = f"{said[role]} {cell}" if role in said else cell
    else:
        said = _by_looks(cells, {role for role, _ in roles})
    return [(body[0][0], body[-1][1], said)]


def _by_looks(cells: list[str], roles: set[str]) -> dict[str, str]:
    """Cells by role where their places tell nothing: the first is the work, offices, names and dates
    are known.
    """
    said: dict[str, list[str]] = {"title" if "title" in roles else "goal": [cells[1]]}
    office, deadline = (re.compile(pattern(name)) for name in ("responsible_office", "task_deadline"))
    for cell in cells[2:]:
        if "deadline" in roles and deadline.fullmatch(cell):
            role = "deadline"
        elif "lead" in roles and NAME.fullmatch(cell) and not office.fullmatch(cell):
            role = "lead"
        elif "department" in roles and office.fullmatch(cell):
            role = "department"
        elif "goal" in roles:
            role = "goal"
        else:
            role = "other"
        said.setdefault(role, []).append(cell)
    return {role: " ".join(texts) for role, texts in said.items()}
