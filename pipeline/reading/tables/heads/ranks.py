"""How far out the name of each row stands, by its number, its indent, and 其中 before it."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.written import LIST_NUMERAL
from pipeline.reading.tables import words
from pipeline.vocabulary import pattern

RANKS = (
    (f"^{LIST_NUMERAL}[、.:]", 10),
    (rf"^\({LIST_NUMERAL}\)", 20),
    (r"^[0-9]{1,2}[、.](?:[^0-9]|$)", 30),
    (r"^\([0-9]{1,2}\)", 40),
    (r"^[①-⑳]", 50),
    (r"^[A-Za-z][、.]", 60),
    (r"^(?:[IVX]{1,4}|[Ⅰ-Ⅻ])[\s、.]", 100),  # I 低保金 below A 城市低保累计支出
)
SECTION, ROW, PART = 80, 90, 160  # ranks of headings without figures, of plain rows, and of 其中 rows
DEEPEST = 3  # levels of indent
FIRST = r"^\(?(?:1|一|A|I|①)(?:[、.)\s]|$)|^①"  # the number that a list begins with
EVEN = 1  # characters by which names differ that stand in the middle of their column at one indent


def ranked(own: pl.DataFrame) -> pl.DataFrame:
    """Add rank: the lower, the further out."""
    name, section = pl.col("first"), pl.col("row_role") == "section"
    marked = pl.coalesce(*(pl.when(name.str.contains(pattern)).then(rank) for pattern, rank in RANKS))
    level = pl.col("indent").rank("dense").over("part").cast(pl.Int64) - 1
    plain = ~pl.col("total")
    # names in the middle of their column: the shorter, the further in
    least = pl.col("indent").filter(plain).min().over("part")
    inner = plain & (pl.col("indent") > least)
    shorter = (
        pl.col("size").filter(inner).max() < pl.col("size").filter(plain & (pl.col("indent") == least)).min()
    ).over("part")
    # where names of one indent are as long
    size = pl.col("size").filter(plain)
    even = ((size.max() - size.min()).over("part", "indent") <= EVEN).fill_null(True).all().over("part")
    centred = (shorter & even).fill_null(False)
    told = (level.max().over("part") <= DEEPEST) & ~centred
    level = pl.when(told & plain).then(level).otherwise(0)
    # a heading whose rows stand further in leads those alone
    leads = (level.shift(-1) > level).over("part").fill_null(False)
    # among numbered rows those behind 其中 that have no number go on with it
    of_which = pl.col("name").str.contains(pattern("part_row")) | pl.col("first").str.contains(
        pattern("part_row")
    )
    own = own.with_columns(run=marked.is_not_null().cum_sum().over("part"), marked=marked, part_of=of_which)
    own = own.with_columns(begun=pl.col("part_of").cum_max().over("part", "run"))
    # but where the rows of its list have no numbers either, the next of them ends what is below one
    manner = pl.col("name").str.contains(f"^(?:{words.either(words.frame_words('manner'))})")
    bare = (pl.col("marked").is_null() & ~pl.col("begun") & plain & ~section).any().over("part", "run")
    goes_on = pl.col("begun") & (pl.col("run") > 0) & plain & ~section & (~bare | manner)
    rank = (
        pl.when(pl.col("marked").is_not_null())
        .then("marked")
        .when(pl.col("part_of") | goes_on)
        .then(PART)
        .otherwise(SECTION + 20 * level + pl.when(section & ~leads).then(0).otherwise(10))
    )
    own = own.with_columns(rank=rank.cast(pl.Int64))
    return own.with_columns(rank=pl.coalesce(_over_lists(own, plain & ~section & ~goes_on), "rank"))


def _over_lists(own: pl.DataFrame, bare: pl.Expr) -> pl.Series:
    """The rank of rows without a number right above the first of a list, and of those behind its last; null
    for all others.

    低保支出 ⏎ (1)低保金 ⏎ (2)临时补助 ⏎ 特困供养支出: the first and the last are outside the list.
    """
    marked, opens = pl.col("marked"), pl.col("first").str.contains(FIRST) & pl.col("marked").is_not_null()
    own = own.with_columns(bare=bare & marked.is_null() & ~pl.col("part_of"), opens=opens)
    ahead = pl.when(marked.is_not_null()).then("opens")
    own = own.with_columns(
        upper=pl.when("bare", pl.col("opens").shift(-1)).then(marked.shift(-1) - 5).over("part"),
        next=marked.shift(-1).backward_fill().over("part"),
        next_opens=ahead.shift(-1).backward_fill().over("part"),
    )
    own = own.with_columns(
        held=pl.col("upper").forward_fill().over("part"),
        list=pl.col("upper").is_not_null().cum_sum().over("part"),
    )
    # a number further out ends what the last such row stands in
    ended = (marked < pl.col("held")).fill_null(False).cum_max().over("part", "list")
    behind = (pl.col("next") < pl.col("held")) | pl.col("next_opens") | pl.col("next").is_null()
    held = pl.when(pl.col("bare") & ~ended & behind).then("held")
    return own.select(rank=pl.coalesce("upper", held).cast(pl.Int64)).to_series()
