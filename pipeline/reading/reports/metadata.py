"""What is said about a report: its title, issuer, numbers and date of publication.

From index headers and title lines first, from the report's own last lines second; never from the
running text, where other offices' papers are cited.
"""

from functools import reduce

import polars as pl

from pipeline.reading.layout.dates import ARABIC_DATE, CHINESE_DATE, WHOLE_LINE, date_in
from pipeline.reading.layout.headers import NUMBER, document_number
from pipeline.reading.reports.page_chrome import line_pattern
from pipeline.reading.reports.titles import NUMBERED, ORGANISATION, PLACE, issuer_in, word_pattern

REPORT = ["document_id", "ordinal"]
HEAD = 150  # characters of running text in front of a field or title of the head, at most
# A title that runs into the first sentence.
BEGUN = (
    r"^(?:第\s*\d+\s*页\s*共\s*\d+\s*页\s*)?([^。;:,]{0,30}"
    rf"{word_pattern('summary', 'plan', 'bulletin')})"
    r"(?:今年|上半年|下半年|(?:19|20)\d{2}\s*年|一年来|[,在为按根各现一])"
)
TOP = 40  # and of the marks around a title
COLLECTION = (
    r"\s*[(（【\[]?\s*(?:共|精选|通用|最新|优秀|推荐)\s*[\d一二三四五六七八九十]*\s*[篇份则]?\s*[)）】\]]?|"
    r"作文$|范文(?:大全|精选)?$"
)
OFFICE_LINE = rf"^(?:中共)?[\u4e00-\u9fa5_×xX*]{{0,25}}(?:{ORGANISATION}|人民政府)$"
RED_HEAD = rf"^([\u4e00-\u9fa5]{{0,25}}{ORGANISATION})文件$"
SIGNED = rf"^([\u4e00-\u9fa5]{{0,25}}{ORGANISATION})\s+(?:{ARABIC_DATE}\s*日?|{CHINESE_DATE})$"
DATED = rf"^{ARABIC_DATE}\s*日?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?\s+\S.{{0,40}}$"  # and a source
SPEAKER = r"(?:[省市县区州旗镇乡]长|主席|局长|主任)\s"
PUBLIC_SOURCE = r"(?:局|厅|政府|办公室|委员会|民政部|老龄办|街道办事处|政府办)$"
SPOKEN = r"(?:会议|大会|次会)上"
LAST_LINES = 6


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
        .join(_titles(lines, titles), on=REPORT, how="left", maintain_order="left")
        .join(_head_marks(head), on=REPORT, how="left", maintain_order="left")
        .join(_signatures(lines), on=REPORT, how="left", maintain_order="left")
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
                "header_published", "header_issued", "signed_on", "head_date", "spoken_on"
            ),
        )
    )


def _first(field: str, column: str) -> pl.Expr:
    return pl.col(column).filter(pl.col("field") == field).drop_nulls().first()


