"""Grids that were copied cell by cell, a line each: a head of some lines, and as many lines a row.

    镇名 ⏎ 户数 ⏎ 人数 ⏎ 东镇 ⏎ 12 ⏎ 31 ⏎ 西镇 ⏎ 9 ⏎ 20

A row begins with its words and ends with its figures. Most rows must be made alike; one that is not (a blank
cell leaves no line) stays out of the grid, and so does what stands around it. A line in another language
below a Chinese one belongs to its cell.
"""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables.heads.cell_by_cell import FIRST_ROW, head_places
from pipeline.reading.tables.raw_cells import RAW_CELLS
from pipeline.reading.tables.stacked.barred_rows import barred_rows
from pipeline.reading.tables.stacked.blank_lines import blank_lines
from pipeline.reading.tables.stacked.bodies import stack_bodies
from pipeline.reading.tables.stacked.fitted import fitted
from pipeline.reading.tables.stacked.gapped import gapped
from pipeline.reading.tables.stacked.last_totals import with_last_totals
from pipeline.reading.tables.stacked.merged import merged_stacks
from pipeline.reading.tables.stacked.pitch import pitched
from pipeline.reading.tables.stacked.tokens import stack_tokens, with_kinds
from pipeline.reading.tables.words import HEADING, ends_in, frame_words, total

FEWEST_ROWS = 2
LIKELY = 0.6  # of the rows that are made alike
LONGEST_ROW = 40  # cells
MOST_WORDS = 4  # cells of words that a row begins with


def stack_cells(lines: pl.DataFrame, loose: pl.DataFrame) -> pl.DataFrame:
    """The cells of such grids (`RAW_CELLS`); row 0 and up are the head, the last of it being the nearest.

    `lines`: as `cutting.cut_lines` gives them; `loose`: cells behind bars whose rows nothing tells
    (`bars.bar_cells`).
    """
    behind_bars = with_kinds(loose.with_columns(run=-pl.col("run")))
    by_bars = barred_rows(behind_bars)
    tokens = stack_tokens(lines, behind_bars.join(by_bars, on="run", how="anti", maintain_order="left"))
    if tokens.is_empty() and by_bars.is_empty():
        return pl.DataFrame(schema=RAW_CELLS)
    stacked, sections = _sections(tokens)
    by_blanks = blank_lines(stacked)
    tokens = stacked.join(by_blanks, on="run", how="anti", maintain_order="left")
    by_gaps = gapped(tokens)
    tokens = tokens.join(by_gaps, on="run", how="anti", maintain_order="left")
    by_outer = merged_stacks(tokens)
    tokens = tokens.join(by_outer, on="run", how="anti", maintain_order="left")
    by_words = _by_words(tokens)
    # runs whose rows do not all begin with words
    headed = by_words.filter(pl.col("row") < FIRST_ROW)
    others = tokens.with_columns(blanks=_blanks()).join(headed, on="run", how="anti", maintain_order="left")
    by_pitch = pitched(others)
    others = others.join(by_pitch, on="run", how="anti", maintain_order="left")
    by_words = by_words.join(by_pitch, on="run", how="anti", maintain_order="left")
    by_fit = fitted(others)
    by_words = by_words.join(by_fit, on="run", how="anti", maintain_order="left")
    cells = pl.concat([by_words, by_pitch, by_fit, by_blanks, by_gaps, by_outer, by_bars])
    return (
        _with_sections(with_last_totals(cells, stacked), sections)
        .with_columns(shape=pl.lit("cell_lines"), indent=pl.lit(0, pl.Int64), grid="run")
        .sort("grid", "row", "column")
        .select(list(RAW_CELLS))
    )


