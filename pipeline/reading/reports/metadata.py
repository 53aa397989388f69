"""What is said about a report: its title, issuer, numbers and date of publication.

From index headers and title lines first, from the report's own last lines second; never from the
running text, where other offices' papers are cited.
"""

from functools import cache

import polars as pl

from pipeline.reading.layout.compute import beside, nth
from pipeline.reading.layout.dates import date_in
from pipeline.reading.layout.headers import document_number
from pipeline.reading.reports.own_titles import own_titles
from pipeline.reading.reports.page_chrome import line_pattern
from pipeline.reading.reports.page_heads import head_marks, owners
from pipeline.reading.reports.titles import issuer_in, word_pattern
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
HEAD = 150  # characters of running text in front of a field or title of the head, at most
TOP = 40  # and of the marks around a title
LAST_LINES = 6
TABLE = 10  # lines in front of a signature below a table, which is no running text


@cache
def _begun() -> tuple[str, ...]:
    """A title that runs into the first sentence, and one that a site of sample texts names first."""
    announced = word_pattern("summary", "plan", "bulletin")
    broad = word_pattern("summary", "plan", "bulletin", "report")
    return (
        rf"^{pattern('introduced')}([^。;:,]{{4,40}}?{broad}){pattern('introduced_so')}",
        rf"^{pattern('before_begun')}([^。;:,]{{2,40}}?{broad}{pattern('also_in_title')}){pattern('body_begun')}",
        rf"^{pattern('page_count')}([^。;:,]{{0,30}}{announced}){pattern('text_begun')}",
    )


