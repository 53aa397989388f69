"""Where a value stands, shown for itself: the sentence with the number and its subject's word lit, or for a
figure of a table its heads; and the citation that goes with it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup
from opencc_pyo3 import OpenCC

from pipeline.site.data import Published
from pipeline.site.names import report_page
from pipeline.site.words import Label, both

END = re.compile(r"[；;\n]|。(?![0-9])|(?<![0-9])。")  # 1230。35 is a decimal
COLUMNS = (
    "observation_id", "report_id", "table_id", "span_start", "span_end", "quote_start", "written",
    "subject_word",
)  # fmt: skip
# What stands before and behind a number of `o`, in the document `d` and within the report `r`.
AROUND = """
    substring(d.text, 1 + greatest(r.span_start, o.span_start - 240),
        o.span_start - greatest(r.span_start, o.span_start - 240)) AS before,
    substring(d.text, 1 + o.span_end, least(r.span_end - o.span_end, 160)) AS after
"""


def read_sources(published: Published, observation_ids: Sequence[str]) -> dict[str, dict]:
    """By observation: its row of `COLUMNS`, and as `heads` the words above and before a table's figure."""
    wanted = [list(observation_ids)]
    if not published.has("core.observations"):
        return {}
    listed = ", ".join(f"o.{name}" for name in COLUMNS)
    rows = published.query(
        f"SELECT {listed}, {AROUND} FROM core.observations AS o JOIN core.documents AS d USING (document_id) "
        "JOIN core.reports AS r USING (report_id) WHERE o.observation_id IN (SELECT unnest(?))",
        wanted,
    ).to_dicts()
    heads: dict[str, list[str]] = {}
    if any(row["table_id"] for row in rows) and published.has("core.cells"):
        found = published.query(_HEADS, wanted)
        for observation_id, words in found.iter_rows():
            heads.setdefault(observation_id, []).append(words)
    return {row["observation_id"]: {**row, "heads": heads.get(row["observation_id"], [])} for row in rows}


_HEADS = """
WITH figures AS (
    SELECT o.observation_id, o.document_id, o.table_id, unnest(c.heads) AS head,
        generate_subscripts(c.heads, 1) AS at
    FROM (FROM core.observations WHERE observation_id IN (SELECT unnest(?)) AND table_id IS NOT NULL) AS o
    JOIN core.cells AS c
        ON c.table_id = o.table_id AND c.span_start <= o.span_start AND o.span_start < c.span_end
)
SELECT f.observation_id, substring(d.text, 1 + h.span_start, h.span_end - h.span_start) AS words
FROM figures AS f
JOIN core.cells AS h ON h.table_id = f.table_id AND h.span_start = f.head
JOIN core.documents AS d ON d.document_id = f.document_id
ORDER BY f.observation_id, f.at
"""


def sentence(source: Mapping) -> tuple[str, str]:
    """What stands before and behind the number: its sentence, or as many before it as lead to its subject's
    word. `source`: before, after (see `AROUND`), quote_start, span_start, subject_word."""
    before, after = source["before"], source["after"]
    ends = [found.start() for found in END.finditer(before)]
    clause = source["span_start"] - source["quote_start"]
    word, read = source["subject_word"] or "", _simplified(before)
    front = "…" + before
    for end in reversed(ends):
        if len(before) - end - 1 >= clause and (word in read[end + 1 :] or word not in read):
            front = before[end + 1 :]
            break
    stop = END.search(after)
    back = after[: stop.end()] if stop else after + "…"
    return front.lstrip(), back.rstrip()


def _simplified(text: str) -> str:
    """In Simplified script, as words of the vocabulary are; the text itself where its length would change."""
    read = _to_simplified().convert(text)
    return read if len(read) == len(text) else text


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def pieces(source: Mapping) -> list[tuple[str, str]]:
    """The sentence in pieces, each with what lights it: `mark` for the number, `b` for its subject's word."""
    (before, after), word = sentence(source), source["subject_word"]
    number = ("mark", source["written"])
    at = _simplified(before).rfind(word) if word else -1
    if at >= 0:
        return [*_with_word(before, at, len(word)), number, ("", after)]
    at = _simplified(after).find(word) if word else -1
    if at >= 0:
        return [("", before), number, *_with_word(after, at, len(word))]
    return [("", before), number, ("", after)]


def _with_word(text: str, at: int, length: int) -> list[tuple[str, str]]:
    return [("", text[:at]), ("b", text[at : at + length]), ("", text[at + length :])]


def lit(source: Mapping) -> Markup:
    """The sentence of an observation with its number and the nearest word of its subject marked."""
    return Markup("").join(
        Markup(f"<{tag}>{{}}</{tag}>").format(text) if tag else text for tag, text in pieces(source)
    )


def citation(report: Mapping, source: Mapping, release: Mapping) -> Markup:
    """`宣州区民政局：《总结》，2024-02-01，https://…，原文第 120–128 字；minzheng 发布 …`, in both languages.

    `report`: title, issuer, file_name, published_on, url.
    """
    title = report["title"] or report["file_name"] or report["report_id"]
    span = f"{source['span_start']}–{source['span_end']}"
    issued = (str(report["published_on"] or ""), report["url"] or report["file_name"] or "")
    zh = [f"{report['issuer'] or '发布机构不详'}：《{title}》", *issued, f"原文第 {span} 字"]
    en = [f"{report['issuer'] or 'Issuer unknown'}: “{title}”", *issued, f"characters {span}"]
    released = release.get("release_id") or "—"
    return both(
        "，".join(filter(None, zh)) + f"；minzheng 发布 {released}",
        ", ".join(filter(None, en)) + f"; minzheng release {released}",
    )


def shown(row: Mapping, source: Mapping, report: Mapping, release: Mapping) -> dict[str, object]:
    """What `source.html` needs of one value."""
    return {
        "sentence": lit(source),
        "heads": source["heads"],
        "written": source["written"],
        "citation": citation(report, source, release),
        "report_title": report["title"] or report["file_name"] or report["report_id"],
        "report_page": report_page(report["report_id"]),
        "report_label": Label(report["issuer"] or "", ""),
        "published_on": report["published_on"],
        "url": report["url"] if str(report["url"] or "").startswith(("https://", "http://")) else None,
        "row": row,
    }
