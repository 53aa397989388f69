"""A report's genre: the title decides where it says it, headings do where it doesn't."""

import polars as pl

from pipeline.reading.layout.dates import arabic_years, full_years
from pipeline.reading.reports.titles import content, kinds
from pipeline.vocabulary import pattern

# Shares of the running text below plan headings that make a summary one with a plan.
MAIN_PART, NAMED_PART = 0.25, 0.08
# A month's or quarter's benefits paid: 2023年9月社会救助资金使用情况.
DATE = r"(?:19|20)[0-9]{2}\s*年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日"


def find_genres(reports: pl.DataFrame) -> pl.DataFrame:
    """Adds `genre`, `_title` (the folded title without dates and spans of years) and `_title_said` (what that
    announces) to one row a report.

    Takes words (the folded title, null where there is none), plan_year (of top headings), has_results and
    plan_share (0 to 1).
    """
    # What many rules ask of the title is found out once, in columns of its own.
    title = pl.col("words").fill_null("")
    # 2016养老服务工作汇报
    whole = content(title).str.replace(pattern("year_without_word"), "${1}年${2}")
    bare = full_years(arabic_years(whole)).str.replace_all(DATE + "|" + pattern("span_of_years"), " ")
    asked = reports.with_columns(kinds(title).alias("_said"), _title=bare)
    asked = asked.with_columns(kinds(pl.col("_title")).alias("_title_said"))
    return asked.with_columns(genre=_genre()).drop("_said")


def _genre() -> pl.Expr:
    title = pl.col("words").fill_null("")
    said = pl.col("_said")
    summary, plan, task_list, bulletin, report, other = (
        said.struct.field(name) for name in ("summary", "plan", "task_list", "bulletin", "report", "other")
    )
    planned_too = (pl.col("plan_share") >= MAIN_PART) | (
        (pl.col("plan_share") >= NAMED_PART) & pl.col("plan_year").is_not_null()
    )
    figures = title.str.contains(pattern("monthly_benefits")) & ~title.str.contains(pattern("title_of_work"))
    by_text = (
        pl.when(pl.col("has_results") & planned_too)
        .then(pl.lit("summary_and_plan"))
        .when(pl.col("plan_share") >= 0.5)
        .then(pl.lit("plan"))
    )
    return (
        pl.when((other & ~summary & ~plan) | title.str.contains(pattern("answer")))
        .then(pl.lit("other"))
        .when((bulletin | figures) & ~plan & ~task_list)
        .then(pl.lit("bulletin"))
        .when(summary & (plan | task_list))
        .then(pl.lit("summary_and_plan"))
        .when(task_list)
        .then(pl.lit("task_list"))
        .when(plan)
        .then(pl.lit("plan"))
        .when(summary)
        .then(pl.when(planned_too).then(pl.lit("summary_and_plan")).otherwise(pl.lit("summary")))
        .when(report & title.str.contains(pattern("report_by_title")))
        .then(pl.coalesce(by_text, pl.lit("summary")))
        .when(report)
        .then(pl.coalesce(by_text, pl.when("has_results").then(pl.lit("summary")), pl.lit("other")))
        .otherwise(pl.coalesce(by_text, pl.lit("other")))
    )
