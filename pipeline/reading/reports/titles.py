"""Lines that are titles of reports, and what a title says: its kinds of content and its issuer.

Which title is a report's own is decided in `reports`; the words stand in `vocabulary/reports/genres.csv`.
"""

from functools import cache

import polars as pl

from pipeline import vocabulary

KINDS = ("summary", "plan", "task_list", "bulletin", "report", "other")
NUMBERED = (
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、)]|"
    r"第[一二三四五六七八九十\d]{1,3}[章节条部])"
)
NO_TITLE = (
    r"[。;!?>»|]|[,、:]$|现将|如下|下载|点击|作了?(?:政府)?工作报告|^(?:——|--)|^各|^附件[::]|^目录|年\d{1,2}月\d{1,2}日在|"
    r"上一篇|下一篇|相关|位置:|会议上$|摄$"
)
# The end of an office's name; 大局 and 格局 are none.
ORGANISATION = (
    r"(?:民政(?:和[\u4e00-\u9fa5]{2,10}|事务|人社|退役军人事务)?[局厅部]|人民政府(?:办公[厅室])?|办公[厅室]|"
    r"(?:财政|统计|审计|教育|人力资源和社会保障|人社|卫生健康|医疗保障|退役军人事务|农业农村|乡村振兴|社会保障|社会事业|"
    r"社会事务)[局厅]|[省市县区州旗盟镇乡]委(?:员会)?|管(?:理)?委(?:员)?会|老龄办|街道办事处|残疾人联合会|社会事务[办科]|"
    r"民政(?:工作)?(?:办|所|中心)|老龄工作委员会(?:办公室)?|社会救助[局中]心?|慈善总会)"
)
AFTER_OFFICE = (
    r"(?:关于|印发|转发|[(《“:]|\s|(?:19|20)\d{2}|二[〇○零]|年|全|上半|下半|前|第|工作|开展|落实|"
    r"民政|法治|发布|$)"
)
PLACE = r"(?:民政|全[省市县区州旗盟]|[省市县区州旗盟镇乡])"
GOES_ON = r"(?:[及和暨与、的]|关于|印发|转发|下达)$"
CONTINUES = r"^(?:[及和暨与]|《[^》]+》的?(?:通知|报告|函)$)"
BEFORE_TITLE = (
    r"^(?:[#*《【\s]|附件\s*\d*\s*[::.]?\s*|[^,。]{2,16}〔\d{4}〕\s*\d+\s*号\s*(?:--?|—+|[::])?\s*)+"
)
AFTER_TITLE = r"[*》】|\s]+$"


@cache
def word_pattern(*parts: str) -> str:
    """The words of genres.csv for these parts."""
    words = (vocabulary.words("reports/genres.csv", part=part) for part in parts)
    return vocabulary.either(word for some in words for word in some)


@cache
def _any_word() -> str:
    return word_pattern("summary", "plan", "task_list", "bulletin", "report", "done")


@cache
def _ends_with_word() -> str:
    issued = r"(?:的?(?:通知|报告|函|公告|公示|意见|情况))?》?的?(?:通知|报告|函)?"
    tail = issued + r"(?:\([^)]{1,20}\)|【[^】]{1,12}】)?(?:作文|范文)?"
    number = r"\s*[((]?(?:篇)?[一二三四五六七八九十\d]{0,2}[))]?"
    return rf"{_any_word()}{tail}{number}$"


