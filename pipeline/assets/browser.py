"""The report browser, made anew after a publication that changed what it shows."""

from pathlib import Path

import dagster as dg

from pipeline.orchestration.describe import OWNERS
from pipeline.orchestration.keys import PUBLISHED, SITE
from pipeline.settings import Settings


def build_browser(settings: Settings) -> list[dg.AssetsDefinition]:
    """The asset `published/site`. What goes wrong with it is said, and takes nothing from the publication."""

    @dg.asset(
        key=SITE,
        deps=[PUBLISHED],
        group_name="published",
        kinds={"html"},
        owners=OWNERS,
        description="The report browser: static pages that show where each number was read.",
    )
    def site(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        from pipeline.site.build import NotASite

        if settings.site is None:
            return _left("only made beside the project's own warehouse; see `minzheng site`")
        try:
            return _make(settings.warehouse, settings.site)
        except (NotASite, OSError) as error:
            context.log.warning(f"The report browser was not made: {error}")
            return _left(str(error))

    return [site]


def _left(why: str) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"made": False, "why": why})


def _make(published: Path, to: Path) -> dg.MaterializeResult:
    import duckdb

    from pipeline.site import MOST_REPORTS, build_site
    from pipeline.site.pictures import PICTURES, markdown_picture

    mark = to.with_name(f"{to.name}.release")
    with duckdb.connect(str(published), read_only=True) as con:
        shown, reports = con.execute(
            """SELECT corpus_sha256 || ' ' || extractor_version, (SELECT count(*) FROM core.reports)
               FROM meta.release"""
        ).fetchall()[0]
        if to.is_dir() and mark.is_file() and mark.read_text() == shown:
            return _left("nothing changed since it was made")
        if reports > MOST_REPORTS:
            return _left(f"{reports:,} reports take a while: run `minzheng site` when it is wanted")
        drawn = {name: markdown_picture(name, con) for name in PICTURES}
    made = build_site(published, to)
    mark.write_text(shown)
    pictures = {name: dg.MetadataValue.md(picture) for name, picture in drawn.items() if picture}
    metadata: dict[str, dg.MetadataValue] = {
        "made": dg.MetadataValue.bool(True),
        "front_page": dg.MetadataValue.path(str(made["index"])),
        "pages": dg.MetadataValue.int(int(str(made["pages"]))),
    }
    metadata.update(pictures)
    return dg.MaterializeResult(metadata=metadata)
