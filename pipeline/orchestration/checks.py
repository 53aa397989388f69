"""Checks that run right after a table is made, and block what comes after it, publication above all.

A table's promises are gathered into two checks, one that blocks and one that warns: each event of a run costs
some 25 ms, and the findings of one table are read together anyway.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import dagster as dg

from pipeline.orchestration.keys import asset_key
from pipeline.warehouse.marts.checks import Check, Finding, run_checks
from pipeline.warehouse.store.work import WorkFile

# What the names of promises end in, and what a check that gathers them is called for it.
KINDS = {
    "_is_unique": "keys",
    "_is_known": "references",
    "_at_its_span": "spans",
    "_is_given": "values",
    "_is_allowed": "values",
}
RULES = "rules"  # all others
SEVERITIES = {"error": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def check_specs(checks: Iterable[Check]) -> list[dg.AssetCheckSpec]:
    """The checks as Dagster lists them on the pages of their assets."""
    return [
        dg.AssetCheckSpec(
            _name(group),
            asset=asset_key(table),
            description="\n".join(f"* {check.name}: {check.description}" for check in group),
            blocking=severity == "error",
        )
        for table, severity, group in _grouped(checks)
    ]


def check_results(work: WorkFile, checks: Iterable[Check], changed: bool = True) -> list[dg.AssetCheckResult]:
    """Run checks against the work file; a failed one says which promise is broken and by which rows.

    `changed`: rows of what did not change are those that were published, so that they need not be looked at.
    """
    return [
        check_result(work, table, _name(group), severity, group, changed)
        for table, severity, group in _grouped(checks)
    ]


def _name(checks: Sequence[Check]) -> str:
    """What checks look at together: keys_references_values; the name of one that is alone."""
    if len(checks) == 1:
        return checks[0].name
    kinds = {
        next((kind for end, kind in KINDS.items() if check.name.endswith(end)), RULES) for check in checks
    }
    return "_".join(kind for kind in dict.fromkeys((*KINDS.values(), RULES)) if kind in kinds)


def _grouped(checks: Iterable[Check]) -> list[tuple[str, str, list[Check]]]:
    def key(check: Check) -> tuple[str, str]:
        return check.table, check.severity

    return [(*pair, list(group)) for pair, group in groupby(sorted(checks, key=key), key)]


def check_result(
    work: WorkFile, table: str, name: str, severity: str, checks: Sequence[Check], changed: bool = False
) -> dg.AssetCheckResult:
    """Run checks as the one check `name` of the asset of `table`.

    Where nothing changed since a release, what they said of that is said again."""
    if work.kept and (table, name) in work.told:
        passed, said = work.told[table, name]
        return dg.AssetCheckResult(
            passed=passed,
            asset_key=asset_key(table),
            check_name=name,
            severity=SEVERITIES[severity],
            description=said,
            metadata={"looked at": f"not again: nothing changed since release {work.kept}"},
        )
    findings = run_checks(work.con, checks, changed)
    broken = [finding for finding in findings if finding.count]
    said = "\n".join(finding.message for finding in broken) or None
    work.told[table, name] = (not broken, said)
    return dg.AssetCheckResult(
        passed=not broken,
        asset_key=asset_key(table),
        check_name=name,
        severity=SEVERITIES[severity],
        description=said,
        metadata=_figures(findings),
    )


def _figures(findings: Sequence[Finding]) -> dict[str, int | dg.MarkdownMetadataValue]:
    """What a check shows of itself: figures, which Dagster draws over the runs; what is broken in a table."""
    broken = [finding for finding in findings if finding.count]
    figures: dict[str, int | dg.MarkdownMetadataValue] = {
        "promises": len(findings),
        "broken promises": len(broken),
        "rows that break them": sum(finding.count for finding in broken),
    }
    if broken:
        lines = ["| promise | rows that break it | such as |", "| --- | --- | --- |"]
        lines += [f"| {f.check.name} | {f.count} | {'; '.join(f.rows)} |" for f in broken]
        figures["which"] = dg.MetadataValue.md("\n".join(lines))
    return figures
