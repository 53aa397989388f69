"""The tables of the vocabulary that are published with the figures: regions, domains, subjects, measures,
indicators.

Here: their rows. How they are stored and checked is the warehouse's.
"""

import polars as pl

from pipeline.contracts.registry import polars_schema
from pipeline.vocabulary import table
from pipeline.vocabulary.indicators import load_indicators

FILES = {
    "ref.regions": "regions/regions.csv",
    "ref.domains": "indicators/domains.csv",
    "ref.subjects": "subjects/subjects.csv",
    "ref.measures": "indicators/measures.csv",
}


def load_reference(name: str) -> pl.DataFrame:
    """The rows of a `ref` table, with the columns of the registry; KeyError for a table that is none."""
    schema = polars_schema(name)
    if name == "ref.indicators":
        return load_indicators().select(list(schema))
    frame = table(FILES[name])
    if name == "ref.domains":
        words = table("tasks/domain_words.csv").group_by("domain").agg(pl.col("word").str.join("|"))
        frame = frame.join(words.rename({"word": "words"}), on="domain", how="left", maintain_order="left")
    if name == "ref.regions":
        frame = frame.with_columns(pl.col("statistical") == "true")
    return frame.select(list(schema)).cast(dict(schema))