def read_metadata(lines: pl.DataFrame, fields: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """One row a report: document_id, ordinal, title, words (the title folded), issuer, document_no,
    index_no, published_on.

    `lines` carry `ordinal`, `read` and `page` (whether the line belongs to the page around a
    collection); `titles` may hold the titles given in markers of pieces, with `given`.
    """
    head = lines.filter((pl.col("read") < TOP) & ~pl.col("page"))
    at = lines.select("document_id", "line", *REPORT[1:], "read", "page")
    fields = fields.join(at, on=["document_id", "line"]).filter(
        ~pl.col("page") & (pl.col("strong") | (pl.col("read") < HEAD)) & pl.col("value").is_not_null()
    )
    stated = fields.group_by(REPORT, maintain_order=True).agg(
        *(
            _first(name, "value").alias(f"header_{name}")
            for name in ("index_no", "issuer", "source", "author", "title")
        ),
        header_no=_first("document_no", "value"),
        header_published=_first("published", "date"),
        header_issued=_first("issued", "date"),
    )
    marked = (
        lines.select(REPORT)
        .unique(maintain_order=True)
        .join(stated, on=REPORT, how="left", maintain_order="left")
        .join(head_marks(head, _begun()), on=REPORT, how="left", maintain_order="left")
        .join(_signatures(lines, titles), on=REPORT, how="left", maintain_order="left")
        .join(owners(lines), on=REPORT, how="left", maintain_order="left")
    )
    own = own_titles(lines, head, titles, marked.select(*REPORT, "header_title", "begun_title"))
    marked = marked.join(own, on=REPORT, how="left", maintain_order="left")
    marked = marked.with_columns(title_office=issuer_in(pl.col("words")))
    return (
        marked.with_columns(issuer=_issuer(marked))
        .select(
            *REPORT,
            "title",
            "words",
            "issuer",
            document_no=pl.coalesce(document_number(pl.col("header_no")), "head_no"),
            index_no="header_index_no",
            published_on=pl.coalesce(
                "header_published",
                "stamped_on",
                "header_issued",
                "signed_on",
                "head_date",
                "spoken_on",
                "noted_on",
            ),
            page=pl.concat_str(
                "header_source",
                pl.when(pl.col("header_issuer").str.contains(pattern("bare_place"))).then("header_issuer"),
                "path_lines",
                separator="\n",
                ignore_nulls=True,
            ),
        )
        .pipe(as_written, lines, "issuer")
    )


def as_written(reports: pl.DataFrame, lines: pl.DataFrame, column: str) -> pl.DataFrame:
    """`reports` with the folded words of a column in the script of the line where they stand first."""
    at = lines.filter(pl.col("raw") != pl.col("text")).select(*REPORT, "text", "raw")
    if at.is_empty():
        return reports
    at = at.join(reports.select(*REPORT, column).drop_nulls(), on=REPORT, how="inner", maintain_order="left")
    at = at.filter(pl.col("text").str.contains(pl.col(column), literal=True))
    before = pl.col("text").str.split(by=pl.col(column)).list.first().str.len_chars()
    words = at.with_columns(written=pl.col("raw").str.slice(before, pl.col(column).str.len_chars()))
    words = words.group_by(REPORT).agg(pl.col("written").first())
    found = reports.join(words, on=REPORT, how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("written", column).alias(column)).drop("written")


def _first(field: str, column: str) -> pl.Expr:
    return pl.col(column).filter(pl.col("field") == field).drop_nulls().first()


def _signatures(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """The office and date at the end of a report, or of the notice that issues it (what it issues follows
    under a title of its own): signed_by, signed_on."""
    text = pl.col("text")
    titled = titles.select("document_id", "line").unique().with_columns(titled=pl.lit(True))
    lines = lines.join(titled, on=["document_id", "line"], how="left", maintain_order="left")
    below = (text.str.contains(line_pattern("foot")) & (pl.col("read") > 0)).cum_max().over(REPORT)
    short = (
        lines.filter(~pl.col("page") & ~below & ~text.str.contains(pattern("for_public")))
        .select(
            *REPORT,
            "text",
            "read",
            before=beside(text, 1, *REPORT),
            notice=beside(pl.col("titled"), -1, *REPORT).fill_null(False) & (pl.col("read") > 0),
            row=pl.int_range(pl.len()).over(REPORT),
            last=pl.len().over(REPORT) - nth(*REPORT) <= LAST_LINES,
        )
        .filter((text.str.len_chars() <= 60) & text.str.contains(pattern("may_be_signature")))
    )
    dated = short.select(
        *REPORT,
        "last",
        "notice",
        date=pl.when(
            text.str.contains(
                f"{pattern('whole_date')}|{pattern('signed_line')}|{pattern('published_below')}"
            )
        ).then(date_in(text)),
        office=pl.coalesce(
            text.str.extract(pattern("signed_line"), 1),
            pl.when(
                text.str.contains(pattern("whole_date"))
                & pl.col("before").str.contains(pattern("office_line"))
            ).then("before"),
        ),
        ends=pl.when(
            text.str.contains(pattern("office_line")) & ((pl.col("read") >= HEAD) | (pl.col("row") >= TABLE))
        ).then(text),
    )
    return (
        dated.filter(pl.col("date").is_not_null() | pl.col("ends").is_not_null())
        .group_by(REPORT, maintain_order=True)
        .agg(
            signed_on=pl.coalesce(
                pl.col("date").filter(pl.col("office").is_not_null()).last(),
                pl.col("date").filter("last").last(),
                pl.col("date").filter("notice").last(),
            ),
            signed_by=pl.coalesce(
                pl.col("office").drop_nulls().last(), pl.col("ends").filter("last").drop_nulls().last()
            ),
        )
    )


def _issuer(reports: pl.DataFrame) -> pl.Series:
    """The first office named; where it is cut short (`区民政局`), in the words of another place that
    give it in full.
    """
    said = [_office(pl.col(name)) for name in ("red_head", "title_office", "signed_by")]
    # The government in the head of a page is the owner of the site; a bureau there speaks for itself.
    government = pl.col("head_office").str.ends_with(pattern("government"))
    said.append(pl.when(~government).then(_office(pl.col("head_office"))))
    stated = _office(
        pl.when(~pl.col("header_issuer").str.contains(pattern("bare_place"))).then("header_issuer")
    )
    source, author = (
        pl.when(named.str.contains(pattern("public_source"))).then(named)
        for named in (_office(pl.col(name)) for name in ("header_source", "header_author"))
    )
    # A paper's report is not its page owner's.
    source_of = pl.col("header_source")
    own = source_of.is_null() | source_of.str.contains(f"{pattern('public_source')}|{pattern('room')}")
    page = [pl.when(own).then(pl.col(name)) for name in ("crumb_office", "owner")]
    found = [stated, *said, source, *page, author, pl.col("head_office")]
    # each is found once, whatever is asked of it then
    named = reports.select(office.alias(str(place)) for place, office in enumerate(found))
    named = named.with_columns(short=pl.coalesce(named.columns))
    short = pl.col("short")
    longer = (
        pl.when((pl.col(name) != short) & pl.col(name).str.ends_with(short)).then(name)
        for name in named.columns[:-1]
    )
    return named.select(pl.coalesce(*longer, short)).to_series()


def _office(name: pl.Expr) -> pl.Expr:
    """An office without its rooms; null where only a room is named (办公室 of a source line)."""
    named = name.str.replace(pattern("seal_behind"), "").str.replace(pattern("inner_room"), "${1}")
    return pl.when(~name.str.contains(pattern("room"))).then(named)
