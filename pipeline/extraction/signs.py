"""What speaks for and against a reading being right in all its fields, one column a sign.

The names are those of vocabulary/confidence/weights.csv, which says what each means and what it weighs.
"""

from __future__ import annotations

import polars as pl

FAR = 30.0  # characters from a number, beyond which a word is no farther
LEAD = 6.0  # the lead of a subject that no other one competes with
SAME = (
    "document_id", "subject", "measure", "change", "residence", "subgroup", "status", "scope", "place",
    "year", "period_end", "unit",
)  # fmt: skip
SURE_REGION = ("title", "given")  # ways of finding a report's region, or year
SURE_YEAR = ("title", "given", "page_head")
FLOWS = ("expenditure", "investment", "cases", "couples", "person_times", "household_times")  # measures


def signs(rows: pl.DataFrame, reports: pl.DataFrame, tables: pl.DataFrame) -> pl.DataFrame:
    """The signs of each observation, in the order of the rows.

    observation_id, route (`table`: read by the heads of a table, or `prose`), and a number a sign, 0 where
    nothing can be said.

    `rows`: observations-to-be as `extract` has them: report and place, subject with its
    readings, fields and flags. `reports` and `tables` as in `core`.
    """
    methods = ("region_method", "year_method")  # texts without their regions resolved have none
    told = reports.select("report_id", *(pl.col(c) for c in methods if c in reports.columns))
    told = told.with_columns(pl.lit(None, pl.String).alias(c) for c in methods if c not in reports.columns)
    states = tables.select("table_id", "state")
    rows = rows.join(told, on="report_id", how="left", maintain_order="left")
    rows = rows.join(states, on="table_id", how="left", maintain_order="left")
    rows = rows.with_columns(claim=pl.struct(SAME).hash())  # one number to group by for all that is said
    said = _of_subject() | _of_fields() | _of_neighbours() | _of_report()
    frame = rows.select(e.cast(pl.Float64).fill_null(0.0).alias(name) for name, e in said.items())
    by_report = frame.select(
        report_doubt=(1 - pl.col("share")).mean().over(rows["report_id"]),
        report_unnamed=pl.col("other").mean().over(rows["report_id"]),
        report_far=pl.max_horizontal("far_rule", "carried", "earlier").mean().over(rows["report_id"]),
    )
    cell = pl.col("table").is_not_null()
    route = pl.when(cell).then(pl.lit("table")).otherwise(pl.lit("prose"))
    return rows.select("observation_id", route=route).hstack(frame).hstack(by_report)


def _of_subject() -> dict[str, pl.Expr]:
    """How the subject was found, and what competes with it."""
    share = pl.col("reading_share").list.first().fill_null(0.0)
    scores, rule = pl.col("reading_score"), pl.col("rule")
    lead = (scores.list.get(0, null_on_oob=True) - scores.list.get(1, null_on_oob=True)).fill_null(LEAD)
    prose = pl.col("table").is_null()
    apart = pl.when(prose).then((pl.col("at") - pl.col("at_t")).abs().clip(0, FAR) / FAR)
    capped = share.clip(0.02, 0.995)
    return {
        "share": share,
        "odds": (capped / (1 - capped)).log(),
        "certain": share >= 0.99,
        "lead": lead.clip(0, LEAD),
        "score": scores.list.first().clip(-6, 12),
        "noun_after": rule == "noun after",
        "earlier": rule == "earlier clause",
        "carried": rule == "carried over",
        "far_rule": rule.is_in(["later clause", "topic", "heading", "respectively", "none"]),
        "far": apart,
        "short_word": pl.col("subject_word").str.len_chars() <= 2,
        "other": pl.col("subject") == "other",
        "cell": ~prose,
        "unplaced_cell": rule == "unplaced cell",
    }


def _of_fields() -> dict[str, pl.Expr]:
    """What the fields say, and whether a word beside the number or only the report says it."""
    measure, planned = pl.col("measure"), pl.col("planned")
    target = pl.col("status") == "target"
    return {
        "target_said": target & ~planned,
        "done_in_plan": ~target & planned,
        "prior": pl.col("status") == "prior",
        "added": pl.col("change").is_in(["added", "removed"]),
        "delta": pl.col("change") == "delta",
        "homed": pl.col("residence") != "total",
        "part": pl.col("scope") == "part",
        "outside": pl.col("scope") == "outside",
        "subgroup": pl.col("subgroup").is_not_null(),
        "bound": pl.col("comparator") != "=",
        "range": pl.col("value_high").is_not_null(),
        "dated": pl.col("period_end").is_not_null(),
        "undated_flow": pl.col("period_end").is_null() & measure.is_in(FLOWS),
        "own_year": pl.col("year") != pl.col("default_year"),
        "no_year": pl.col("year").is_null(),
        "money": measure.is_in(["expenditure", "investment"]),
        "count": measure == "count",
        "ratio": measure == "ratio",
        "average": measure.is_in(["standard", "average"]),
        "amount": measure == "amount",
        "no_class": pl.col("unit_class").is_null(),
        "one": pl.col("value").abs() <= 1,
    }


def _of_neighbours() -> dict[str, pl.Expr]:
    """How many numbers stand around it, and whether another one claims to say the same."""
    clause, sentence = (pl.len().over(c) for c in ("clause", "sentence"))
    prose = pl.col("table").is_null()
    alike = pl.len().over("claim")
    differ = pl.col("value").min().over("claim") != pl.col("value").max().over("claim")
    homes = (pl.col("residence") != "total").any().over("sentence", "subject")
    whole = pl.col("residence") == "total"
    return {
        "in_clause": pl.when(prose).then(clause.cast(pl.Float64).log()),
        "in_sentence": pl.when(prose).then(sentence.cast(pl.Float64).clip(1, 20).log()),
        "contradicted": differ,
        "repeated": (alike > 1) & ~differ,
        "claims": alike.cast(pl.Float64).clip(1, 20).log(),
        "whole_beside_homes": prose & whole & homes,
        "of_subject": pl.len().over("document_id", "subject").cast(pl.Float64).clip(1, 50).log(),
        "long_clause": pl.col("quote").str.len_chars().cast(pl.Float64).clip(1, 200).log(),
        "of_which": prose & pl.col("quote").str.contains("其中"),
        "change_and_level": pl.col("change").n_unique().over("sentence") > 1,
        "statuses": pl.col("status").n_unique().over("sentence") > 1,
    }


def _of_report() -> dict[str, pl.Expr]:
    """What is known of the report, and of the table."""
    genre = pl.col("genre")
    return {
        "weak_region": ~pl.col("region_method").is_in(SURE_REGION),
        "no_region": pl.col("region_code").is_null(),
        "weak_year": ~pl.col("year_method").is_in(SURE_YEAR),
        "plan": genre.is_in(["plan", "task_list"]),
        "both": genre == "summary_and_plan",
        "other_genre": genre == "other",
        "in_results": pl.col("role") == "results",
        "partly_read": pl.col("state") != "read",
        "flagged": pl.col("flags").list.set_difference(["low_confidence"]).list.len() > 0,
    }
