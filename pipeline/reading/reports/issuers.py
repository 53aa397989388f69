"""The issuer where its page doesn't give it in full: the civil-affairs office of the report's own region.

For reports whose region is known. `县民政局` is completed; where no office is given, the one that the first
sentences or the last lines name is taken, unless a newspaper reports on it.
"""

import polars as pl

from pipeline.reading.layout.folding import with_folded
from pipeline.reading.layout.written import DIVISIONS
from pipeline.reading.regions.gazetteer import COUNTRY, names, regions
from pipeline.vocabulary import pattern

HEAD, TAIL = 800, 200  # characters of a report in which its own office stands


def complete_issuers(reports: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """`reports` with issuers given in full where the text or the region's name tells them.

    Takes report_id, document_id, span_start, span_end, issuer, document_no, region_code and page (lines of
    the page around it); documents: document_id, text.
    """
    short = pl.col("issuer").str.contains(pattern("bureau_short"))
    open_ = reports.filter((pl.col("issuer").is_null() | short) & pl.col("region_code").is_not_null())
    if open_.is_empty():
        return reports
    size = pl.col("span_end") - pl.col("span_start")
    ends = (
        (pl.col("span_start"), pl.min_horizontal(size, HEAD)),
        (pl.max_horizontal(pl.col("span_end") - TAIL, "span_start"), pl.min_horizontal(size, TAIL)),
    )
    texts = with_folded(documents).select("document_id", "text", "folded")
    open_ = open_.join(texts, on="document_id", maintain_order="left").with_columns(
        pl.concat_str([pl.col(name).str.slice(*end) for end in ends], separator="\n").alias(new)
        for new, name in (("raw", "text"), ("folded", "folded"))
    )
    named = _named(open_)
    paper = pl.concat_str(
        pl.col("page").fill_null(""), pl.lit("\n"), pl.col("folded").str.head(HEAD)
    ).str.contains(pattern("paper_named"))
    kind = pl.col("issuer").str.extract(pattern("bureau_short"), 1)
    bureau = pl.col("issuer").str.extract(pattern("bureau_short"), 2)
    own = regions().select("region_code", "statistical", own_name="name")
    # A page on civil affairs that gives a room as its source (规划财务处) is the bureau's.
    room = pl.col("page").str.split("\n").list.eval(pl.element().str.contains(pattern("room"))).list.any()
    of_bureau = (
        room & pl.col("title").str.contains(pattern("civil_affairs")) & (pl.col("region_code") != COUNTRY)
    )
    # 政务公开 > 统计数据 above 巴彦淖尔市民政事业统计月报
    official = pl.col("page").str.contains(pattern("official_path"))
    named_so = pl.col("title").str.starts_with(pl.col("own_name") + pattern("civil_affairs"))
    of_bureau |= (official & named_so & (pl.col("region_code") != COUNTRY)).fill_null(False)
    # 资料来源:旗民政局 below a table
    of_bureau |= pl.col("folded").str.contains(pattern("bureau_noted")) & (pl.col("region_code") != COUNTRY)
    head = pl.when(pl.col("own_name").str.contains(pattern("province_end"))).then(
        pl.lit(pattern("provincial_office"))
    )
    # A zone has an office of its own making.
    bureau_of = pl.when(of_bureau & ~pl.col("statistical")).then(
        pl.col("own_name") + head.otherwise(pl.lit(pattern("local_office")))
    )
    government = pl.col("document_no").str.contains(pattern("government_number"))
    government &= pl.col("own_name").str.contains(f"[{DIVISIONS}]$")
    government_of = pl.when(government).then(pl.col("own_name") + pattern("government"))
    completed = pl.when(pl.col("own_name").str.ends_with(kind.fill_null(""))).then(
        pl.col("own_name") + bureau
    )
    found = (
        open_.join(named, on="report_id", how="left", maintain_order="left")
        .join(own, on="region_code", how="left", maintain_order="left")
        .select(
            "report_id",
            found=pl.when(pl.col("issuer").is_not_null())
            .then(pl.coalesce("office", completed, "issuer"))
            .when(~paper)
            .then(pl.coalesce("office", government_of, bureau_of)),
        )
    )
    return (
        reports.join(found, on="report_id", how="left", maintain_order="left")
        .with_columns(issuer=pl.coalesce("found", "issuer"))
        .drop("found")
    )


def _named(reports: pl.DataFrame) -> pl.DataFrame:
    """The office of the report's region that its text names, as written: report_id, office."""
    own = names().filter(pl.col("form").is_in(["full", "alias"]), pl.col("region_code") != COUNTRY)
    said = reports.select(
        "report_id",
        "region_code",
        "raw",
        "folded",
        said=pl.col("folded").str.extract_all(pattern("bureau_named")),
    )
    said = said.explode("said", empty_as_null=True).drop_nulls("said")
    said = said.join(own.select("region_code", "word"), on="region_code")
    said = said.filter(pl.col("said").str.contains(pl.col("word") + pattern("civil_affairs"), literal=True))
    tail = pl.col("said").str.split(by=pl.col("word")).list.last()
    said = said.with_columns(office=pl.col("word") + tail).sort(
        pl.col("word").str.len_chars(), descending=True, maintain_order=True
    )
    said = said.unique("report_id", keep="first", maintain_order=True)
    start = pl.col("folded").str.split(by=pl.col("office")).list.first().str.len_chars()
    return said.select("report_id", office=pl.col("raw").str.slice(start, pl.col("office").str.len_chars()))
