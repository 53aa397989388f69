"""Checks that run right after a table is made, and block what comes after it, publication above all."""

from collections.abc import Iterable

import dagster as dg
import duckdb

from pipeline.assets.keys import asset_key
from pipeline.warehouse.checks import Check, run_check


def check_specs(checks: Iterable[Check]) -> list[dg.AssetCheckSpec]:
    """The checks as Dagster lists them on the pages of their assets."""
    return [
        dg.AssetCheckSpec(
            check.name,
            asset=asset_key(check.table),
            description=check.description,
            blocking=check.severity == "error",
        )
        for check in checks
    ]


def check_results(con: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> list[dg.AssetCheckResult]:
    """Run checks against the work file; a failed one shows how many rows break it, and the first of them."""
    return [_result(con, check) for check in checks]


def _result(con: duckdb.DuckDBPyConnection, check: Check) -> dg.AssetCheckResult:
    finding = run_check(con, check)
    examples = {"examples": dg.MetadataValue.md("\n".join(f"* {row}" for row in finding.rows))}
    return dg.AssetCheckResult(
        passed=finding.count == 0,
        asset_key=asset_key(check.table),
        check_name=check.name,
        severity=dg.AssetCheckSeverity.ERROR if check.severity == "error" else dg.AssetCheckSeverity.WARN,
        description=finding.message if finding.count else None,
        metadata={"offending_rows": finding.count, **(examples if finding.count else {})},
    )
