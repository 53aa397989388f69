"""A report's genre and the year that it reports on (for a plan or task list, the year planned).

The title decides where it says it; headings do where it doesn't; then the first sentences. Where they
leave it open the year is null: a wrong year would move every figure of the report.
"""

import polars as pl

from pipeline.reading.layout.dates import arabic_years
from pipeline.reading.layout.heading_roles import SPAN, YEAR
from pipeline.reading.reports.titles import content, kinds, word_pattern

# Shares of the running text below plan headings that make a summary one with a plan.
MAIN_PART, NAMED_PART = 0.25, 0.08
NEAR = r"[^\d《]{0,24}?"
DATE_OR_SPAN = r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|" + SPAN


def find_genres(reports: pl.DataFrame) -> pl.DataFrame:
    """Adds `genre` and `year` to one row a report.

    Takes words (the folded title, null where there is none), results_year and plan_year (of top
    headings), has_results, plan_share (0 to 1), lead_year and lead_plans (a year that the first
    sentences start with, and whether they speak of what is to be done), body_year (the year that the
    text mentions far more than others), head_year (of the short lines at its head) and published_on.
    """
    # What many rules ask of the title is found out once, in columns of its own.
    title = pl.col("words").fill_null("")
    bare = arabic_years(content(title)).str.replace_all(DATE_OR_SPAN, " ")
    asked = reports.with_columns(kinds(title).alias("_said"), _title=bare)
    asked = asked.with_columns(kinds(pl.col("_title")).alias("_title_said"), **_title_years())
    asked = asked.with_columns(genre=_genre()).with_columns(year=_year())
    return asked.with_columns(year=possible_year(pl.col("year"))).drop(
        "_said", "_title", "_title_said", *_title_years()
    )


def possible_year(year: pl.Expr) -> pl.Expr:
    """`year` where a report can be about it, else null."""
    return pl.when(year.is_between(1949, 2100)).then(year)


def _genre() -> pl.Expr:
    title = pl.col("words").fill_null("")
    said = pl.col("_said")
    summary, plan, task_list, bulletin, report, other = (
        said.struct.field(name) for name in ("summary", "plan", "task_list", "bulletin", "report", "other")
    )
    planned_too = (pl.col("plan_share") >= MAIN_PART) | (
        (pl.col("plan_share") >= NAMED_PART) & pl.col("plan_year").is_not_null()
    )
    by_text = (
        pl.when(pl.col("has_results") & planned_too)
        .then(pl.lit("summary_and_plan"))
        .when(pl.col("plan_share") >= 0.5)
        .then(pl.lit("plan"))
    )
    return (
        pl.when(other & ~summary & ~plan)
        .then(pl.lit("other"))
        .when(bulletin & ~plan & ~task_list)
        .then(pl.lit("bulletin"))
        .when(summary & (plan | task_list))
        .then(pl.lit("summary_and_plan"))
        .when(task_list)
        .then(pl.lit("task_list"))
        .when(plan)
        .then(pl.lit("plan"))
        .when(summary)
        .then(pl.when(planned_too).then(pl.lit("summary_and_plan")).otherwise(pl.lit("summary")))
        .when(report & title.str.contains("工作报告|汇报"))
        .then(pl.coalesce(by_text, pl.lit("summary")))
        .when(report)
        .then(pl.coalesce(by_text, pl.when("has_results").then(pl.lit("summary")), pl.lit("other")))
        .otherwise(pl.coalesce(by_text, pl.lit("other")))
    )


def _title_years() -> dict[str, pl.Expr]:
    """Years of the title: the first, that of what was done, and that of what is planned."""
    title = pl.col("_title")
    done = f"{YEAR}{NEAR}{word_pattern('summary', 'done', 'report')}"
    planned = f"{YEAR}{NEAR}(?:{word_pattern('plan', 'task_list')}|计划|打算|安排)"
    return {
        "_first": _number(title.str.extract(YEAR, 1)),
        "_done": _number(title.str.extract(done, 1)),
        "_planned": _number(title.str.extract(planned, 1)),
    }


def _year() -> pl.Expr:
    title, said = pl.col("_title"), pl.col("_title_said").struct
    first, done, planned = pl.col("_first"), pl.col("_done"), pl.col("_planned")
    half = title.str.contains("半年|季度")
    before = pl.when(~half).then(planned - 1)
    # 2019年工作总结及2023年工作计划: a template filled in by halves.
    at_odds = ~(planned - done).is_between(0, 1)
    government = title.str.contains("政府工作报告")
    by_text = pl.coalesce("results_year", pl.col("plan_year") - 1)
    reported = pl.coalesce(done, first)
    genre = pl.col("genre")
    return (
        pl.when(government)
        # It is delivered in the first months of the year that it is named after.
        .then(pl.coalesce(by_text, first - 1))
        .when(genre == "summary_and_plan")
        .then(
            pl.when(said.field("summary") | done.is_not_null() & said.field("plan"))
            .then(
                pl.when(at_odds)
                .then(pl.when(pl.col("results_year") == done).then(done))
                .otherwise(pl.coalesce(done, before, by_text, first))
            )
            .otherwise(pl.coalesce("results_year", reported, by_text))
        )
        .when(genre.is_in(["plan", "task_list"]))
        .then(pl.coalesce(planned, first, "head_year", "plan_year", pl.when("lead_plans").then("lead_year")))
        .when(genre == "summary")
        .then(pl.coalesce(reported, "head_year", "results_year", _summary_year()))
        .when(genre == "bulletin")
        .then(pl.coalesce(first, "head_year", "lead_year"))
        .otherwise(first)
    ).cast(pl.Int32)


def _summary_year() -> pl.Expr:
    """For a summary without a year in title and headings: what its first sentence, or most of its text,
    is about, where the date of publication does not speak against it.
    """
    age = pl.col("published_on").dt.year() - pl.coalesce("lead_year", "body_year")
    return pl.when(age.is_null() | age.is_between(0, 1)).then(pl.coalesce("lead_year", "body_year"))


def _number(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Int32, strict=False)
