"""A saved web page → the report on it, without the page around it.

selectolax (MIT, Lexbor inside: the HTML5 rules, so broken pages read as in a browser) rather than lxml.html
(cuts pages nested over 256 deep) or html5lib (100 times slower). Own choice of lines rather than trafilatura,
readability or resiliparse: those drop the index header (索引号, 发布机构 …), short headings and signatures,
and keep no table row on one line.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from pipeline import vocabulary
from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.htmllines import HARD, PLAIN, Line, page_lines
from pipeline.reading.formats.refusal import Refusal
from pipeline.vocabulary import pattern

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
NESTING = re.compile(
    r"<(/?)(?:div|span|b|i|u|a|font|table|ul|ol|dl|section|strong|em|center|form|blockquote)\b", re.I
)
MAX_DEPTH = 1_000
PROSE = re.compile(r"[。;!?]")
BETWEEN = re.compile(r"[\s\[\]【】()|丨/\\·•:>»<《》,、。.\-—_*+×xX]+")
HALF = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}  # full-width forms, one to one
SAID = ("发布日期", "来源")  # fields that the head of a page may give
FIGURES = re.compile(r"[\u4e00-\u9fff].*\d|\d.*[\u4e00-\u9fff]")


def page_text(data: bytes, charset: str | None = None) -> tuple[str, str, str | None]:
    """(text, encoding, notes) of a page; `charset` is what was said of it outside, if anything was.

    Index headers come as `label: | value |` lines, tables as `|` lines, all else as it stands on the page.
    """
    found = DECLARED.search(data[:8192].replace(b"\0", b""))
    decoded = decode(data, charset or (found[1].decode("ascii", "ignore") if found else None))
    refuse_deep(decoded.text)
    try:
        tree = LexborHTMLParser(decoded.text)
    except SelectolaxError as error:  # Lexbor parses whatever it is given, unless memory runs out
        raise MemoryError from error
    if tree.body is None:
        raise Refusal("no_text")
    lines = _report(page_lines(tree.body), _said_of_page(tree))
    return "\n".join(lines) + "\n", decoded.encoding, decoded.notes


def refuse_deep(page: str) -> None:
    """Refuse what takes the square of its size to parse, before it is parsed."""
    depth = 0
    for tag in NESTING.finditer(page):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > MAX_DEPTH:
            raise Refusal("too_deep", limit=MAX_DEPTH)


def _said_of_page(tree: LexborHTMLParser) -> dict[str, str]:
    """Title, date and source of a page as its head says them: ArticleTitle, PubDate, ContentSource."""
    said = {}
    for meta in tree.css("meta[name], meta[property]"):
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").lower()
        said[name] = " ".join((meta.attributes.get("content") or "").split())[:200]
    title = tree.css_first("title")
    titles = (
        title.text() if title is not None else "",
        said.get("articletitle", ""),
        said.get("og:title", ""),
    )
    date = re.match(r"\d{4}-\d{1,2}-\d{1,2}", said.get("pubdate", ""))
    return {
        "title": _squeeze("|".join(titles)),
        "发布日期": date[0] if date else "",
        "来源": said.get("contentsource", ""),
    }


def _report(lines: list[Line], said: dict[str, str]) -> list[str]:
    """The texts of the lines that belong to the report."""
    lines = list(_paired(lines))
    started = next((i for i, line in enumerate(lines) if line.inside and _prose(line)), len(lines))
    kept: list[tuple[int, str]] = []
    after = False
    for i, line in enumerate(lines):
        if not line.row:
            line.text = _without_fragments(line.text)
        plain = line.text.translate(HALF)
        after = after or (i > started and plain.strip(": >》") in _words("after"))
        if plain and _belongs(line, plain, said["title"], before=i <= started, after=after):
            kept.append((i, line.text))
    above = started if started < len(lines) else next((i for i, line in enumerate(lines) if line.inside), 0)
    head = list(_fields([text for i, text in kept if i < above]))
    if kept:  # what only the head of the page says
        shown = "".join(head)
        head += [f"{name}: | {said[name]} |" for name in SAID if said[name] and said[name] not in shown]
    return [*head, *(text for i, text in kept if i >= above)]


def _belongs(line: Line, plain: str, title: str, before: bool, after: bool) -> bool:
    """Whether a line is the report's; `plain` is its text with full-width forms made half-width."""
    linked = line.linked > 0.6 * len(plain.replace("|", "").replace(" ", ""))
    if _only_words(plain) or (not _prose(line) and len(plain) < 120 and _pattern("foot").search(plain)):
        return False
    if before and not line.row and len(plain) < 100 and _pattern("crumb").search(plain):
        return False
    if line.inside and line.zone == PLAIN and not after:
        return (
            not linked
            or bool(re.search(pattern("attachment_link"), plain))
            or (_prose(line) and len(plain) > 60)
        )
    if line.inside and line.zone < HARD and not linked and (_prose(line) or (line.row and not after)):
        return True
    if linked or line.zone == HARD:
        return bool(_label().match(plain)) and not linked
    if before and (_label().match(plain) or (line.heading and line.zone == PLAIN) or _is_title(plain, title)):
        return True
    figures = line.row and FIGURES.search(plain) is not None
    return line.zone == PLAIN and (figures or (len(plain) > 60 and _prose(line)))


