"""Short bulletins of several years in one file, one below the other: a few sentences or a table each.

They have too little running text for `splitting` to tell them from chapters. What tells them is that the
same title comes again with another year, that text of another year stands below a signature that comes
again below it, or that all text stands below lines which are a year alone; and that each brings figures of
its own, which a list of links or contents doesn't.
"""

import polars as pl

from pipeline.reading.layout.compute import beside, passing
from pipeline.reading.layout.dates import arabic_years
from pipeline.reading.reports.titles import content, kinds
from pipeline.vocabulary import pattern

YEAR = r"((?:19|20)[0-9]{2})\s*年"
QUANTITY = r"[0-9]\s*[余多]?[百千万亿]*(?:[%人户张家个所元对件例名处亩平]|\s*\|)"
HEADS = pl.DataFrame(
    schema={"document_id": pl.String, "line": pl.Int64, "year": pl.String, "untitled": pl.Boolean}
)
LEAST = 3  # quantities that a bulletin tells at least
LONGEST_SIGNATURE = 30
SENTENCE = r"^.{7,}[。;]$"


def yearly_heads(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """First lines of the second and later bulletins of a series: document_id, line, piece (the first title
    with the year of this one, where it has none that says all; else null). Takes the frames of
    `split_lines` and `find_titles`."""
    own = pl.col("text").str.count_matches(QUANTITY).cast(pl.Int64)
    counted = lines.select("document_id", "line", "text", own=own).with_columns(
        told=pl.col("own").cum_sum().over("document_id") - pl.col("own")  # in front of the line
    )
    heads = pl.concat([_titled(titles), _below_signatures(counted)]).with_columns(least=LEAST)
    # all that stands below lines of years alone is of these, however little it tells
    heads = pl.concat([heads, _below_years(counted).with_columns(least=1)])
    if heads.is_empty():
        return heads.select("document_id", "line", piece=pl.lit(None, pl.String))
    heads = heads.unique(["document_id", "line"], keep="first").sort("document_id", "line")
    total = counted.group_by("document_id").agg(total=pl.col("own").sum())
    return (
        heads.join(counted.select("document_id", "line", "told"), on=["document_id", "line"])
        .join(total, on="document_id", maintain_order="left")
        .with_columns(next=beside(pl.col("told"), -1, "document_id").fill_null(pl.col("total")))
        .filter((pl.col("next") - pl.col("told") >= pl.col("least")) & (pl.col("told") >= pl.col("least")))
        .join(_first_titles(titles), on="document_id", how="left", maintain_order="left")
        .select("document_id", "line", piece=pl.when("untitled").then(_of_year()))
    )


def _first_titles(titles: pl.DataFrame) -> pl.DataFrame:
    return (
        titles.filter("firm")
        .sort("document_id", "line")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "title", dated=arabic_years(pl.col("text")).str.contains(YEAR))
    )


def _of_year() -> pl.Expr:
    """The first title with the year of a later report; null where its year is written otherwise."""
    parts = [pl.col("title").str.extract(rf"^(.*?){YEAR}(.*)$", i) for i in (1, 3)]
    renewed = parts[0] + pl.col("year") + pl.lit("年") + parts[1]
    return pl.when("dated").then(renewed).otherwise("title")


def _titled(titles: pl.DataFrame) -> pl.DataFrame:
    """Titles that are the document's first with another year each; that of a bulletin or summary may leave
    out the place: 2021年统计公报, 2022年工作总结."""
    text = arabic_years(content(pl.col("text")))
    # a title alone has none after it
    several = titles.filter("firm").filter(pl.len().over("document_id") > 1)
    if several.is_empty():
        return HEADS
    found = (
        several.with_columns(said=kinds(pl.col("text")))
        .with_columns(
            year=text.str.extract(YEAR, 1),
            stem=text.str.replace_all(rf"{YEAR}度?", ""),
            bare=pl.col("said").struct.field("bulletin") | pl.col("said").struct.field("summary"),
        )
        .drop_nulls("year")
        .sort("document_id", "line")
    )
    first = pl.col("stem").first().over("document_id")
    alike = (pl.col("stem") == first) | (
        pl.col("bare") & first.str.ends_with(pl.col("stem").fill_null("-")) & (pl.col("stem") != "")
    )
    series = found.filter(first.str.contains(pattern("place_or_office_anywhere")) & alike)
    series = series.filter(pl.col("year") != beside(pl.col("year"), 1, "document_id").fill_null(""))
    once = pl.col("year").n_unique().over("document_id") == pl.len().over("document_id")
    later = pl.int_range(pl.len()).over("document_id") > 0
    series = series.with_columns(untitled=pl.col("stem") != first)
    return series.filter(once & later).select("document_id", "line", "year", "untitled")


def _below_signatures(lines: pl.DataFrame) -> pl.DataFrame:
    """Text of another year below office and date, which the same office signs again further down."""
    text = pl.col("text")
    signed = passing(
        lines.with_columns(
            year=text.str.extract(rf"^{YEAR}", 1),
            date=beside(text, -1, "document_id"),
            below=beside(text, -2, "document_id"),
        ).with_columns(before=pl.col("year").forward_fill().shift(1).over("document_id")),
        text.str.len_chars() <= LONGEST_SIGNATURE,
        pl.col("date").str.contains(pattern("whole_date")).fill_null(False),
        text.str.contains(pattern("office_line")),
        (text == beside(text, -1, "document_id")).fill_null(False),
    )
    if signed.is_empty():
        return HEADS
    below = pl.col("below").str.extract(rf"^{YEAR}(?:度|[,:]|\p{{Han}})", 1)
    return signed.filter(below != pl.col("before")).select(
        "document_id", pl.col("line") + 2, year=below, untitled=pl.lit(True)
    )


def _below_years(lines: pl.DataFrame) -> pl.DataFrame:
    """The second and later lines that are a year alone, in a document that tells nothing outside them, of
    other years each, with running text below each."""
    years = lines.with_columns(
        year=pl.col("text").str.extract(rf"^[(【#\s]*{YEAR}度?[)】:\s]*$", 1),
        below=beside(pl.col("text"), -1, "document_id"),
    ).drop_nulls("year")
    if years.is_empty():
        return HEADS
    years = years.with_columns(
        once=pl.col("year").n_unique().over("document_id") == pl.len().over("document_id"),
        texts=pl.col("below").str.contains(SENTENCE).fill_null(False).all().over("document_id"),
        nothing_before=(pl.col("told").first() == 0).over("document_id"),
    )
    later = pl.int_range(pl.len()).over("document_id") > 0
    return years.filter(pl.col("once") & pl.col("texts") & pl.col("nothing_before") & later).select(
        "document_id", "line", "year", untitled=pl.lit(True)
    )
