"""What a run says on standard error: warnings and failures as text, or one line of JSON for each event.

A service sets MINZHENG_LOG=json. Each line has time, level, run and message, and where there is one the step,
the kind of event and the file. What the rooms that know nothing of Dagster log is among them.
"""

import json
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

import dagster as dg

from pipeline.orchestration.failures import step_reason

NAMES = ("minzheng", "pipeline")  # loggers of the rooms that know nothing of Dagster
TOLD = "told"  # marks a record that Dagster hands on, so that it is not said twice
STEPS = ("RUN_START", "STEP_SUCCESS", "RUN_SUCCESS")  # Dagster calls them DEBUG; a journal is read for them


class Lines(logging.Handler):
    """Writes the records of one run: `level` and above, as JSON the steps too, and all warnings."""

    def __init__(self, run_id: str, form: str, level: str, stream: TextIO | None = None):
        super().__init__()
        self.run_id, self.form, self.least = run_id, form, logging.getLevelName(level)
        self.step: str | None = None
        self.stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record as one line."""
        if getattr(record, TOLD, None) == self.run_id:
            return
        setattr(record, TOLD, self.run_id)
        event = getattr(record, "dagster_event", None)
        kind = event.event_type.name if event else None
        level = _level(record, event)
        if event:
            self.step = event.step_key
        least = self.least if hasattr(record, "dagster_meta") else min(self.least, logging.WARNING)
        if level < least or (kind in STEPS and self.form == "text" and least > logging.DEBUG):
            return
        line = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
            "level": logging.getLevelName(level),
            "run": self.run_id,
            "step": self.step,
            "event": kind,
            "file": getattr(record, "file", None),
            "message": _message(record, event),
        }
        told = {name: value for name, value in line.items() if value is not None}
        stream = self.stream or sys.stderr
        if self.form == "json":
            stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            where = f"{self.run_id[:8]} {self.step or ''}".strip()
            stream.write(f"{line['time']} {line['level']} {where}: {line['message']}\n")
        stream.flush()


def _level(record: logging.LogRecord, event: dg.DagsterEvent | None) -> int:
    """Dagster gives every event of its own DEBUG, a failed check and the steps of a run among them."""
    about = getattr(record, "dagster_meta", None)
    if about and about["orig_message"].startswith("Dependencies for step "):
        return logging.DEBUG  # each of the steps after a failed one is no failure of its own
    if check := _failed_check(event):
        return logging.ERROR if check.severity == dg.AssetCheckSeverity.ERROR else logging.WARNING
    return logging.INFO if event and event.event_type.name in STEPS else record.levelno


def _failed_check(event: dg.DagsterEvent | None) -> Any:
    if event is None or event.event_type != dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        return None
    check = event.asset_check_evaluation_data
    return None if check.passed else check


def _message(record: logging.LogRecord, event: dg.DagsterEvent | None) -> str:
    if event and event.is_step_failure:
        return step_reason(event)
    if (check := _failed_check(event)) and check.description:
        return check.description
    about = getattr(record, "dagster_meta", None)
    words = about["orig_message"] if about else record.getMessage()
    return " ".join(words.split())


@dg.logger(
    config_schema={
        "format": dg.Field(str, is_required=False, description="text or json; else MINZHENG_LOG, else text"),
        "log_level": dg.Field(str, is_required=False, description="else WARNING, for json INFO"),
    },
    description="Warnings as text, or one line of JSON for each event.",
)
def line_logger(context: dg.InitLoggerContext) -> logging.Logger:
    """The logger of one run; what the other rooms log in the meantime goes the same way."""
    form = context.logger_config.get("format") or os.environ.get("MINZHENG_LOG") or "text"
    level = context.logger_config.get("log_level") or ("INFO" if form == "json" else "WARNING")
    handler = Lines(context.run_id or "", form, level)
    for name in NAMES:
        logger = logging.getLogger(name)
        logger.handlers = [h for h in logger.handlers if not isinstance(h, Lines)] + [handler]
        logger.setLevel(logging.INFO)
    own = logging.Logger("dagster run", logging.DEBUG)
    own.addHandler(handler)
    return own
