"""What the words of a heading say: results, problems or plans, and of which year.

The words stand in `vocabulary/layout/report_words.csv`; strength 4 and 3 say it whatever stands around the
section, 2 and 1 only where nothing else does.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.dates import arabic_years
from pipeline.vocabulary import pattern

YEAR = r"((?:19|20)[0-9]{2})\s*年"
LONGEST_WEAK = 25


@cache
def _pattern(role: str, strength: int) -> str:
    return vocabulary.either(_words(role, strength)) + pattern("behind_role_word")


def _words(role: str, strength: int) -> list[str]:
    return vocabulary.words("layout/report_words.csv", heading=role, strength=str(strength))


@cache
def any_role_word() -> str:
    """Words that make a short line without a number a heading."""
    strong = [("results", 4), ("plan", 3), ("problems", 3), ("plan", 2)]
    words = [word for role, strength in strong for word in _words(role, strength)]
    return vocabulary.either(words) + pattern("heading_end") + "|" + pattern("plans_of_a_year")


def with_roles(headings: pl.DataFrame) -> pl.DataFrame:
    """Adds what the folded `words` of headings say: `strong` (results, problems, plan, mixed) and `weak`
    (results, plan); nulls where they say nothing."""
    bare = headings.select(words=pl.col("words").str.replace(r"\([^)]*\)$", ""))
    no_role = f"{pattern('work_on_problems')}|{pattern('tasks_met')}"
    bare = bare.with_columns(clear=pl.col("words").str.replace_all(no_role, "工作"))
    clear = pl.col("clear")
    # what several rules ask for is found once
    bare = bare.with_columns(
        results=clear.str.contains(_pattern("results", 4)),
        problems=clear.str.contains(_pattern("problems", 3)),
        plan=clear.str.contains(_pattern("plan", 3)) | clear.str.contains(pattern("heading_of_plans")),
        done=clear.str.contains(_pattern("results", 1)),
        planned=clear.str.contains(_pattern("plan", 2)),
    )
    return headings.with_columns(bare.select(**_roles()))


def _roles() -> dict[str, pl.Expr]:
    """strong and weak by the words without what stands in brackets, and these without what is worked on."""
    words, clear, results, problems, plan, done, planned = map(
        pl.col, ("words", "clear", "results", "problems", "plan", "done", "planned")
    )
    also_done = done & clear.str.contains("[及和与暨、]")
    also_planned = planned & clear.str.contains("[及和与暨、].*" + _pattern("plan", 2))
    mixed = (
        (problems & (plan | results | also_planned)) | (results & (plan | also_planned)) | (plan & also_done)
    )
    strong = (
        pl.when(mixed)
        .then(pl.lit("mixed"))
        .when(problems)
        .then(pl.lit("problems"))
        .when(results)
        .then(pl.lit("results"))
        .when(plan)
        .then(pl.lit("plan"))
    )
    # 聚焦重点任务,打好攻坚战 tells what was done.
    short = (words.str.len_chars() <= LONGEST_WEAK) & ~words.str.contains(",")
    weak = (
        pl.when((short & planned) | clear.str.contains(pattern("heading_of_paper")))
        .then(pl.lit("plan"))
        .when(short & done)
        .then(pl.lit("results"))
    )
    return {"strong": strong, "weak": weak}


def heading_year(words: pl.Expr) -> pl.Expr:
    """The one year that a heading names, null where it names none or several."""
    written = arabic_years(words)
    years = written.str.replace_all(
        # 募集资金450万元,较2022年增长7%: nor is that of a base one of the heading
        pattern("span_of_years")
        # 县殡仪馆1998年建成,现有火化炉2台
        + "|"
        + pattern("founded_in")
        + r"|年\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日|[较比与同由从](?:19|20)[0-9]{2}\s*年",
        "",
    ).str.extract_all(YEAR)
    years = years.list.eval(pl.element().str.slice(0, 4).cast(pl.Int32)).list.unique()
    return pl.when(years.list.len() == 1).then(years.list.first())


def spans_years(words: pl.Expr) -> pl.Expr:
    """Whether a heading speaks of several years at once (十五五, 2021—2025年)."""
    return words.str.contains(pattern("span_of_years"))
