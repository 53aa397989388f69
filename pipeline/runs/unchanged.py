"""A refresh that finds nothing changed: told at once, without a run of Dagster, which costs most of it."""

import duckdb

from pipeline.settings import Settings


def tell_unchanged(settings: Settings, then_run: bool = False) -> str | None:
    """What to print where the release that stands published would be made again; None where a run is due,
    to which the look at the raw folder is handed over where it follows at once (`then_run`), and for which a
    few new files begin to be read."""
    from pipeline.engine.batch import extractor_version
    from pipeline.engine.remote import AddressUnreachable
    from pipeline.engine.unchanged import hand_over, kept_release
    from pipeline.engine.vocabulary import use_vocabulary
    from pipeline.runs.summary import describe_publication
    from pipeline.vocabulary.problem import VocabularyError
    from pipeline.warehouse.store.state import pending_files
    from pipeline.warehouse.store.work import WorkFileHeld, open_work

    if not (settings.warehouse.is_file() and settings.work.is_file()):
        return None
    try:
        use_vocabulary(settings)
        with open_work(settings.work, "a look whether anything changed") as work:
            release, _ = kept_release(work, settings)
            due = None
            if release is None and work.listed is not None:
                due = pending_files(work.con, extractor_version(), work.listed)
            files = work.con.execute("SELECT count(*) FROM state.manifest").fetchall()[0][0]
        if release is None or _browser_is_due(settings):
            if then_run and due is not None and work.listed is not None:
                from pipeline.engine.local import begin_reading

                hand_over(settings, work.listed)
                begin_reading(settings, due)
            return None
        summary = describe_publication(settings, {"core/documents": {"unchanged_files": files}})
    except (duckdb.Error, OSError, WorkFileHeld, VocabularyError, AddressUnreachable):
        return None  # the run says what is wrong
    return f"{summary}\nNothing changed since release {release}, which stands as it was."


def _browser_is_due(settings: Settings) -> bool:
    """Whether the report browser would be made: it is gone, or was never made beside this warehouse."""
    from pipeline.site import MOST_REPORTS

    if settings.site is None or (settings.site / "index.html").is_file():
        return False
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        return con.execute("SELECT count(*) FROM core.reports").fetchall()[0][0] <= MOST_REPORTS