def _sections(tokens: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The tokens without the headings of numbered rows (二、养老服务 ⏎ 4 ⏎ 新增床位 …), and these."""
    figure, place = pl.col("kind") == "F", pl.int_range(pl.len()).over("run")
    counted = pl.col("text").is_in(frame_words("row_number")) & (figure.cum_sum().over("run") == 0)
    number = pl.col("text").shift(-1).str.contains("^[0-9]{1,3}$") & (pl.col("kind").shift(-2) == "T")
    heading = pl.col("text").str.contains(HEADING) & number & counted.any().over("run")
    inside = place < pl.len().over("run") - 2
    tokens = tokens.with_columns(section=(heading & inside).fill_null(False))
    return tokens.filter(~pl.col("section")).drop("section"), tokens.filter("section").drop("section")


def _with_sections(cells: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """The cells with each heading as a row above the one that follows it."""
    rows = cells.select("run", "start", "row").sort("start")
    sections = sections.select("document_id", "run", "start", "text").sort("start")
    sections = sections.join_asof(rows, on="start", by="run", strategy="forward", check_sortedness=False)
    sections = sections.drop_nulls("row").with_columns(row=pl.col("row") * 2, column=pl.lit(0, pl.Int64))
    cells = cells.with_columns(row=pl.col("row") * 2 + 1)
    return pl.concat([cells, sections.select(cells.columns)])


def _by_words(tokens: pl.DataFrame) -> pl.DataFrame:
    """The cells of runs whose rows begin with words and end with figures: document_id, run, row, column,
    start, text."""
    shaped = _rows(tokens)
    if shaped.is_empty():
        names = {"row": "run", "column": "run", "start": "start", "text": "text"}
        return tokens.clear().select("document_id", "run", **names)
    # 备注 over a column that few rows fill
    aside = pl.col("text").str.contains(ends_in("aside")) & (pl.col("i") < pl.col("head_end"))
    shaped = shaped.with_columns(remarked=aside.any().over("run"))
    return pl.concat([*_heads(shaped), _body(shaped)])


def _blanks() -> pl.Expr:
    """How many cells a blank line before each token stands for, beyond those between all cells of the run."""
    gap = (pl.col("line") - pl.col("line").shift(1).over("run") - 1).fill_null(0)
    usual = gap.mode().min().over("run")
    return pl.when(pl.col("run") < 0).then(0).otherwise(((gap - usual) // (usual + 1)).clip(0)).cast(pl.Int64)


def _rows(tokens: pl.DataFrame) -> pl.DataFrame:
    """Number the cells of each row: head_end (the first cell below the head), row (from 0), column, words
    (how many cells of words a row begins with) and width; rows that are made differently have no row."""
    kind = pl.col("kind")
    tokens = _first_figure(tokens.with_columns(i=pl.int_range(pl.len(), dtype=pl.Int64).over("run")))
    # years over the figures of the first row are its head
    is_word = (kind == "T") | ((kind == "Y") & (pl.col("i") < pl.col("first")))
    tokens = tokens.with_columns(word=is_word)
    begins = (
        pl.col("word")
        & ~pl.col("word").shift(1).over("run").fill_null(False)
        & (pl.col("i") > pl.col("first"))
    )
    tokens = tokens.with_columns(begins=begins, segment=begins.cum_sum().over("run"))
    segments = tokens.group_by("run", "segment", maintain_order=True).agg(
        words=(pl.col("word") & (pl.col("i") > pl.col("first"))).sum(),
        figures=(~pl.col("word")).sum(),
        last=pl.col("text").filter(~pl.col("word")).last(),
    )
    segments = _numbered(segments.filter(pl.col("figures") > 0))
    shape = (
        segments.with_columns(  # what the first row begins with stands behind the head
            opening=pl.col("figures").filter(pl.col("segment") == 0).first().over("run")
        )
        .filter(pl.col("segment") > 0)
        .group_by("run", "figures", maintain_order=True)
        .agg(
            n=pl.len(),
            opening=pl.col("opening").first(),
            words=pl.col("words").mode().min(),
            numbered=pl.col("numbered").first(),
        )
        .with_columns(n=pl.col("n") + (pl.col("opening") == pl.col("figures")))
        .sort("run", "n", descending=[False, True], maintain_order=True)
        .group_by("run", maintain_order=True)
        .agg(
            pl.col("words", "figures", "numbered").first(),
            like=pl.col("n").first(),
            all=pl.col("n").sum(),
        )
        .filter(
            (pl.col("like") >= FEWEST_ROWS) & (pl.col("like") >= LIKELY * pl.col("all"))
            & (pl.col("figures") > 0)  # one that is but the number of the next row is none
            & (pl.col("words") <= MOST_WORDS) & (pl.col("words") + pl.col("figures") <= LONGEST_ROW)
        )
    )  # fmt: skip
    tokens = tokens.join(shape, on="run", how="inner", maintain_order="left")
    # the number of a row stands before its words
    before = segments.select(
        "run", "segment", moved=pl.col("moved").shift(1).over("run").fill_null(False).cast(pl.Int64)
    )
    tokens = tokens.join(before, on=["run", "segment"], how="left", maintain_order="left")
    moved = pl.col("moved").fill_null(0)
    # 合计 above the first row with a code beside its name
    names = pl.col("text").filter(pl.col("i") == pl.col("first") - 1).first().over("run")
    summed = names.str.replace_all(r"\s", "").str.contains(total()).fill_null(False)
    led = pl.when("numbered").then(0).when(summed).then(1).otherwise("words")
    start = pl.when(pl.col("segment") == 0).then(pl.col("first") - led)
    at = pl.col("i").min().over("run", "segment") - moved
    tokens = tokens.with_columns(row_start=pl.when(pl.col("segment") == 0).then(start).otherwise(at))
    nexts = tokens.select("run", "segment", "row_start").unique(maintain_order=True)
    tokens = tokens.sort("run", "i").join_asof(
        nexts.select("run", i="row_start", row_at="row_start").sort("i"),
        on="i",
        by="run",
        check_sortedness=False,
    )
    width = (pl.col("words") + pl.col("figures")).cast(pl.Int64) + pl.col("numbered").cast(pl.Int64)
    held = (
        tokens.filter(pl.col("row_at").is_not_null())
        .group_by("run", "row_at", maintain_order=True)
        .agg(n=pl.len(), wordy=pl.col("word").sum())
    )
    held = held.with_columns(row=pl.int_range(pl.len(), dtype=pl.Int64).over("run"))
    tokens = tokens.join(held, on=["run", "row_at"], how="left", maintain_order="left")
    return tokens.with_columns(
        width=width, head_end=pl.col("row_at").min().over("run"), column=pl.col("i") - pl.col("row_at")
    )


def _first_figure(tokens: pl.DataFrame) -> pl.DataFrame:
    """Add first, the place of the first figure of a run; runs without one are left out.

    Years over the figures are a head; 2000 among the figures of the first row, behind its name, is none.
    """
    i, kind = pl.col("i"), pl.col("kind")
    first = i.filter(kind == "F").min()
    words = i.filter((kind == "T") & (i < first)).max()
    # 1 behind years is the number of the first row
    numbered = pl.col("text").filter(i == first).first() == "1"
    opening = pl.when(numbered).then(first).otherwise(pl.min_horizontal(first, words.fill_null(-1) + 1))
    return tokens.with_columns(first=opening.over("run")).filter(pl.col("first").is_not_null())


def _numbered(segments: pl.DataFrame) -> pl.DataFrame:
    """Add moved (the last figure is the number of the next row) and numbered (so it is for most rows)."""
    moved = pl.col("last") == (pl.col("segment").rank("dense").over("run")).cast(pl.String)
    segments = segments.with_columns(moved=moved.fill_null(False))
    first = (pl.col("figures") == 1) & pl.col("moved")
    opens = first.filter(pl.col("segment") == pl.col("segment").min()).first().over("run")
    numbered = opens & (pl.col("moved").sum().over("run") >= LIKELY * (pl.len().over("run") - 1))
    # a row of totals has a blank cell for its number
    usual = (pl.col("figures") - pl.col("moved").cast(pl.UInt32)).mode().min().over("run")
    unnumbered = (pl.col("last") == "") & (pl.col("figures") == usual + 1)
    return (
        segments.with_columns(numbered=numbered.fill_null(False))
        .with_columns(
            moved=(pl.col("moved") | unnumbered.fill_null(False)) & pl.col("numbered"),
        )
        .with_columns(figures=pl.col("figures") - pl.col("moved").cast(pl.UInt32))
    )


def _body(shaped: pl.DataFrame) -> pl.DataFrame:
    """The rows of the right length; a longer one that begins with a heading gives it a row of its own, or
    is a remark on the row before."""
    # a blank cell left a blank line
    shaped = shaped.sort("run", "i").with_columns(blanks=_blanks())
    inner = pl.when(pl.col("column") > 0).then("blanks").otherwise(0)
    behind = pl.col("blanks").shift(-1).over("run").fill_null(0)
    shaped = shaped.with_columns(inner=inner.cum_sum().over("run", "row_at"), behind=behind)
    missing = pl.col("width") - pl.col("n").cast(pl.Int64)
    last = pl.col("behind").last().over("run", "row_at")
    blank = pl.col("inner").max().over("run", "row_at")
    # the last row, of totals, has no number
    unnumbered = pl.col("text").first().over("run", "row_at").str.contains(r"\p{Han}")
    bare = pl.col("numbered") & (missing == 1) & unnumbered & (blank == 0)
    filled = ~bare & (missing > 0) & (blank <= missing) & (blank + last >= missing) & (blank + last > 0)
    shaped = shaped.with_columns(
        column=pl.col("column") + pl.when(filled).then("inner").otherwise(0),
        n=pl.when(filled).then("width").otherwise("n"),
    )
    rows = shaped.filter(pl.col("row_at").is_not_null())
    more = pl.col("n").cast(pl.Int64) - pl.col("width")
    extra = pl.col("wordy").cast(pl.Int64) - pl.col("words").cast(pl.Int64)
    bare = pl.col("numbered") & (more == -1) & unnumbered
    name = pl.col("text").first().over("run", "row_at").str.replace_all(r"\s", "")
    short = (more < 0) & (more == extra) & name.str.contains(total())
    sound = (more == 0) | ((more == extra) & (more > 0)) | bare | short
    lacks = pl.when(short & (pl.col("column") > 0)).then(-more).otherwise(0)
    rows = rows.with_columns(more=more, bare=bare, lacks=lacks).filter(sound)
    headed = pl.col("column") < pl.col("more")
    remark = headed & pl.col("remarked")
    place = pl.when(remark).then(-1).when(headed).then(pl.min_horizontal("column", 6)).otherwise(7)
    row = pl.col("row") * 8 + place + FIRST_ROW
    column = (
        pl.when(remark)
        .then("width")
        .when(headed)
        .then(0)
        .otherwise(
            pl.col("column") - pl.col("more").clip(0) + pl.col("bare").cast(pl.Int64) + pl.col("lacks")
        )
    )
    return rows.with_columns(row=row, column=column).select(
        "document_id", "run", "row", "column", "start", "text"
    )


def _heads(shaped: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells before the first row as heads, and headings (一、 (一)) right before it, rows of the body."""
    above = shaped.filter(pl.col("i") < pl.col("head_end")).sort("run", "i")
    heading = pl.col("text").str.contains(HEADING)
    last = (~heading).cast(pl.Int64).cum_sum(reverse=True).over("run") == 0
    above = above.with_columns(heading=last)
    opening = above.filter("heading").select(
        "document_id",
        "run",
        row=FIRST_ROW + pl.int_range(pl.len(), dtype=pl.Int64).over("run").clip(upper_bound=6),
        column=pl.lit(0, pl.Int64),
        start="start",
        text="text",
    )
    ends = pl.col("head_end") - pl.col("heading").cast(pl.Int64).sum().over("run")
    above = above.with_columns(head_end=ends).filter(~pl.col("heading"))
    # 备注 over a column that is blank throughout
    aside = pl.col("text").str.contains(ends_in("aside")) & (pl.col("i") == pl.col("head_end") - 1)
    aside = aside & (pl.col("head_end") > pl.col("width"))
    above = above.filter(~aside)
    placed = []
    firsts = pl.col("width", "figures").first().cast(pl.Int64)
    tops = above.sort("run", "i").group_by("run", maintain_order=True).agg("text", "i", firsts)
    several = tops.filter(pl.col("text").list.len() > pl.col("width"))
    bodies = stack_bodies(shaped.join(several, on="run", how="semi"))
    for run, texts, at, width, figures in tops.iter_rows():
        found = head_places(texts, width - figures, figures, bodies.get(run, ()))
        placed += [(run, at[n], row, column) for n, (row, column) in found.items()]
    schema = dict.fromkeys(("run", "i", "row", "column"), pl.Int64())
    places = pl.DataFrame(placed, schema=schema, orient="row")
    top = above.drop("row", "column").join(places, on=["run", "i"], how="inner", maintain_order="left")
    return top.select("document_id", "run", "row", "column", "start", "text"), opening
