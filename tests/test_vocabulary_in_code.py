"""No word of the vocabulary hides in the code: whoever reviews it finds every word in a CSV."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import vocabulary

CODE = Path(vocabulary.FOLDER).parent
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
WORD = re.compile(f"{HAN}{{2,}}")
CHOICE = re.compile(rf"\[(?:({HAN}){HAN}*|[^\]]*)\]")  # one of several characters
# What is written by signs, not words: numerals with their scales, and what names of divisions end in.
SIGNS = re.compile(
    "[零〇○一二两三四五六七八九十百千万亿廿卅余多来几数分之壹贰叁肆伍陆柒捌玖拾佰仟毛块角元]+|[省市县区旗州盟]+"
)
# What a year is written with.
DATES = {"年度", "年底"}
# Whose arguments are single characters.
STRIPS = {"strip", "lstrip", "rstrip", "strip_chars", "strip_chars_start", "strip_chars_end"}
# Rooms whose Chinese is said to readers or stands in their tools: no text is read by it.
NOT_READ_BY = ("site/", "tools/", "warehouse/publish/")
EXCEPTIONS = {
    "extraction/numbers/units.py": {"个半", "人年"},  # how a half or a rate is put together
    "fetching/sources.py": {"工作总结"},  # an example in a message
    "reading/formats/decoding.py": {"锟斤拷"},  # what a wrong decoding leaves
    "reading/formats/numberformat.py": {"通用格式"},  # of the format of a file
    "reading/formats/numbering.py": {"甲乙丙丁戊己庚辛壬癸"},  # single characters that number
    "reading/formats/sheets.py": {"工作表"},  # of the format of a file
    "reading/formats/webpage.py": {"发布日期", "来源"},  # labels that the reading writes into a page's text
    "reading/layout/heading_roles.py": {"工作"},  # stands in for what a rule has taken out
    "reading/layout/known_heads.py": {"数率额称"},  # single characters
    "reading/regions/evidence.py": {"网站标识码"},  # said to readers, as evidence
    "reading/reports/openings.py": {"年检"},  # stands in for what a rule has taken out
    "reading/reports/titles.py": {"工作情况"},  # the same
    "reading/tables/captions.py": {"截至"},  # written before a date that is read with its cue
    "vocabulary/indicators.py": {"床位床位"},  # of an indicator's name, which is for readers
}


def _strings(path: Path) -> Iterator[str]:
    """The strings of a module but for docstrings and what is stripped; `\0` for what an f-string puts in."""
    source = path.read_text(encoding="utf-8")
    if not re.search(HAN, source):
        return
    nodes = list(ast.walk(ast.parse(source)))
    aside: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Expr):
            aside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside.update(map(id, node.values))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in STRIPS:
            aside.update(map(id, node.args))
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(p.value if isinstance(p, ast.Constant) else "\0" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def _words(text: str) -> Iterator[str]:
    """The Chinese words of a string; of characters to choose from (全[省市]) the first is taken."""
    plain = CHOICE.sub(lambda choice: choice[1] if choice[1] else "\0", text)
    yield from WORD.findall(plain)


def _units() -> set[str]:
    """What values are measured in, which the code compares them with: 人次, 元/人次."""
    named = {row["unit"] for row in vocabulary.rows("numbers/units.csv")}
    tables = ("numbers/unit_words.csv", "numbers/denominators.csv")
    return named | {word for table in tables for word in vocabulary.words(table)}


def test_no_word_hides_in_the_code():
    known, left = _units() | DATES, {}
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE).as_posix()
        if not name.startswith(NOT_READ_BY):
            words = {word for text in _strings(path) for word in _words(text)} - known
            left[name] = {word for word in words if not SIGNS.fullmatch(word)}
    assert {name: words for name, words in left.items() if words} == EXCEPTIONS


@pytest.mark.parametrize(
    "code, found",
    [
        ('X = "救助|补贴金"', {"救助", "补贴金"}),
        ('X = f"{Y}民政[局厅]"', {"民政局"}),
        ('X = "[全各]县"', {"全县"}),
        ('X = "[0-9]年[、和]月"', set()),
        ('"""民政"""', set()),
        ('X = y.strip("余额为")', set()),
    ],
)
def test_words_are_found_in_whatever_string_holds_them(tmp_path, code, found):
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert {word for text in _strings(tmp_path / "module.py") for word in _words(text)} == found
