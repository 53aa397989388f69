"""The year and the period that a value speaks of."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.stream import Stream

YEAR = r"((?:19|20)[0-9]{2})(?:年|、)"
DOCUMENTS = r"《[^》]*》|[〔\[\(](?:19|20)[0-9]{2}[〕\]\)]"
MONTHS = r"([0-9]{1,2})(?:月份?)?[-—–~至到]+([0-9]{1,2})月"


def clause_times(stream: Stream) -> pl.DataFrame:
    """What each clause says of time: clause, sentence, said_year, relative (years to add), m1, m2, as_of."""
    text = pl.col("text")
    timed = stream.clauses.filter(text.str.contains(r"年|月|季度|今|去")).select(
        "document_id", "clause", "sentence", "line", text=text.str.replace_all(DOCUMENTS, "")
    )
    months = text.str.extract_groups(MONTHS)
    half = (
        pl.when(text.str.contains("上半年"))
        .then(pl.lit(6))
        .when(text.str.contains("一季度|第1季度|首季度"))
        .then(pl.lit(3))
        .when(text.str.contains("前三季度|三季度末"))
        .then(pl.lit(9))
    )
    return timed.select(
        "document_id", "clause", "sentence", "line",
        said_year=text.str.extract_all(YEAR).list.last().str.head(4).cast(pl.Int32, strict=False),
        relative=pl.when(text.str.contains("(?:^|[^比较])(?:去年|上年|上一年)(?:[^同末底]|$)")).then(-1).when(text.str.contains("明年|下一年")).then(1).otherwise(0),
        m1=pl.coalesce(months.struct.field("1").cast(pl.Int8, strict=False), pl.when(half.is_not_null()).then(pl.lit(1, pl.Int8))),
        m2=pl.coalesce(months.struct.field("2").cast(pl.Int8, strict=False), half.cast(pl.Int8)),
        as_of=pl.coalesce(text.str.extract(r"截[至止]到?(?:(?:19|20)[0-9]{2}年|今年|目前|本年)?([0-9]{1,2})月").cast(pl.Int8, strict=False),
                          text.str.extract(r"([0-9]{1,2})月(?:底|末)").cast(pl.Int8, strict=False)),
        from_month=text.str.extract(r"(?:从|自|于)?(?:(?:19|20)[0-9]{2}年)?([0-9]{1,2})月(?:份|[0-9]{1,2}日)?(?:起|开始|份起|份开始|执行)").cast(pl.Int8, strict=False),
        whole=text.str.contains("全年|年全|本年度|全年度|年度"),
    )  # fmt: skip


def times(stream: Stream, rows: pl.DataFrame) -> pl.DataFrame:
    """Add `year`, `period_start` and `period_end`.

    The year is said in the clause, in an earlier clause of the sentence, or is that of the section or report
    (`default_year`). Without a word on months the period stays null.
    """
    said = clause_times(stream)
    with_year = said.filter(pl.col("said_year").is_not_null()).select(
        year_clause="clause",
        said_sentence="sentence",
        said_line="line",
        said_year="said_year",
        said_report="document_id",
    )
    rows = rows.join_asof(
        with_year, left_on="clause", right_on="year_clause", strategy="backward", check_sortedness=False
    )
    near = (pl.col("said_sentence") == pl.col("sentence")) & (pl.col("clause") - pl.col("year_clause") <= 12)
    months = said.filter(
        pl.any_horizontal(pl.col("m1", "m2", "as_of", "from_month").is_not_null(), pl.col("whole"))
    ).drop("said_year", "line", "relative", "document_id")
    rows = rows.join_asof(
        months.rename({"clause": "month_clause", "sentence": "month_sentence"}),
        left_on="clause",
        right_on="month_clause",
        strategy="backward",
        check_sortedness=False,
    )
    timed = (
        (pl.col("month_sentence") == pl.col("sentence")) & (pl.col("clause") - pl.col("month_clause") <= 12)
    ).fill_null(False)
    rows = rows.with_columns(
        pl.when(timed).then(pl.col(c)).alias(c) for c in ("m1", "m2", "as_of", "from_month", "whole")
    )
    relative = said.filter(pl.col("relative") != 0).select("clause", shift="relative")
    rows = rows.join(relative, on="clause", how="left", maintain_order="left")
    # 由去年的370元调整为400元: the second is this year's
    moved_on = (pl.col("to_at") > pl.col("prior_year_at")).fill_null(False)
    rows = rows.with_columns(shift=pl.when(~moved_on).then("shift"))
    base = pl.col("report_year").cast(pl.Int32)
    same_report = (pl.col("said_report") == pl.col("document_id")).fill_null(False)
    year = (
        pl.when(near & (pl.col("said_year") <= base + 12).fill_null(True)).then(pl.col("said_year"))
        .when(pl.col("shift").is_not_null() & (pl.col("change") != "delta")).then(base + pl.col("shift"))
        .otherwise(pl.coalesce(pl.col("default_year").cast(pl.Int32), pl.when(same_report).then("said_year")))
    )  # fmt: skip
    year = pl.when((pl.col("status") == "prior") & ~near.fill_null(False)).then(year - 1).otherwise(year)
    rows = rows.with_columns(year=year.cast(pl.Int32))
    month = pl.col("year").is_not_null()
    start = (
        pl.when(month & pl.col("m1").is_between(1, 12)).then(pl.date("year", "m1", 1))
        .when(month & pl.col("from_month").is_between(1, 12)).then(pl.date("year", "from_month", 1))
        .when(month & pl.col("whole")).then(pl.date("year", 1, 1))
    )  # fmt: skip
    last = pl.coalesce(pl.col("m2"), pl.col("as_of"))
    end = (
        pl.when(month & last.is_between(1, 12)).then(pl.date("year", last, 1).dt.month_end())
        .when(month & pl.col("whole") & pl.col("from_month").is_null()).then(pl.date("year", 12, 31))
    )  # fmt: skip
    return rows.with_columns(period_start=start, period_end=end).with_columns(
        pl.when(pl.col("as_of").is_null() | pl.col("m1").is_not_null()).then("period_start").alias("period_start")
    ).drop(
        "year_clause", "said_sentence", "said_line", "said_year", "said_report", "month_clause", "month_sentence", "m1", "m2",
        "as_of", "from_month", "whole", "shift", strict=False,
    )  # fmt: skip
