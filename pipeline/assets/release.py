"""What this release changes against the last one, and whether it loses or moves values that it should not."""

from collections.abc import Mapping
from contextlib import nullcontext

import dagster as dg

from pipeline.contracts.registry import empty_frame
from pipeline.engine.batch import extractor_version
from pipeline.orchestration.checks import check_result, check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.orchestration.keys import asset_key
from pipeline.settings import Settings
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.marts.models import Model
from pipeline.warehouse.publish.release_diff import (
    BEST,
    COMPARED,
    compare_releases,
    last_release,
    release_checks,
    rows_to_compare,
)
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_table

TABLE = "meta.release_diff"
LOSSES = dg.AssetCheckSpec(
    "nothing_lost_nor_jumped",
    asset=asset_key(TABLE),
    description="Coverage has not shrunk and magnitudes have not jumped against the last release.",
    blocking=True,
)


def build_release(settings: Settings, models: Mapping[str, Model]) -> list[dg.AssetsDefinition]:
    """The asset `meta/release_diff`, made from the marts that are compared."""
    marts = [asset_key(models[name].table) for name in COMPARED if name in models]
    made_from = [asset_key("core.documents"), asset_key("core.corrections"), *marts]

    @dg.multi_asset(
        name="meta__release_diff",
        specs=[spec(TABLE, "published", {"duckdb"}, deps=made_from)],
        check_specs=[*check_specs(table_checks(TABLE)), LOSSES],
    )
    def release_diff(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        con = work_file.con
        with (
            last_release(con, settings.warehouse) as there,
            rows_to_compare(con) if there else nullcontext() as rows,
        ):
            diff = compare_releases(con, models, rows) if rows else empty_frame(TABLE)
            checks = (
                release_checks(con, extractor_version(), rows(models[BEST]))
                if rows and BEST in models
                else []
            )
            verdict = check_result(con, TABLE, LOSSES.name, "error", checks)
        replace_table(con, TABLE, diff)
        counts = dict(diff.group_by("change").len().rows())
        result = stored(con, TABLE, **{name: counts.get(name, 0) for name in ("added", "removed", "changed")})
        return result._replace(check_results=[*result.check_results, verdict])

    return [release_diff]
