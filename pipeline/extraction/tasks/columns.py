"""What the columns of a task table hold, by their header cells (`vocabulary/tasks/task_columns.csv`)."""

import re
from functools import cache, lru_cache

from pipeline import vocabulary

DUTIES = {"goal", "lead", "department", "support", "deadline"}
LONGEST_CELL = 20


@cache
def header_words() -> list[str]:
    """Every word that names a column."""
    return vocabulary.words("tasks/task_columns.csv")


@cache
def _columns() -> dict[str, str]:
    return {row["word"]: row["role"] for row in vocabulary.rows("tasks/task_columns.csv")}


@lru_cache(maxsize=2**14)
def role_of(cell: str) -> str | None:
    """What a header cell (folded, without blanks) announces, null for one that is unknown."""
    if len(cell) > LONGEST_CELL:
        return None
    plain = re.sub(r"\([^)]*\)$", "", cell)
    known = _columns().get(cell) or _columns().get(plain)
    # those that are in no list are known by how they end
    endings = vocabulary.rows("tasks/column_endings.csv")
    return known or next((row["role"] for row in endings if re.search(row["pattern"], plain)), None)


def is_of_tasks(roles: set[str]) -> bool:
    """Whether columns of these roles make a list of work; 指标, 单位, 目标 make a table of figures."""
    duty = bool({"lead", "department"} & roles)
    if "measure" in roles and not duty:
        return False
    return ("title" in roles and bool(DUTIES & roles)) or ("goal" in roles and duty)
