"""What is said about a report: its title, issuer, numbers and date of publication.

From index headers and title lines first, from the report's own last lines second; never from the
running text, where other offices' papers are cited.
"""

from functools import cache

import polars as pl

from pipeline.reading.layout.dates import WHOLE_LINE, date_in
from pipeline.reading.layout.headers import document_number
from pipeline.reading.regions.gazetteer import names
from pipeline.reading.reports.page_chrome import line_pattern
from pipeline.reading.reports.page_heads import (
    SPOKEN,
    STEPS,
    dateline,
    head_marks,
    owners,
    signed,
)
from pipeline.reading.reports.titles import (
    issuer_in,
    plain_titles,
    without_brackets,
    word_pattern,
)
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
HEAD = 150  # characters of running text in front of a field or title of the head, at most
TOP = 40  # and of the marks around a title
COLUMN = r"^[#*\s]*(【[^】]{1,20}】)"
PLAIN = r"^[^\s]*\p{Han}{4}[^\s]*$"
MONTH = r"^(?:19|20)\d{2}\s*年度?(?:\s*\d{1,2}\s*月)?(?:份)?$"
LAST_LINES = 6


@cache
def _begun() -> str:
    """A title that runs into the first sentence."""
    return (
        r"^(?:第\s*\d+\s*页\s*共\s*\d+\s*页\s*)?([^。;:,]{0,30}"
        rf"{word_pattern('summary', 'plan', 'bulletin')})"
        r"(?:今年|上半年|下半年|(?:19|20)\d{2}\s*年|一年来|[,在为按根各现一])"
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
    columns = _columns(lines)
    stated = fields.group_by(REPORT, maintain_order=True).agg(
        *(
            _first(name, "value").alias(f"header_{name}")
            for name in ("index_no", "issuer", "source", "title")
        ),
        header_no=_first("document_no", "value"),
        header_published=_first("published", "date"),
        header_issued=_first("issued", "date"),
    )
    return (
        lines.select(REPORT)
        .unique(maintain_order=True)
        .join(stated, on=REPORT, how="left", maintain_order="left")
        .join(_titles(lines, titles, columns), on=REPORT, how="left", maintain_order="left")
        .join(head_marks(head, _begun()), on=REPORT, how="left", maintain_order="left")
        .join(_other_titles(head, columns), on=REPORT, how="left", maintain_order="left")
        .join(_signatures(lines), on=REPORT, how="left", maintain_order="left")
        .join(owners(lines), on=REPORT, how="left", maintain_order="left")
        .join(_page_titles(lines, titles), on="document_id", how="left", maintain_order="left")
        .pipe(_with_header_title)
        .with_columns(title_office=issuer_in(pl.col("words")))
        .select(
            *REPORT,
            "title",
            "words",
            _issuer().alias("issuer"),
            document_no=pl.coalesce(document_number(pl.col("header_no")), "head_no"),
            index_no="header_index_no",
            published_on=pl.coalesce(
                "header_published", "stamped_on", "header_issued", "signed_on", "head_date", "spoken_on"
            ),
            page=pl.concat_str("header_source", "path_lines", separator="\n", ignore_nulls=True),
        )
        .pipe(as_written, lines, "issuer")
    )


def as_written(reports: pl.DataFrame, lines: pl.DataFrame, column: str) -> pl.DataFrame:
    """`reports` with the folded words of a column in the script of the line where they stand first."""
    at = lines.filter(pl.col("raw") != pl.col("text")).select(*REPORT, "text", "raw")
    at = at.join(reports.select(*REPORT, column).drop_nulls(), on=REPORT, how="inner", maintain_order="left")
    at = at.filter(pl.col("text").str.contains(pl.col(column), literal=True))
    before = pl.col("text").str.split(by=pl.col(column)).list.first().str.len_chars()
    words = at.with_columns(written=pl.col("raw").str.slice(before, pl.col(column).str.len_chars()))
    words = words.group_by(REPORT).agg(pl.col("written").first())
    found = reports.join(words, on=REPORT, how="left", maintain_order="left")
    return found.with_columns(pl.coalesce("written", column).alias(column)).drop("written")


def _first(field: str, column: str) -> pl.Expr:
    return pl.col(column).filter(pl.col("field") == field).drop_nulls().first()


def _columns(lines: pl.DataFrame) -> pl.DataFrame:
    """Brackets in front of titles that belong to them, for the page's path gives the same words:
    document_id, line, column."""
    bracketed = lines.with_columns(column=pl.col("raw").str.extract(COLUMN)).drop_nulls("column")
    paths = lines.filter((pl.col("read") == 0) & pl.col("text").str.contains(STEPS))
    paths = paths.group_by(REPORT).agg(paths=pl.col("raw").str.join("\n"))
    named = pl.col("paths").str.contains(pl.col("column").str.strip_chars("【】"), literal=True)
    return bracketed.join(paths, on=REPORT).filter(named).select("document_id", "line", "column")


def _titles(lines: pl.DataFrame, titles: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The best title line of each report: title, words, score."""
    barred = pl.col("text").str.contains("|", literal=True)
    at = lines.select("document_id", "line", "ordinal", "read", "page", barred=barred)
    at = at.with_columns(row=pl.int_range(pl.len()).over(REPORT))
    text = pl.col("text")
    score = (
        pl.when("firm").then(4).otherwise(0)
        + pl.when(text.str.contains(r"(?:19|20)\d{2}\s*年|二[〇○零O]")).then(2).otherwise(0)
        + pl.when(text.str.contains(pattern("title_place"))).then(1).otherwise(0)
        + pl.when(issuer_in(text).is_not_null()).then(1).otherwise(0)
        + pl.when("given").then(3).otherwise(0)
        - pl.when("page").then(5).otherwise(0)
        - pl.when(pl.col("read") >= HEAD).then(6).otherwise(0)
        # The caption of a table stands below the title of its page.
        - pl.when(pl.col("barred") & (pl.col("row") > 0)).then(8).otherwise(0)
        - pl.when(text.str.contains(pattern("collection"))).then(3).otherwise(0)
        - pl.when(text.str.len_chars() > 45).then(1).otherwise(0)
        - pl.col("row") / 25
    )
    return (
        titles.join(at, on=["document_id", "line"])
        .join(columns, on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(score=score)
        .sort("score", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(pl.col("title", "text", "score", "column").first())
        .with_columns(title=pl.col("title").str.replace_all(pattern("collection"), "").str.strip_chars())
        .with_columns(title=pl.col("column").fill_null("") + pl.col("title"))
        .drop("column")
        .rename({"text": "words"})
    )


def _page_titles(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """The title of the page around a collection, without what it says of the collection: for pieces
    without one.
    """
    page = titles.join(
        lines.filter("page").select("document_id", "line"), on=["document_id", "line"], how="semi"
    )
    plain = [
        pl.col(name).str.replace_all(pattern("collection"), "").str.strip_chars()
        for name in ("title", "text")
    ]
    page = (
        page.filter("firm").group_by("document_id", maintain_order=True).agg(pl.col("title", "text").first())
    )
    return page.select("document_id", page_title=plain[0], page_words=plain[1])


def _with_header_title(reports: pl.DataFrame) -> pl.DataFrame:
    """The index header's 名称 where no line is as good a title; else any line of the head that can be
    one.
    """
    name = pl.col("header_title")
    better = name.is_not_null() & (pl.col("score").fill_null(-99) < 3)
    # Below the head of the page stands what it contains.
    poor = (pl.col("score") < 0) & pl.col("other_title").is_not_null()
    reports = reports.with_columns(
        title=pl.when(poor).then("other_title").otherwise("title"),
        words=pl.when(poor).then("other_words").otherwise("words"),
    )
    return reports.with_columns(
        title=pl.when(better)
        .then(name)
        .otherwise(pl.coalesce("title", "page_title", "begun_title", "other_title")),
        words=pl.when(better)
        .then(name)
        .otherwise(pl.coalesce("words", "page_words", "begun_title", "other_words")),
    )


def _other_titles(head: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The first line of each head that can pass for a title: other_title, other_words."""
    text = pl.col("text")
    plain = plain_titles(head.filter(text.str.len_chars() <= 80)).pipe(without_brackets)
    marks = (pattern(name) for name in ("office_line", "red_head", "speaker", "begins_sentence"))
    no_title = (WHOLE_LINE, MONTH, *marks, dateline(), "^各", SPOKEN)
    prefix = pl.col("said").str.extract(r"^([^:]{0,7}):", 1)
    plain = plain.with_columns(said=text.str.replace(r"(?:如下|公[示布]如下)?:$", ""))
    passes = (
        plain.filter(pl.col("said").str.len_chars().is_between(6, 50))
        .with_columns(named=text.str.contains(r"民政|(?:19|20)\d{2}年|[省市县区旗州盟]"))
        # The first line is one too where all that stands before the text is a line and what marks it.
        .filter(pl.col("named") | ((pl.col("read") == 0) & (pl.col("prose") == 0) & text.str.contains(PLAIN)))
        .filter(~pl.col("said").str.contains(r"[。;|>]|[,、:]$|^[(\[【]"))
        # 南充:新建养老服务中心12个 is a title, 供稿:某县民政局 a field.
        .filter(prefix.is_null() | prefix.is_in(names()["word"].implode()))
        .filter(~text.str.contains(pattern("title_number")))
        .filter(~text.str.contains(line_pattern("foot", "navigation")))
        .filter(~text.str.contains("|".join(no_title)))
    )
    passes = passes.join(columns, on=["document_id", "line"], how="left", maintain_order="left")
    title = pl.col("column").fill_null("") + pl.col("raw").str.slice(0, pl.col("said").str.len_chars())
    return (
        passes.sort("named", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(
            other_title=title.first(),
            other_words=pl.col("said").first(),
        )
    )


def _signatures(lines: pl.DataFrame) -> pl.DataFrame:
    """The office and date at the end of a report, or of the notice that issues it: signed_by, signed_on."""
    text = pl.col("text")
    below = (text.str.contains(line_pattern("foot")) & (pl.col("read") > 0)).cum_max().over(REPORT)
    short = (
        lines.filter(~pl.col("page") & ~below)
        .select(
            *REPORT,
            "text",
            "read",
            before=text.shift(1).over(REPORT),
            last=pl.len().over(REPORT) - pl.int_range(pl.len()).over(REPORT) <= LAST_LINES,
        )
        .filter((text.str.len_chars() <= 60) & text.str.contains(r"日|\d\)?$|[局厅会府室办部]$"))
    )
    dated = short.select(
        *REPORT,
        "last",
        date=pl.when(text.str.contains(f"{WHOLE_LINE}|{signed()}")).then(date_in(text)),
        office=pl.coalesce(
            text.str.extract(signed(), 1),
            pl.when(
                text.str.contains(WHOLE_LINE) & pl.col("before").str.contains(pattern("office_line"))
            ).then("before"),
        ),
        ends=pl.when(text.str.contains(pattern("office_line")) & (pl.col("read") >= HEAD)).then(text),
    )
    return (
        dated.filter(pl.col("date").is_not_null() | pl.col("ends").is_not_null())
        .group_by(REPORT, maintain_order=True)
        .agg(
            signed_on=pl.coalesce(
                pl.col("date").filter(pl.col("office").is_not_null()).last(),
                pl.col("date").filter("last").last(),
            ),
            signed_by=pl.coalesce(
                pl.col("office").drop_nulls().last(), pl.col("ends").filter("last").drop_nulls().last()
            ),
        )
    )


def _issuer() -> pl.Expr:
    """The first office named; where it is cut short (`区民政局`), in the words of another place that
    give it in full.
    """
    said = {name: pl.col(name) for name in ("red_head", "title_office", "signed_by", "head_office")}
    stated = _office(pl.col("header_issuer"))
    source = _office(
        pl.when(pl.col("header_source").str.contains(pattern("public_source"))).then("header_source")
    )
    # A paper's report is not its page owner's.
    own = pl.col("header_source").is_null() | pl.col("header_source").str.contains(pattern("public_source"))
    page = [pl.when(own).then(pl.col(name)) for name in ("crumb_office", "owner")]
    found = [stated, *said.values(), source, *page]
    short = pl.coalesce(found)
    longer = (pl.when((office != short) & office.str.ends_with(short)).then(office) for office in found)
    return pl.coalesce(*longer, short)


def _office(name: pl.Expr) -> pl.Expr:
    """An office without its rooms; null where only a room is named (办公室 of a source line)."""
    named = name.str.replace(pattern("inner_room"), "${1}")
    return pl.when(~name.str.contains(pattern("room"))).then(named)
