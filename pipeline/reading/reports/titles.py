"""Lines that are titles of reports, and what a title says: its kinds of content and its issuer.

Which title is a report's own is decided in `reports`; the words stand in
`vocabulary/layout/report_words.csv`.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary
from pipeline.reading.layout.written import COUNT, DIVISIONS
from pipeline.vocabulary import pattern

KINDS = ("summary", "plan", "task_list", "bulletin", "report", "other")
SAID = pl.Struct(dict.fromkeys(KINDS, pl.Boolean))
LONGEST_LINE = 200  # characters of a line that may hold a title among links and fields
LEAST_BEFORE_FIELDS = 8  # characters of a title in front of links and fields in its line
AFTER_TITLE = r"[*》】|\s]+$"
BRACKETS = (
    # columns and keywords, and the number of a yearbook's table, in front of a title
    r"^(?:(?:[#*\s]*(?:【[^】]{1,20}】|\[\p{Han}{2,10}\]))+\s*|[0-9]{1,2}-[0-9]{1,3}\s+)"
)
BEFORE = r"^(?:[\s|]|#{1,6}\s)+"  # bars of a row, marks of a heading
MENU = r"^\p{Han}{3,}\s{2,}\p{Han}{3,}\s{2,}\p{Han}{3,}"


@cache
def word_pattern(*parts: str) -> str:
    """The words of report_words.csv that announce one of these in a title."""
    words = (vocabulary.words("layout/report_words.csv", title=part) for part in parts)
    return vocabulary.either(word for some in words for word in some)


def title_words(kind: str) -> str:
    """The words of a kind of title_words.csv, as a pattern."""
    return vocabulary.either(vocabulary.words("reports/title_words.csv", kind=kind))


@cache
def _any_word() -> str:
    return word_pattern("summary", "plan", "task_list", "bulletin", "report", "done")


@cache
def _ends_with_word() -> str:
    tail = pattern("title_behind")
    number = rf"\s*[((]?(?:篇)?[{COUNT}0-9]{{0,2}}[))]?"
    # 2022年丰县政府工作报告(摘编):民生持续改善
    below = rf"(?:19|20)[0-9]{{2}}年.*[{DIVISIONS}].*{_any_word()}{tail}:[^:,;。]{{4,20}}$"
    return rf"{_any_word()}{tail}{number}$|{below}"


def find_titles(lines: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """Lines that read as the title of a report: document_id, line, start, title (as written), text
    (folded), firm (nothing in it speaks against it).

    A title broken over lines is joined; it starts where its first line does. Takes the frames of
    `split_lines` and `find_fields`.
    """
    headed = lines.filter(pl.col("text").str.len_chars() <= LONGEST_LINE).join(
        fields.select("document_id", "line", field_line=pl.lit(True)).unique(),
        on=["document_id", "line"],
        how="left",
        maintain_order="left",
    )
    short = plain_titles(headed).filter(
        pl.col("field_line").is_null()
        | pl.col("text").str.contains(pattern("abridged"))
        | (pl.col("cut") & (pl.col("text").str.len_chars() >= LEAST_BEFORE_FIELDS))
    )
    text = pl.col("text")
    short = short.filter(text.str.len_chars() <= 70).with_columns(
        goes_on=text.str.contains(pattern("title_goes_on")),
        continues=text.str.contains(pattern("title_continues")),
        # whether the line before is one of the same document
        inside=(pl.col("document_id") == pl.col("document_id").shift(1)).fill_null(False),
        before=text.shift(1),
        brief=text.str.len_chars() <= 40,
    )
    # The costly pattern is put to the line before only where this one could go on from it.
    office = pl.when(text.str.contains(pattern("title_below_office"))).then("before")
    bare = office.str.contains(
        rf"^[\u4e00-\u9fa5]{{0,16}}(?:{pattern('office')}|{pattern('institution')})$"
    ).fill_null(False)
    # So does one that names the place of the office itself.
    place = office.str.replace(rf"{pattern('office')}$", "")
    bare &= ~(text.str.contains(place, literal=True) & (place != "")).fill_null(False)
    # nor does it belong to 2014年度全市社会组织管理工作总结
    bare &= text.str.starts_with(pattern("about")) | ~text.str.contains(f"^[^《]*全[{DIVISIONS}]")
    # Below several offices a title stands by itself.
    joint = pl.when(bare).then(text.shift(2)).str.replace_all(" ", "").str.contains(pattern("joint_office"))
    bare &= ~joint.fill_null(False)
    goes_on, continues, brief = pl.col("goes_on"), pl.col("continues"), pl.col("brief")
    joins_before = pl.col("inside") & brief.shift(1) & (goes_on.shift(1) | bare | continues)
    joins_after = pl.col("inside").shift(-1) & brief.shift(-1) & (goes_on | continues.shift(-1))
    no_text = pl.lit("")
    return (
        short.with_columns(
            joins_before=joins_before.fill_null(False), joins_after=joins_after.fill_null(False)
        )
        .with_columns(
            *(
                pl.when("joins_before").then(pl.col(name).shift(1)).otherwise(no_text)
                + pl.col(name)
                + pl.when("joins_after").then(pl.col(name).shift(-1)).otherwise(no_text)
                for name in ("text", "raw")
            ),
            start=pl.when("joins_before").then(pl.col("start").shift(1)).otherwise("start"),
        )
        # before anything else is looked for: few lines hold such a word
        .filter(pl.col("text").str.contains(_any_word()))
        .pipe(_trim)
        .filter(
            (pl.col("text").str.len_chars().is_between(5, 60) | (pl.col("text") == pattern("report_of_one")))
            & pl.col("text").str.contains(_any_word())
            & ~pl.col("text").str.contains(pattern("no_title"))
            & ~pl.col("text").str.contains(pattern("title_number"))
            & ~pl.col("text").str.contains(pattern("signed_line"))  # 民政局规划财务股 2020.2.24
            & ~pl.col("text").str.contains(pattern("department_line"))
        )
        .unique(["document_id", "start"], keep="first", maintain_order=True)
        .select(
            "document_id",
            "line",
            "start",
            "text",
            title="raw",
            firm=pl.col("text").str.contains(_ends_with_word()),
        )
    )


def plain_titles(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (text, raw) without the bars of an empty table row, the marks of a heading, links and fields
    behind a title; `cut` where something was left out. Menus lose their text."""
    bare = pl.col("text").str.replace(r"\s*\|[\s|]*$", "").str.replace(BEFORE, "")
    lead = pl.col("text").str.extract(f"({BEFORE})", 1).str.len_chars().fill_null(0)
    lines = lines.with_columns(text=bare, _lead=lead)
    text = pl.col("text")
    kept = text.str.replace(pattern("title_tail"), "")
    kept = pl.when(kept.str.len_chars() >= LEAST_BEFORE_FIELDS).then(kept).otherwise(text)
    kept = pl.when(text.str.contains(MENU)).then(pl.lit("")).otherwise(kept)
    return (
        lines.with_columns(text=kept, _size=text.str.len_chars())
        .with_columns(cut=text.str.len_chars() < pl.col("_size"))
        .with_columns(raw=pl.col("raw").str.slice(pl.col("_lead"), pl.col("text").str.len_chars()))
        .drop("_lead", "_size")
    )