def _prose(line: Line) -> bool:
    ends = PROSE.search(line.text.translate(HALF)) is not None
    return ends and len(line.text) >= 20 and line.linked < 0.5 * len(line.text)


def _is_title(plain: str, title: str) -> bool:
    squeezed = _squeeze(plain)
    return len(re.findall(r"[\u4e00-\u9fff]", squeezed)) >= 5 and squeezed in title


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text.translate(HALF))


def _only_words(plain: str) -> bool:
    """Whether a line holds nothing but the words of buttons and links."""
    return len(plain) <= 100 and all(piece in _words("word") for piece in BETWEEN.split(plain) if piece)


def _without_fragments(text: str) -> str:
    """The line without the font links and visit counts that stand in it."""
    if len(text) >= 300:
        return text
    out, at = [], 0
    for found in _pattern("fragment").finditer(text.translate(HALF)):
        out.append(text[at : found.start()])
        at = found.end()
    return " ".join([*out, text[at:]]).strip(" |\u3000") if out else text


def _paired(lines: list[Line]) -> Iterator[Line]:
    """Lines, with a label of an index header and the value on the line below it put together."""
    label: Line | None = None
    for line in lines:
        plain = line.text.translate(HALF)
        found = _label().match(plain)
        alone = _squeeze(plain) in _strong_labels() or (found is not None and found[0] == plain)
        if label is not None and not alone and not line.row and len(plain) < 60 and not _label().match(plain):
            label.text, label.linked = f"{label.text}{line.text}", label.linked + line.linked
            yield label
            label = None
            continue
        if label is not None:
            yield label
        label = None
        if alone and not line.row:
            label = replace(line, text=f"{_squeeze(plain).rstrip(':')}:")
        else:
            yield line
    if label is not None:
        yield label


def _fields(texts: list[str]) -> Iterator[str]:
    """Lines above the report, with those of an index header as `label: | value |`."""
    for text in texts:
        plain = text.translate(HALF)
        marks = [] if plain.endswith("|") or PROSE.search(plain) else list(_label().finditer(plain))
        if not marks or marks[0].start():
            yield text
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        yield " ".join(_field(mark[0], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))


def _field(label: str, value: str) -> str:
    pieces = value.strip(" \u3000|,;\uff0c\uff1b").split(" ")
    while len(pieces) > 1 and (not pieces[-1] or pieces[-1] in _words("word")):
        pieces.pop()
    value = " ".join(pieces)
    return f"{_squeeze(label).rstrip(':')}: | {value} |" if value else f"{_squeeze(label).rstrip(':')}: | |"


@cache
def _label() -> re.Pattern[str]:
    """A label of an index header with its colon, blanks between its characters allowed."""
    labels = vocabulary.either(vocabulary.words("layout/header_labels.csv"), between=r"[ \u3000]*")
    return re.compile(rf"(?:^|(?<=[\s|]))[\[【]?{labels}\s*[】\]]?\s*:(?!//)")


@cache
def _strong_labels() -> frozenset[str]:
    """Labels that need no colon to be known as such."""
    return frozenset(vocabulary.words("layout/header_labels.csv", strong="yes"))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(vocabulary.words("formats/page_words.csv", kind=kind))


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rows = vocabulary.rows("formats/page_patterns.csv")
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["kind"] == kind))
