"""What the lines around a title say of the report: its number, offices, dates and the page that it stands on.

Index fields with a label are read in `layout.headers`; what is no field is read here: red heads, offices
and dates on lines of their own, datelines of newspapers, the path of a page and its owner.
"""

from functools import cache, reduce

import polars as pl

from pipeline.reading.layout.compute import passing
from pipeline.reading.layout.dates import ARABIC_DATE, CHINESE_DATE, WHOLE_LINE, date_in
from pipeline.reading.layout.headers import NUMBER, document_number
from pipeline.vocabulary import pattern

REPORT = ["document_id", "ordinal"]
SPOKEN = rf"(?:会议|大会|次会)(?:上|(?:审议)?通过)|^[—-]*\s*[(]?{ARABIC_DATE}\s*日在"
CLOCK = r"\s*(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
DATED = rf"^{ARABIC_DATE}\s*日?(?:\s+[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?\s+\S.{{0,40}}$"  # and a source
# (敦政发〔2021〕17号 2021年11月8日印发)
NUMBERED = rf"^[(]?{NUMBER}[\s,、;]+{ARABIC_DATE}\s*日?\s*(?:印发|发布|公布|施行|成文)?[)]?$"
NOTED = rf"^[(]{ARABIC_DATE}\s*日?[,、;]\s*[^)。]{{2,16}}[)]$"  # (2014年7月18日,根据录音整理)
# 稿源:民政局 2017-12-15 阅读:345, (供常务会议参阅 2019年11月28日), 民政局局长 (2014年3月18日)
BESIDE = rf"^[(\[【]?[^,。;]{{2,40}}(?:\s|\(){ARABIC_DATE}\s*日?(?:\s*印发)?(?:[)\]】]|$|\s+\S{{1,12}}$)"
# which is no day of publication
ELSE_DATED = r"[截至到从自-]\s*(?:19|20)[0-9]{2}|统计|数据|期限|召开|会议[上于]|日\s*[起前止执实]"
# A date with a clock is when a page was put up; so is one beside a newspaper's or a site's name.
STAMP = r"(?:19|20)[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?\s*[0-9]{1,2}:[0-9]{2}"
FIRST_WORDS = 60  # characters of running text before which notes stand
SHORT_LINE = 40  # characters of a line that names who speaks
LONGEST_STAMP = 120  # characters of a line that stamps a page
STEPS = r"[>»›]"


@cache
def signed() -> str:
    """An office and the day on which it signed."""
    made = r"(?:\s?\p{Han}{1,8}[科处室股])?\s*[(]?(?:主?编|编印|主办|印发|印制)?[)]?"
    seen = r"(?:\s+(?:访问|浏览|点击|阅读)(?:量|次数|数)?\s*:?\s*[0-9]+\s*次?)?"
    # 18:30 广东
    put_up = rf"(?:\s+[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:\s+\p{{Han}}{{2,4}})?)?[)]?{seen}$"
    office = rf"^[(]?([\u4e00-\u9fa5]{{0,25}}{pattern('office')})"
    return rf"{office}{made}(?:\s+|\s*[(])(?:{ARABIC_DATE}\s*日?|{CHINESE_DATE}){put_up}"


@cache
def dateline() -> str:
    publisher = pattern("publisher")
    return (
        rf"^[\u4e00-\u9fa5A-Za-z]{{0,15}}{publisher}[|\s]+[\[(]?{ARABIC_DATE}\s*日?{CLOCK}[\])]?(?:\s+\S{{1,20}})?$|"
        rf"^[\[(]?{ARABIC_DATE}\s*日?{CLOCK}[\])]?\s+\S.{{0,25}}{publisher}$|"
        rf"^(?:https?://)?[\w.-]+\.(?:cn|com|net|org)/?\s+{ARABIC_DATE}|"
        rf"(?:^|\s){ARABIC_DATE}\s*日?{CLOCK}\s*(?:来源|作者|信息来源|文章来源|编辑)"
        rf"|^(?:{pattern('source_labels')})\s*:\s*[^;。|]{{2,40}}?[\s|]+{ARABIC_DATE}\s*日?(?:\s*[|【\[(]|\s{{2,}}|$)"
    )


@cache
def _path() -> str:
    """Lines that say on whose page a report stands: paths, datelines, a paper's name before 讯."""
    paper = r"^(?:来源|原创|转自|摘自)|^\p{Han}{2,8}(?:报|网|社|电视台)讯"
    return rf"{STEPS}|位置\s*:|{dateline()}|{STAMP}|{paper}|{pattern('yearbook')}"


@cache
def _crumb() -> str:
    office = rf"[\u4e00-\u9fa5]{{0,16}}{pattern('bureau')}|民政部"
    before = r"(?:^|[>»›/\\|:\s-])(?:欢迎(?:光临|访问|您访问|来到))?"
    return rf"{before}\s*({office})\s*(?:[>»›/\\|]|\s[-—]|(?:门户|官方|政务)?(?:官?网|网站)|$)"


