"""The tables of the vocabulary that are published with the figures: regions, domains, subjects, measures,
units, indicators, what is known of regions.

Here: their rows. How they are stored and checked is the warehouse's.
"""

from pathlib import Path

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.vocabulary import table
from pipeline.vocabulary.figures import load_population, load_reference_series
from pipeline.vocabulary.indicators import load_indicators

FILES = {
    "ref.regions": "regions/regions.csv",
    "ref.domains": "indicators/domains.csv",
    "ref.subjects": "subjects/subjects.csv",
    "ref.measures": "indicators/measures.csv",
    "ref.plausible_ranges": "ref/ranges.csv",
}


def load_reference(name: str, raw: Path | None = None) -> pl.DataFrame:
    """The rows of a `ref` table, with the columns of the registry; KeyError for a table that is none.

    `raw`: the folder whose lists of figures count too; raises `figures.FiguresError` for their bad lines.
    """
    schema = polars_schema(name)
    if name == "ref.population":
        return load_population(raw)
    if name == "ref.reference_series":
        return load_reference_series(raw)
    if name == "ref.indicators":
        return load_indicators().select(list(schema))
    if name == "ref.units":
        return _units().select(list(schema)).cast(schema)
    frame = table(FILES[name])
    if name == "ref.regions":
        frame = frame.with_columns(pl.col("statistical") == "true")
    if name == "ref.subjects":
        once = table("subjects/subject_traits.csv").filter(pl.col("trait") == "once")
        frame = frame.with_columns(given_once=pl.col("subject").is_in(once["subject"].implode()))
    if name == "ref.plausible_ranges":
        frame = frame.with_columns(pl.col("subject").fill_null(""))
    return frame.select(list(schema)).cast(schema)


def _units() -> pl.DataFrame:
    """Units with what they measure, how they compare, and of which units averages in them are."""
    measured = table("numbers/units.csv").select("unit", "measure")
    rates = table("indicators/rate_units.csv").with_columns(pl.col("of_benefits") == "yes")
    averages = (
        table("indicators/average_units.csv")
        .group_by("unit", maintain_order=True)
        .agg(average_of=pl.col("of").first(), average_per="per")
    )
    known = measured.join(rates, on="unit", how="full", coalesce=True)
    known = known.join(averages, on="unit", how="full", coalesce=True)
    return known.with_columns(
        pl.col("of_benefits").fill_null(False), pl.col("average_per").fill_null([])
    ).sort("unit")
