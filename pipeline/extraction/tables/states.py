"""What became of each table: core.tables and core.cells, and which numbers stand in one that was not read."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.contracts.registry import empty_frame, polars_schema
from pipeline.extraction.tables.inside import inside
from pipeline.reading.layout.mending import Reading
from pipeline.reading.tables.find import Tables

UNREAD = "unread_table"
SHARES = ("%", "‰", "元/")  # units whose figures don't add up to a total
RATES = ("standard", "average", "ratio")  # measures that don't
ROUNDING = 0.51  # of the last printed digit, for each figure of a sum


@dataclass(frozen=True)
class TableFrames:
    """`tables` and `cells` as in core; `ids`: table (its running number), table_id; `unread`: document_id and
    span_start (into the reading) of the numbers whose table was not read there."""

    tables: pl.DataFrame
    cells: pl.DataFrame
    ids: pl.DataFrame
    unread: pl.DataFrame


def table_frames(
    tables: Tables,
    numbers: pl.DataFrame,
    found: pl.DataFrame,
    documents: pl.DataFrame,
    reports: pl.DataFrame,
    reading: Reading,
) -> TableFrames:
    """State and cells of each table.

    `numbers`: every number of the readings (document_id, span_start); `found`: the observations-to-be with
    document_id, span_start, table, unit and value. Offsets of `tables`, `numbers` and `found` are into the
    readings, those of the frames returned into `documents.text`.
    """
    none = pl.DataFrame(schema={"document_id": pl.String, "span_start": pl.Int64})
    if tables.tables.is_empty() and tables.unread.is_empty():
        ids = pl.DataFrame(schema={"table": pl.Int64, "table_id": pl.String})
        return TableFrames(empty_frame("core.tables"), empty_frame("core.cells"), ids, none)
    cells = _unread(_bound(tables), found)
    left = _leftovers(tables, numbers)
    whole = pl.concat([tables.tables, _regions(tables)], how="diagonal")
    states = _states(whole, cells, left, _sums(tables, found), found)
    frame = _in_reports(_written(states, documents, reading), reports)
    ids = frame.select("table", "table_id")
    unbound = cells.filter(pl.col("unread"))
    unread = pl.concat(
        [
            left.select("document_id", "span_start"),
            unbound.select("document_id", span_start="start"),
        ]
    ).unique()
    return TableFrames(
        frame.select(list(polars_schema("core.tables"))), _core_cells(cells, ids, reading), ids, unread
    )


def in_tables(rows: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """The rows (document_id, span_start, table_id) with the table that they stand in also where its heads say
    nothing of them: remarks and words in its cells. `tables`: those of core."""
    spans = tables.select("document_id", "span_end", at="span_start", stands_in="table_id")
    places = inside(rows.select("document_id", "span_start"), spans, "at", "span_end")
    places = places.select("document_id", "span_start", "stands_in").unique(["document_id", "span_start"])
    rows = rows.join(places, on=["document_id", "span_start"], how="left", maintain_order="left")
    return rows.with_columns(table_id=pl.coalesce("table_id", "stands_in")).drop("stands_in")


def _bound(tables: Tables) -> pl.DataFrame:
    """The cells with where the heads of each figure start, and whether one was tied."""
    places = pl.col("heads").list.eval(pl.element().struct.field("start"))
    rows = tables.rows.select("part", "row", row_heads=places)
    columns = tables.columns.select("part", "column", "carried", "runner_up", "unsure", column_heads=places)
    figure = _figure()
    empty = pl.lit([], pl.List(pl.Int64))
    cells = tables.cells.drop("text", "counted", "year", "row_role")  # of many cells they are large
    cells = cells.join(rows, on=["part", "row"], how="left").join(columns, on=["part", "column"], how="left")
    both = pl.col("row_heads").fill_null(empty).list.concat(pl.col("column_heads").fill_null(empty))
    return cells.with_columns(
        heads=pl.when(figure).then(both).otherwise(empty),
        headed=(pl.col("column_heads").list.len().fill_null(0) > 0) | pl.col("unsure").fill_null(False),
        tied=figure & pl.any_horizontal(pl.col("carried", "unsure").fill_null(False)),
        runner_up=pl.when(figure & pl.col("carried")).then("runner_up"),
    ).drop("row_heads", "column_heads", "carried", "unsure")


def _figure() -> pl.Expr:
    """Cells that are figures, or words with figures in a column of such."""
    worded = (pl.col("kind") == "text") & (pl.col("column_role") == "phrase")
    return (pl.col("role") == "body") & ((pl.col("kind") == "figure") | worded)


def _unread(cells: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The cells with unread: figures without heads, and those that their heads did not tell enough of."""
    read = found.filter(pl.col("table").is_not_null()).select("document_id", start="cell_start", read=True)
    cells = cells.join(read.unique(), on=["document_id", "start"], how="left", maintain_order="left")
    figure = (pl.col("kind") == "figure") & (pl.col("role") == "body")
    none = pl.col("heads").list.len() == 0
    return cells.with_columns(unread=figure & (pl.col("read").is_null() | none)).drop("read")


