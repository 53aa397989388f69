"""What the page says on which a report stands: its path, its source, its newspaper, the site's owner.

A site or paper carries reports of other places too: what it says counts only where nothing that the report
says of itself names a region and nothing in the text speaks against it.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.reading.layout.folding import fold_script
from pipeline.reading.regions.direct import within
from pipeline.reading.regions.gazetteer import COUNTRY, kinds, names, regions, words
from pipeline.reading.regions.names import elsewhere, find_names
from pipeline.vocabulary import pattern

METHOD = "page"
PLACES = ["prefecture", "province"]
SCHEMA = {
    "report_id": pl.String,
    "region_code": pl.String,
    "word": pl.String,
    "paper": pl.Boolean,
    "book": pl.Boolean,
}


@cache
def counties() -> pl.DataFrame:
    """Short names of counties as they stand behind those of their province or city (上海普陀): outer
    (region_code of that), inner, region_code."""
    short = names().filter(pl.col("form") == "short", pl.col("level") == "county")
    short = short.filter(pl.col("word").str.len_chars() >= 2).select("region_code", inner="word")
    outer = [pl.col("region_code").str.head(n).str.pad_end(6, "0") for n in (2, 4)]
    return pl.concat([short.with_columns(outer=code) for code in outer])


@cache
def _word(kind: str) -> str:
    return "^(?:" + "|".join(words(kind)) + ")"


@cache
def _shared() -> pl.Series:
    """Short names of cities that counties elsewhere have too: 朝阳."""
    short = names().filter(pl.col("form") == "short").select("word", "region_code", "level").unique()
    cities = short.filter(pl.col("level") == "prefecture").select("word", city="region_code")
    both = cities.join(short.filter(pl.col("level") == "county"), on="word")
    elsewhere = pl.col("region_code").str.head(4) != pl.col("city").str.head(4)
    return both.filter(elsewhere)["word"].unique()


def read_pages(reports: pl.DataFrame) -> pl.DataFrame:
    """The region that the page around each report names: report_id, region_code, word, paper (bool: the
    words are a newspaper's name, or a title's that calls a city as counties elsewhere are called), book
    (bool: they are a yearbook's). Pages that name several unrelated ones have no row.

    Takes reports with report_id, title and page (lines of the page, null where there are none).
    """
    page = reports.select("report_id", sentence=pl.col("page").str.split("\n"), titled=pl.lit(False))
    title = reports.select("report_id", sentence="title", titled=pl.lit(True))
    lines = pl.concat([page.explode("sentence", empty_as_null=True), title]).drop_nulls("sentence")
    lines = lines.with_columns(fold_script(pl.col("sentence")).str.replace_all(r"[ \t\u{3000}]", ""))
    if lines.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    found = find_names(lines, titles=True).filter(~elsewhere(), pl.col("codes").list.len() == 1)
    short = (pl.col("form") == "short") & ~pl.col("word").str.ends_with(pattern("civil_affairs"))
    paper = short & ~pl.col("titled") & pl.col("after").str.contains(_word("paper"))
    wide = pl.col("level").is_in(PLACES)
    titled = short & pl.col("titled") & wide & pl.col("before").str.contains(pattern("before_titled"))
    titled &= pl.col("after").str.contains(_word("titled"))
    shared = pl.col("word").is_in(_shared().implode())
    # A yearbook is of the place that it is named after.
    book = short & wide & pl.col("after").str.contains(pattern("yearbook_behind"))
    titled &= ~book
    found = found.with_columns(
        paper=paper | (titled & shared),
        led=titled & ~shared,
        region_code=pl.col("codes").list.first(),
        short=short & ~book,
        book=book,
    )
    found = pl.concat([found, _in_pairs(found.filter("short"))], how="diagonal")
    named = ~pl.col("short") & ~pl.col("titled") | pl.col("book").fill_null(False)
    found = found.filter(named | pl.col("paper") | pl.col("led"), pl.col("region_code") != COUNTRY)
    book = pl.col("book").fill_null(False)
    rows = found.select("report_id", "region_code", word="chain", paper="paper", book=book).unique(
        ["report_id", "region_code"], keep="first", maintain_order=True
    )
    inner = rows.join(rows.select("report_id", inner="region_code"), on="report_id")
    inner = inner.filter(within("inner", "region_code")).select("report_id", "region_code").unique()
    rows = rows.join(inner, on=["report_id", "region_code"], how="anti", maintain_order="left")
    return rows.filter(pl.len().over("report_id") == 1).select(list(SCHEMA))


def _in_pairs(found: pl.DataFrame) -> pl.DataFrame:
    """Rows for counties whose short names follow those of their province or city."""
    begins = found.filter(~pl.col("titled") | pl.col("before").str.contains(pattern("before_titled")))
    begins = begins.with_columns(inner=pl.concat_list(pl.col("after").str.head(n) for n in (2, 3)))
    pairs = begins.explode("inner").join(
        counties().rename({"region_code": "county"}),
        left_on=["region_code", "inner"],
        right_on=["outer", "inner"],
    )
    rest = pl.col("after").str.slice(pl.col("inner").str.len_chars(), 1)
    pairs = pairs.filter(~rest.is_in(list("县区市旗")))
    return pairs.with_columns(
        chain=pl.col("chain") + pl.col("inner"),
        region_code="county",
        short=False,
        titled=False,
        paper=False,
        led=False,
    ).select(found.columns)


def choose_by_page(pages: pl.DataFrame, evidence: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The page's region where the text goes with it: report_id, region_code, method, evidence.

    `evidence` and `own` are of the same reports' texts. A text that calls its own region by another kind
    (全县 on a city's site) is another place's. So may be one that calls it nothing: there no region inside
    the page's, and none beside it, may be named. `全市` of a city may be that of a county-level city in it.
    """
    level = regions().select("region_code", "level")
    fits = kinds().select("region_code", own="kind", fits=pl.lit(True))
    rows = pages.join(own, on="report_id").join(level, on="region_code")
    rows = rows.join(fits, on=["region_code", "own"], how="left")
    named = evidence.filter(pl.col("source").is_in(["organ", "mention"])).join(level, on="region_code")
    named = named.join(kinds(), on="region_code").select(
        "report_id", other="region_code", other_level="level", other_kind="kind"
    )
    beside = rows.join(named, on="report_id").filter(
        (pl.col("other") != pl.col("region_code")) & ~within("region_code", "other")
    )
    alike = pl.col("other_kind") == pl.col("own")
    against = beside.filter(
        ~pl.col("book"), pl.col("own").is_null() | alike & within("other", "region_code")
    ).select("report_id")
    rows = rows.join(against, on="report_id", how="anti").filter(
        ~pl.col("blanked"), pl.col("fits").is_not_null() | (pl.col("own").is_null() & ~pl.col("paper"))
    )
    return rows.select("report_id", "region_code", method=pl.lit(METHOD), evidence="word")