def find_titles(lines: pl.DataFrame, fields: pl.DataFrame) -> pl.DataFrame:
    """Lines that read as the title of a report: document_id, line, start, title (as written), text
    (folded), firm (nothing in it speaks against it).

    A title broken over lines is joined; it starts where its first line does. Takes the frames of
    `split_lines` and `find_fields`.
    """
    no_bars = pl.col("text", "raw").str.replace(r"\s*\|[\s|]*$", "")
    short = lines.join(
        fields.select("document_id", "line").unique(),
        on=["document_id", "line"],
        how="anti",
        maintain_order="left",
    ).with_columns(no_bars)
    text = pl.col("text")
    short = short.filter(text.str.len_chars() <= 70).with_columns(
        goes_on=text.str.contains(GOES_ON),
        continues=text.str.contains(CONTINUES),
        # whether the line before is one of the same document
        inside=(pl.col("document_id") == pl.col("document_id").shift(1)).fill_null(False),
        before=text.shift(1),
        brief=text.str.len_chars() <= 40,
    )
    # The costly pattern is put to the line before only where this one could go on from it.
    office = pl.when(text.str.contains(r"^(?:关于|二|\d{4}\s*年|年度)|^《")).then("before")
    bare = office.str.contains(rf"^[\u4e00-\u9fa5]{{0,16}}{ORGANISATION}$").fill_null(False)
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
            pl.col("text").str.len_chars().is_between(5, 60)
            & pl.col("text").str.contains(_any_word())
            & ~pl.col("text").str.contains(NO_TITLE)
            & ~pl.col("text").str.contains(NUMBERED)
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


def _trim(frame: pl.DataFrame) -> pl.DataFrame:
    """Without marks, attachment labels and document numbers around the title."""
    skip = pl.col("text").str.extract(f"({BEFORE_TITLE})", 1).str.len_chars().fill_null(0)
    drop = pl.col("text").str.extract(f"({AFTER_TITLE})", 1).str.len_chars().fill_null(0)
    # An opening 《 whose 》 stands inside the title belongs to it.
    quoted = pl.col("text").str.contains(r"^《[^》]+》.") | pl.col("text").str.contains(r"《[^》]+》$")
    skip = pl.when(quoted).then(0).otherwise(skip)
    drop = pl.when(quoted).then(0).otherwise(drop)
    size = pl.col("text").str.len_chars() - skip - drop
    return frame.with_columns(pl.col("text", "raw").str.slice(skip, size))


def content(title: pl.Expr) -> pl.Expr:
    """The part of a folded title that names the report: of `关于印发《…》的通知` what stands in 《》."""
    inner = title.str.extract(rf"《([^》]*{_any_word()}[^》]*)》", 1)
    return pl.coalesce(inner, title)


def kinds(title: pl.Expr) -> pl.Expr:
    """What a folded title announces: a struct of booleans, one for each of KINDS."""
    named = content(title)
    plan = word_pattern("plan", "task_list").removesuffix(")") + r"|计划)"
    # 重点工作完成情况, 工作计划执行情况 and the like report what was done, whatever word stands before.
    done = rf"{plan}[^和及与暨、,\d]{{0,6}}{word_pattern('done')}"
    rest = named.str.replace_all(done, "工作情况")
    found = {kind: rest.str.contains(word_pattern(kind)) for kind in KINDS}
    ends_so = rest.str.contains(r"(?:计划|打算|安排|要点)(?:的?(?:通知|报告|函))?(?:\(.*\))?$")
    found["summary"] = found["summary"] | rest.str.contains(word_pattern("done"))
    found["plan"] = found["plan"] | ends_so
    found["other"] = found["other"] & ~rest.str.contains("工作总结|工作计划|工作要点")
    return pl.struct(**{kind: found[kind].fill_null(False) for kind in KINDS})


def issuer_in(title: pl.Expr) -> pl.Expr:
    """The office that a folded title begins with (`X县民政局关于…`, `X县民政局2023年…`), null where
    none does.
    """
    plain = title.str.replace(r"^\s*(?:19|20)\d{2}\s*年度?", "")
    named = plain.str.extract(rf"^(?:中共)?([\u4e00-\u9fa5]{{1,25}}?{ORGANISATION}){AFTER_OFFICE}", 1)
    ministry = plain.str.extract(r"^(国务院民政部|民政部|国务院)", 1)
    government = plain.str.extract(
        r"^([\u4e00-\u9fa5]{1,12}[省市县区州旗盟乡镇](?:人民)?政府)(?:\d{4}年)?(?:工作|关于|\d{4})", 1
    )
    return pl.coalesce(named, government, ministry)
