"""Numbers that share a unit: ranges (3-5所, 30元至50元) and lists (2021、2022年, 780、755元)."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.numbers.numerals import said_apart, shared_scale
from pipeline.reading.layout.compute import compute_where, put_back
from pipeline.reading.layout.written import PERCENTAGE_POINT
from pipeline.vocabulary import pattern

STROKES = [sign * n for sign in "-—–~" for n in (1, 2, 3)]  # 3--5所, 60%~~75%
RANGE = (*STROKES, "―", "−", "至", "到", "－")
JOINT = r"^ ?(?:-{1,3}|—{1,3}|–{1,3}|―|−|~{1,3}|至|到|、|和|及|与|或|,) ?$"
SHARED = ("unit", "factor", "unit_class", "rate", "scaled", "comparator", "bound", "right")
# `1、` at the head of a line or a sentence counts the item and shares nothing
HEAD = r"(?:^|[\n。;:|(!?])\s*$"
FROM = r"(?:由|从|自)[^,。;0-9]{0,14}$"
LONGEST = 8
LARGEST_LISTED = 1_000_000  # more digits without a unit are a number to call
SAID_ONCE = (PERCENTAGE_POINT, "千分点", "工作日")


def share_units(rows: pl.DataFrame) -> pl.DataFrame:
    """Give a number without a unit that of the number that it is joined to; adds `joint`.

    Takes the columns of `units.read_phrases` beside `gap` and `left`; `joint` is the word or sign between
    the number's unit and the next number, null where more stands there.
    """
    own = pl.when(pl.col("unit_class") == "").then(0).otherwise("length")
    near = (pl.col("gap_length") - own).is_between(1, 4)
    joint = compute_where(rows, near, pl.col("gap").str.slice(own).str.extract(JOINT, 0).str.strip_chars())
    # 三个街道分别走访48 120 67户
    blank = compute_where(
        rows, pl.col("gap") == " ", pl.col("left").str.contains(pattern("respectively_opens"))
    )
    joined = pl.when(pl.lit(blank.fill_null(False))).then(pl.lit(" ")).otherwise(pl.lit(joint))
    rows = rows.with_columns(joint=joined, shared=pl.lit(False))
    open_ = _unsaid() & pl.col("joint").is_not_null()
    beside = rows.with_row_index("row").filter(open_ | open_.shift(1, fill_value=False))
    heads = pl.col("left").str.contains(HEAD)
    beside = beside.with_columns(last=pl.col("row").shift(-1) != pl.col("row") + 1, head=heads)
    return put_back(rows, _spread(beside), (*SHARED, "shared"))


def _unsaid() -> pl.Expr:
    """Whether a number may have its unit from the next: 300-500元/月, also in a cell whose heads say none."""
    return pl.col("unit_class").is_in(["", "scale", "figure"]) | (pl.col("unit") == "个")


def _spread(rows: pl.DataFrame) -> pl.DataFrame:
    """Hand units down, over a whole list at once (80、90、100岁) and over up to LONGEST ranges in it."""
    ranged = pl.col("joint").is_in(RANGE)
    joined = pl.col("joint").is_not_null() & ~pl.col("last")
    joined &= pl.col("document_id") == pl.col("document_id").shift(-1)
    listed = (pl.col("unit_class") == "") & joined & ~ranged & ~pl.col("head")
    index = pl.int_range(pl.len(), dtype=pl.Int64)
    # the next number that is not itself one of a list without units
    giver = pl.when(listed.fill_null(False)).then(None).otherwise(index).backward_fill().shift(-1)
    rows = rows.with_columns(giver=giver, ranged=ranged, joined=joined)
    for _ in range(LONGEST):
        open_ = pl.col("joined") & _unsaid()
        part = rows.with_row_index("at").filter(open_ & pl.col("giver").is_not_null())
        given = rows.select(*SHARED, "value")[part["giver"]].rename(lambda name: f"{name}_given")
        taken = part.hstack(given).filter(_takes())
        if taken.is_empty():
            break
        # 1000至2万元: the scale belongs to the upper end alone
        whole = (pl.col("factor_given") <= 1) | (pl.col("value") <= pl.col("value_given")) | ~pl.col("ranged")
        taken = taken.with_columns(
            *(pl.col(f"{name}_given").alias(name) for name in SHARED if name != "factor"),
            # 2.1万至4万元: each has its own
            factor=pl.when(pl.col("unit_class") == "scale")
            .then("factor")
            .when(whole)
            .then("factor_given")
            .otherwise(1.0),
            shared=pl.lit(True),
            row="at",
        )
        rows = put_back(rows, taken, (*SHARED, "shared"))
    return rows.drop("giver", "ranged", "joined")


def _takes() -> pl.Expr:
    """Whether a number without a unit takes that of the one that it leads to (`…_given`)."""
    # 3.4个、1个百分点: the word behind 个 is said once
    cut_short = (pl.col("unit") == "个") & pl.col("unit_given").is_in(SAID_ONCE) & ~pl.col("ranged")
    below = pl.col("value") < pl.col("value_given") * pl.max_horizontal("factor_given", 1.0)
    named = pl.col("unit_given").is_in(["元", "人", "户", "人次"]) & (pl.col("factor") > 1)
    fits = pl.when("ranged").then(below).otherwise(~pl.col("head"))
    # 电话88624171,24小时值守
    short = pl.col("ranged") | (pl.col("value") < LARGEST_LISTED)
    figure = (pl.col("unit_class") == "figure") & pl.col("ranged")
    bare = (pl.col("unit_class") == "") & short | figure | (pl.col("unit_class") == "scale") & named
    return (bare | cut_short) & (pl.col("unit_class_given") != "") & fits


def pair_ranges(rows: pl.DataFrame) -> pl.DataFrame:
    """Make the upper end of a range a `range_end`; fills `value_high` and adds `lower`.

    Both ends must be measurements of the same unit, the lower below the upper, and the text must not say
    from–to (由3所到5所 is a change, not a range).
    """
    high = pl.col("value").shift(-1)
    rows = rows.with_columns(spoken=_spoken_scales(rows))
    lower = (
        (pl.col("joint").is_in(RANGE) | (pl.col("spoken") > 0))
        & (pl.col("kind") == "measurement")
        & (pl.col("kind").shift(-1) == "measurement")
        & (pl.col("unit") == pl.col("unit").shift(-1))
        & (pl.col("document_id") == pl.col("document_id").shift(-1))
        & (pl.col("value") * pl.col("factor") < high * pl.col("factor").shift(-1))
    ).fill_null(False)
    changed = pl.col("joint").is_in(["至", "到"]) & ~pl.col("shared") & pl.col("left").str.contains(FROM)
    changes = compute_where(rows, lower, changed).fill_null(False)
    rows = rows.with_columns(lower=lower & ~changes)
    # a-b-c is no range of ranges
    rows = rows.with_columns(lower=pl.col("lower") & ~pl.col("lower").shift(1, fill_value=False))
    upper = pl.col("lower").shift(1, fill_value=False)
    scaled = pl.col("lower") & (pl.col("spoken") > 0)
    return rows.with_columns(
        value=pl.when(scaled).then(pl.col("value") * pl.col("spoken")).otherwise("value"),
        value_high=pl.when("lower").then(high).otherwise("value_high"),
        kind=pl.when(upper).then(pl.lit("range_end")).otherwise("kind"),
    ).drop("spoken")


def _spoken_scales(rows: pl.DataFrame) -> pl.Series:
    """What Chinese numerals say once, at the upper end: 二至三千元 is 2000 to 3000, 三、四十户 30 to 40.

    Of the lower end of what may be a range, the factor; else 0.
    """
    spoken = pl.col("chinese") & pl.col("chinese").shift(-1) & pl.col("joint").is_in([*RANGE, "、"])
    ends = rows.select("joint", low="written", high=pl.col("written").shift(-1), spoken=spoken)
    ends = ends.with_row_index("row").filter("spoken")
    told = [
        said_apart(low, high) if joint == "、" else shared_scale(low, high)
        for joint, low, high in ends.select("joint", "low", "high").iter_rows()
    ]
    return pl.repeat(0.0, rows.height, dtype=pl.Float64, eager=True).scatter(
        ends["row"], pl.Series(told, dtype=pl.Float64)
    )
