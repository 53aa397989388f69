"""Heads whose words are broken over several lines, where blanks set the columns apart.

        城市低    农村低    临时救
年度    保标准    保人数    助资金      城市低保标准(元/月), 农村低保人数(人), 临时救助资金(万元)
        (元/月)   (人)      (万元)
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from pipeline.reading.layout.compute import REMEMBERED
from pipeline.reading.tables.loose.together import is_head, known_words
from pipeline.reading.tables.words import WIDE, unit, unit_cell
from pipeline.vocabulary import rows as vocabulary

CLOSES = r"^[^()]*\)"
LONGEST_PIECE = 8  # characters of a word on one side of a break
WORDED = "[\u4e00-\u9fff]|^[()]"
KEY = ("grid", "row")
Line = dict[int, str]  # texts by column


def brackets_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (words in order with grid, row, start, x, width, wide, text, body) with units in brackets that
    stand back to back in heads, or one blank apart, as cells of their own: (元/月)(元/年) (人)."""
    text, bracket = pl.col("text"), rf"\({unit()}\)"
    several = ~pl.col("body") & text.str.contains(rf"^(?:{bracket}){{2,}}$")
    pieces = pl.when(several).then(text.str.extract_all(bracket)).otherwise(pl.concat_list(text))
    cells = cells.with_row_index("word").with_columns(text=pieces).explode("text", empty_as_null=False)
    size = text.str.len_chars().cast(pl.Int64)
    wide = size + text.str.count_matches(WIDE).cast(pl.Int64)
    before, left = ((each.cum_sum() - each).over("word") for each in (size, wide))
    alone = text.str.contains(rf"^{bracket}$") & ~pl.col("body")
    apart = (alone & text.shift(1).over(KEY).str.ends_with(")")).fill_null(False)
    return cells.with_columns(
        start=pl.col("start") + before,
        x=pl.col("x") + left,
        width=pl.when(pl.len().over("word") > 1).then(wide).otherwise("width"),
        wide=pl.when(apart).then(pl.max_horizontal("wide", 2)).otherwise("wide"),
    ).drop("word")


def with_joined_heads(cells: pl.DataFrame) -> pl.DataFrame:
    """`cells` (grid, row, column, text, start, kind, shape) with the lines of heads that break words joined
    to the first of them where blanks divide the grid; a head starts where its first piece does."""
    kind = pl.col("kind")
    figure = (kind == "figure") & ~pl.col("year") & (pl.col("column") > 0)
    own = cells.filter(pl.col("shape") == "spaces")
    ends = own.group_by("grid").agg(
        first=pl.col("row").filter(figure).min(), lead=pl.col("column").filter(figure).min()
    )
    heads = own.filter(kind != "blank").join(ends, on="grid").filter(pl.col("row") < pl.col("first"))
    by_line = heads.sort(*KEY, "column").group_by(*KEY, maintain_order=True)
    lines = by_line.agg("column", "text", pl.col("lead").first(), plain=kind.is_in(["text", "date"]).all())
    lines = lines.filter((pl.len() > 1).over("grid"))
    moved: list[tuple[int, int, int, int, int]] = []
    last, top, upper = -1, -1, Line()
    behind = lines.select(pl.col("column", "text").shift(-1).over("grid")).iter_rows()
    for (grid, row, columns, texts, lead, plain), (places, rest) in zip(
        lines.iter_rows(), behind, strict=True
    ):
        line = dict(zip(columns, texts, strict=True)) if plain else Line()
        below = dict(zip(places or [], rest or [], strict=True))
        lower = _closing(upper, line)
        if grid == last and upper and line and _goes_on(upper, lower, below, lead):
            moved += [(grid, row, n, top, to) for n, to in zip(line, lower, strict=True)]
            upper = {n: upper.get(n, "") + lower.get(n, "") for n in {*upper, *lower}}
        else:
            last, top, upper = grid, row, line
    if not moved:
        return cells
    schema = dict.fromkeys(("grid", "row", "column", "top", "to"), pl.Int64)
    rows = pl.DataFrame(moved, schema, orient="row")
    gone = rows.select("grid", "row", "top")
    tops = pl.concat([gone, gone.select("grid", "top", row="top").select(gone.columns)]).unique()
    cells = cells.join(tops, on=KEY, how="left", maintain_order="left")
    cells = cells.join(rows.drop("top"), on=[*KEY, "column"], how="left", maintain_order="left")
    cells = cells.with_columns(column=pl.coalesce("to", "column")).drop("to")
    broken = cells.filter(pl.col("top").is_not_null()).sort(*KEY, "column")
    broken = broken.sort(pl.col("kind") == "blank", maintain_order=True)
    joined = broken.group_by("grid", "top", "column", maintain_order=True).agg(
        pl.exclude("row", "text").first(), text=pl.col("text").str.join("")
    )
    whole = cells.filter(pl.col("top").is_null()).drop("top")
    joined = joined.rename({"top": "row"}).select(whole.columns)
    return pl.concat([whole, joined]).sort("grid", "row", "column")


