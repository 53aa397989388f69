"""Which title is a report's own: the best of the lines that read as titles, the name in the index header,
else the first line of the page that can be one.

Lines that read as titles are found in `titles`.
"""

import polars as pl

from pipeline.reading.layout.compute import beside, nth, passing
from pipeline.reading.layout.written import DIVISIONS
from pipeline.reading.regions.gazetteer import names
from pipeline.reading.reports.page_chrome import line_pattern
from pipeline.reading.reports.page_heads import STEPS
from pipeline.reading.reports.titles import issuer_in, plain_titles, without_brackets
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
HEAD = 150  # characters of running text in front of a title, at most
FIRST = 3  # lines that open a page
TABLE_NUMBER = r"^[0-9]{1,2}-[0-9]{1,3}\s+\p{Han}"
COLUMN = r"^[#*\s]*(【[^】]{1,20}】)"
FIGURES = r"(?:[\s|]+[-−]?[0-9][0-9,.]*[%‰]?){2,}[\s|]*$"  # a row of a table
PLAIN = r"^[^\s]*\p{Han}{4}[^\s]*$"
YEAR = r"(?:19|20)[0-9]{2}\s*年|二[〇○零O]"
YEAR_ALONE = r"^(?:19|20)[0-9]{2}\s*年度?$"
MONTH = r"^(?:19|20)[0-9]{2}\s*年度?(?:\s*[0-9]{1,2}\s*月)?(?:份)?$"


def own_titles(
    lines: pl.DataFrame, head: pl.DataFrame, titles: pl.DataFrame, stated: pl.DataFrame
) -> pl.DataFrame:
    """One row a report: `REPORT`, title (as written) and words (folded), null where the page has none.

    `lines` carry ordinal, read and page, `head` are those of the heads; `titles` are `find_titles`' with
    `given` (in markers of pieces); `stated` has header_title and begun_title of each report.
    """
    columns = _columns(lines)
    lines = lines.with_columns(row=nth(*REPORT))
    head = head.join(
        lines.select("document_id", "line", "row"), on=["document_id", "line"], maintain_order="left"
    )
    found = (
        stated.join(_titles(lines, titles, columns), on=REPORT, how="left", maintain_order="left")
        .join(_other_titles(head, columns), on=REPORT, how="left", maintain_order="left")
        .join(_page_titles(lines, titles), on="document_id", how="left", maintain_order="left")
    )
    name = pl.col("header_title")
    better = name.is_not_null() & (pl.col("score").fill_null(-99) < 3)
    # Below the head of the page stands what it contains.
    poor = ((pl.col("score") < 0) & pl.col("other_title").is_not_null()).fill_null(False)
    # a copy of the title whose year was lost, above the title with it
    dated = pl.col("begun_title").str.contains(YEAR) & ~pl.col("words").str.contains(YEAR)
    found = found.with_columns(
        pl.when(dated.fill_null(False)).then("begun_title").otherwise(c).alias(c) for c in ("title", "words")
    )
    found = found.select(
        *REPORT,
        title=pl.when(better).then(name).when(poor).then("other_title")
        .otherwise(pl.coalesce("title", "page_title", "begun_title", "other_title")),
        words=pl.when(better).then(name).when(poor).then("other_words")
        .otherwise(pl.coalesce("words", "page_words", "begun_title", "other_words")),
    )  # fmt: skip
    # office and day are who signed, and when: 青田县民政局 ⏎ 2021年12月30日
    signed = pl.col("words").str.contains(pattern("signature")).fill_null(False)
    found = found.with_columns(pl.when(~signed).then(c).alias(c) for c in ("title", "words"))
    return _issued(found, lines)


