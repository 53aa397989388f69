"""Which room may call which: the data goes one way, and only the definitions wire it to Dagster."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.settings import PROJECT

PIPELINE = PROJECT / "pipeline"
MODULES = sorted(PIPELINE.rglob("*.py"))
UPPER = ("pipeline.warehouse", "pipeline.site", "pipeline.engine", "pipeline.fetching")
NETWORK = (
    "httpx", "httpcore", "protego", "requests", "urllib3", "niquests", "aiohttp", "socket", "ssl",
    "urllib.request", "http.client", "ftplib", "smtplib",
)  # fmt: skip
# Rooms (folders or files, the innermost that is named), and what they may not import.
FORBIDDEN = {
    "contracts": ("dagster", "duckdb", "pipeline.reading", "pipeline.extraction", *UPPER),
    "vocabulary": ("dagster", "duckdb", "pipeline.reading", "pipeline.extraction", *UPPER),
    "reading": ("dagster", "duckdb", "pipeline.extraction", *UPPER),
    "extraction": ("dagster", "duckdb", "pipeline.reading.formats", *UPPER),
    "fetching": ("dagster", "duckdb", "pipeline.extraction", *UPPER[:3]),
    "warehouse": ("dagster", "pipeline.reading", "pipeline.extraction", *UPPER[1:]),
    "site": ("dagster", "pipeline.reading", "pipeline.extraction", *UPPER[2:]),
    "engine": ("dagster", "pipeline.site", "pipeline.fetching"),
    "engine/batch.py": ("dagster", "duckdb", "pipeline.warehouse", "pipeline.site"),
    "evaluation": (
        "dagster",
        "duckdb",
        "pipeline.reading",
        "pipeline.extraction",
        *UPPER,
    ),
    "corrections.py": ("dagster", "duckdb"),
    "settings.py": ("dagster", "duckdb", "polars"),
}
# The floors of each room, from the ground up: a module may import from its own floor and those below it.
FLOORS = {
    "fetching": (
        ("failures",),
        ("addresses",),
        ("transport",),
        ("client",),
        ("visitor", "sources", "links", "ledger", "sameness"),
        ("keep",),
        ("bring",),
        ("fetch",),
    ),
    "reading": (
        (
            "layout/compute",
            "layout/pasted",
            "layout/separated",
            "layout/unsaid",
            "layout/folding",
            "layout/dates",
            "layout/written",
        ),
        ("formats",),
        ("files",),
        ("layout",),
        ("regions", "reports", "tables"),
        ("sections", "copies"),
    ),
    "reading/tables": (
        ("words", "values", "raw_cells"),
        ("barred", "listed", "heads", "roles", "placed", "proven", "captions", "page_heads"),
        ("loose",),
        ("spaced", "stacked", "unread"),
        ("grids",),
        ("find",),
    ),
    "extraction": (
        ("numbers",),
        ("cues/rows",),
        ("words", "windows", "wording"),
        ("cues",),
        ("sequence", "evidence", "surroundings"),
        ("report_context", "subjects", "fields", "tasks"),
        ("attribute",),
        ("tables",),
        ("signs", "confidence"),
        ("recognised",),
        ("extract",),
        ("pieces",),
        ("deciding",),
        ("explain", "cue_examples"),
    ),
    "warehouse": (("store",), ("marts",), ("publish",)),
}
TOP = {"__init__.py", "cli.py", "definitions.py", "settings.py", "corrections.py"}
LONGEST = 300


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements, those inside others too, but no expressions: twenty times as many, and none imports."""
    for part in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, part, None)
        for statement in inner if isinstance(inner, list) else ():
            yield statement
            yield from statements(statement)


