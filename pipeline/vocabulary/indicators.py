"""The indicators that subjects and measures make together, with their names, units and plausible ranges.

`indicators.csv` holds rules and exceptions: `*.persons` says what holds for a measure whatever the subject
(`{}` stands for the subject's name), `dibao.*` for a subject whatever the measure, `dibao.persons` for one
indicator. The most specific row that fills a cell wins. What a subject or measure is belongs in
`subjects.csv` and `measures.csv`; `only_of.csv` says of each measure which subjects have it.
"""

import polars as pl

from pipeline.vocabulary import table

RULED = ("name_zh", "name_en", "unit", "aggregation", "over_time", "plausible_min", "plausible_max")
OWN = ("headline", "benefit")


def load_indicators() -> pl.DataFrame:
    """`ref.indicators`: one row for each subject in each measure that it can have (indicator_id =
    `subject.measure`).

    Units are those of the values after scaling; `plausible_min` and `plausible_max` bound one region's value
    for one year in that unit. A domain that `domains.csv` does not name goes by its code.
    """
    subjects = table("subjects/subjects.csv").select(
        "subject", "domain", subject_zh="name_zh", subject_en="name_en"
    )
    measures = table("indicators/measures.csv").select("measure")
    domains = table("indicators/domains.csv").select("domain", domain_zh="name_zh", domain_en="name_en")
    rules = _rules()

    grid = _possible(subjects.join(measures, how="cross"), rules).join(domains, on="domain", how="left")
    ranked = {
        "exact": rules.filter((pl.col("subject") != "*") & (pl.col("measure") != "*")),
        "subject": rules.filter((pl.col("subject") != "*") & (pl.col("measure") == "*")).drop("measure"),
        "measure": rules.filter(pl.col("subject") == "*").drop("subject"),
    }
    for name, frame in ranked.items():
        on = [key for key in ("subject", "measure") if key in frame.columns]
        own = {column: f"{column}_{name}" for column in frame.columns if column not in on}
        grid = grid.join(frame.rename(own), on=on, how="left")
    return grid.select(
        pl.concat_str("subject", pl.lit("."), "measure").alias("indicator_id"),
        "subject",
        "measure",
        *(
            _named(column, subject)
            for column, subject in (("name_zh", "subject_zh"), ("name_en", "subject_en"))
        ),
        "domain",
        *(pl.coalesce(column, "domain").alias(column) for column in ("domain_zh", "domain_en")),
        *(_first(column).alias(column) for column in ("unit", "aggregation", "over_time")),
        *(_first(column).cast(pl.Float64).alias(column) for column in ("plausible_min", "plausible_max")),
        pl.col("headline_exact").alias("headline"),
        (_first("benefit") == "yes").fill_null(False).alias("benefit"),
    ).sort("indicator_id")


def _possible(pairs: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Of subjects in measures those that can be: the measure is anybody's, the subject is named for it in
    `only_of.csv`, or the two have a row of their own. `other`, and a subject that `only_of.csv` knows nothing
    of because somebody has added it, take whatever there is."""
    only = table("indicators/only_of.csv").select("measure", "subject")
    own = rules.filter(pl.col("measure") != "*").select("measure", "subject")
    listed = pl.struct("measure", "subject").is_in(pl.concat([only, own]).to_struct().implode())
    return pairs.filter(
        listed
        | ~pl.col("subject").is_in(only["subject"].implode())
        | ~pl.col("measure").is_in(only["measure"].implode())
    )


def named_indicators() -> list[str]:
    """The indicators that have a name or a range of their own, as against those that rules make."""
    ids = table("indicators/indicators.csv")["indicator_id"]
    return ids.filter(~ids.str.contains("*", literal=True)).to_list()


def _rules() -> pl.DataFrame:
    parts = pl.col("indicator_id").str.split_exact(".", 1).struct.rename_fields(["subject", "measure"])
    rules = table("indicators/indicators.csv").with_columns(parts.alias("key")).unnest("key")
    return rules.select("subject", "measure", *RULED, *OWN)


def _first(column: str) -> pl.Expr:
    return pl.coalesce(f"{column}_exact", f"{column}_subject", f"{column}_measure")


def _named(column: str, subject: str) -> pl.Expr:
    name = _first(column).str.replace("{}", pl.col(subject), literal=True)
    return name.str.replace("床位床位", "床位", literal=True).alias(column)  # of 认知障碍照护床位 the number
