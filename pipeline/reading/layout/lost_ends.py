"""Line ends that a page lost: a whole report often comes in one line, its title and headings inside.

    X县民政局上半年工作小结今年以来,…。一、社会救助 (一)城乡低保 …

Lines of tables stay whole.
"""

import polars as pl

from pipeline.reading.layout.compute import changed_where, each_line, so_far
from pipeline.reading.layout.written import COUNT, LIST_NUMERAL
from pipeline.vocabulary import pattern

LONGEST = 60  # characters of a line that is not looked into
TITLES_WITHIN = 3  # lines at the beginning of a text in which a title may run into what follows
HEADING = (
    r"([。!?][”\"』」)]?[ \t]*)"
    rf"({LIST_NUMERAL}、|\({LIST_NUMERAL}\)|[0-9]{{1,2}}[.、](?:[^0-9]|20[0-9]{{2}}年))"
)
# Where line ends became blanks: …汇报如下 一、社会救助 (一)城乡低保 …
BEHIND_BLANK = (
    rf"([^\s、,;/|][ \t]+)({LIST_NUMERAL}、[\p{{Han}}0-9&&[^{COUNT}级类项]]|\({LIST_NUMERAL}\)、?\p{{Han}})"
)
# The first heading of a count right behind a title or another heading: 2023年工作总结一、… , 一、工作总结1、…
FIRST = (
    r"^([^。;!?|]{3,60}?[^0-9第十百零〇○一二三四五六七八九、,.(“《])"
    r"((?:一、|\(一\)|1[.、])(?:[^0-9二三四五六七八九十级类、]|20[0-9]{2}年))"
)
CHAPTER = (
    r"([。!?][”\"』」)]?[ \t]*|[^\s、,;/|][ \t]+)" + rf"({LIST_NUMERAL}、[\p{{Han}}0-9&&[^{COUNT}级类项]])"
)
PROSE = "[。;][^。;]*[。;]"  # what is said beside the headings: blanks part the cells of other lines


def broken_inside(text: pl.Expr, line: pl.Expr, gap: str) -> pl.Expr:
    """Lines (the `line`-th of its text each, from 0) with `gap` before the headings inside them and behind
    their title; null where there are none."""
    title, end = pattern("title_in_line"), _end(gap)
    blank = text.str.contains(PROSE) & text.str.contains(BEHIND_BLANK)
    titled = (line < TITLES_WITHIN) & text.str.contains(title)
    headed = text.str.contains(HEADING) | text.str.contains(FIRST) | blank
    broken = pl.when(titled).then(text.str.replace(title, end)).otherwise(text).str.replace_all(HEADING, end)
    broken = pl.when(blank).then(broken.str.replace_all(BEHIND_BLANK, end)).otherwise(broken)
    return pl.when(_long(text, gap) & (headed | titled)).then(broken)


def broken_first(text: pl.Expr, gap: str) -> pl.Expr:
    """Lines with `gap` where a title or heading runs into the first heading below it."""
    return text.str.replace(FIRST, _end(gap))


def with_chapters_on_lines(texts: pl.Series, gap: str) -> pl.Series:
    """Folded texts with `gap` for the line end behind a title and before 一、 in lines of prose."""
    return changed_where(texts, f"(?m){pattern('title_in_line')}|{CHAPTER}", lambda some: _apart(some, gap))


def _apart(texts: pl.Series, gap: str) -> pl.Series:
    line, title = pl.col("line"), pattern("title_in_line")
    at = so_far((line.str.strip_chars() != "").cast(pl.Int64), "text")
    behind = pl.when(at <= TITLES_WITHIN).then(line.str.replace(title, _end(gap))).otherwise(line)
    apart = behind.str.replace_all(CHAPTER, _end(gap))
    return each_line(texts, pl.when(_long(line, gap) & line.str.contains(PROSE)).then(apart).otherwise(line))


def _long(text: pl.Expr, gap: str) -> pl.Expr:
    """Whether a line is looked into: it is long, and no row of a table."""
    return (text.str.len_chars() > LONGEST) & ~text.str.contains(f"[|\t{gap}]")


def _end(gap: str) -> str:
    return "${1}" + gap + "${2}"
