"""The same words in another form: other lines, list marks, digits, scales, blanks, characters."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from itertools import pairwise

from opencc_pyo3 import OpenCC

from pipeline.evaluation.labels import Labelled
from pipeline.tools.variants.page import Edit, edited, is_broken, prose, rewritten

Vary = Callable[[Labelled, random.Random], Labelled]
ORDINALS = "一二三四五六七八九十"
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
FULL = {ord(char): ord(char) + 0xFEE0 for char in "0123456789.,%"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


def each(found: str, written: Callable[[re.Match[str]], str], everywhere: bool = False) -> Vary:
    """Every match in prose (or in the whole text) written as `written` says."""
    pattern = re.compile(found)
    return lambda labelled, dice: rewritten(
        labelled, pattern, lambda m: ((*m.span(), written(m)),), everywhere
    )


def put(found: str, words: str) -> Vary:
    """`words` at every place in prose that the pattern finds, in place of what it spans."""
    return each(found, lambda _: words)


def marks(style: str) -> Vary:
    """一是 … 二是 … in prose, and 1. 2. or (一) (二) at the heads of lines, with marks of another style."""

    def written(match: re.Match[str]) -> str:
        nth = ORDINALS.index(match[1]) if match[1] in ORDINALS else int(match[1]) - 1
        return style.format(chinese=ORDINALS[nth], digit=nth + 1, circled=CIRCLED[nth])

    return each(f"(?<=[。;:,\n])([{ORDINALS}])是(?=[\u4e00-\u9fff])", written)


def traditional(labelled: Labelled, dice: random.Random) -> Labelled:
    text = OpenCC("s2t").convert(labelled.text)
    return labelled if len(text) != len(labelled.text) else Labelled(labelled.name, text, labelled.labels)


def in_yuan(match: re.Match[str]) -> str:
    value = round(float(match[1].replace(",", "")) * 10_000)
    return f"{value:d}元"


def in_wan(match: re.Match[str]) -> str:
    return f"{int(match[1]) / 10_000:.4f}".rstrip("0").rstrip(".") + "万元"


def wrapped(labelled: Labelled, dice: random.Random) -> Labelled:
    """Lines of prose broken every forty characters, as a page of print has them."""
    edits: list[Edit] = []
    for start, end in prose(labelled.text):
        for at in range(start + 40, end - 2, 40):
            while re.match("[0-9.,%。;:、)”年月元万]", labelled.text[at]):
                at -= 1
            edits.append((at, at, ("\n",)))
    return edited(labelled, edits)


def one_paragraph(labelled: Labelled, dice: random.Random) -> Labelled:
    """Lines of prose that follow each other in one line."""
    lines = list(prose(labelled.text))
    edits: list[Edit] = [
        (end, after, ("",))
        for (_, end), (after, _) in pairwise(lines)
        if not labelled.text[end:after].strip() and labelled.text[end - 1] in "。;" and after - end < 4
    ]
    return edited(labelled, edits)


def kept(found: str, before: str, behind: str) -> Vary:
    """The first group of every match in prose between other words, with its label."""
    pattern = re.compile(found)
    return lambda labelled, dice: rewritten(labelled, pattern, lambda m: (before, m.span(1), behind))


def line_head(style: str) -> Vary:
    """What opens a line of prose like a heading (养老服务。全县…), written in another style."""
    return each(
        f"(?<=\n)([ \u3000]*(?:\\([{ORDINALS}]+\\)|[0-9]+\\.|[{ORDINALS}]+、)?)([^\n ,。;:0-9|(]{{4,12}})。"
        "(?=[^\n]{15,})",
        lambda m: m[1] + style.format(m[2]),
        everywhere=True,
    )


def unbroken(vary: Vary) -> Vary:
    """The same, but texts stay as they are whose lines are broken already."""
    return lambda labelled, dice: labelled if is_broken(labelled.text) else vary(labelled, dice)


FORMS: dict[str, Vary] = {
    "marks_digit": marks("{digit}."),
    "marks_digit_comma": marks("{digit}、"),
    "marks_brackets": marks("({digit})"),
    "marks_chinese_brackets": marks("({chinese})"),
    "marks_circled": marks("{circled}"),
    "marks_ordinal": marks("第{chinese},"),
    "marks_lines": marks("\n{chinese}是"),
    "marks_none": put(f"(?<=[。;])[{ORDINALS}]是(?=[\u4e00-\u9fff])", ""),
    "sentences_in_lines": unbroken(put("(?<=[^0-9]。)(?=[^”)\n])", "\n")),
    "semicolons_in_lines": unbroken(put("(?<=;)(?=[^”)\n])", "\n")),
    "one_paragraph": unbroken(one_paragraph),
    "wrapped": unbroken(wrapped),
    "headings_merged": each(
        f"(?<=\n)([{ORDINALS}]+、|\\([{ORDINALS}]+\\)|[0-9]+[.、])([^\n。,;0-9|]{{2,20}})\n+(?=[^\n{ORDINALS}(0-9|])",
        lambda m: f"{m[1]}{m[2]}。",
        everywhere=True,
    ),
    "headings_unnumbered": each(
        f"(?<=\n)([{ORDINALS}]+、|\\([{ORDINALS}]+\\))(?=[^\n。,;0-9|]{{2,20}}\n)",
        lambda m: "",
        everywhere=True,
    ),
    "years_chinese": each("(?:19|20)[0-9]{2}(?=年)", lambda m: m[0].translate(CHINESE)),
    "years_two_digits": each("(?<=[到至止])20([0-9]{2})(?=年)", lambda m: m[1]),
    "per_cent": kept("(?<![0-9.~—-])([0-9.]+)%", "百分之", ""),
    "full_width": each("[0-9][0-9.,]*%?", lambda m: m[0].translate(FULL)),
    "thousands": each("(?<![0-9.,])[1-9][0-9]{3,}(?=[人户元])", lambda m: f"{int(m[0]):,}"),
    "in_yuan": each("(?<![0-9.,])([0-9.]+)万元", in_yuan),
    "in_wan": each("(?<![0-9.,])([1-9][0-9]{5,})元", in_wan),
    "blanks": kept("(?<=[\u4e00-\u9fff])([0-9][0-9.]*)(?=[\u4e00-\u9fff])", " ", " "),
    "paragraph_blanks": each("(?<=\n)(?=[^ \u3000\n|]{15,})", lambda m: "\u3000\u3000", everywhere=True),
    "traditional": traditional,
    "bullets": each(f"(?<=\n)\\([{ORDINALS}]+\\)(?=[^\n]{{20,}})", lambda m: "●", everywhere=True),
    "line_head_brackets": line_head("【{}】"),
    "line_head_colon": line_head("{}:"),
    "line_head_blank": line_head("{}\u3000"),
    "line_head_blanks": line_head("{}  "),
    "line_head_dash": line_head("{}——"),
    "line_head_star": line_head("★{}。"),
    "line_head_own_line": line_head("{}\n"),
}
