"""Tables of a report drawn as tables, also where the text has them one cell a line: each figure leads to its
observation, and what was not understood is marked."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from pipeline.site.names import observation_anchor
from pipeline.site.render import template
from pipeline.site.words import Label, label

MOST_CELLS = 3_000  # of a table that is drawn; the text has the rest
HEADS = ("title", "unit_note", "column_head", "column_number")
NAMES = ("stub", "section", "total")
BLANK = {"tag": "td", "scope": None, "classes": "blank", "text": "", "span": 1, "href": None, "heads": ""}


def table_views(part: Mapping, start: int) -> list[tuple[int, Markup]]:
    """Where each table of a report begins (an offset of its document), and how it is drawn.

    `part`: text, observations, tables and cells of the report (see `data.report_parts`); `start` is where its
    text begins in the document.
    """
    of_table: dict[str, list[Mapping]] = {}
    for cell in part["cells"]:
        of_table.setdefault(cell["table_id"], []).append(cell)
    spans = [(row["span_start"], row["span_end"], row) for row in part["observations"] if row.get("table_id")]
    at = {place: row for first, last, row in spans for place in range(first, last)}
    drawing = template("table_view.html")
    views = []
    for number, table in enumerate(part["tables"], 1):
        cells = of_table.get(table["table_id"], [])
        values = _values(table, cells[:MOST_CELLS], part["text"], start, at)
        cut = len(cells) - MOST_CELLS
        html = drawing.render(
            number=number,
            cut=max(cut, 0),
            state=label("table_state", table["state"]),
            reasons=reasons(table["reason"]),
            **values,
        )
        views.append((table["span_start"], Markup(html)))
    return views


def reasons(told: str | None) -> list[Label]:
    """Why a table was not wholly read, for each reason a label."""
    return [label("table_reason", code) for code in (told or "").split(", ") if code]


def _values(
    table: Mapping, cells: Sequence[Mapping], text: str, start: int, at: Mapping[int, Mapping]
) -> dict[str, Any]:
    """What `table_view.html` needs: the table, and its rows of cells with the blanks between them."""
    words = {
        cell["span_start"]: text[cell["span_start"] - start : cell["span_end"] - start] for cell in cells
    }
    rows: dict[int, list[Mapping]] = {}
    for cell in cells:
        rows.setdefault(cell["row"], []).append(cell)
    width = max((cell["column"] + cell["column_span"] for cell in cells), default=0)
    drawn = []
    for number in sorted(rows):
        row: list[dict[str, Any]] = []
        column = 0
        for cell in sorted(rows[number], key=lambda each: each["column"]):
            row += [BLANK] * (cell["column"] - column)
            row.append(_cell(cell, words, at))
            column = cell["column"] + cell["column_span"]
        if len(row) == 1:  # 一、社会救助 above its rows has the whole line, not a column to be broken in
            row[0]["span"] = width
            column = width
        drawn.append(row + [BLANK] * (width - column))
    return {"table": table, "rows": drawn}


def _cell(cell: Mapping, words: Mapping[int, str], at: Mapping[int, Mapping]) -> dict[str, Any]:
    inside = range(cell["span_start"], cell["span_end"])
    observation = next((at[place] for place in inside if place in at), None)
    figure = cell["kind"] == "figure" and cell["role"] == "body"
    classes = [cell["role"], "figure" if figure else ""]
    if figure:
        understood = observation is not None and observation["subject"] != "other" and cell["heads"]
        classes.append("understood" if understood else "doubtful")
    tag = "th" if cell["role"] in (*HEADS, *NAMES) else "td"
    scope = "col" if cell["role"] in HEADS else "row" if tag == "th" else None
    return {
        "tag": tag,
        "scope": scope,
        "classes": " ".join(filter(None, classes)),
        "text": words[cell["span_start"]],
        "span": cell["column_span"],
        "href": "#" + observation_anchor(observation["observation_id"]) if observation else None,
        "heads": " › ".join(words[head] for head in cell["heads"] if head in words),
    }
