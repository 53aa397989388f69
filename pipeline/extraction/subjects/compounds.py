"""Words whose subject is that of the clear word before them: the 床位 of a day centre, 党支部 of a club."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.vocabulary import table


@cache
def _compounds() -> pl.DataFrame:
    """What an ambiguous subject stands for beside a clear one (`*` is any): near, subject, gives."""
    return table("subjects/compounds.csv").rename({"token": "subject"})


def settle_compounds(tokens: pl.DataFrame) -> pl.DataFrame:
    """Give ambiguous words the subject that the clear one before them makes of them, or their default.

    Words that stay ambiguous are dropped.
    """
    ambiguous = pl.col("subject").str.starts_with("*")
    clear = pl.when((pl.col("strength") >= 2) & ~ambiguous).then("subject")
    # `forward_fill().over("line")` would group what stands in the order of the lines anyway.
    named_in = pl.when(clear.is_not_null()).then("line").forward_fill().shift(1)
    near = pl.when(named_in == pl.col("line")).then(clear.forward_fill().shift(1))
    tokens = tokens.with_columns(near=near)
    default = _compounds().filter(pl.col("near") == "*").select("subject", otherwise="gives")
    tokens = tokens.join(_compounds(), on=["near", "subject"], how="left", maintain_order="left")
    tokens = tokens.join(default, on="subject", how="left", maintain_order="left")
    tokens = tokens.with_columns(subject=pl.coalesce("gives", "otherwise", "subject"))
    return tokens.drop("gives", "near", "otherwise").filter(~ambiguous)