def _titles(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """The best title line of each report: title, words, score."""
    at = lines.select("document_id", "line", "ordinal", "read", "page")
    at = at.with_columns(row=pl.int_range(pl.len()).over(REPORT))
    text = pl.col("text")
    score = (
        pl.when("firm").then(4).otherwise(0)
        + pl.when(text.str.contains(r"(?:19|20)\d{2}\s*年|二[〇○零O]")).then(2).otherwise(0)
        + pl.when(text.str.contains(PLACE)).then(1).otherwise(0)
        + pl.when(issuer_in(text).is_not_null()).then(1).otherwise(0)
        + pl.when("given").then(3).otherwise(0)
        - pl.when("page").then(5).otherwise(0)
        - pl.when(pl.col("read") >= HEAD).then(6).otherwise(0)
        - pl.when(text.str.contains(COLLECTION)).then(3).otherwise(0)
        - pl.when(text.str.len_chars() > 45).then(1).otherwise(0)
        - pl.col("row") / 25
    )
    return (
        titles.join(at, on=["document_id", "line"])
        .with_columns(score=score)
        .sort("score", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(pl.col("title", "text", "score").first())
        .with_columns(title=pl.col("title").str.replace_all(COLLECTION, "").str.strip_chars())
        .rename({"text": "words"})
    )


def _page_titles(lines: pl.DataFrame, titles: pl.DataFrame) -> pl.DataFrame:
    """The title of the page around a collection, without what it says of the collection: for pieces
    without one.
    """
    page = titles.join(
        lines.filter("page").select("document_id", "line"), on=["document_id", "line"], how="semi"
    )
    plain = [pl.col(name).str.replace_all(COLLECTION, "").str.strip_chars() for name in ("title", "text")]
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
    return reports.with_columns(
        title=pl.when(better)
        .then(name)
        .otherwise(pl.coalesce("title", "page_title", "begun_title", "other_title")),
        words=pl.when(better)
        .then(name)
        .otherwise(pl.coalesce("words", "page_words", "begun_title", "other_words")),
    )


def _head_marks(head: pl.DataFrame) -> pl.DataFrame:
    """What the lines around the title say: head_no, head_office, red_head, head_date, spoken_on, and a
    line that can pass for a title.
    """
    text = pl.col("text")
    begun = head.group_by(REPORT, maintain_order=True).agg(begun_title=text.first().str.extract(BEGUN, 1))
    number = text.str.extract(rf"(^{NUMBER}(?:$|\s|-|—|:)|\({NUMBER}\)$)", 1)
    # Few lines say any of it: each pattern is put to those that got past a plainer one.
    numbers = head.filter(text.str.contains("号", literal=True)).with_columns(head_no=document_number(number))
    offices = head.filter(text.str.contains(OFFICE_LINE)).with_columns(head_office=text)
    red = head.filter(text.str.ends_with("文件")).with_columns(red_head=text.str.extract(RED_HEAD, 1))
    spoken = head.filter(text.str.contains(SPOKEN) & (text.str.len_chars() < 60))
    marks = (
        begun,
        _first_of(numbers, "head_no"),
        _first_of(offices, "head_office"),
        _first_of(red, "red_head"),
        _first_of(_dated(head).with_columns(head_date=date_in(text)), "head_date"),
        _first_of(spoken.with_columns(spoken_on=date_in(text)), "spoken_on"),
        _other_titles(head),
    )
    return reduce(lambda one, more: one.join(more, on=REPORT, how="left", maintain_order="left"), marks)


def _first_of(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The first value of a column in each report that has one."""
    return rows.drop_nulls(name).group_by(REPORT, maintain_order=True).agg(pl.col(name).first())


def _dated(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that are a date, or a date and a source."""
    begins = lines.filter(pl.col("text").str.contains(r"^[(\[【]?\s*[12一二]"))
    return begins.filter(pl.col("text").str.contains(f"{WHOLE_LINE}|{DATED}"))


def _other_titles(head: pl.DataFrame) -> pl.DataFrame:
    """The first line of each head that can pass for a title: other_title, other_words."""
    text = pl.col("text")
    passes = (
        head.filter(text.str.len_chars().is_between(6, 50))
        .filter(text.str.contains(r"民政|(?:19|20)\d{2}年|[省市县区]"))
        .filter(~text.str.contains(r"[。;|>:]|[,、]$|^[(\[【]"))
        .filter(~text.str.contains(NUMBERED))
        .filter(~text.str.contains(line_pattern("foot", "navigation")))
        .filter(~text.str.contains(f"{WHOLE_LINE}|{OFFICE_LINE}|{RED_HEAD}|{SPEAKER}|^各|{SPOKEN}"))
    )
    return passes.group_by(REPORT, maintain_order=True).agg(
        other_title=pl.col("raw").first(), other_words=text.first()
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
        date=pl.when(text.str.contains(f"{WHOLE_LINE}|{SIGNED}")).then(date_in(text)),
        office=pl.coalesce(
            text.str.extract(SIGNED, 1),
            pl.when(text.str.contains(WHOLE_LINE) & pl.col("before").str.contains(OFFICE_LINE)).then(
                "before"
            ),
        ),
        ends=pl.when(text.str.contains(OFFICE_LINE) & (pl.col("read") >= HEAD)).then(text),
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
    source = pl.when(pl.col("header_source").str.contains(PUBLIC_SOURCE)).then("header_source")
    found = [*map(pl.col, ("header_issuer", "red_head", "title_office", "signed_by", "head_office")), source]
    short = pl.coalesce(found)
    longer = (
        pl.when((office != short) & office.str.ends_with(short)).then(office)
        for office in map(pl.col, ("red_head", "title_office", "signed_by", "head_office"))
    )
    return pl.coalesce(*longer, short)
