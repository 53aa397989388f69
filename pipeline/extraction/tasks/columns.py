"""What the columns of a task table hold, by their header cells (`vocabulary/tasks/task_columns.csv`)."""

import re
from functools import cache

from pipeline import vocabulary

# Header cells that are in no list are known by how they end.
ENDINGS = (
    ("lead", r"(?:领导|责任人|负责人)$"),
    ("department", r"(?:..单位|部门|科室|股室|处室|主体)$"),
    ("deadline", r"(?:时限|期限|节点|时间)$"),
    ("goal", r"(?:目标|措施|举措|要求|标准|内容)$"),
    ("title", r"(?:任务|事项|工作|项目|名称)$"),
)
DUTIES = {"goal", "lead", "department", "support", "deadline"}
LONGEST_CELL = 20


@cache
def header_words() -> list[str]:
    """Every word that names a column."""
    return vocabulary.words("tasks/task_columns.csv")


@cache
def _columns() -> dict[str, str]:
    return {row["word"]: row["role"] for row in vocabulary.rows("tasks/task_columns.csv")}


@cache
def role_of(cell: str) -> str | None:
    """What a header cell (folded, without blanks) announces, null for one that is unknown."""
    if len(cell) > LONGEST_CELL:
        return None
    plain = re.sub(r"\([^)]*\)$", "", cell)
    known = _columns().get(cell) or _columns().get(plain)
    return known or next((role for role, ending in ENDINGS if re.search(ending, plain)), None)


def is_of_tasks(roles: set[str]) -> bool:
    """Whether columns of these roles make a list of work; 指标, 单位, 目标 make a table of figures."""
    duty = bool({"lead", "department"} & roles)
    if "measure" in roles and not duty:
        return False
    return ("title" in roles and bool(DUTIES & roles)) or ("goal" in roles and duty)