def without_brackets(lines: pl.DataFrame) -> pl.DataFrame:
    """`lines` (text, raw) without the columns and keywords in brackets before a title."""
    return lines.with_columns(pl.col("text", "raw").str.slice(_bracketed()))


def _bracketed() -> pl.Expr:
    size = pl.col("text").str.extract(f"({BRACKETS})", 1).str.len_chars().fill_null(0)
    return pl.when(size + 5 < pl.col("text").str.len_chars()).then(size).otherwise(0)


def _trim(frame: pl.DataFrame) -> pl.DataFrame:
    """Without marks, attachment labels and document numbers around the title."""
    skip = pl.col("text").str.extract(f"({pattern('before_title')})", 1).str.len_chars().fill_null(0)
    skip = pl.max_horizontal(skip, _bracketed())
    drop = pl.col("text").str.extract(f"({AFTER_TITLE})", 1).str.len_chars().fill_null(0)
    # An opening 《 whose 》 stands inside the title belongs to it.
    quoted = pl.col("text").str.contains(r"^《[^》]+》.") | pl.col("text").str.contains(r"《[^》]+》$")
    skip = pl.when(quoted).then(0).otherwise(skip)
    drop = pl.when(quoted).then(0).otherwise(drop)
    size = pl.col("text").str.len_chars() - skip - drop
    return frame.with_columns(pl.col("text", "raw").str.slice(skip, size))


