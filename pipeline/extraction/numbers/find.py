"""Where the numbers stand: every run of digits, and every Chinese numeral before a measure word.

Only finding; what a number is and means belongs to `units` and `kinds`.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import polars as pl

from pipeline.contracts.registry import columns
from pipeline.extraction.numbers.numerals import (
    ACCENTS,
    CAPITALS,
    COUNTING,
    FRACTION,
    NUMERALS,
    ONES,
    OTHERS,
    UPPER_SHARE,
)
from pipeline.extraction.numbers.units import measure_beginnings
from pipeline.reading.layout.compute import compute_where
from pipeline.reading.layout.cutting import MARK
from pipeline.vocabulary import pattern

EDGE = "\n"  # closes each document, so that no context runs into the next
LEFT, RIGHT = 32, 28  # characters of the windows
AT_ONCE = 100_000  # numbers whose windows are made at once
ACROSS = 3  # numbers that a window reaches over
ENOUGH_LEFT, ENOUGH_RIGHT = 20, 14  # so much text beside a number does without a look beyond the next one


class Form(NamedTuple):
    """One way to write a number: patterns of what must stand before it, of itself, of what must follow."""

    before: str
    number: str
    behind: str


@cache
def forms() -> tuple[Form, ...]:
    """The ways to write a number, those that take in more before those that take in less."""
    numeral = rf"[{COUNTING}][{NUMERALS}]*"
    ones = f"[{ONES}]"
    digits = "[零〇○一二三四五六七八九]"
    # 壹百五十二, 七十八万五佰: capitals among plain numerals
    both = f"[{CAPITALS}{NUMERALS}]*"
    sum_ = f"[{CAPITALS}{COUNTING}&&[^零万亿]]{both}"
    one = f"[{ONES}{CAPITALS}&&[^拾佰仟零万亿]]"
    # a numeral counts where a measure word follows, or a sign that leads to one
    counted = f"[{measure_beginnings()}、)是至到~—–或-]"
    measured = f"[{measure_beginnings()}至到~—–-]"
    money = "[元圆整]"
    scale = "[百千万亿]"
    thousandfold = "千[克米]"  # 十五千克, 二点五千米: 千 belongs to the unit
    # 募得善款三万五, 只捐了八百, 花了一千多万, 三百六提高到四百二: a sum without its unit ends a clause
    spoken = f"{numeral}{scale}{ones}?"
    # 3亿5千万, 2亿3千2百万; 3万5千6百; 2千3百
    hundreds = "零?[0-9] ?百(?:零?[0-9]十)?"
    thousands = f"零?[0-9] ?千(?: ?{hundreds})?"
    scaled = (
        rf"[0-9]+ ?亿 ?零?[0-9]{{1,4}}(?:\.[0-9]+)?(?:千[0-9]百)?[十百千]?[余多]?万(?: ?{thousands})?"
        rf"|[0-9]+ ?万 ?(?:零?[0-9](?:\.[0-9]+)? ?千(?: ?{hundreds})?|{hundreds})"
        rf"|[0-9]+ ?千 ?{hundreds}[万亿]?"
        r"|[0-9] ?百 ?零?[0-9]十"
    )
    # 1万600, 2千零50: what needs no scale has as many digits as the scale before it has noughts
    plain = "(?:万(?:零[0-9]{1,3}|[0-9]{3,4})|千(?:零[0-9]{1,2}|[0-9]{3})|百(?:零[0-9]|[0-9]{2}))"
    mixed = (
        f"(?:[壹贰叁肆柒捌玖]{both}|拾{both}[万亿]{both}"
        f"|[{COUNTING}][{NUMERALS}]*[壹贰叁肆伍陆柒捌玖拾佰仟]{both})"
    )
    return (
        Form("", "[0-9]+[元块](?:[0-9][角毛](?:零?[0-9]分)?|零[0-9]分)", ""),
        Form("", f"{sum_}[元圆块](?:{one}[角毛](?:零?{one}分)?|零{one}分)", ""),
        Form("", f"(?:[0-9]+块[1-9]|{numeral}块{ones})", r"[,。;)\n]"),  # 八块五
        Form("", scaled, ""),
        Form("", f"[0-9]+(?:[万千][0-9])*{plain}", "(?:[^0-9.年%]|$)"),
        Form("", "[2-9]分之[1-9]", ""),
        Form("", r"[百千万]分之 ?[0-9]+(?:\.[0-9]+)?", ""),
        Form("", f"[0-9]+(?:[{ACCENTS}]+[0-9]*)+", ""),
        # ①②③人 is a number, ①户籍改革 an item, Ⅱ类 a class of water
        Form("", f"[{OTHERS}]+", rf"[{measure_beginnings()}&&[^类]](?:[^\p{{Han}}]|$)"),
        Form(
            "", r"[0-9]+(?:\.[0-9]+)?", r"(?:\s?[余多来几]?[百千万亿][十百千万亿]*|[余多来几]?[十百千万亿]*)"
        ),
        Form("", f"{FRACTION} [十百千][{NUMERALS}]*", f"(?:[^{measure_beginnings()}]|$)"),  # 百分之五 十
        Form("", f"[百千万]分之 [{NUMERALS}]+(?:点[{NUMERALS}]+)?", f"(?:[^{NUMERALS}年月日季个分]|$)"),
        Form("", FRACTION + UPPER_SHARE, f"(?:[^{NUMERALS}年月日季个分]|$)"),
        Form("", rf"{FRACTION}|百分百|十[一二三四五六]五|{pattern('half_in_words')}", ""),
        Form("", "[½⅓⅔¼¾⅕⅛]", ""),
        Form("", f"{ones}成{ones}", f"(?:[^{NUMERALS}年月日]|$)"),  # 九成八
        Form("", rf"(?:{numeral}|[零〇])点{digits}{{1,6}}", thousandfold),
        Form("", rf"(?:{numeral})?[十百]{ones}?", thousandfold),
        Form(
            "", rf"(?:{numeral}|[零〇])(?: ?点|点 ){digits}{{1,6}}{scale}*", f"[余多]?{measured}"
        ),  # 三点六亿
        Form(
            "", f"{numeral}[百千万亿] {ones} ?[十百千][{NUMERALS}]*(?: [{NUMERALS}]+)*", counted
        ),  # 三千 二百
        Form("", f"{ones}十 {ones}", f"[{measure_beginnings()}]"),  # 二十 三家
        Form("", spoken, rf"(?:[,。;)\n]|{pattern('sum_goes_on')})"),
        Form("", f"(?:{numeral})?[十百千万亿]", r"[余多来][万亿]?[,。;)\n]"),
        Form("", mixed, f"[余多]?{counted}|{money}"),
        Form("", numeral, f"[余多来几]?[万亿]*{counted}"),
        Form("", "[数几][十百千万亿]+", f"[余多]?{counted}"),
        Form("", "半", "[个年天小日]"),
        Form("", f"[伍陆拾][{CAPITALS}]*", money),
        Form(pattern("ranked"), f"[{NUMERALS}]+", ""),
    )


@cache
def number_pattern() -> str:
    """All forms as one pattern without groups, for a search with groups is several times as slow."""
    return "|".join(f"(?:{form.before})(?:{form.number})(?:{form.behind})" for form in forms())


@cache
def _parts() -> tuple[str, str]:
    """The same with groups, and the replacement that cuts what it matches into before, number and behind."""
    pattern, parts, group = [], ["", "", ""], 0
    for form in forms():
        for i in range(len(parts)):
            parts[i] += f"${{{group + i + 1}}}"
        group += len(parts)
        pattern.append("".join(f"({part})" for part in form))
    return f"^(?:{'|'.join(pattern)})$", MARK.join(parts)


def find_numbers(readings: pl.DataFrame) -> pl.DataFrame:
    """`frame.numbers_found`: every number of each reading (`document_id`, `reading`), in order."""
    rows = _pieces(readings)
    starts = range(0, max(rows.height, 1), AT_ONCE)
    rows = pl.concat(_windows_of(rows, start) for start in starts)
    end = pl.col("total") - pl.col("origin")
    rows = rows.with_columns(start=end - pl.col("length"), end=end)
    return rows.filter(~pl.col("edge")).select(columns("frame.numbers_found"))


def _pieces(readings: pl.DataFrame) -> pl.DataFrame:
    """A row a number (`written`) with the text `before` it, and a row more a document: its `edge`.

    `total` counts the characters of all readings up to the number's end, `origin` those of the documents
    before its own.
    """
    marked = pl.concat_str(
        pl.col("reading").str.replace_all(number_pattern(), f"{MARK}${{0}}{MARK}"),
        pl.lit(f"{MARK}{EDGE}"),
    )
    pieces = readings.select("document_id", pieces=marked.str.split(MARK))
    # Text and match take turns, and each document ends with a match that is none: its edge.
    flat = pieces["pieces"].explode(empty_as_null=False)
    counts = pieces.select("document_id", count=pl.col("pieces").list.len() // 2)
    owners = counts.select(pl.col("document_id").repeat_by("count").explode(empty_as_null=False)).to_series()
    rows = pl.DataFrame(
        {"document_id": owners, "text": flat.gather_every(2, 0), "match": flat.gather_every(2, 1)}
    )
    rows = rows.join(_cut(rows["match"].unique()), on="match", how="left", maintain_order="left")
    rows = rows.select(
        "document_id",
        "written",
        "chinese",
        before=pl.concat_str(pl.col("behind").shift(1, fill_value=""), "text", "lead"),
        edge=pl.col("written") == EDGE,
        length=pl.col("written").str.len_chars().cast(pl.Int64),
    )
    rows = rows.with_columns(before_length=pl.col("before").str.len_chars().cast(pl.Int64))
    total = (pl.col("before_length") + pl.col("length")).cum_sum()
    return rows.with_columns(
        total=total, origin=pl.when("edge").then(total).shift(1).forward_fill().fill_null(0)
    )


def _cut(matches: pl.Series) -> pl.DataFrame:
    """What the pattern matched, cut into `lead`, `written` (the number) and `behind`; `chinese` as found."""
    parts = matches.str.replace(*_parts()).str.split_exact(MARK, 2).struct.unnest()
    parts = parts.select(lead="field_0", written="field_1", behind="field_2").with_columns(match=matches)
    # the edge is cut into nothing
    return parts.with_columns(
        ~pl.col("written").str.contains("^[0-9]").alias("chinese"),
        pl.when(pl.col("match") == EDGE).then(pl.lit(EDGE)).otherwise("written").alias("written"),
        *(
            pl.when(pl.col("match") == EDGE).then(pl.lit("")).otherwise(n).alias(n)
            for n in ("lead", "behind")
        ),
    )


def _windows_of(rows: pl.DataFrame, start: int) -> pl.DataFrame:
    """Some of the rows with their windows, made of them and of the few beside them."""
    first = max(0, start - ACROSS - 1)
    part = _windows(rows[first : start + AT_ONCE + ACROSS + 1])
    kept = [*rows.columns, "gap", "gap_length", "left", "right"]
    return part.select(kept)[start - first : start - first + AT_ONCE]


def _windows(rows: pl.DataFrame) -> pl.DataFrame:
    """Add `gap`, `gap_length` and the windows `left` and `right`.

    The window is what rules may look at: LEFT characters before a number, RIGHT behind it. Most texts
    between numbers are long enough to fill it; where one is not, the window goes on over up to ACROSS
    numbers and the text beyond them, but never out of the document. A rule that would need more does not fit.
    """
    beside = range(1, ACROSS + 1)
    rows = rows.with_columns(tail=pl.col("before").str.tail(LEFT), head=pl.col("before").str.head(RIGHT))
    rows = rows.with_columns(
        *(pl.col("tail").shift(n, fill_value=EDGE).alias(f"tail{n}") for n in beside),
        *(pl.col("written").shift(n, fill_value=EDGE).alias(f"written{n}") for n in beside),
        *(pl.col("head").shift(-n, fill_value=EDGE).alias(f"head{n}") for n in (*beside, ACROSS + 1)),
        *(pl.col("written").shift(-n, fill_value=EDGE).alias(f"behind{n}") for n in beside),
        gap=pl.col("before").shift(-1, fill_value=EDGE),
        gap_length=pl.col("before_length").shift(-1, fill_value=1),
    )
    # beyond the edge of a document there is nothing
    left, right = [pl.col("tail")], [pl.col("head1")]
    open_left = open_right = pl.lit(True)
    for n in beside:
        left.insert(0, pl.when(open_left).then(f"written{n}").otherwise(pl.lit("")))
        open_left &= pl.col(f"written{n}") != EDGE
        left.insert(0, pl.when(open_left).then(f"tail{n}").otherwise(pl.lit("")))
        right.append(pl.when(open_right).then(f"behind{n}").otherwise(pl.lit("")))
        open_right &= pl.col(f"behind{n}") != EDGE
        right.append(pl.when(open_right).then(f"head{n + 1}").otherwise(pl.lit("")))
    short_left, short_right = pl.col("before_length") < ENOUGH_LEFT, pl.col("gap_length") < ENOUGH_RIGHT
    return rows.with_columns(
        left=pl.coalesce(compute_where(rows, short_left, pl.concat_str(left).str.tail(LEFT)), "tail"),
        right=pl.coalesce(compute_where(rows, short_right, pl.concat_str(right).str.head(RIGHT)), "head1"),
    )