def _issued(found: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """The titles, that of what a notice issues where it stands below on a line of its own, but for tables: of
    关于印发《2018年工作要点》的通知 … ⏎ 2018年工作要点 the latter."""
    inner = found.with_columns(inner=pl.col("words").str.extract(pattern("issued_paper"), 1)).drop_nulls(
        "inner"
    )
    if inner.is_empty():
        return found
    bare = lines.select(*REPORT, inner=pl.col("text").str.strip_chars(" #*《》"), below="raw")
    below = inner.select(*REPORT, "inner").join(bare, on=[*REPORT, "inner"], how="inner").unique(REPORT)
    found = found.join(below, on=REPORT, how="left", maintain_order="left")
    title = pl.col("below").str.strip_chars(" \u3000#*《》")
    return found.with_columns(title=pl.coalesce(title, "title"), words=pl.coalesce("inner", "words")).drop(
        "inner", "below"
    )


def _columns(lines: pl.DataFrame) -> pl.DataFrame:
    """What stands in front of titles and belongs to them: document_id, line, column.

    Brackets whose words the page's path gives too or that name a time, and a year alone on the line above a
    title without one (2021年度 ⏎ …部门决算).
    """
    bracketed = lines.with_columns(column=pl.col("raw").str.extract(COLUMN)).drop_nulls("column")
    paths = lines.filter((pl.col("read") == 0) & pl.col("text").str.contains(STEPS))
    paths = paths.group_by(REPORT).agg(paths=pl.col("raw").str.join("\n"))
    named = pl.col("paths").str.contains(pl.col("column").str.strip_chars("【】"), literal=True)
    # 【辉煌“十三五”】 says of when the report is
    dated = pl.col("column").str.contains(f"{pattern('period_named')}|{YEAR}")
    bracketed = bracketed.join(paths, on=REPORT, how="left").filter(dated | named.fill_null(False))
    bracketed = bracketed.select("document_id", "line", "column")
    above = pl.col("raw").str.strip_chars().shift(1).over("document_id")
    dated = above.str.contains(YEAR_ALONE) & ~pl.col("text").str.contains(YEAR)
    years = lines.filter(dated.fill_null(False)).select("document_id", "line")
    years = lines.select("document_id", "line", column=above).join(years, on=["document_id", "line"])
    return pl.concat([bracketed, years]).unique(["document_id", "line"], keep="first", maintain_order=True)


def _titles(lines: pl.DataFrame, titles: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The best title line of each report: title, words, score, row (from the top)."""
    barred = pl.col("text").str.contains("|", literal=True)
    at = lines.select("document_id", "line", "ordinal", "read", "page", "row", barred=barred)
    text, above = pl.col("text"), beside(pl.col("text"), 1, *REPORT)
    near = pl.col("row") - beside(pl.col("row"), 1, *REPORT) <= 2
    below_its_kind = text.str.ends_with(above) & (text != above) & near
    score = (
        pl.when("firm").then(4).otherwise(0)
        + pl.when(text.str.contains(YEAR)).then(2).otherwise(0)
        + pl.when(text.str.contains(pattern("title_place"))).then(1).otherwise(0)
        + pl.when(issuer_in(text).is_not_null()).then(1).otherwise(0)
        + pl.when("given").then(3).otherwise(0)
        - pl.when("page").then(5).otherwise(0)
        - pl.when(pl.col("read") >= HEAD).then(6).otherwise(0)
        # The caption of a table stands below the title of its page.
        - pl.when(pl.col("barred") & (pl.col("row") > 0)).then(8).otherwise(0)
        - pl.when(text.str.contains(pattern("collection"))).then(3).otherwise(0)
        - pl.when(text.str.len_chars() > 45).then(1).otherwise(0)
        # 县民政局…汇报 above 某县民政局…汇报 is a form's
        - pl.when(text.str.contains(f"^[{DIVISIONS}]{pattern('civil_affairs')}")).then(2).otherwise(0)
        # 街道民政工作情况报告 above 浆洗街街道民政工作情况报告 is what a page calls its sample
        + pl.when(below_its_kind).then(1).otherwise(0)
        - pl.col("row") / 25
    )
    return (
        titles.join(at, on=["document_id", "line"], maintain_order="left")
        .join(columns, on=["document_id", "line"], how="left", maintain_order="left")
        .with_columns(score=score)
        .sort("score", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(pl.col("title", "text", "score", "column", "row").first())
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


def _other_titles(head: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The first line of each head that can pass for a title: other_title, other_words."""
    text = pl.col("text")
    plain = plain_titles(head.filter(text.str.len_chars() <= 80)).with_columns(
        numbered=text.str.contains(TABLE_NUMBER)
    )
    plain = plain.pipe(without_brackets).with_columns(first=text.str.contains(pattern("original_title")))
    said = text.str.extract(f"({pattern('original_title')})", 1).str.len_chars().fill_null(0)
    plain = plain.with_columns(pl.col("text", "raw").str.slice(said))
    marks = (
        pattern(name) for name in ("office_line", "red_head", "speaker", "begins_sentence", "no_page_title")
    )
    no_title = (pattern("whole_date"), MONTH, *marks, pattern("dateline"), pattern("spoken_on"))
    prefix = pl.col("said").str.extract(r"^([^:]{0,7}):", 1)
    # Below an office a title goes on from its name, below several it stands by itself.
    office, above = (beside(text, n, *REPORT).str.contains(pattern("office_line")) for n in (1, 2))
    goes_on = (
        text.str.contains(pattern("runs_on_from_office"))
        & ~text.str.contains(MONTH)
        & office
        & ~above.fill_null(False)
    )
    plain = plain.with_columns(
        pl.when(goes_on).then(beside(pl.col(name), 1, *REPORT) + pl.col(name)).otherwise(name).alias(name)
        for name in ("text", "raw")
    )
    book = beside(text, 1, *REPORT).str.contains(pattern("of_yearbook")).fill_null(False)
    plain = plain.with_columns(
        said=text.str.replace(pattern("follows_below"), ""),
        # 五年回眸 | 某县民政… on the first lines, and no row of a table
        column_led=(pl.col("row") < FIRST)
        & text.str.contains(pattern("column_before_title"))
        & ~beside(text, -1, *REPORT).str.contains("|", literal=True).fill_null(False),
        entry=book & text.str.contains(pattern("yearbook_entry")),
        series=(pl.col("row") < FIRST) & text.str.contains(pattern("series_name")),
    )
    firm = pl.col("column_led") | pl.col("first") | pl.col("entry") | pl.col("series") | pl.col("numbered")
    passes = (
        plain.filter(pl.col("said").str.len_chars().is_between(6, 50) | pl.col("entry"))
        .with_columns(named=text.str.contains(pattern("named_title_sign")) | firm)
        # The first line is one too where all that stands before the text is a line and what marks it.
        .pipe(
            passing,
            pl.col("named") | ((pl.col("read") == 0) & (pl.col("prose") == 0) & text.str.contains(PLAIN)),
            pl.col("column_led") | ~pl.col("said").str.contains(r"[。;|>]|[,、:]$|^[(\[【]"),
            # 南充:新建养老服务中心12个 is a title, 供稿:某县民政局 a field.
            prefix.is_null() | prefix.str.contains(pattern("bureau_label")) | _names_place(prefix),
            ~text.str.contains(pattern("title_number") + r"|\t.*\t"),
            pl.col("numbered") | ~text.str.contains("^各"),
            ~text.str.contains(FIGURES),
            ~text.str.contains(line_pattern("foot", "navigation")),
            *(~text.str.contains(mark) for mark in no_title),
            # whom it is written to: 某市民政局:
            ~pl.col("said").str.contains(pattern("office_line")) | pl.col("entry"),
        )
    )
    passes = passes.join(columns, on=["document_id", "line"], how="left", maintain_order="left")
    title = pl.col("column").fill_null("") + pl.col("raw").str.slice(0, pl.col("said").str.len_chars())
    return (
        # the name of a series stands above what this number of it is on
        passes.sort(pl.col("named") & ~pl.col("series"), "named", descending=True, maintain_order=True)
        .group_by(REPORT, maintain_order=True)
        .agg(
            other_title=title.first(),
            other_words=pl.col("said").first(),
        )
    )


def _names_place(words: pl.Expr) -> pl.Expr:
    """Whether words are a place's name, or that of a province and one in it: 南充, 辽宁台安."""
    known = names()["word"].implode()
    inside = [words.str.head(size).is_in(known) & words.str.slice(size).is_in(known) for size in (2, 3)]
    return words.is_in(known) | pl.any_horizontal(*inside)
