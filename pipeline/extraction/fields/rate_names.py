"""The names that shares go by, several of which may be told of one subject: 参检率, 入住率, 完成率."""

from __future__ import annotations

import polars as pl

from pipeline.extraction.subjects.in_order import its_place
from pipeline.vocabulary import either, pattern, words


def named_rate(rows: pl.DataFrame) -> pl.Series:
    """The word that a share in per cent goes by: 年检率, 完成率; null where its subject is measured by none
    other (火化率), or a word for a share stands between (占, 比重). Of a row each takes the one at its place:
    参检率、合格率分别为95%和97%.
    """
    share = ((pl.col("measure") == "ratio") & (pl.col("unit") == "%")).fill_null(False)
    asked = rows.with_row_index("row").filter(share)
    listed = either(words("fields/rate_names.csv"))
    rate = f"(?:{listed}|{pattern('rate_in_general')})"
    before, run = pl.col("quote_before"), pl.col("run")
    asked = asked.select("row", "run", "nth", "respectively", before, found=before.str.extract_all(rate))
    found = pl.col("found")
    in_turn = pl.col("respectively").is_not_null() & run.is_not_null() & (found.list.len() == run)
    told = asked.with_columns(name=found.list.get(its_place(in_turn), null_on_oob=True))
    behind = before.str.extract(f"(?:{rate})([^率]*)$")
    other = behind.str.contains(pattern("share_behind_rate"))
    own = ~pl.col("name").str.contains(pattern("no_rate_of_its_own")) & ~other.fill_null(False)
    done = (
        pl.when(before.str.contains(pattern("budget_done_in_part"))).then(pl.lit(pattern("rate_of_budget")))
        .when(before.str.contains(pattern("task_done_in_part"))).then(pl.lit(pattern("rate_of_task")))
    )  # fmt: skip
    name = told.select(name=pl.coalesce(pl.when(own).then("name"), done))["name"]
    empty = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    return empty.scatter(told["row"], name)
