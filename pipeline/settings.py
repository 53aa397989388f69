"""Where things stand, in one frozen object that is passed in; nothing is read at import."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """Paths of one pipeline, and how patient it is.

    `raw` is the folder of report files, `warehouse` the published file that analysts open, `models` the
    folder of marts. `lock_wait` is how many seconds a run waits for another one that holds the work file.
    """

    raw: Path
    warehouse: Path
    models: Path = PROJECT / "models"
    lock_wait: float = 900.0

    @property
    def work(self) -> Path:
        """The private work file: beside the published one, so that each published file has its own."""
        return self.warehouse.with_name(f"{self.warehouse.stem}.work.duckdb")


def project_settings(
    raw: Path | None = None, warehouse: Path | None = None, env: Mapping[str, str] | None = None
) -> Settings:
    """The project's settings: what is given, else MINZHENG_RAW and MINZHENG_WAREHOUSE, else its folders."""
    env = os.environ if env is None else env
    raw = raw or Path(env.get("MINZHENG_RAW") or PROJECT / "raw")
    warehouse = warehouse or Path(env.get("MINZHENG_WAREHOUSE") or PROJECT / "warehouse" / "minzheng.duckdb")
    return Settings(raw=raw.expanduser().absolute(), warehouse=warehouse.expanduser().absolute())


def dagster_home(env: Mapping[str, str] | None = None) -> Path:
    """Folder of the Dagster instance: DAGSTER_HOME, else `.dagster` of the project; made if missing."""
    env = os.environ if env is None else env
    home = Path(env.get("DAGSTER_HOME") or PROJECT / ".dagster").expanduser().absolute()
    home.mkdir(parents=True, exist_ok=True)
    return home
