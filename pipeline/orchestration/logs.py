"""What a run says on standard error: warnings and failures as text, or one line of JSON for each event.

Each line has time, level, run and message, and where there is one the step, the kind of event and the file.
What the rooms that know nothing of Dagster log is among them. Of Dagster's own records only the event that
comes with them is looked at, and an error without one is the echo of a failure that was an event.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

import dagster as dg

from pipeline.orchestration.failures import step_reason
from pipeline.orchestration.stages import PROGRESS, stage_of
from pipeline.settings import Settings
from pipeline.warehouse.publish.render import visible_lines

OWN = "dagster run"  # the logger that Dagster hands its records to
NAMES = ("minzheng", "pipeline")  # loggers of the rooms that know nothing of Dagster
VISITS = "minzheng.fetch"  # where each visit of a fetch is told, for whoever listens
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
            if kind == "STEP_START":
                _say_stage(event.step_key)
        least = self.least if record.name == OWN else min(self.least, logging.WARNING)
        if level < least or (kind in STEPS and self.form == "text" and least > logging.DEBUG):
            return
        line = {
            "time": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
            "level": logging.getLevelName(level),
            "run": self.run_id,
            "step": self.step,
            "event": kind,
            "file": getattr(record, "file", None),
            "message": self._message(record, event),
        }
        told = {name: value for name, value in line.items() if value is not None}
        stream = self.stream or sys.stderr
        if self.form == "json":
            stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            where = f"{self.run_id[:8]} {self.step or ''}".strip()
            said = visible_lines(str(line["message"]))
            stream.write(f"{line['time']} {line['level']} {where}: {said}\n")
        stream.flush()

    def _message(self, record: logging.LogRecord, event: dg.DagsterEvent | None) -> str:
        if event and event.is_step_failure:
            return step_reason(event)
        if (check := _failed_check(event)) and check.description:
            return check.description
        # Dagster writes job, run and step before the words
        words = record.getMessage().rpartition(f"{self.run_id} - ")[2].removeprefix(f"{self.step} - ")
        return " ".join(((event and event.message) or words).split())


def _say_stage(step: str) -> None:
    """Name a step that begins, and the stage that it belongs to."""
    logger = logging.getLogger(PROGRESS)
    logger.propagate = False
    stage = stage_of(step)
    logger.info(stage, extra={"stage": stage})


def _level(record: logging.LogRecord, event: dg.DagsterEvent | None) -> int:
    """Dagster gives every event of its own DEBUG, a failed check and the steps of a run among them."""
    if event is None and record.name == OWN and record.levelno >= logging.ERROR:
        return logging.DEBUG  # each of the steps after a failed one is no failure of its own
    if check := _failed_check(event):
        return logging.ERROR if check.severity == dg.AssetCheckSeverity.ERROR else logging.WARNING
    return logging.INFO if event and event.event_type.name in STEPS else record.levelno


def _failed_check(event: dg.DagsterEvent | None) -> Any:
    if event is None or event.event_type != dg.DagsterEventType.ASSET_CHECK_EVALUATION:
        return None
    check = event.asset_check_evaluation_data
    return None if check.passed else check


@dg.logger(
    config_schema={
        "format": dg.Field(str, default_value="text", description="text or json"),
        "log_level": dg.Field(str, is_required=False, description="else WARNING, for json INFO"),
    },
    description="Warnings as text, or one line of JSON for each event.",
)
def line_logger(context: dg.InitLoggerContext) -> logging.Logger:
    """The logger of one run; what the other rooms log in the meantime goes the same way."""
    form = context.logger_config["format"]
    level = context.logger_config.get("log_level") or ("INFO" if form == "json" else "WARNING")
    handler = Lines(context.run_id or "", form, level)
    for name in NAMES:
        logger = logging.getLogger(name)
        logger.handlers = [h for h in logger.handlers if not isinstance(h, Lines)] + [handler]
        logger.setLevel(logging.INFO)
    own = logging.Logger(OWN, logging.DEBUG)
    own.addHandler(handler)
    return own


def logger_config(settings: Settings, level: str | None = None) -> dict:
    """The part of a run's configuration that says how it logs: `level` and above, else what the form says."""
    config = {"format": settings.log_format} | ({"log_level": level} if level else {})
    return {"loggers": {"console": {"config": config}}}
