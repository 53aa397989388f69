"""What speaks for and against a reading being right in all its fields, one column a sign.

The names are those of vocabulary/confidence/weights.csv, which says what each means and what it weighs. What
a reading is of is said beside them, by keys: how often such a thing was met in labelled texts, and how often
it was read wrong there, stands in vocabulary/confidence/records.csv.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from pipeline.extraction.wording import familiar, known_runs, words_around
from pipeline.reading.layout.folding import fold_script
from pipeline.reading.layout.written import COUNT, PERCENTAGE_POINT
from pipeline.vocabulary import rows as vocabulary
from pipeline.vocabulary import table as vocabulary_table
from pipeline.vocabulary import words

LEAD = 6.0  # the lead of a subject that no other one competes with
SAME = (
    "document_id", "subject", "measure", "change", "residence", "subgroup", "status", "scope", "place",
    "year", "period_end", "unit",
)  # fmt: skip
SURE_REGION = ("title", "given")  # ways of finding a report's region, or year
SURE_YEAR = ("title", "given", "page_head")
FLOWS = ("expenditure", "investment", "cases", "couples", "person_times", "household_times")  # measures
MONEY = ("expenditure", "investment")
SMALL_SUM = 20_000.0  # yuan; less is rather what one gets than what an office spends
LONG = 45  # characters; longer clauses are tables that lost their bars
NUMERALS = f"^[{COUNT}两]"
CARRIED = ("carried over", "topic")  # rules that take the subject from another sentence
RECORDS = ("with_unit", "with_residence", "in_manner")  # keys of what a reading is of, and how it is told
RECORD_OF = (
    ("indicator_id", "unit"), ("indicator_id", "change", "residence"),
    ("measure", "change", "residence", "status", "scope"),
)  # fmt: skip
PROSE = "prose"  # the route of what is read in sentences
COPIED = ("spaces", "cell_lines", "glued")  # shapes of tables that do not say themselves where a cell ends
BEFORE_SPRING = 3  # month of the year up to which a page rather tells of the year before


def signs(
    rows: pl.DataFrame, reports: pl.DataFrame, tables: pl.DataFrame, contexts: pl.DataFrame
) -> pl.DataFrame:
    """The signs of each observation, in the order of the rows.

    observation_id, route (`table`: read by the heads of a table, `copied_table`: of one whose cells are told
    by where they stand, or `prose`), `RECORDS`, words_around (see `wording`), and a number a sign, 0 where
    nothing can be said.

    `rows`: observations-to-be as `extract` has them: report and place, subject with its
    readings, fields and flags. `reports` and `tables` as in `core`; `contexts` too, in the order of the rows.
    """
    # texts without their regions resolved have none
    asked = ("region_method", "year_method", "region_against", "year_against", "published_on")
    told = reports.select("report_id", *(pl.col(c) for c in asked if c in reports.columns))
    told = told.with_columns(pl.lit(None).alias(c) for c in asked if c not in reports.columns)
    told = told.with_columns(pl.col("published_on").cast(pl.Date))
    states = tables.select("table_id", "state", layout="shape")
    rows = rows.with_columns(contexts["bare_head"])
    rows = rows.join(told, on="report_id", how="left", maintain_order="left")
    rows = rows.join(states, on="table_id", how="left", maintain_order="left")
    # one number to group by for all that is said, and one text to look into for all words
    rows = rows.with_columns(claim=rows.select(SAME).hash_rows(), around=fold_script(rows["quote"]))
    rows = rows.with_columns(_counted())
    said = _of_subject() | _of_fields() | _of_words() | _of_neighbours() | _of_report()
    frame = rows.select(e.cast(pl.Float64).fill_null(0.0).alias(name) for name, e in said.items())
    own = pl.col("year") == pl.col("default_year")
    result = pl.col("status") == "actual"
    ruled = frame.select("listed", "far_rule", "carried", "earlier").hstack(
        rows.select("report_id", "rule", own=result & own.fill_null(False), of_others=result & ~own)
    )
    by_report = ruled.select(
        report_unlisted=(1 - pl.col("listed")).mean().over("report_id"),
        report_carried=pl.col("rule").is_in(CARRIED).cast(pl.Float64).mean().over("report_id"),
        report_far=pl.max_horizontal("far_rule", "carried", "earlier").mean().over("report_id"),
        report_of_others=pl.when("own")
        .then(pl.col("of_others").fill_null(False).cast(pl.Float64).mean().over("report_id"))
        .otherwise(0.0),
    )
    copied = pl.when(pl.col("layout").is_in(COPIED)).then(pl.lit("copied_table")).otherwise(pl.lit("table"))
    route = pl.when(pl.col("table").is_not_null()).then(copied).otherwise(pl.lit(PROSE))
    keys = (pl.concat_str(_where(), *of, separator=" ", ignore_nulls=True) for of in RECORD_OF)
    records = dict(zip(RECORDS, keys, strict=True))
    around = words_around(pl.col("around"))
    told = rows.select("observation_id", route=route, **records, words_around=around)
    wording = rows.select("document_id", familiar(told["words_around"], known_runs()))
    return told.hstack(frame).hstack(by_report).hstack(wording.select(with_text("document_id")))


def with_text(text: str) -> list[pl.Expr]:
    """The signs of wording: how familiar that of a number is, and that of its text on average."""
    own = pl.col("wording")
    whole = pl.when(own.is_not_null()).then(own.mean().over(text))
    return [own.fill_null(0.0), whole.fill_null(0.0).alias("text_wording")]


def _where() -> pl.Expr:
    """Records of prose are not those of tables."""
    return pl.when(pl.col("table").is_null()).then(pl.lit(PROSE)).otherwise(pl.lit("table"))


def _of_subject() -> dict[str, pl.Expr]:
    """How the subject was found, and what competes with it."""
    share = pl.col("reading_share").list.first().fill_null(0.0)
    scores, rule = pl.col("reading_score"), pl.col("rule")
    lead = (scores.list.get(0, null_on_oob=True) - scores.list.get(1, null_on_oob=True)).fill_null(LEAD)
    capped = share.clip(0.02, 0.995)
    prose, heading = pl.col("table").is_null(), pl.col("heading_subject")
    word, before = pl.col("subject_word").fill_null(""), pl.col("bare_head")
    named = before.str.contains(word, literal=True)
    length = word.str.len_chars().cast(pl.Float64)
    return {
        "share": share,
        "odds": (capped / (1 - capped)).log(),
        "lead": lead.clip(0, LEAD),
        "score": scores.list.first().clip(-6, 12),
        "noun_after": rule == "noun after",
        "earlier": rule == "earlier clause",
        "carried": rule == "carried over",
        "far_rule": rule.is_in(["later clause", "topic", "heading", "respectively", "none"]),
        "other": pl.col("subject") == "other",
        "unplaced_cell": rule == "unplaced cell",
        "listed": pl.col("indicator_id").is_in(_listed()),
        "word_at_number": prose & (word != "") & before.str.ends_with(word),
        "words_besides": pl.when(prose).then(
            (before.str.len_chars().cast(pl.Float64) - pl.when(named).then(length).otherwise(0)).clip(0, 20)
        ),
        "under_heading": heading == pl.col("subject"),
        "other_heading": heading != pl.col("subject"),
        "respectively": pl.col("respectively").is_not_null(),
        "unlike_head": pl.concat_str("head", pl.lit(" "), "unit_class").is_in(_unlike()),
    }


def _of_fields() -> dict[str, pl.Expr]:
    """What the fields say, and whether a word beside the number or only the report says it."""
    measure, planned = pl.col("measure"), pl.col("planned")
    target = pl.col("status") == "target"
    return {
        "target_said": target & ~planned,
        "prior": pl.col("status") == "prior",
        "added": pl.col("change").is_in(["added", "removed"]),
        "delta": pl.col("change") == "delta",
        "part": pl.col("scope") == "part",
        "outside": pl.col("scope") == "outside",
        "subgroup": pl.col("subgroup").is_not_null(),
        "bound": pl.col("comparator") != "=",
        "range": pl.col("value_high").is_not_null(),
        "dated": pl.col("period_end").is_not_null(),
        "undated_flow": pl.col("period_end").is_null() & measure.is_in(FLOWS),
        "own_year": pl.col("year") != pl.col("default_year"),
        "money": measure.is_in(MONEY),
        "count": measure == "count",
        "households": measure == "households",
        "ratio": measure == "ratio",
        "average": measure.is_in(["standard", "average"]),
        "bare_standard": (measure == "standard") & ~pl.col("unit").str.contains("[月年次]"),
        "no_class": pl.col("unit_class").is_null(),
        "one": pl.col("value").abs() <= 1,
        "small_count": (measure == "count") & (pl.col("value").abs() <= 5),
        "small_money": measure.is_in(MONEY) & (pl.col("value") < SMALL_SUM),
        "points": pl.col("unit") == PERCENTAGE_POINT,
        "rounded": pl.col("last_place") > 1,
        "digits": pl.col("value")
        .abs()
        .cast(pl.Int64, strict=False)
        .cast(pl.String)
        .str.strip_chars_end("0")
        .str.len_chars()
        .clip(0, 5),
        "in_place": pl.col("place").is_not_null(),
    }


def _of_words() -> dict[str, pl.Expr]:
    """How the number and the clause around it are written."""
    around = pl.col("around")
    words: dict[str, list[str]] = {}
    for row in vocabulary("confidence/words.csv"):
        words.setdefault(row["sign"], []).append(row["word"])
    return {sign: around.str.contains_any(some) for sign, some in words.items()} | {
        "residence_outside": pl.col("table").is_null()
        & (pl.col("residence") != "total")
        & ~around.str.contains_any(_residences()),
        "in_numerals": pl.coalesce("q_text", "written").str.contains(NUMERALS),
        "long_clause": pl.col("quote").str.len_chars() > LONG,
    }


def _counted() -> list[pl.Expr]:
    """How many numbers stand in its clause and sentence and claim the same, and whether these differ."""
    differ = pl.col("value").min().over("claim") != pl.col("value").max().over("claim")
    sizes = (pl.len().over(group).alias(f"of_{group}") for group in ("clause", "sentence", "claim"))
    return [*sizes, differ.alias("differ")]


def _of_neighbours() -> dict[str, pl.Expr]:
    """How many numbers stand around it, and whether another one claims to say the same."""
    clause, sentence, alike, differ = map(pl.col, ("of_clause", "of_sentence", "of_claim", "differ"))
    prose = pl.col("table").is_null()
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
        "one_subject": prose & (sentence > 1) & (pl.col("subject").n_unique().over("sentence") == 1),
        "statuses": pl.col("status").n_unique().over("sentence") > 1,
    }


def _of_report() -> dict[str, pl.Expr]:
    """What is known of the report, and of the table."""
    genre = pl.col("genre")
    return {
        "weak_region": ~pl.col("region_method").is_in(SURE_REGION),
        "no_region": pl.col("region_code").is_null(),
        "weak_year": ~pl.col("year_method").is_in(SURE_YEAR),
        "region_disputed": pl.col("region_against").is_not_null(),
        "year_disputed": pl.col("year_against").is_not_null(),
        "before_spring": (pl.col("published_on").dt.year() == pl.col("year"))
        & (pl.col("published_on").dt.month() <= BEFORE_SPRING)
        & (pl.col("year") == pl.col("default_year"))
        & (pl.col("status") == "actual"),
        "plan": genre.is_in(["plan", "task_list"]),
        "both": genre == "summary_and_plan",
        "other_genre": genre == "other",
        "in_results": pl.col("role") == "results",
        "partly_read": pl.col("state") != "read",
        "flagged": pl.col("flags").list.set_difference(["low_confidence"]).list.len() > 0,
    }


@cache
def _listed() -> tuple[str, ...]:
    """Indicators that the vocabulary names one by one: what offices report by habit."""
    ids = vocabulary_table("indicators/indicators.csv")["indicator_id"]
    return tuple(ids.filter(~ids.str.contains("*", literal=True)))


@cache
def _residences() -> list[str]:
    """Words that tell town from country."""
    return [word for word in words("fields/cues.csv", field="residence") if word]


@cache
def _unlike() -> tuple[str, ...]:
    """Kinds of words and classes of units that seldom go together (subjects/head_fit.csv)."""
    rows = vocabulary("subjects/head_fit.csv")
    return tuple(f"{row['head']} {row['class']}" for row in rows if float(row["points"]) < 0)
