"""The domain of civil affairs of each work item, by the words of its title, else by its figures."""

from __future__ import annotations

import polars as pl

from pipeline.reading.layout.folding import fold_script
from pipeline.vocabulary import table

WORDS = "tasks/domain_words.csv"
SUBJECTS = "subjects/subjects.csv"
NO_DOMAIN = "other"


def with_domains(tasks: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """`core.tasks` with `domain` filled, null where neither title nor figures tell it.

    A task is of the domain whose words take up most of its title; where no word stands in it, of that of most
    of its figures (`observations`: task_id, subject, span_start), of the first among equals.
    """
    if tasks.is_empty():
        return tasks
    titles = tasks.select(pl.col("title").unique(maintain_order=True)).with_columns(
        text=fold_script(pl.col("title"))
    )
    titled = titles.select("title", titled=_most_said(pl.col("text")))
    domains = table(SUBJECTS).select("subject", figured="domain")
    figured = (
        observations.drop_nulls("task_id")
        .join(domains, on="subject")
        .filter(pl.col("figured") != NO_DOMAIN)
        .group_by("task_id", "figured")
        .agg(pl.len(), first=pl.col("span_start").min())
        .sort("len", "first", descending=[True, False])
        .unique("task_id", keep="first", maintain_order=True)
        .select("task_id", "figured")
    )
    return (
        tasks.join(titled, on="title", how="left", maintain_order="left")
        .join(figured, on="task_id", how="left", maintain_order="left")
        .with_columns(domain=pl.coalesce("titled", "figured"))
        .select(tasks.columns)
    )


def _most_said(text: pl.Expr) -> pl.Expr:
    """The domain whose words fill the most characters of a text, the first by name among equals."""
    words = dict(table(WORDS).sort("domain").group_by("domain", maintain_order=True).agg("word").iter_rows())
    filled = pl.concat_list(
        pl.sum_horizontal(text.str.count_matches(word, literal=True) * len(word) for word in said)
        for said in words.values()
    )
    most = filled.list.arg_max().replace_strict(dict(enumerate(words)), return_dtype=pl.String)
    return pl.when(filled.list.max() > 0).then(most)