def _leftovers(tables: Tables, numbers: pl.DataFrame) -> pl.DataFrame:
    """The numbers in the region of a table and in none of its cells: document_id, span_start, table."""
    spans = pl.concat(
        [
            tables.tables.select("document_id", "table", "start", "end"),
            _regions(tables).select("document_id", "table", "start", "end"),
        ]
    )
    rows = inside(numbers.select("document_id", "span_start"), spans, "start", "end")
    held = tables.cells.select("document_id", cell_start="start", cell_end="end")
    read = inside(rows, held, "cell_start", "cell_end")
    return rows.join(read, on=["document_id", "span_start"], how="anti", maintain_order="left").select(
        "document_id", "span_start", "table"
    )


def _regions(tables: Tables) -> pl.DataFrame:
    """The regions that no grid was found in, as tables."""
    last = max(tables.tables["table"].to_list(), default=0)
    count = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return tables.unread.with_columns(
        table=count + last,
        n_columns=pl.lit(1, pl.Int64),
        no_grid=pl.lit(True),
        caption=pl.lit(None, pl.String),
        caption_start=pl.lit(None, pl.Int64),
    )


def _sums(tables: Tables, found: pl.DataFrame) -> pl.DataFrame:
    """Which tables have totals that are not the sum of the rows that they close: table."""
    last = pl.col("heads").list.last().struct.field("start")
    rows = tables.rows.with_columns(depth=pl.col("heads").list.len(), own=last)
    over = rows.select("part", own=pl.col("heads").list.head(pl.col("heads").list.len() - 1)).explode(
        "own", empty_as_null=True, keep_nulls=False
    )
    over = (
        over.drop_nulls().select("part", own=pl.col("own").struct.field("start"), leads=pl.lit(True)).unique()
    )
    rows = rows.join(over, on=["part", "own"], how="left", maintain_order="left")
    cells = tables.cells.filter((pl.col("role") == "body") & (pl.col("kind") == "figure"))
    values = cells.select("document_id", "table", "part", "row", "column", "start", "text").join(
        rows.select("part", "row", "total", "of_which", "depth", "leads"), on=["part", "row"], how="inner"
    )
    number = pl.col("text").str.extract(r"([0-9]+(?:\.[0-9]+)?)")
    units = found.filter(pl.col("table").is_not_null()).select(
        "document_id", "unit", "change", "measure", start="cell_start"
    )
    values = values.join(units, on=["document_id", "start"], how="left").with_columns(
        value=number.cast(pl.Float64),
        digit=pl.lit(10.0)
        ** -number.str.extract(r"\.([0-9]+)").str.len_chars().fill_null(0).cast(pl.Float64),
    )
    adds = ~pl.col("unit").fill_null("").str.contains("|".join(SHARES)) & (
        pl.col("change") != "delta"
    ).fill_null(True)
    adds = adds & ~pl.col("measure").is_in(RATES).fill_null(False)
    top = pl.col("depth") == pl.col("depth").min().over("part")
    plain = ~pl.col("total") & ~pl.col("of_which") & top
    leaf = ~pl.col("total") & ~pl.col("of_which") & pl.col("leads").is_null()
    sums = (
        values.filter(adds)
        .group_by("table", "column")
        .agg(
            total=pl.col("value").filter(pl.col("total") & top).last(),
            totals=(pl.col("total") & top).sum(),
            parts=pl.col("value").filter(plain).sum(),
            leaves=pl.col("value").filter(leaf).sum(),
            n=plain.sum(),
            digit=pl.col("digit").max(),
        )
    )
    sums = sums.filter((pl.col("totals") == 1) & (pl.col("n") >= 2))
    # what the headings hold, or what stands under them
    rounded = pl.when(pl.col("digit") < 1).then(pl.col("n") + 1).otherwise(1)  # whole numbers are not rounded
    bound = pl.col("digit") * ROUNDING * rounded
    off = ((pl.col("total") - pl.col("parts")).abs() > bound) & (
        (pl.col("total") - pl.col("leaves")).abs() > bound
    )
    return sums.filter(off).select("table").unique()


