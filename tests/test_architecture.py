"""Which room may call which: the data goes one way, and only the definitions wire it to Dagster."""

import ast
from pathlib import Path

import pytest

from pipeline.settings import PROJECT

PIPELINE = PROJECT / "pipeline"
MODULES = sorted(PIPELINE.rglob("*.py"))
# Rooms, and what they may not import.
FORBIDDEN = {
    "contracts": (
        "dagster",
        "duckdb",
        "pipeline.reading",
        "pipeline.extraction",
        "pipeline.warehouse",
        "pipeline.site",
    ),
    "reading": ("dagster", "duckdb", "pipeline.extraction", "pipeline.warehouse", "pipeline.site"),
    "extraction": ("dagster", "duckdb", "pipeline.warehouse", "pipeline.site"),
    "vocabulary": ("dagster", "duckdb", "pipeline.warehouse", "pipeline.site"),
    "warehouse": ("dagster", "pipeline.reading", "pipeline.extraction", "pipeline.site"),
    "site": ("dagster", "pipeline.reading", "pipeline.extraction"),
    "batches.py": ("dagster", "duckdb", "pipeline.warehouse"),
    "corrections.py": ("dagster", "duckdb"),
    "engine.py": ("dagster",),
    "settings.py": ("dagster", "duckdb", "polars"),
}
LONGEST = 300


def imports(path: Path) -> set[str]:
    """Names of all modules that a file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(path: Path) -> str:
    return path.relative_to(PIPELINE).parts[0]


def reaches(names: set[str], forbidden: str) -> bool:
    return any(name == forbidden or name.startswith(forbidden + ".") for name in names)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_a_room_imports_nothing_that_it_may_not(path):
    names = imports(path)
    assert [name for name in FORBIDDEN.get(room(path), ()) if reaches(names, name)] == []
    if room(path) not in ("assets", "definitions.py"):
        assert not reaches(names, "pipeline.assets")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PIPELINE)))
def test_a_module_has_a_docstring_and_one_purpose(path):
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= LONGEST, f"{lines} lines: has it one reason to change?"
    if text.strip() and path.name != "__init__.py":
        assert ast.get_docstring(ast.parse(text))


def test_only_workspace_yaml_says_what_to_load():
    settings = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert "[tool.dg" not in settings and "[tool.dagster" not in settings
