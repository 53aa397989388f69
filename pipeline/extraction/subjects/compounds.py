"""Words whose subject is that of the clear word before them: the 床位 of a day centre, 党支部 of a club."""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.words import subjects_with
from pipeline.vocabulary import pattern, table

TAKES = ("at", "line", "sentence", "clause", "word", "subject", "strength", "further")


def is_ambiguous() -> pl.Expr:
    """Whether a word stands for several subjects: its subject is none yet (*inspection)."""
    return pl.col("subject").str.starts_with("*")


@cache
def _compounds() -> pl.DataFrame:
    """What an ambiguous subject stands for beside a clear one (`*` is any): near, subject, gives."""
    return table("subjects/compounds.csv").rename({"token": "subject"})


def settle_compounds(tokens: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """The `subject` of words, for ambiguous ones what the clear one before them makes of them or their
    default, and the `title` that they stand under, a row a row.

    The clear word is that of their line; where it says nothing of them, that of the heading, then of the
    title. `tokens`: `TAKES`, in order; `clauses`: those of the stream. What stays ambiguous is told by
    `is_ambiguous`.
    """
    tokens, ambiguous = tokens.select(TAKES), is_ambiguous()
    clear = pl.when((pl.col("strength") >= 2) & ~ambiguous & ~pl.col("further")).then("subject")
    # `forward_fill().over("line")` would group what stands in the order of the lines anyway.
    named_in = pl.when(clear.is_not_null()).then("line").forward_fill().shift(1)
    near = pl.when(named_in == pl.col("line")).then(clear.forward_fill().shift(1))
    # 抽查社会组织35家,发现问题68个,整改率100%: what is read by the word before it says nothing to its like
    general = [code for code in subjects_with("work") if code != "social_org_inspection"]
    further = pl.when(~pl.col("subject").is_in([*general, "other"])).then(clear)
    further_in = pl.when(further.is_not_null()).then("line").forward_fill().shift(1)
    before = pl.when(further_in == pl.col("line")).then(further.forward_fill().shift(1))
    alike = near == pl.col("subject")
    nearest = pl.when(alike).then(pl.coalesce(before, near)).otherwise(near)
    tokens = tokens.with_columns(near=nearest, before=pl.when(near == "other").then(before), clear=clear)
    tokens = _under_headings(tokens.with_columns(partner=_partner(ambiguous)), clauses)
    # 占常住人口14.6%,发布项目2100个: nor does one of nothing that is counted
    levels = ["near", "before"]
    if "stands" in clauses.columns:
        levels += ["heading", "title"]
    levels.append("partner")
    gives = _compounds().select("subject", of="near", gives="gives")
    for level in levels:
        said = gives.rename({"of": level, "gives": f"by_{level}"})
        tokens = tokens.join(said, on=[level, "subject"], how="left", maintain_order="left")
    default = gives.filter(pl.col("of") == "*").select("subject", otherwise="gives")
    tokens = tokens.join(default, on="subject", how="left", maintain_order="left")
    by = [f"by_{level}" for level in levels]
    return tokens.select("title", subject=pl.coalesce(*by, "otherwise", "subject"))


def _partner(ambiguous: pl.Expr) -> pl.Expr:
    """The ambiguous subject beside an ambiguous word in its sentence.

    生活补贴2230人,护理补贴3118人 are the two subsidies, whatever was spoken of before.
    """
    named = pl.when(ambiguous).then("subject")
    beside = (
        pl.when(pl.col("sentence").shift(n) == pl.col("sentence")).then(named.shift(n)) for n in (-1, 1)
    )
    return pl.coalesce(pl.when(told != pl.col("subject")).then(told) for told in beside)


def _under_headings(tokens: pl.DataFrame, clauses: pl.DataFrame) -> pl.DataFrame:
    """Add heading and title: the first clear word of those that each word stands under, or null.

    市社会福利院…工作总结: 床位240张 are those of the institution. Clauses that are in no report stand under
    nothing.
    """
    if "stands" not in clauses.columns:
        return tokens.with_columns(heading=pl.lit(None, pl.String), title=pl.lit(None, pl.String))
    ends = clauses.select("clause", "stands", "section_to", "report_to")
    tokens = tokens.join(ends, on="clause", how="left", maintain_order="left")
    for stands, end in (("heading", "section_to"), ("title", "report_to")):
        # 民政简报 names no subject: what the office does is in no title
        told = pl.col("clear").is_not_null() & ~pl.col("clear").is_in(subjects_with("work"))
        # but 政府信息公开工作年度报告 names what it is about
        told |= (pl.col("clear") == "publicity") & pl.col("word").str.contains(pattern("disclosure"))
        names = (pl.col("stands") == stands) & told
        first = names & ~((pl.col("clause") == pl.col("clause").shift(1)) & names.shift(1)).fill_null(False)
        name = pl.when(first).then("clear").forward_fill()
        holds = pl.when(first).then(end).forward_fill() > pl.col("at")
        tokens = tokens.with_columns(pl.when(holds & ~names).then(name).alias(stands))
    return tokens
