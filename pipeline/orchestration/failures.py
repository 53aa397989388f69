"""Why a run failed, in words for people: which table or file, and what to do."""

import re
from collections.abc import Sequence
from typing import Any

import dagster as dg

from pipeline.warehouse.store.damage import REMEDY

STOPPED = "The run was stopped from outside; what it had read is kept. Refresh again."


def failure_reasons(events: Sequence[dg.DagsterEvent]) -> list[str]:
    """Why a run failed: failed checks first, then what the steps and the run itself raised."""
    reasons = [
        check.description
        for event in events
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        and not (check := event.asset_check_evaluation_data).passed
        and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    if not reasons:
        reasons = [step_reason(event) for event in events if event.is_step_failure]
    if not reasons:
        errors = [getattr(event.event_specific_data, "error", None) for event in events if event.is_failure]
        reasons = [_root_message(error) for error in errors if error]
    if not reasons:  # said from outside of the run: it was killed, or its daemon gave it up
        reasons = [event.message or "" for event in events if event.is_failure]
    return list(dict.fromkeys(filter(None, reasons))) or ["The run ended without saying why."]


def step_reason(event: dg.DagsterEvent) -> str:
    """What a failed step said of itself, else the message of what it raised."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    return _root_message(data.error) if data.error else ""


def _root_message(error: Any) -> str:
    """The message of the innermost cause, without its stack."""
    while error.cause:
        error = error.cause
    # DuckDB turns a signal that comes during a statement into an error of its own
    during_statement = error.message.strip().endswith("Query interrupted")
    if during_statement or error.cls_name in ("DagsterExecutionInterruptedError", "KeyboardInterrupt"):
        return STOPPED
    # our own errors say it in their words, and of DuckDB's the class tells nothing
    message = re.sub(r"^(pipeline|_?duckdb)[\w.]*: ", "", error.message.strip())
    return f"{message}. {REMEDY}" if "Corrupt database file" in message else message
