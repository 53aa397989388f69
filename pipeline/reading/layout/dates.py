"""Dates as offices write them: `2023-08-28`, `2023年8月28日`, `20230828`, `二〇二三年十二月一日`."""

import re

import polars as pl

from pipeline.vocabulary import pattern

COMPACT_DATE = r"(?:^|[^0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?:$|[^0-9])"


_DIGITS = {
    **{char: "0" for char in "〇○零Oo0О"},
    **{char: str(n) for n, char in enumerate("一二三四五六七八九", 1)},
}
_TENS = {"": 0, "十": 10, "二十": 20, "三十": 30, "廿": 20, "卅": 30}


def _number(tens: str, ones: str) -> int:
    return _TENS[tens] + (int(_DIGITS[ones]) if ones else 0)


# Every way to write the days of a month, and with them its months.
_NUMERALS = {"正": 1} | {t + o: _number(t, o) for t in _TENS for o in ("", *"一二三四五六七八九") if t + o}


_SIGNS = {chr(start + n): n + 1 for start, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10))
          for n in range(count)}  # ① ⑴ ⒈ ㈠  # fmt: skip


def numeral(text: pl.Expr) -> pl.Expr:
    """Small numbers (`3`, `三`, `十二`, `③`) as integers, null for anything else."""
    known = {**_NUMERALS, **_SIGNS}
    named = text.replace_strict(known, default=None, return_dtype=pl.Int64)
    return pl.coalesce(named, text.cast(pl.Int64, strict=False))


def arabic_years(text: pl.Expr) -> pl.Expr:
    """`text` with the years that it writes in Chinese digits (二〇二三年) in Arabic ones, one for one.

    Only for titles and headings: at most the first such year is rewritten.
    """
    around = text.str.extract_groups(rf"(?s)^(.*?){pattern('chinese_year')}(.*)$")
    year = around.struct[1].str.replace_many(list(_DIGITS), list(_DIGITS.values()))
    return pl.coalesce(pl.concat_str(around.struct[0], year, pl.lit("年"), around.struct[2]), text)


def written_years() -> str:
    """The pattern of years in Chinese digits: 二〇二三年, 截至一四年底."""
    return f"{pattern('chinese_year')}|{pattern('chinese_short_year')}"


def all_arabic_years(texts: pl.Series) -> pl.Series:
    """The same of running texts that hold such years (few do): every one of them."""
    arabic = str.maketrans(_DIGITS)
    return pl.Series(
        [re.sub(written_years(), lambda year: year[0].translate(arabic), text) for text in texts]
    )


def full_years(text: pl.Expr) -> pl.Expr:
    """`text` with years of two digits written out: 截至22年底, 22年度."""
    return text.str.replace_all(pattern("year_of_two_digits"), "${1}20${2}年${3}")


def date_in(text: pl.Expr) -> pl.Expr:
    """The first date in `text` (folded), null where there is none or where it names no real day of 1980
    to 2099.
    """
    arabic = _joined(text.str.extract_groups(pattern("arabic_date")))
    compact = _joined(text.str.extract_groups(COMPACT_DATE))
    parts = text.str.extract_groups(pattern("chinese_date"))
    chinese = pl.concat_str(
        parts.struct[0].str.replace_many(list(_DIGITS), list(_DIGITS.values())),
        _numeral(parts.struct[1]),
        _numeral(parts.struct[2]),
        separator="-",
    )
    date = pl.coalesce(arabic, chinese, compact).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(date.dt.year().is_between(1980, 2099)).then(date)


def day(year: pl.Expr, month: pl.Expr, of_month: int = 1) -> pl.Expr:
    """The day of a year and month, null where there is no such month: texts write a month 13 too, over which
    `pl.date` raises, in a row that nobody takes as well."""
    there = year.is_between(1, 9999) & month.is_between(1, 12)
    return pl.date(pl.when(there).then(year), pl.when(there).then(month), of_month)


def month_end(year: pl.Expr, month: pl.Expr) -> pl.Expr:
    """The last day of a month, null where there is no such month."""
    return day(year, month).dt.month_end()


def _joined(groups: pl.Expr) -> pl.Expr:
    year, month, day = (groups.struct[n] for n in range(3))
    return pl.concat_str(year, month.str.zfill(2), day.str.zfill(2), separator="-")


def _numeral(text: pl.Expr) -> pl.Expr:
    known = {word: f"{number:02d}" for word, number in _NUMERALS.items()}
    return text.replace_strict(known, default=None, return_dtype=pl.String)