@cache
def _owner() -> str:
    return rf"主办(?:单位)?\s*:?\s*([\u4e00-\u9fa5]{{1,16}}{pattern('bureau')})"


def head_marks(head: pl.DataFrame, begun: str) -> pl.DataFrame:
    """What the lines around the title say, one row a report: begun_title (a title that runs into the first
    sentence, by the pattern `begun`), head_no, head_office, red_head, stamped_on, head_date, spoken_on,
    noted_on, crumb_office, path_lines (of the page's path and the like).

    Takes the lines of the heads with `REPORT`, text and read (running text of the report in front of them).
    """
    text = pl.col("text")
    first = head.group_by(REPORT, maintain_order=True).agg(begun_title=text.first().str.extract(begun, 1))
    number = text.str.extract(rf"((?:^|\s{{2,}}){NUMBER}(?:$|\s|-|—|:)|\({NUMBER}(?:\)$|[\s,、;]))", 1)
    # Few lines say any of it: each pattern is put to those that got past a plainer one.
    spoken = passing(head, text.str.len_chars() < 60, text.str.contains(SPOKEN))
    paths = passing(head, text.str.len_chars() <= LONGEST_STAMP, text.str.contains(_path()))
    crumbs = passing(paths, text.str.contains("民政", literal=True))
    red = passing(head, text.str.ends_with("文件"))
    marks = (
        _told(passing(head, text.str.contains("号", literal=True)), "head_no", document_number(number)),
        _told(_offices(head), "head_office", pl.col("head_office")),
        _told(red, "red_head", text.str.extract(pattern("red_head"), 1)),
        _told(_stamped(head), "stamped_on", date_in(_stamp())),
        _told(_dated(head), "head_date", date_in(text)),
        _told(spoken, "spoken_on", date_in(text)),
        _told(_noted(head), "noted_on", date_in(text)),
        paths.group_by(REPORT, maintain_order=True).agg(
            path_lines=text.str.head(LONGEST_STAMP).str.join("\n")
        ),
        _told(crumbs, "crumb_office", text.str.extract(_crumb(), 1)),
    )
    return reduce(
        lambda one, more: one.join(more, on=REPORT, how="left", maintain_order="left"), marks, first
    )


def _offices(head: pl.DataFrame) -> pl.DataFrame:
    """Lines that name an office or whose head speaks, of several offices the one first that is in charge:
    head_office."""
    text = pl.col("text")
    offices = passing(head, text.str.contains(pattern("office_line"))).with_columns(head_office=text)
    civil = passing(offices, text.str.contains("民政", literal=True))
    # 某市民政局局长 张三
    speaks = passing(head, (text.str.len_chars() <= SHORT_LINE) & text.str.contains("[局厅]长"))
    speaks = speaks.with_columns(head_office=text.str.extract(pattern("office_of_speaker"), 1))
    return pl.concat([civil, offices, speaks])


def owners(lines: pl.DataFrame) -> pl.DataFrame:
    """The civil-affairs office that owns the page, from the lines below a report: `REPORT`, owner."""
    text = pl.col("text")
    feet = passing(lines, text.str.contains("主办", literal=True), text.str.contains("民政", literal=True))
    return _told(feet, "owner", text.str.extract(_owner(), 1))


def _told(rows: pl.DataFrame, name: str, value: pl.Expr) -> pl.DataFrame:
    """The first value in each report that has one: `REPORT`, and the value by its name."""
    told = rows.select(*REPORT, value.alias(name))
    if told.is_empty():
        return told
    return told.drop_nulls(name).group_by(REPORT, maintain_order=True).agg(pl.col(name).first())


def _stamped(head: pl.DataFrame) -> pl.DataFrame:
    """Lines that may say when the page was put up, without a label for it."""
    text = pl.col("text")
    dated = text.str.contains(r"(?:19|20)[0-9]{2}[^0-9]")
    return passing(head, text.str.len_chars() <= LONGEST_STAMP, dated, ~text.str.contains("[。;]"))


def _stamp() -> pl.Expr:
    text = pl.col("text")
    return pl.coalesce(text.str.extract(f"({STAMP})", 1), text.str.extract(f"({dateline()})", 1))


def _noted(head: pl.DataFrame) -> pl.DataFrame:
    """Short lines above the text with a date among other notes, which dates nothing else."""
    text = pl.col("text")
    return passing(
        head,
        (pl.col("read") < FIRST_WORDS) & text.str.contains(r"[\s(](?:19|20)[0-9]{2}\s*[-/.年]"),
        text.str.contains(BESIDE),
        ~text.str.contains(ELSE_DATED),
    )


def _dated(lines: pl.DataFrame) -> pl.DataFrame:
    """Lines that are a date, or a date and a source."""
    text = pl.col("text")
    lines = lines.with_columns(text.str.replace(r"^【\s*(?:字体|字号)[^】]{0,12}】\s*", ""))
    begins = text.str.contains(r"^[(\[【]?\s*[12一二]|号[\s,、;]")
    return passing(lines, begins, text.str.contains(f"{WHOLE_LINE}|{DATED}|{NOTED}|{NUMBERED}"))