def _goes_on(upper: Line, lower: Line, below: Line, lead: int) -> bool:
    """Whether a line of heads goes on with the one above it; `below`: the next line, in which a word may end,
    `lead`: the first column of figures."""
    if not all(re.search(WORDED, text) for text in lower.values()):
        return False
    pairs = [(n, upper[n], text) for n, text in lower.items() if n >= lead and n in upper]
    # a line with one head below each goes on with all of them: 新增家庭 长者 above 养老床位 食堂
    each = len(pairs) == len(lower) == sum(n >= lead for n in upper)
    broken = {n for n, above, text in pairs if _broken(above, text, below.get(n, ""), each)}
    # no head of which a word goes on stands over its neighbour too
    loose = [n for n in lower if n >= lead and n not in upper]
    if any(max((over for over in upper if over < n), default=-1) not in broken for n in loose):
        return False
    words = [n for n, _, text in pairs if not re.search(unit_cell(), text)]
    opened = any(_open(above) and n in broken for n, above, _ in pairs)
    # 年末长 全年助餐 above 者食堂 服务人次: where each has one below it, one word tells of all
    torn = broken.intersection(words)
    return opened or (each and bool(torn)) or len(torn) * 2 > len(words)


@cache
def _known() -> frozenset[str]:
    """The words that name a subject, and those of heads that say how and when: 提高金额, 上年同期."""
    said = {row["word"] for row in vocabulary("tables/head_cues.csv") if len(row["word"]) > 3}
    return known_words() | said


def _closing(upper: Line, lower: Line) -> Line:
    """A line with nothing but the ends of all brackets that are open above it, below these."""
    opened = [n for n in sorted(upper) if _open(upper[n])]
    ends = all(re.search(CLOSES, text) for text in lower.values())
    return dict(zip(opened, lower.values(), strict=True)) if ends and len(opened) == len(lower) else lower


def _open(text: str) -> bool:
    return text.count("(") > text.count(")")


def goes_on_with(head: str, rest: str) -> bool:
    """Whether a head goes on with a piece of another line: both make a known word or close a bracket."""
    return _broken(head, rest, "", True)


@lru_cache(maxsize=REMEMBERED)
def _broken(upper: str, lower: str, below: str, whole: bool) -> bool:
    """Whether a known word, or a bracket, begins in the first text and ends in those below it; `whole`:
    the lower text may be a word of its own."""
    if _open(upper):
        return bool(re.search(CLOSES, lower))
    if is_head(lower) and not whole:
        return False
    known, lower = _known(), lower + below
    return any(
        upper[-left:] + lower[:right] in known
        for left in range(1, min(len(upper), LONGEST_PIECE) + 1)
        for right in range(1, min(len(lower), LONGEST_PIECE) + 1)
    )
