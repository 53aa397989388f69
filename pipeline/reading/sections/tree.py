"""The heading tree of each report: what stands under which heading, and whether it tells of results,
problems or plans.

Which lines are headings is decided in `headings`, what their words say in `roles`.
"""

import polars as pl

from pipeline.contracts.registry import empty_frame, polars_schema
from pipeline.reading.layout.compute import so_far
from pipeline.reading.layout.folding import with_folded_names
from pipeline.reading.layout.heading_roles import heading_year, spans_years, with_roles
from pipeline.reading.layout.headings import RANKS, find_alone, find_headings
from pipeline.reading.layout.lines import split_lines
from pipeline.reading.reports.page_chrome import body_ends
from pipeline.reading.reports.years import possible_year
from pipeline.vocabulary import either, pattern, words

DEEPEST = 9
PLANS = ("plan", "task_list")
SUMMARIES = ("summary", "summary_and_plan", "bulletin")


def find_sections(
    documents: pl.DataFrame, reports: pl.DataFrame, lines: pl.DataFrame | None = None
) -> pl.DataFrame:
    """The sections of each report, in order.

    Takes documents (document_id, text), `find_reports`' frame and, from those who have them,
    `split_lines(documents)`. Spans run from the heading to the end of what stands under it, subsections
    included. `year` is the year that a heading names, inherited like `role`; null where none is named, or
    several.
    """
    if documents.is_empty():
        return empty_frame("core.sections")
    lines = split_lines(documents) if lines is None else lines
    headings = place_headings(lines, reports)
    nested = _nest(_rank(headings))
    return (
        _with_roles(nested)
        .with_columns(
            section_id=_identifier("nth"),
            parent_id=_identifier("parent"),
        )
        .select(pl.col(name).cast(kind) for name, kind in polars_schema("core.sections").items())
    )


def _identifier(nth: str) -> pl.Expr:
    return pl.col("report_id") + "-s" + pl.col(nth).cast(pl.String).str.zfill(3)


