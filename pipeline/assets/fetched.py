"""What is brought from the web: run by its own job, before a refresh reads what has come."""

import logging

import dagster as dg
from pydantic import Field

from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.keys import FETCHED
from pipeline.orchestration.logs import VISITS
from pipeline.orchestration.retention import begin_run
from pipeline.settings import Settings

CHECK = "all_that_was_due_came"
SHOWN = 50  # failures that the page of the asset lists


class FetchConfig(dg.Config):
    """What a run may be told."""

    again: bool = Field(default=False, description="Ask for everything, whether it is due or not.")


def build_fetched(settings: Settings) -> list[dg.AssetsDefinition]:
    """The asset `raw/fetched`, whose check warns of what could not be fetched."""

    @dg.asset(
        key=FETCHED,
        group_name="raw",
        kinds={"http"},
        owners=OWNERS,
        description="What raw/sources.csv lists, fetched into raw/fetched: new and changed files only.",
        check_specs=[
            dg.AssetCheckSpec(
                CHECK,
                asset=FETCHED,
                description="No address failed that was asked for; raw/fetched/fetches.csv has the reasons.",
            )
        ],
    )
    def fetched(context: dg.AssetExecutionContext, config: FetchConfig) -> dg.MaterializeResult:
        from pipeline.fetching.fetch import fetch_sources
        from pipeline.fetching.ledger import Visit
        from pipeline.fetching.sources import NoSources, SourcesError

        begin_run(context.instance, context.run, settings.keep_runs)
        told = logging.getLogger(VISITS)
        told.propagate = False
        told.setLevel(logging.INFO)

        def tell(visit: Visit) -> None:
            words = f"{visit.outcome} {visit.address} {visit.detail or visit.file or ''}".rstrip()
            told.info(words)
            (context.log.warning if visit.reason else context.log.info)(words)

        if settings.source is not None:
            raise dg.Failure(f"The raw files stand at {settings.source}; fetching writes into a folder.")
        try:
            done = fetch_sources(settings.raw, settings.contact, config.again, tell=tell)
        except NoSources as error:  # all assets may be asked for where nobody fetches anything
            return _nothing(str(error))
        except SourcesError as error:
            raise dg.Failure(f"{error}. Nothing was fetched.", allow_retries=False) from None
        failures = _table(done.failed)
        return dg.MaterializeResult(
            metadata={
                "sources": done.sources,
                "asked_for": sum(done.outcomes.values()),
                **{name: done.outcomes[name] for name in ("listed", "new", "changed", "unchanged", "failed")},
                "left_for_the_next_run": done.left,
                "folder": dg.MetadataValue.path(str(settings.raw / "fetched")),
                **failures,
            },
            check_results=[
                dg.AssetCheckResult(
                    passed=not done.failed,
                    check_name=CHECK,
                    severity=dg.AssetCheckSeverity.WARN,
                    description=f"{len(done.failed)} addresses did not come" if done.failed else None,
                    metadata=failures,
                )
            ],
        )

    return [fetched]


def _nothing(why: str) -> dg.MaterializeResult:
    """The result where there is no list."""
    verdict = dg.AssetCheckResult(passed=True, check_name=CHECK, description=why)
    return dg.MaterializeResult(metadata={"sources": 0, "why": why}, check_results=[verdict])


def _table(failed: list) -> dict[str, dg.MetadataValue]:
    """The failures as Dagster shows them, none where there are none."""
    if not failed:
        return {}
    records = [
        dg.TableRecord({"address": visit.address, "reason": visit.reason, "what to do": visit.detail})
        for visit in failed[:SHOWN]
    ]
    return {"failures": dg.MetadataValue.table(records)}
