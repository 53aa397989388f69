"""What this release changes against the last one, and whether it loses or moves values that it should not."""

import logging
from collections.abc import Mapping
from contextlib import nullcontext

import dagster as dg
import duckdb
import polars as pl

from pipeline.contracts.registry import empty_frame
from pipeline.engine.batch import extractor_version
from pipeline.orchestration.ahead import Steps
from pipeline.orchestration.checks import check_result, check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.orchestration.keys import asset_key
from pipeline.settings import Settings
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.marts.shared import forget_slice
from pipeline.warehouse.publish.release_diff import (
    BEST,
    COMPARED,
    compare_releases,
    last_release,
    release_checks,
    rows_to_compare,
)
from pipeline.warehouse.store.damage import can_be_read, is_damage
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_table

TABLE = "meta.release_diff"
log = logging.getLogger("minzheng")
LOSSES = dg.AssetCheckSpec(
    "nothing_lost_nor_jumped",
    asset=asset_key(TABLE),
    description="Coverage has not shrunk and magnitudes have not jumped against the last release.",
    blocking=True,
)


def build_release(settings: Settings, models: Mapping[str, Model], steps: Steps) -> list[dg.AssetsDefinition]:
    """The asset `meta/release_diff`, made from the marts that are compared."""
    marts = [asset_key(models[name].table) for name in COMPARED if name in models]
    made_from = [asset_key("core.documents"), asset_key("core.corrections"), *marts]

    def compared(work_file: WorkFile) -> dg.MaterializeResult:
        con = work_file.con
        if work_file.kept:
            verdict = check_result(work_file, TABLE, LOSSES.name, "error", [])
            return _with(stored(work_file, TABLE), verdict)
        try:
            with last_release(con, settings.warehouse) as there:
                diff, verdict = _compared(work_file, models, there)
        except duckdb.Error as error:
            compared = [models[name].table for name in COMPARED if name in models]
            if not is_damage(error) or not can_be_read(con, compared):
                raise
            log.warning("%s is damaged, so this is not compared with it: %s", settings.warehouse, error)
            diff, verdict = _compared(work_file, models, there=False)
        replace_table(con, TABLE, diff)
        counts = dict(diff.group_by("change").len().rows())
        told = {name: counts.get(name, 0) for name in ("added", "removed", "changed")}
        return _with(stored(work_file, TABLE, **told), verdict)

    steps.add(
        TABLE, ["core.documents", "core.corrections", *(model.table for model in models.values())], compared
    )

    @dg.multi_asset(
        name="meta__release_diff",
        specs=[spec(TABLE, "meta", {"duckdb"}, deps=made_from)],
        check_specs=[*check_specs(table_checks(TABLE)), LOSSES],
    )
    def release_diff(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        return steps.done(work_file, TABLE)

    return [release_diff]


def _with(result: dg.MaterializeResult, verdict: dg.AssetCheckResult) -> dg.MaterializeResult:
    return result._replace(check_results=[*(result.check_results or []), verdict])


def _compared(
    work: WorkFile, models: Mapping[str, Model], there: bool
) -> tuple[pl.DataFrame, dg.AssetCheckResult]:
    """`meta.release_diff` and the verdict on it; `there` says whether there is a last release."""
    con = work.con
    forget_slice(work.memo)  # another takes its place, should marts be made behind this
    with rows_to_compare(con) if there else nullcontext() as rows:
        diff = compare_releases(con, models, rows) if rows else empty_frame(TABLE)
        best = rows(models[BEST]) if rows and BEST in models else None
        checks = release_checks(con, extractor_version(), best) if best else []
        return diff, check_result(work, TABLE, LOSSES.name, "error", checks)
