"""By what a standard is paid that says only how much: 由1300元提高到每人每月1500元, 孤儿养育标准1450元."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.sequence import DOCUMENT
from pipeline.extraction.words import subjects_with
from pipeline.reading.layout.compute import latest
from pipeline.vocabulary import pattern

MADE_UP = (30, 800)  # 元 that each gets a month, as a mean
ALIKE = 3.0  # how many times as much a standard of the same kind is at most
NEAR = 2  # sentences between such standards
MONTHLY = (30, 3_500)  # 元 that are paid by the month
# the unit of an average, the times that its sentence counted, and what it is then among
SHARED = (("元/人", "人次", "元/人次"), ("元/人次", "户次", "元/户次"))
# From a year on: below what a line is one of a month, from what on one of a year. Since 2013 the lowest
# line of dibao was above 1,600 元 a year, since 2016 that of tekun above 3,500.
LINES = {"dibao": (2013, 1_500, 2_000), "tekun": (2016, 2_500, 3_500)}
# Before that the aid of the old scheme (五保) and the rural line were told by the year from these on.
OLDER = {"dibao": 650, "tekun": 1_400}


def paid_by() -> pl.Expr:
    """The unit of each quantity, with the period by which a bare standard is paid.

    Of rows in the order of the text with at, sentence, unit, value, subject, measure, report_year and
    quote_before and quote_after. A bare standard is paid as what stands beside it of the same kind, or as it
    was changed with (低保标准提高到每人每月581元,特困标准同步提高到932元); what nothing is said of as the law
    has it, if that has but one way, or as its size tells.
    """
    unit, value, subject = pl.col("unit"), pl.col("value"), pl.col("subject")
    before, standard = pl.col("quote_before"), pl.col("measure") == "standard"
    paid = standard & unit.str.contains("^元(?:/人)?/[月年]$")
    bare = standard & (unit == "元")
    text = pl.col("at") // DOCUMENT
    last = {name: latest(pl.when(paid).then(name), text) for name in ("unit", "sentence", "value", "subject")}
    names = ("unit", "sentence", "value", "subject")
    then = {name: pl.when(paid).then(name).backward_fill() for name in names}
    near = pl.col("sentence") - last["sentence"] <= NEAR
    # 自理110元、半护理260元、全护理720元的月标准: the grades of care lie further apart
    graded = before.str.contains(pattern("by_grade"))
    most = pl.when(graded).then(ALIKE**2).otherwise(ALIKE)
    said_before, said_behind = (
        (said["subject"] == subject) & (value / said["value"]).is_between(1 / most, most)
        for said in (last, then)
    )
    once = before.str.contains(pattern("paid_once"))
    monthly = subject.is_in(subjects_with("monthly")) | (subject == "dibao") & before.str.contains(
        pattern("urban_standard")
    )
    monthly &= value.is_between(*MONTHLY)
    yearly = pl.lit(False)
    for name, (since, below, above) in LINES.items():
        line = (subject == name) & (pl.col("report_year") >= since)
        monthly |= line & value.is_between(MONTHLY[0], below)
        yearly |= line & value.is_between(above, 10 * above)
    # 城市低保人均补差268元: what each gets is made up every month
    made_up = (subject == "dibao") & (pl.col("measure") == "average") & value.is_between(*MADE_UP)
    made_up &= pl.any_horizontal(
        pl.col(c).str.contains(pattern("made_up")) for c in ("quote_before", "q_text")
    )
    for name, above in OLDER.items():
        older = (subject == name) & (pl.col("report_year") < LINES[name][0]) & (value >= above)
        yearly |= older & (before.str.contains(pattern("rural_standard")) | (subject != "dibao"))
    return (
        pl.when(bare & near & before.str.contains(pattern("in_step"))).then(last["unit"])
        .when(bare & pl.col("quote_after").str.contains(pattern("monthly_behind"))).then(pl.lit("元/人/月"))
        .when(bare & ~once & (then["sentence"] == pl.col("sentence")) & said_behind).then(then["unit"])
        .when(bare & ~once & near & said_before).then(last["unit"])
        .when(bare & ~once & monthly).then(pl.lit("元/人/月"))
        .when(bare & ~once & yearly).then(pl.lit("元/人/年"))
        .when(bare & pl.any_horizontal(before.str.contains(pattern(p)) for p in ("by_schooling", "by_skill")))
        .then(pl.lit("元/人"))
        .when(made_up & (unit == "元/人")).then(pl.lit("元/人/月"))
        .when(unit == "元/餐").then(pl.lit("元/人次"))
        .otherwise(unit).alias("unit")
    )  # fmt: skip


def shared_among() -> pl.Expr:
    """The unit of each quantity, that of an average among as many times as its sentence counted.

    Of rows as for `paid_by`, with unit_class. 救助9162人次,发放827.3万元,人均903元 is so much each time, not
    for each person.
    """
    people = pl.when(pl.col("unit_class") == "people").then(pl.concat_str("subject", pl.lit("/"), "unit"))
    counted = latest(people, "sentence")
    unit = pl.col("unit")
    for said, times, among in SHARED:
        told = (pl.col("measure") == "average") & (unit == said)
        told &= counted == pl.concat_str("subject", pl.lit(f"/{times}"))
        unit = pl.when(told.fill_null(False)).then(pl.lit(among)).otherwise(unit)
    return unit.alias("unit")
