"""What a page leads to: the links that a pattern fits, attachments, and the next page of a listing."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import polars as pl
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.fetching.addresses import clean
from pipeline.fetching.failures import FetchFailure
from pipeline.reading.formats.decoding import decode
from pipeline.reading.formats.refusal import Refusal
from pipeline.reading.formats.webpage import DECLARED, refuse_deep

FILES = (
    ".pdf", ".doc", ".docx", ".wps", ".wpt", ".rtf", ".xls", ".xlsx", ".et", ".ods", ".odt", ".ofd", ".csv",
    ".txt", ".zip", ".rar",
)  # fmt: skip
# How the commonest content system of government sites numbers its pages, for a script to write them:
# createPageHTML(20, 0, "index", "html") is the first of index.html, index_1.html … index_19.html.
SCRIPTED = re.compile(
    r"""createPageHTML\s*\(\s*(?:['"][\w-]*['"]\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,"""
    r"""\s*['"]([\w-]{1,60})['"]\s*,\s*['"](\w{1,6})['"]"""
)
BRACKETS = re.compile(r"^[\[【(（\s]+|[\]】)）\s]+$")
MOST_LINKS = 5_000


@dataclass(frozen=True)
class Links:
    """Addresses of a page in their order, each once: those that fit, attachments, the next page if any."""

    fitting: tuple[str, ...]
    attachments: tuple[str, ...]
    following: str | None


def is_file(address: str) -> bool:
    """Whether an address ends as that of a document does, and not as a page."""
    return suffix_of(address) in FILES


def suffix_of(address: str) -> str:
    """The ending of an address's path, or of what a query names (`down.jsp?name=a.doc`); empty for none."""
    for part in address.lower().partition("?")[::2]:
        name = unquote(part).rpartition("/")[2].rpartition("=")[2]
        if "." in name and (found := f".{name.rpartition('.')[2]}") in FILES:
            return found
    return ""


def find_links(data: bytes, address: str, charset: str | None = None, pattern: str | None = None) -> Links:
    """The links of a page that came from `address`; `charset` is what its header said.

    Raises Refusal for what can't be decoded or is nested beyond bounds.
    """
    declared = DECLARED.search(data[:8192].replace(b"\0", b""))
    text = decode(data, charset or (declared[1].decode("ascii", "ignore") if declared else None)).text
    refuse_deep(text)
    try:
        tree = LexborHTMLParser(text)
    except SelectolaxError as error:
        raise MemoryError from error
    base = address
    if (node := tree.css_first("base[href]")) is not None:
        base = _clean(node.attributes.get("href"), address) or address
    found = [
        (target, _words(node), node.attributes.get("rel") == "next")
        for node in tree.css("a[href], link[rel=next]")[:MOST_LINKS]
        if (target := _clean(node.attributes.get("href"), base)) and target != address
    ]
    targets = tuple(dict.fromkeys(target for target, _, _ in found))
    following = next((t for t, words, rel in found if rel or words.lower() in _next_words()), None)
    return Links(
        tuple(t for t in _fitting(found, pattern) if t != following),
        tuple(filter(is_file, targets)),
        following or _scripted(text, base),
    )


def _fitting(found: list[tuple[str, str, bool]], pattern: str | None) -> list[str]:
    """Rust's expressions, which take no longer for a hostile text."""
    if pattern is None or not found:
        return []
    frame = pl.DataFrame(
        {"target": [row[0] for row in found], "words": [row[1] for row in found]},
        schema={"target": pl.String, "words": pl.String},
    )
    fits = pl.col("words").str.contains(pattern) | pl.col("target").str.contains(pattern)
    return frame.filter(fits)["target"].unique(maintain_order=True).to_list()


def _scripted(text: str, base: str) -> str | None:
    found = SCRIPTED.search(text)
    if found is None:
        return None
    pages, page = int(found[1]), int(found[2])
    return _clean(f"{found[3]}_{page + 1}.{found[4]}", base) if page + 1 < pages else None


def _clean(target: str | None, base: str) -> str | None:
    try:
        return clean(target, base) if target else None
    except FetchFailure:
        return None  # javascript:, mailto: and the like lead to no document


def _words(node: LexborNode) -> str:
    """The words of a link, or its title where that says more (`关于…的通…`)."""
    text = " ".join(node.text().split())[:500]
    title = " ".join((node.attributes.get("title") or "").split())[:500]
    return title if len(title) > len(text) else BRACKETS.sub("", text)


@cache
def _next_words() -> frozenset[str]:
    with Path(__file__).with_name("next_page_words.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines))


__all__ = ["FILES", "Links", "Refusal", "find_links", "is_file", "suffix_of"]
