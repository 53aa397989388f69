"""Tells somebody of a run that failed: a program of theirs, which the environment names."""

import os
import subprocess

import dagster as dg

from pipeline.orchestration.failures import failure_reasons
from pipeline.orchestration.instance import RAW_TAG, WAREHOUSE_TAG

PROGRAM = "MINZHENG_ON_FAILURE"
SECONDS = 60


@dg.run_failure_sensor(
    name="tell_of_failed_runs",
    default_status=dg.DefaultSensorStatus.STOPPED,
    description=f"Calls the program that {PROGRAM} names when a run has failed. Ships stopped.",
)
def tell_of_failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Calls the program with the reasons on standard input, and job, run and folders in its environment.

    Without a program the failure is only logged. Raises where the program is missing, fails or takes over a
    minute: the tick then shows why.
    """
    run = context.dagster_run
    entries = context.instance.all_logs(run.run_id)
    events = [entry.dagster_event for entry in entries if entry.dagster_event]
    reasons = "\n".join(failure_reasons(events))
    program = os.environ.get(PROGRAM)
    if not program:
        context.log.warning(f"{run.job_name} {run.run_id} failed, and {PROGRAM} names no program: {reasons}")
        return
    told = {
        "MINZHENG_JOB": run.job_name,
        "MINZHENG_RUN": run.run_id,
        "MINZHENG_RUN_RAW": run.tags.get(RAW_TAG, ""),
        "MINZHENG_RUN_WAREHOUSE": run.tags.get(WAREHOUSE_TAG, ""),
    }
    subprocess.run([program], input=reasons.encode(), env=os.environ | told, timeout=SECONDS, check=True)
