"""Lines of fields that publishers set above a page, which name no table and hold none of its cells."""

from __future__ import annotations

import re
from functools import cache

import polars as pl

from pipeline.reading.layout.compute import compute_where
from pipeline.vocabulary import either, pattern, words


@cache
def _fields() -> tuple[str, str]:
    """A line that begins with a field of its own (生成日期:), and any field in it."""
    # when a table was filled in is said of the table
    plain = words("layout/header_labels.csv")
    known = words("layout/header_labels.csv", strong="yes")
    strong = [word for word in known if not re.search(pattern("table_of_its_own_day"), word)]
    return rf"^[\s|]*(?:{either(strong)})\s*:", rf"(?:{either(plain)})\s*:"


def without_page_heads(lines: pl.DataFrame) -> pl.DataFrame:
    """The lines (`cutting.cut_lines`), blank where they hold two fields or more, with bars between them or
    not: 信息分类:财政资金|社会救助 公开方式:主动公开 生成日期:2024-01-22."""
    text = pl.col("text")
    first, every = _fields()
    several = text.str.count_matches(":", literal=True) > 1
    unit = text.str.contains(rf"(?:^|[^\p{{Han}}])(?:{pattern('own_unit')})\s*:")
    heads = text.str.contains(first) & (text.str.count_matches(every) > 1) & ~unit
    held = compute_where(lines, several, heads).fill_null(False)
    return lines.with_columns(text=pl.when(held).then(pl.lit("")).otherwise("text"))
