"""Numbers of one firm, mine or farm inside the reporting area: its people and what they are given."""

from __future__ import annotations

import polars as pl

from pipeline.vocabulary import pattern

TAKES = ("clause", "sentence", "subject", "unit_class", "quote_before")


def of_one_firm(clauses: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Whether a number is told of one firm: 石岭煤矿低保对象312人, or in the item that goes on behind
    对石岭煤矿实施专项帮扶, up to where the whole area is named again.

    `clauses` of the stream; `rows`: `TAKES`, in the order of the text.
    """
    named = pl.col("quote_before").str.contains(pattern("of_a_firm"))
    alike = pl.all_horizontal(pl.col(c) == pl.col(c).shift(1) for c in ("sentence", "subject"))
    # 石岭煤矿低保对象312人,占市本级的18%
    share = ((pl.col("unit_class") == "share") & alike & named.shift(1)).fill_null(False)
    told = rows.select(TAKES).select(one=named | share)["one"]
    return told | rows["clause"].is_in(_inside(clauses)["clause"].implode())


def _inside(clauses: pl.DataFrame) -> pl.DataFrame:
    """The clauses that stand in an item behind one that says for which firm all is done."""
    opens = clauses.filter(pl.col("text").str.contains(pattern("done_for_a_firm")))
    clauses = clauses.filter(pl.col("item").is_in(opens["item"].unique().implode()))
    again = pl.col("text").str.contains(pattern("whole_area"))
    opened = pl.col("clause").is_in(opens["clause"].implode())
    last = {
        name: pl.when(found).then("at").forward_fill().over("item")
        for name, found in (("opens", opened), ("again", again))
    }
    return clauses.filter((last["opens"] > last["again"].fill_null(-1)) & (last["opens"] < pl.col("at")))