@cache
def imports(path: Path) -> set[str]:
    """Names of all modules that a file imports, inside functions too."""
    names: set[str] = set()
    for node in statements(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def place(path: Path) -> str:
    return path.relative_to(PIPELINE).as_posix()


def innermost(name: str, rooms) -> str | None:
    """The longest of the rooms that a path lies in."""
    inside = [room for room in rooms if name == room or name.startswith(room + "/")]
    return max(inside, key=len, default=None)


def reaches(names: set[str], forbidden: str) -> bool:
    return any(name == forbidden or name.startswith(forbidden + ".") for name in names)


def test_a_room_imports_nothing_that_it_may_not():
    wrong = []
    for path in MODULES:
        names = imports(path)
        for room in (place(path).split("/")[0], place(path)):
            wrong += [(place(path), name) for name in FORBIDDEN.get(room, ()) if reaches(names, name)]
        if place(path) != "definitions.py" and not place(path).startswith("assets/"):
            wrong += [(place(path), "pipeline.assets")] * reaches(names, "pipeline.assets")
        if not place(path).startswith("tools/"):
            wrong += [(place(path), "pipeline.tools")] * reaches(names, "pipeline.tools")
    assert wrong == []


def test_only_the_room_that_fetches_opens_the_network():
    outside = {place(path): imports(path) for path in MODULES if not place(path).startswith("fetching/")}
    opens = {name for name, names in outside.items() if any(reaches(names, one) for one in NETWORK)}
    assert opens == {"orchestration/instance.py"}, "which asks the system for the name of this machine only"
    assert {name for name in outside if reaches(outside[name], "pipeline.fetching")} == {"assets/fetched.py"}


def test_no_room_imports_from_a_floor_above_it():
    wrong = []
    for room, floors in FLOORS.items():
        dotted = f"pipeline.{room.replace('/', '.')}."
        level = {name: number for number, floor in enumerate(floors) for name in floor}
        for path in MODULES:
            if not place(path).startswith(room + "/") or path.name == "__init__.py":
                continue
            inside = place(path).removeprefix(room + "/").removesuffix(".py")
            own = innermost(inside, level)
            assert own is not None, f"{place(path)} has no floor"
            for name in imports(path):
                file = name.removeprefix(dotted).replace(".", "/")
                if (PIPELINE / room / file).is_dir():
                    continue  # the import names what it takes from there too
                target = innermost(file, level)
                if name.startswith(dotted) and target and level[target] > level[own]:
                    wrong.append((place(path), name))
    assert wrong == []


def test_nothing_loose_stands_at_the_top():
    assert {path.name for path in PIPELINE.glob("*.py")} == TOP


def test_a_module_has_a_docstring_and_one_purpose():
    wrong = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if len(text.splitlines()) > LONGEST:
            wrong.append(f"{place(path)} has {len(text.splitlines())} lines: has it one reason to change?")
        if not ast.get_docstring(parsed(path)):
            wrong.append(f"{place(path)} does not say what it is for")
    assert wrong == []


def test_only_workspace_yaml_says_what_to_load():
    settings = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert "[tool.dg" not in settings and "[tool.dagster" not in settings


# Names of Dagster that are not public: each is asked for where it is used, and done without where it is gone.
PRIVATE_OF_DAGSTER = {
    ("orchestration/history.py", "dagster._core.storage.event_log.sqlite.sqlite_event_log"),
    ("orchestration/history.py", "dagster._core.storage.runs.sqlite.sqlite_run_storage"),
    ("orchestration/origin.py", "dagster._core.remote_origin"),
    ("orchestration/retention.py", "dagster._core.storage.event_log.schema"),
}


def test_private_names_of_dagster_are_few_and_asked_for_where_they_can_be_missing():
    found, guarded = set(), set()
    for path in MODULES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dagster._"):
                found.add((place(path), node.module))
            if isinstance(node, ast.Import):
                found |= {(place(path), a.name) for a in node.names if a.name.startswith("dagster._")}
            if isinstance(node, ast.Try) and any("ImportError" in ast.unparse(h) for h in node.handlers):
                inside = [n for step in node.body for n in ast.walk(step) if isinstance(n, ast.ImportFrom)]
                guarded |= {(place(path), n.module) for n in inside}
    assert found == PRIVATE_OF_DAGSTER
    assert found <= guarded


# Caches without a bound whose key is a str: names of the vocabulary, the registry or files, of which there
# are few. What is keyed by the text of documents grows as long as a daemon reads (`compute.REMEMBERED`).
KEYED_BY_NAMES = {
    "contracts/holds.py": {"_promises"},
    "contracts/registry.py": {"_empty"},
    "contracts/validate.py": {"pandera_schema"},
    "extraction/cues/reach.py": {"_column"},
    "extraction/numbers/read.py": {"_change"},
    "extraction/surroundings.py": {"_any"},
    "extraction/tables/neighbours.py": {"words_of"},
    "extraction/tables/said.py": {"_words"},
    "extraction/words.py": {"subjects_with", "subjects_of"},
    "reading/formats/webpage.py": {"_words", "_pattern"},
    "reading/layout/heading_roles.py": {"_pattern"},
    "reading/regions/gazetteer.py": {"words", "cue"},
    "reading/regions/page.py": {"_word"},
    "reading/reports/years.py": {"cue"},
    "reading/tables/listed/items.py": {"words"},
    "reading/tables/words.py": {"frame_words", "ends_in"},
    "site/render.py": {"template"},
    "tools/mark_labels.py": {"_codes", "_allowed"},
    "vocabulary/across.py": {"_lines"},
    "vocabulary/loader.py": {"rows", "table", "_words"},
}


def test_what_is_kept_by_the_text_of_documents_is_bounded():
    unbounded = {"cache", "functools.cache", "lru_cache(None)", "lru_cache(maxsize=None)"}
    found: dict[str, set[str]] = {}
    for path in MODULES:
        # a cache inside a function ends with it
        for node in (n for n in parsed(path).body if isinstance(n, ast.FunctionDef)):
            kinds = [
                ast.unparse(a.annotation) for a in (*node.args.args, *node.args.kwonlyargs) if a.annotation
            ]
            bare = unbounded & {ast.unparse(decorator) for decorator in node.decorator_list}
            if bare and any(kind == "str" or kind.startswith("str |") for kind in kinds):
                found.setdefault(place(path), set()).add(node.name)
    assert found == KEYED_BY_NAMES
