"""Where things stand, in one frozen object that is passed in; nothing is read at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
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
    `log_format` is `text`, which says little, or `json`, a line for each event; both on standard error.
    """

    raw: Path
    warehouse: Path
    models: Path = PROJECT / "models"
    lock_wait: float = 900.0
    engine: str = "local"
    source: str | None = None
    ray_address: str | None = None
    staging: str | None = None
    site: Path | None = None
    vocabulary: Path | None = None
    log_format: str = "text"
    contact: str | None = None

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


def project_settings(
    raw: Path | str | None = None,
    warehouse: Path | None = None,
    env: Mapping[str, str] | None = None,
    vocabulary: Path | None = None,
    log_format: str | None = None,
    **more: str | None,
) -> Settings:
    """The project's settings: what is given, else MINZHENG_RAW, MINZHENG_WAREHOUSE, MINZHENG_VOCABULARY,
    MINZHENG_LOG and MINZHENG_CONTACT, else its folders, no words of one's own, and text.

    `raw` may be an address (`s3://…`), which only the Ray engine reads.
    """
    env = os.environ if env is None else env
    raw = raw or env.get("MINZHENG_RAW") or PROJECT / "raw"
    own = PROJECT / "warehouse"
    site = None if warehouse or "MINZHENG_WAREHOUSE" in env else own / "site"
    warehouse = warehouse or Path(env.get("MINZHENG_WAREHOUSE") or own / "minzheng.duckdb")
    warehouse = warehouse.expanduser().absolute()
    own_words = vocabulary or env.get("MINZHENG_VOCABULARY")
    both = more | {
        "site": site,
        "vocabulary": Path(own_words).expanduser().absolute() if own_words else None,
        "contact": env.get("MINZHENG_CONTACT"),
        "log_format": log_format or env.get("MINZHENG_LOG") or "text",
    }
    if "://" in str(raw):
        both |= {"source": str(raw), "engine": "ray"}
        raw = warehouse.with_name(f"{warehouse.stem}.raw")
    return Settings(Path(raw).expanduser().absolute(), warehouse, **both)  # type: ignore[arg-type]


def dagster_home(env: Mapping[str, str] | None = None) -> Path:
    """Folder of the Dagster instance: DAGSTER_HOME, else `.dagster` of the project; made if missing."""
    env = os.environ if env is None else env
    home = Path(env.get("DAGSTER_HOME") or PROJECT / ".dagster").expanduser().absolute()
    home.mkdir(parents=True, exist_ok=True)
    return home