def content(title: pl.Expr) -> pl.Expr:
    """The part of a folded title that names the report: of `关于印发《…》的通知` what stands in 《》; but
    `《…规划》实施情况评估报告` is one on it."""
    inner = title.str.extract(rf"《([^》]*{_any_word()}[^》]*)》", 1)
    on_it = title.str.contains(rf"》[^》]*{word_pattern('done', 'summary')}")
    return pl.coalesce(pl.when(~on_it).then(inner), title)


def kinds(title: pl.Expr) -> pl.Expr:
    """What a folded title announces: a struct of booleans, one for each of KINDS."""
    return title.map_batches(_kinds, return_dtype=SAID, is_elementwise=True)


def _kinds(titles: pl.Series) -> pl.Series:
    if titles.is_empty():
        return pl.Series(titles.name, [], dtype=SAID)
    # what was done, not a list: 把民生实事办好, 加快实事工程落地
    named = content(pl.col("title")).str.replace(rf"把\p{{Han}}+|{pattern('works_on_tasks')}", "")
    # 民生实事项目(截至10月底)进展情况
    named = named.str.replace_all(pattern("as_of_in_brackets"), "")
    plan = word_pattern("plan", "task_list").removesuffix(")") + f"|{pattern('planned_alone')})"
    # 重点工作完成情况, 工作计划执行情况 and the like report what was done, whatever word stands before.
    done = rf"{plan}[^和及与暨、,0-9]{{0,6}}{word_pattern('done')}{pattern('done_table')}"
    # so does 重点工作总结, a summary of them
    summed = rf"{plan}[^和及与暨、,0-9]{{0,4}}?({title_words('sums_up')})"
    rest = named.str.replace_all(done, "工作情况").str.replace_all(summed, "${1}")
    # what every kind is looked for in is made once
    plain = titles.alias("title").to_frame().select(rest=rest)
    rest = pl.col("rest")
    found = {kind: rest.str.contains(word_pattern(kind)) for kind in KINDS}
    ends_so = rest.str.contains(pattern("plan_at_end"))
    found["summary"] = found["summary"] | rest.str.contains(word_pattern("done"))
    found["plan"] = found["plan"] | ends_so
    found["other"] = found["other"] & ~rest.str.contains(title_words("paper_of_work"))
    said = pl.struct(found[kind].fill_null(False).alias(kind) for kind in KINDS)
    return plain.select(said.alias(titles.name)).to_series()


def issuer_in(title: pl.Expr) -> pl.Expr:
    """The office that a folded title begins with (`X县民政局关于…`, `X县民政局2023年…`), null where
    none does.
    """
    plain = title.str.replace(r"^\s*(?:19|20)[0-9]{2}\s*年度?", "")
    named = plain.str.extract(pattern("issuer_of_title"), 1)
    ministry = plain.str.extract(pattern("ministry"), 1)
    government = plain.str.extract(pattern("government_of_title"), 1)
    government = government.str.replace(pattern("government_short"), "${1}" + pattern("government"))
    return pl.coalesce(named, government, ministry)
