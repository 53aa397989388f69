"""Where things stand, in one frozen object that is passed in; nothing is read at import."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
MODELS = Path(__file__).with_name("models").resolve()  # comes with the package
CONFIG = "minzheng.toml"  # marks a folder that somebody keeps reports in, and says what is elsewhere
EXPORT_MARK, SITE_MARK = ".minzheng-export", ".minzheng-site"  # in folders that these commands wrote
CONFIG_KEYS = ("raw", "warehouse", "vocabulary", "log")
OWN_VOCABULARY = "vocabulary"  # folder of the raw folder that holds no reports


@dataclass(frozen=True)
class Settings:
    """Paths of one pipeline, and how patient it is.

    `raw` is the folder of report files, `warehouse` the published file that analysts open, `models` the
    folder of marts. `lock_wait` is how many seconds a run waits for another one that holds the work file.
    `engine` is `local` or `ray`. Where the raw files stand behind an address (`source`), `raw` is a folder of
    our own beside the work file. `ray_address` is the cluster's, `staging` a folder that its machines reach.
    `site` is the folder of the report browser that a refresh makes, or None where it makes none.
    `vocabulary` is a folder of the user's own words, laid over the built-in ones.
    `contact` is an address of who runs this, told to the servers that are fetched from.
    `file_memory` (MB) and `file_seconds` (of processor time) are what reading and extraction of one file may
    take before it is refused.
    `keep_runs` is how many ended runs Dagster's history keeps.
    `log_format` is `text`, which says little, or `json`, a line for each event; both on standard error.
    """

    raw: Path
    warehouse: Path
    models: Path = MODELS
    lock_wait: float = 900.0
    engine: str = "local"
    source: str | None = None
    ray_address: str | None = None
    staging: str | None = None
    site: Path | None = None
    vocabulary: Path | None = None
    log_format: str = "text"
    contact: str | None = None
    file_memory: int = 1000
    file_seconds: int = 60
    keep_runs: int = 50

    @property
    def own_vocabulary(self) -> Path | None:
        """The folder of the user's own words: the one given, else `vocabulary` of the raw folder, or none."""
        return self.vocabulary or (beside if (beside := self.raw / OWN_VOCABULARY).is_dir() else None)

    @property
    def work(self) -> Path:
        """The private work file: beside the published one, so that each published file has its own."""
        name = self.warehouse.name
        return self.warehouse.with_name(
            f"{name.removesuffix('.duckdb')}.work.duckdb" if name.endswith(".duckdb") else f"{name}.work"
        )

    @property
    def own_files(self) -> tuple[Path, ...]:
        """What minzheng writes itself: no report, should it lie in the raw folder."""
        return (self.warehouse, self.work, *((self.site,) if self.site else ()))