def place_headings(lines: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Headings with their report: `find_headings`' columns, report_id, report_end, genre, report_year."""
    lines = within_reports(lines, reports)
    lines = lines.with_columns(read=so_far(pl.col("prose"), "report_id") - pl.col("prose"))
    about = with_folded_names(reports).select(
        "report_id",
        "genre",
        "span_end",
        "published_on",
        report_year="year",
        title="folded_title",
    )
    about = about.join(body_ends(lines), on="report_id", how="left")
    headings = pl.concat([find_headings(lines), find_alone(lines)])
    return (
        headings.unique(["document_id", "line"], keep="first", maintain_order=True)
        .join(lines.select("document_id", "line", "report_id", "place"), on=["document_id", "line"])
        .join(about, on="report_id")
        .with_columns(report_end=pl.coalesce("body_end", "span_end"))
        .filter((pl.col("start") < pl.col("report_end")) & ~_is_title())
        .sort("place", "start")
        .filter(_counts())
    )


def _counts() -> pl.Expr:
    """Whether a number stands in a count: 19、 without 18 or 20 beside it began a broken line."""
    number = pl.col("number")
    step = number - number.shift(1).over("report_id", "style")
    coming = number.shift(-1).over("report_id", "style") - number
    alone = (number > 1) & ~step.is_between(1, 3).fill_null(False) & ~coming.is_between(1, 3).fill_null(False)
    return ~(alone & (pl.col("style") == "arabic")).fill_null(False)


def within_reports(lines: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """`lines` with the `report_id` of the report that each stands in, and its `place` in the frame."""
    spans = reports.select("document_id", "report_id", start="span_start", place=pl.int_range(pl.len()))
    placed = lines.sort("start").join_asof(
        spans.sort("start"), on="start", by="document_id", strategy="backward", check_sortedness=False
    )
    return placed.drop_nulls("report_id").sort("place", "line")


def _is_title() -> pl.Expr:
    """A line without a number that says the report's title again heads no part of it."""
    title, words = pl.col("title").fill_null(""), pl.col("words")
    quoted = title.str.contains("《" + words, literal=True)
    most = words.str.len_chars() >= 0.6 * title.str.len_chars()
    again = title.str.contains(words, literal=True) & (most | pl.col("genre").is_in(PLANS))
    return pl.col("style").str.contains("^(?:alone|mark)") & (quoted | again)


def _rank(headings: pl.DataFrame) -> pl.DataFrame:
    """Adds `rank`: the usual order of numbering styles, but for reports that number the other way round."""
    usual = pl.col("style").replace_strict(RANKS, return_dtype=pl.Int64)
    headings = headings.with_columns(rank=usual * 10)
    styles = (
        headings.drop_nulls("number")
        .group_by("report_id", "style", "rank")
        .agg(
            first=pl.col("start").min(),
            last=pl.col("start").max(),
            ones=(pl.col("number") == 1).sum(),
            rising=(pl.col("number").diff().fill_null(1) > 0).all(),
        )
    )
    # A style numbered once through the report stands above one that begins again and again inside it.
    above = (
        styles.join(styles, on="report_id", suffix="_other")
        .filter(
            (pl.col("rank") > pl.col("rank_other"))
            & (pl.col("ones") == 1)
            & pl.col("rising")
            & (pl.col("ones_other") > 1)
            & (pl.col("first") < pl.col("first_other"))
            & (pl.col("last") > pl.col("first_other"))
        )
        .group_by("report_id", "style")
        .agg(moved=pl.col("rank_other").min() - 5)
    )
    ranked = headings.join(above, on=["report_id", "style"], how="left", maintain_order="left")
    return ranked.with_columns(rank=_nested_alone(pl.coalesce("moved", "rank"))).drop("moved")


def _nested_alone(rank: pl.Expr) -> pl.Expr:
    """A heading without a number stands above the numbered ones where their count begins anew after it,
    or ends; inside them where the count goes on.
    """
    chapter = pl.col("style").is_in(["part", "chapter", "cn"])
    following = pl.when(chapter).then("number").backward_fill().over("report_id")
    inside = (pl.col("style") == "alone") & (following > 1)
    return pl.when(inside).then((RANKS["circled"] + 1) * 10).otherwise(rank)


def _nest(headings: pl.DataFrame) -> pl.DataFrame:
    """Adds nth (1… in the report), parent (nth of it), level and the span's ends."""
    headings = headings.with_columns(
        nth=pl.int_range(1, pl.len() + 1).over("report_id"), row=pl.int_range(pl.len())
    )
    ranks = headings["rank"].unique().sort().to_list()
    latest = {r: pl.when(pl.col("rank") == r).then("row").forward_fill().over("report_id") for r in ranks}
    coming = {
        r: pl.when(pl.col("rank") == r).then("start").shift(-1).backward_fill().over("report_id")
        for r in ranks
    }
    parent, end = pl.lit(None, pl.Int64), pl.lit(None, pl.Int64)
    for place, r in enumerate(ranks):
        this = pl.col("rank") == r
        higher = [latest[s] for s in ranks[:place]]
        if higher:
            parent = pl.when(this).then(pl.max_horizontal(higher)).otherwise(parent)
        end = pl.when(this).then(pl.min_horizontal([coming[s] for s in ranks[: place + 1]])).otherwise(end)
    headings = headings.with_columns(
        parent_row=parent, span_start="start", span_end=pl.coalesce(end, "report_end")
    )
    level = headings.select("row", "parent_row", level=pl.lit(1, pl.Int64))
    for _ in range(min(len(ranks), DEEPEST) - 1):
        above = level.select(parent_row="row", above="level")
        level = level.join(above, on="parent_row", how="left", maintain_order="left").select(
            "row", "parent_row", level=pl.col("above").fill_null(0) + 1
        )
    nths = headings.select(parent_row="row", parent="nth")
    return headings.with_columns(level["level"]).join(
        nths, on="parent_row", how="left", maintain_order="left"
    )


def _with_roles(headings: pl.DataFrame) -> pl.DataFrame:
    """Adds role and year: a heading's own clear words, else those of the section around it, else its
    vaguer words, else what the genre lets expect.
    """
    # 上半年动工 below 2011年工作安排 is of 2011
    half = pl.when(pl.col("parent_row").is_null()).then(_of_half())
    said = with_roles(headings).with_columns(
        own_year=pl.coalesce(_own_year(), half), half=_of_half(), many_years=spans_years(pl.col("words"))
    )
    spoken = _spoken()
    year = pl.when(spoken).then(_spoken_in()).otherwise("report_year")
    later_year = pl.col("own_year") > year
    # in a speech at the meeting that opens a year, what is said of that year is planned
    aims = (pl.col("weak") == "plan") | pl.col("words").str.contains(_any("aims"))
    opening = spoken & (pl.col("own_year") == year) & aims
    later_year = later_year | opening.fill_null(False)
    later = later_year & aims
    sooner = (pl.col("own_year") < year) & pl.col("words").str.contains(_any("done"))
    same = (pl.col("own_year") == year) & pl.col("weak").is_not_null()
    dated = (
        pl.when(pl.col("genre").is_in((*SUMMARIES, "other")) & later)
        .then(pl.lit("plan"))
        .when(pl.col("genre").is_in(SUMMARIES) & same)
        .then(pl.lit("results"))
        .when((pl.col("genre").is_in(PLANS) & sooner) | spoken & sooner)
        .then(pl.lit("results"))
    )
    said = said.with_columns(strong=pl.coalesce("strong", dated))
    top = pl.col("parent_row").is_null()
    said = said.with_columns(
        role=pl.coalesce("strong", pl.when(top).then(pl.coalesce("weak", _expected(top)))),
        # 差距和明年打算: what is lacking is of this year
        year=pl.when(pl.col("many_years") | ((pl.col("strong") == "mixed") & later_year).fill_null(False))
        .then(0)
        .otherwise("own_year"),
    )
    for _ in range(said.select(pl.col("level").max().fill_null(1)).item() - 1):
        above = said.select(parent_row="row", above_role="role", above_year="year")
        said = (
            said.join(above, on="parent_row", how="left", maintain_order="left")
            .with_columns(
                role=pl.coalesce("role", "above_role"),
                year=pl.coalesce("year", "above_year", "half"),
            )
            .drop("above_role", "above_year")
        )
    weak = pl.coalesce("role", "weak")
    return said.with_columns(
        role=pl.when(weak != "mixed").then(weak),
        year=possible_year(pl.col("year")),
    )


def _any(kind: str) -> str:
    """The words of a kind of heading_words.csv, as a pattern."""
    return either(words("layout/heading_words.csv", kind=kind))


def _spoken() -> pl.Expr:
    """Whether the report is a speech at a meeting."""
    return pl.col("title").fill_null("").str.contains(pattern("speech"))


def _spoken_in() -> pl.Expr:
    """The year from which a speech counts 去年: its report's, or the next, in which it was held."""
    year, told = pl.col("report_year"), pl.col("published_on").dt.year()
    return pl.when(told == year + 1).then(year + 1).otherwise(year)


def _own_year() -> pl.Expr:
    """The year that a heading names, by its number or from the report's: 明年."""
    words, year = pl.col("words"), pl.col("report_year")
    spoken = _spoken()
    reported = pl.when(pl.col("genre").is_in(PLANS)).then(year - 1).otherwise(year)
    return pl.coalesce(
        heading_year(words),
        pl.when(words.str.contains(_any("next_year"))).then(reported + 1),
        pl.when(spoken & words.str.contains(_any("this_year"))).then(_spoken_in()),
        pl.when(spoken & words.str.contains(pattern("last_year"))).then(_spoken_in() - 1),
    )


def _of_half() -> pl.Expr:
    """The year of a heading on a part of it: 下半年工作打算."""
    part = pl.col("words").str.contains(pattern("half_or_quarter"))
    return pl.when(part & ~pl.col("genre").is_in(PLANS)).then("report_year")


def _expected(top: pl.Expr) -> pl.Expr:
    """The role of a top section whose heading says nothing: plans in a plan; in a summary results,
    until its problems or plans have begun; after them what a plan has more of.
    """
    before = pl.when(top).then(pl.coalesce("strong", "weak")).forward_fill().over("report_id")
    planned = ((pl.col("strong") == "plan") & top).fill_null(False).cum_max().over("report_id")
    return (
        pl.when(pl.col("genre").is_in(PLANS))
        .then(pl.lit("plan"))
        .when(pl.col("genre").is_in(SUMMARIES) & planned & (pl.col("genre") == "summary_and_plan"))
        .then(pl.lit("plan"))
        .when(pl.col("genre").is_in(SUMMARIES) & ~planned & (before.is_null() | (before == "results")))
        .then(pl.lit("results"))
    )