def _states(
    tables: pl.DataFrame, cells: pl.DataFrame, left: pl.DataFrame, off: pl.DataFrame, found: pl.DataFrame
) -> pl.DataFrame:
    """Add n_figures, n_bound, n_leftover, state and reason."""
    figure = _figure()
    counts = cells.group_by("table").agg(
        n_figures=figure.sum().cast(pl.Int64),
        n_bound=(figure & ~pl.col("unread")).sum().cast(pl.Int64),
        headless=(pl.col("unread") & ~pl.col("headed")).sum(),
        unitless=(pl.col("unread") & pl.col("headed") & ~pl.col("tied")).sum(),
        ties=pl.col("tied").sum(),
    )
    bare = (
        found.filter(pl.col("table").is_not_null()).group_by("table").agg(bare=pl.col("unit").is_null().sum())
    )
    tables = tables.join(counts, on="table", how="left").join(bare, on="table", how="left")
    tables = tables.join(
        left.group_by("table").agg(n_leftover=pl.len().cast(pl.Int64)), on="table", how="left"
    )
    tables = tables.join(off.with_columns(off=pl.lit(True)), on="table", how="left").with_columns(
        pl.col("n_figures", "n_bound", "n_leftover", "ties", "bare", "headless", "unitless").fill_null(0),
        no_grid=pl.col("no_grid").fill_null(False),
    )
    reasons = {
        "no_grid": pl.col("no_grid"),
        "no_header": pl.col("headless") > 0,
        "tie": pl.col("ties") > 0,
        "leftover_numeral": (pl.col("n_leftover") > 0) & ~pl.col("no_grid"),
        "unit_missing": (pl.col("bare") * 2 > pl.col("n_figures")) | (pl.col("unitless") > 0),
        "sum_failed": pl.col("off").fill_null(False),
    }
    reason = pl.concat_list(
        pl.when(test).then(pl.lit(name)) for name, test in reasons.items()
    ).list.drop_nulls()
    tables = tables.with_columns(reason=reason.list.join(", "))
    none = (pl.col("n_bound") == 0) & (pl.col("n_figures") > 0)
    unread = pl.when(pl.col("no_grid") | none).then(pl.lit("unread"))
    state = unread.when(pl.col("reason") != "").then(pl.lit("partly")).otherwise(pl.lit("read"))
    return tables.with_columns(state=state, reason=pl.when(pl.col("reason") != "").then("reason"))


def _written(tables: pl.DataFrame, documents: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Spans into the documents' texts, and the caption as it was written."""
    size = pl.col("caption").str.len_chars().cast(pl.Int64)
    tables = tables.with_columns(caption_end=pl.col("caption_start") + size)
    tables = reading.to_written(
        tables.rename({"start": "span_start", "end": "span_end"}),
        ["span_start", "span_end", "caption_start", "caption_end"],
    )
    texts = documents.select("document_id", _text="text")
    tables = tables.join(texts, on="document_id", how="left", maintain_order="left")
    length = pl.col("caption_end") - pl.col("caption_start")
    return tables.with_columns(caption=pl.col("_text").str.slice(pl.col("caption_start"), length)).drop(
        "_text"
    )


def _in_reports(tables: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    spans = reports.select("document_id", "report_id", "span_start").sort("span_start")
    tables = tables.sort("span_start").join_asof(
        spans, on="span_start", by="document_id", check_sortedness=False
    )
    number = pl.int_range(1, pl.len() + 1).over("report_id").cast(pl.String).str.zfill(3)
    return tables.sort("document_id", "span_start").with_columns(
        table_id=pl.concat_str("report_id", pl.lit("-g"), number)
    )


def _core_cells(cells: pl.DataFrame, ids: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    cells = cells.drop("part", "column_role", "headed", "unread").filter(pl.col("role").is_not_null())
    cells = cells.join(ids, on="table", how="inner").with_row_index("cell")
    heads = (
        cells.select("cell", "document_id", head="heads")
        .explode("head", empty_as_null=True, keep_nulls=False)
        .drop_nulls()
    )
    heads = reading.to_written(heads, ["head"]).group_by("cell", maintain_order=True).agg(heads="head")
    names = {"start": "span_start", "end": "span_end"}
    cells = reading.to_written(cells.drop("heads").rename(names), [*names.values(), "runner_up"])
    cells = cells.join(heads, on="cell", how="left", maintain_order="left")
    cells = cells.with_columns(pl.col("heads").fill_null([]), kind=pl.col("kind").replace("code", "text"))
    cells = cells.unique(["document_id", "span_start"], keep="first", maintain_order=True)
    return cells.sort("document_id", "span_start").select(list(polars_schema("core.cells")))