def home_folder() -> Path:
    """The folder that holds `raw`, `warehouse` and `.dagster` where nothing else is said.

    The nearest one upwards with a `minzheng.toml`, else the checkout that this code runs from, else where we
    are.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG).is_file():
            return folder
    return PROJECT if (PROJECT / "pyproject.toml").is_file() else here


def project_settings(
    raw: Path | str | None = None,
    warehouse: Path | None = None,
    env: Mapping[str, str] | None = None,
    vocabulary: Path | None = None,
    log_format: str | None = None,
    **more: str | None,
) -> Settings:
    """What is given, else MINZHENG_RAW, MINZHENG_WAREHOUSE, MINZHENG_VOCABULARY, MINZHENG_LOG and
    MINZHENG_CONTACT, else what `minzheng.toml` says, else the folders of `home_folder`, no words of one's
    own, and text.

    MINZHENG_FILE_MEMORY and MINZHENG_FILE_SECONDS bound what one file may take, MINZHENG_KEEP_RUNS the
    history. Raises ValueError where one of these is no number, where `minzheng.toml` can't be used or where
    a path holds bytes that are no text.
    `raw` may be an address (`s3://…`), which only the Ray engine reads.
    """
    env = os.environ if env is None else env
    home = home_folder()
    said = _config(home)
    raw = raw or env.get("MINZHENG_RAW") or said.get("raw") or home / "raw"
    own = Path(said.get("warehouse") or home / "warehouse" / "minzheng.duckdb")
    site = None if warehouse or "MINZHENG_WAREHOUSE" in env else own.parent / "site"
    warehouse = warehouse or Path(env.get("MINZHENG_WAREHOUSE") or own)
    warehouse = warehouse.expanduser().absolute()
    own_words = vocabulary or env.get("MINZHENG_VOCABULARY") or said.get("vocabulary")
    both = more | {
        "site": site,
        "vocabulary": Path(own_words).expanduser().absolute() if own_words else None,
        "contact": env.get("MINZHENG_CONTACT"),
        "log_format": log_format or env.get("MINZHENG_LOG") or said.get("log") or "text",
        "file_memory": _whole(env, "MINZHENG_FILE_MEMORY", Settings.file_memory),
        "file_seconds": _whole(env, "MINZHENG_FILE_SECONDS", Settings.file_seconds),
        "keep_runs": _whole(env, "MINZHENG_KEEP_RUNS", Settings.keep_runs),
    }
    if "://" in str(raw):
        both |= {"source": str(raw), "engine": "ray"}
        raw = warehouse.with_name(f"{warehouse.stem}.raw")
    raw = Path(raw).expanduser().absolute()
    for path in (raw, warehouse):
        _check_characters(path)
    return Settings(raw, warehouse, **both)  # type: ignore[arg-type]


def _check_characters(path: Path) -> None:
    """Raises ValueError where neither DuckDB nor Dagster can take a path."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        told = str(path).encode(errors="backslashreplace").decode()
        raise ValueError(f"{told} holds bytes that are not UTF-8: give the folder another name") from None


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    said = env.get(name) or str(default)
    if not said.isdecimal() or not int(said):
        raise ValueError(f"{name} is {said!r}; write a whole number above 0")
    return int(said)


def _config(home: Path) -> dict[str, str]:
    """What `minzheng.toml` says, its paths seen from its own folder; empty where there is none."""
    path = home / CONFIG
    if not path.is_file():
        return {}
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}") from None
    if strange := [
        name for name, value in said.items() if name not in CONFIG_KEYS or not isinstance(value, str)
    ]:
        raise ValueError(
            f"{path}: {', '.join(strange)}: there are {', '.join(CONFIG_KEYS)}, each a text in quotes"
        )
    if said.get("log", "text") not in ("text", "json"):
        raise ValueError(f"{path}: log is text or json")
    return {
        name: value if name == "log" or "://" in value else str(home / Path(value).expanduser())
        for name, value in said.items()
    }


def dagster_home(env: Mapping[str, str] | None = None, warehouse: Path | None = None) -> Path:
    """Folder of the Dagster instance: DAGSTER_HOME, else `.dagster` of `home_folder`; made if missing.

    Another `warehouse` than the folder's own has an instance of its own below it, so that runs on other
    folders don't overwrite what the assets say of this one.
    """
    env = os.environ if env is None else env
    folder = home_folder()
    own = folder / ".dagster"
    home = Path(env.get("DAGSTER_HOME") or own).expanduser().absolute()
    ours = home == own or own in home.parents  # we name ours there ourselves, for what Dagster starts
    if ours and warehouse is not None:
        usual = project_settings(env={}).warehouse
        home = own if warehouse == usual else own / "warehouses" / name_of_history(warehouse)
    home.mkdir(parents=True, exist_ok=True)
    return home


def name_of_history(warehouse: Path) -> str:
    """The name of the folder that holds the history of a published file other than the folder's own."""
    return f"{warehouse.stem}-{hashlib.sha256(str(warehouse).encode()).hexdigest()[:8]}"
