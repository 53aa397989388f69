"""Texts mended for reading: what layout and typing broke in them is repaired, and offsets lead back.

Here: what stands between the stored text and a reader of it. Script and width are folded by `folding`; what a
page carries that is no text (page numbers, running heads, line ends inside a sentence) is named by the
`skipped` spans of `page_furniture`; lines and clauses are cut by `cutting`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pipeline.reading.layout.compute import changed_where, in_parts
from pipeline.reading.layout.cutting import MARK, NO_SPANS
from pipeline.reading.layout.folding import with_folded
from pipeline.reading.layout.lost_ends import with_chapters_on_lines
from pipeline.reading.layout.on_one_line import with_rows_on_lines
from pipeline.reading.layout.one_way import in_one_way
from pipeline.reading.layout.run_together import GONE, LINE, TAB, with_rows_apart
from pipeline.reading.layout.separated import with_cells_apart, with_numbers_whole
from pipeline.reading.layout.written import COUNT
from pipeline.vocabulary import pattern

MARKED = f"[{GONE}{TAB}{LINE}]"
CONTROLS = r"[\x00-\x08\x0b\x0e-\x1f\x7f]"
# soft hyphens, blanks and joiners of no width, what chooses a character's shape, and the frames of keys
INVISIBLE = "[\u00ad\u200b-\u200d\u2060\ufeff\ufe00-\ufe0f\u20e3]"
HAN = r"\p{Han}"

DECIMAL_STOPS: tuple[tuple[str, str] | str, ...] = (  # or the name of a pattern
    # 200。2024年…: the next sentence
    (r"([0-9])。((?:19|20)[0-9]{2}年)", f"${{1}}{MARK}${{2}}"),
    "divided_stop",
    (r"((?:^|[^0-9])0)。([0-9])", "${1}.${2}"),
    (r"([0-9])。([0-9]级)", "${1}.${2}"),
    # 1。5、2。3、… and a cell or a bracket that ends behind the digits
    (r"([0-9])。([0-9]{1,4}[,)|])", "${1}.${2}"),
    (r"([0-9])。([0-9]{1,4}、[0-9])", "${1}.${2}"),
    # 612  4。28  71: a figure alone between blanks or at the end of its line
    (r"([\s|][0-9,]{1,9})。([0-9]{1,4}(?:[ \t|\n]|$))", "${1}.${2}"),
    "average_stop",
    "difference_stop",
    (MARK, "。"),
)
POINTS = (
    (r"([0-9])[·•‧∙]([0-9]+\s*(?:[%‰万亿]|元))", "${1}.${2}"),
    # 2024.3.1 is a date, 2.2023年 an item that begins with one
    (r"((?:19|20)[0-9]{2})\.([01]?[0-9])\.([0-3]?[0-9])", "${1}-${2}-${3}"),
    (r"([0-9]{1,2})\.((?:19|20)[0-9]{2}(?:年|-))", "${1}、${2}"),
    (
        r"((?:^|[\n。;| ])[0-9]{1,2})\.([0-9]{1,2}月(?:[^\p{Han}]|[0-9份底初末上中下前后起至到]))",
        "${1}、${2}",
    ),
)
# 发放低保金312万元.农村低保对象…: a point for a full stop, but none behind a number of an item (十一.加强)
POINT_FOR_STOP = rf"([{HAN}0-9.%)”\"][{HAN}%)”\"&&[^{COUNT}]])\.((?:[“\"(]?[{HAN}0-9㈠-㈩])|\s*(?:\n|$))"
BROKEN_YEAR = r"2 0 ?[0-9] ?[0-9] ?年|20 [0-9] ?[0-9] ?年|20[0-9] [0-9] ?年"
BLANK_IN_NUMBER = rf"([0-9.]) ([0-9.{GONE}]+ ?[%‰{HAN}])"
# 12 345人, 发放3 316.08万元, 50户(1 204人): a blank for the thousands, behind Chinese text that runs on
BLANK_THOUSANDS = (
    r"((?:[\p{Han}&&[^附图表第项]]|\p{Han}[、,:]|[\p{Han}%][(])[1-9][0-9]{0,2}) "
    r"([0-9]{3}(?: [0-9]{3})*(?:\.[0-9]+)? ?[余多]?[万亿元人名户件对张所家处座个%条份部具"
    r"床穴格平公块本册宗例起次场只辆台套亩间支项顶棵株吨斤米位篇批])"
)
BLANK_AT_LINE_END = (  # …配套1 250 and 万元 on the next line
    rf"([^\n|\t]{{12,}}{HAN}[、,:(]?[1-9][0-9]{{0,2}}) "
    rf"([0-9]{{3}}(?:\.[0-9]+)?[\n{GONE}]+[余多]?(?:[万亿元人户名张件%]|个[^月]))"
)
BLANKS = (BLANK_THOUSANDS, BLANK_THOUSANDS, BLANK_AT_LINE_END)
THOUSANDS = tuple(
    rf"([{digit}]{INVISIBLE}?){comma}({INVISIBLE}?[{digit}]{{3}})({GONE}|[^{digit}]|$)"
    for digit, comma in (("0-9", ","), ("０-９", "，"))
)
WIDE_IN_CELL = (
    rf"((?:^|[|\t\n ])[1-9][0-9]{{0,2}}(?:{GONE}[0-9]{{3}})*)，"
    r"([0-9]{3}(?:，[0-9]{3})*(?:\.[0-9]+)?[ ]*(?:[|\t\n]|  |$))"
)
WIDE_BEFORE_UNIT = (
    rf"((?:[{HAN}&&[^附图表第项年月日或和至到]]|[人名户元件张个家所处]，)[1-9][0-9]{{0,2}}(?:{GONE}[0-9]{{3}})*)，"
    r"([0-9]{3}(?:，[0-9]{3})*(?:\.[0-9]+)?[余多]?[万亿]?(?:元|人次?|名|户次?|[件对张所家处座条具床]))"
)
BROKEN_TIMES = r"([0-9万亿余多] ?[人户])[ \n](次)"
LINE_END_IN_NUMBER = (
    # only behind a line of prose that breaks off at a digit: a cell of its own line stays a cell
    rf"([^\n|\t]{{12,}}[{HAN}][0-9]{{1,6}})\n([0-9]{{1,6}}(?:\.[0-9]+)?\s*(?:余|多)?"
    rf"(?:[%‰万亿元人名户件对张所家处座]|个[{HAN}]))",
    rf"([^\n|\t]{{12,}}[{HAN}][0-9]{{1,6}})\n(\.[0-9]+\s*[%‰万亿元{HAN}])",
    rf"([^\n|\t]{{12,}}[{HAN}][0-9]{{1,6}}\.)\n([0-9]+\s*[%‰万亿元{HAN}])",
    rf"([^\n|\t]{{12,}}[{HAN}] ?[0-9.{GONE}]{{1,9}})\n"
    rf"((?:余|多)?[万亿]?(?:元|人|户|名|个|张|对|件|次|%)[ {HAN},。;、])",
    r"([^\n|\t]{12,}[^0-9]20)\n([0-9]{2}年)",
    r"([^\n|\t]{12,}[^0-9]20[0-9])\n([0-9]年)",
    r"([^\n|\t]{12,}[^0-9]2)\n(0[0-9]{2}年)",
    r"([^\n|\t]{12,}年1)\n([0-2]月)",
    r"([^\n|\t]{12,}月[1-3])\n([0-9]日)",
    r"([^\n|\t]{12,}(?:19|20)[0-9]{2})\n(年)",
)


@dataclass(frozen=True)
class Reading:
    """Texts as they are read, and the way back to the texts as they were written.

    `frame` has a row a document: `document_id`, `reading`. `left_out` has a row a gap: `document_id`, `at`
    (the offset in the reading behind which it lies) and `shift` (how many characters are missing up to
    there, less those that were put in between cells that run together); it is empty where nothing was left
    out, and then both offsets are the same.
    """

    frame: pl.DataFrame
    left_out: pl.DataFrame

    def to_written(self, frame: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
        """Turn offsets into the reading (with `document_id`) into offsets into `documents.text`.

        A column whose name ends in `end` holds exclusive ends: what was left out behind the last character
        stays outside the span.
        """
        if self.left_out.is_empty():
            return frame
        gaps = self.left_out.lazy().sort("at").with_columns(pl.col("at").set_sorted())
        rows = frame.lazy().with_row_index("_row")
        for name in columns:
            offset = pl.col(name) - 1 if name.endswith("end") else pl.col(name)
            moved = (
                rows.select("_row", "document_id", at=offset.cast(pl.Int64))
                .sort("at", nulls_last=True)
                .join_asof(gaps, on="at", by="document_id", strategy="backward", check_sortedness=False)
                .sort("_row")
                .select(pl.col("shift").fill_null(0))
                .collect()
                .to_series()
            )
            rows = rows.with_columns(pl.col(name) + moved)
        return rows.drop("_row").collect()


def read_text(documents: pl.DataFrame, skipped: pl.DataFrame | None = None) -> Reading:
    """The reading of each document (`document_id`, `text`, and `folded` from those who have it).

    Folded to Simplified and half-width; `。` between digits made a point where it is one; thousands
    separators and blanks or line ends inside a number left out, and so are the `skipped` spans
    (`document_id`, `start`, `end`: code points into the text); what is written in several ways that mean the
    same in one of them (`one_way`). No control characters but line ends, tabs and form feeds are left in it.
    """
    folded = with_folded(documents).select("document_id", "text", "folded")
    parts = in_parts(folded, "folded", lambda part: _read(part, skipped))
    return Reading(pl.concat(p.frame for p in parts), pl.concat(p.left_out for p in parts))


def _read(documents: pl.DataFrame, skipped: pl.DataFrame | None) -> Reading:
    texts = _without_controls(documents["folded"].rechunk())
    texts = changed_where(texts, INVISIBLE, lambda s: s.str.replace_all(INVISIBLE, GONE))
    gaps = _thousands(documents)
    if skipped is not None:
        gaps = pl.concat([gaps, skipped.select(gaps.columns)])
    texts = _blank(documents["document_id"], texts, gaps)
    texts = changed_where(texts, r"[0-9]。[0-9]", _with_points)
    texts = changed_where(texts, r"[0-9][.·•‧∙][0-9]", lambda s: _replace(s, POINTS))
    texts = changed_where(texts, POINT_FOR_STOP, lambda s: s.str.replace_all(POINT_FOR_STOP, "${1}。${2}"))
    texts = changed_where(texts, BROKEN_YEAR, _join_blanks)
    texts = changed_where(
        texts, r"[人户][ \n]次", lambda s: s.str.replace_all(BROKEN_TIMES, f"${{1}}{GONE}${{2}}")
    )
    joined = [(blank, f"${{1}}{GONE}${{2}}") for blank in (*BLANKS, pattern("blank_around_thousands"))]
    texts = changed_where(texts, r"[0-9] [0-9]{3}(?:[^0-9]|$)", lambda s: _replace(s, joined))
    texts = with_numbers_whole(texts, GONE)
    texts = in_one_way(texts, GONE)
    texts = changed_where(texts, r"[0-9.]\n{1,2}[0-9.余多万亿元人户名个张对件次年%]", _join_lines)
    texts = with_rows_apart(with_rows_on_lines(with_chapters_on_lines(texts, LINE)))
    frame = pl.DataFrame({"document_id": documents["document_id"], "reading": texts})
    return _leave_out(frame)


def _with_points(texts: pl.Series) -> pl.Series:
    return _replace(texts, ((pattern(r), "${1}.${2}") if isinstance(r, str) else r for r in DECIMAL_STOPS))


def _replace(texts: pl.Series, rules: Iterable[tuple[str, str]]) -> pl.Series:
    for told, value in rules:
        texts = texts.str.replace_all(told, value)
    return texts


def _without_controls(texts: pl.Series) -> pl.Series:
    return changed_where(texts, CONTROLS, lambda s: s.str.replace_all(CONTROLS, " "))


def _thousands(documents: pl.DataFrame) -> pl.DataFrame:
    """The separators inside numbers: document_id, start, end. Asked of the text as it was written: a comma is
    one where it is as wide as its digits."""
    hit = documents.filter(
        pl.col("text").str.contains(rf"[0-9]{INVISIBLE}?,{INVISIBLE}?[0-9]{{3}}|[0-9０-９]，[0-9０-９]{{3}}")
    )
    if hit.is_empty():
        return NO_SPANS
    pieces = pl.DataFrame(
        {
            "document_id": hit["document_id"],
            "text": _drop_thousands(_without_controls(with_cells_apart(hit["text"]))).str.split(GONE),
        },
        schema={"document_id": pl.String, "text": pl.List(pl.String)},
    ).explode("text", empty_as_null=False)
    end = (pl.col("text").str.len_chars().cast(pl.Int64) + 1).cum_sum().over("document_id")
    last = pl.col("document_id") != pl.col("document_id").shift(-1)
    return (
        pieces.select("document_id", start=end - 1, end=end, last=last).filter(~pl.col("last")).drop("last")
    )


def _drop_thousands(texts: pl.Series) -> pl.Series:
    """12,345,678 and ２，３４５．６ are one number, `分别为120,350,410人` three."""
    texts = texts.str.replace_all(pattern("figures_in_turn"), "${1}、${2}")
    for _ in range(3):  # neighbouring figures overlap
        texts = texts.str.replace_all(pattern("more_figures_in_turn"), "${1}、${2}")
    texts = texts.str.replace_all(r"([0-9]{4}),([0-9])", "${1}、${2}")
    # 1，234.5万元: among half-width digits a wide comma parts numbers, but not before a part of one
    texts = texts.str.replace_all(
        r"([^0-9.][1-9][0-9]{0,2})，([0-9]{3}\.[0-9]{1,2}万?元)", f"${{1}}{GONE}${{2}}"
    )
    texts = texts.str.replace_all(pattern("two_in_turn"), "${1}、${2}")
    # 低保对象5，600人 is one number, and so is what fills a cell: | 1，234，500 |
    for wide in (WIDE_BEFORE_UNIT, WIDE_IN_CELL) * 3:
        texts = texts.str.replace_all(wide, f"${{1}}{GONE}${{2}}")
    for thousands in THOUSANDS * 3:
        texts = texts.str.replace_all(thousands, f"${{1}}{GONE}${{2}}${{3}}")
    return texts


def _join_blanks(texts: pl.Series) -> pl.Series:
    """A text that breaks its own years (`2 0 23 年`) breaks its other numbers too."""
    for _ in range(8):
        texts = texts.str.replace_all(BLANK_IN_NUMBER, f"${{1}}{GONE}${{2}}")
    return texts


def _join_lines(texts: pl.Series) -> pl.Series:
    """Numbers over the end of a line, and over a blank line where a site sets one at each of its breaks."""
    return _replace(
        texts,
        (
            (broken.replace(r"\n(", rf"\n{{{ends}}}(", 1), f"${{1}}{GONE * ends}${{2}}")
            for broken in LINE_END_IN_NUMBER
            for ends in (1, 2)
        ),
    )


def _blank(ids: pl.Series, texts: pl.Series, spans: pl.DataFrame) -> pl.Series:
    """The texts with the characters of some spans (`document_id`, `start`, `end`) marked as left out."""
    spans = spans.filter(pl.col("end") > pl.col("start"))
    if spans.is_empty():
        return texts
    runs = (
        spans.sort("document_id", "start")
        .group_by("document_id", maintain_order=True)
        .agg(pl.struct("start", "end").alias("spans"))
        .join(pl.DataFrame({"document_id": ids}).with_row_index("row"), on="document_id", how="inner")
    )
    blanked = []
    for row, pieces in runs.select("row", "spans").iter_rows():  # a pass a document, not a row
        text = texts[row]
        done, at = [], 0
        for piece in pieces:
            start, end = max(piece["start"], at), min(piece["end"], len(text))
            if end > start:
                done += [text[at:start], GONE * (end - start)]
                at = end
        blanked.append("".join([*done, text[at:]]))
    return texts.scatter(runs["row"], pl.Series(blanked, dtype=pl.String))


def _leave_out(frame: pl.DataFrame) -> Reading:
    """The reading without what is marked as left out, and with the tabs and line ends that were put in."""
    schema = {"document_id": pl.String, "at": pl.Int64, "shift": pl.Int64}
    holed = frame.filter(pl.col("reading").str.contains(MARKED))
    if holed.is_empty():
        return Reading(frame, pl.DataFrame(schema=schema))
    pieces = holed.select(
        "document_id", pl.col("reading").str.replace_all(MARKED, f"${{0}}{MARK}").str.split(MARK)
    )
    pieces = pieces.explode("reading", empty_as_null=False)
    # a character that is left out ends its piece, one that was put in stands there and nowhere in the text
    gone = pl.col("reading").str.ends_with(GONE)
    size = pl.col("reading").str.len_chars().cast(pl.Int64)
    left_out = (
        pieces.with_columns(
            at=(size - gone.cast(pl.Int64)).cum_sum().over("document_id"), step=2 * gone.cast(pl.Int64) - 1
        )
        .filter(pl.int_range(pl.len()).over("document_id") < pl.len().over("document_id") - 1)
        .group_by("document_id", "at", maintain_order=True)
        .agg(pl.col("step").sum())
        .with_columns(shift=pl.col("step").cum_sum().over("document_id"))
        .select(list(schema))
    )
    whole = pl.col("reading").str.replace_all(GONE, "", literal=True)
    whole = whole.str.replace_all(TAB, "\t", literal=True).str.replace_all(LINE, "\n", literal=True)
    return Reading(frame.with_columns(whole), left_out)
