"""The candidates of labelled numbers, as this pipeline finds them: what fits of subjects are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipeline.corrections import read_corrections, resolve_corrections
from pipeline.evaluation.labels import Labelled, accepted, fitted_sets_in, read_labelled

KEPT = ("document", "subject", "unit_class", "before", "behind")  # of a pair, beside its features


def labelled_candidates(folder: Path, names: Sequence[str], reviewed: Path | None = None) -> pl.DataFrame:
    """What `fit_weights` weighs, a row a pair: `KEPT`, the features `names`, number, is_right."""
    frames = [
        of_set(path / "corpus", names, read_labelled(path)).with_columns(
            document=pl.concat_str(pl.lit(f"{name}/"), "document")
        )
        for name, path in fitted_sets_in(folder).items()
    ]
    if reviewed:
        frames.append(of_set(reviewed, names, None))
    return pl.concat(frames)


def of_set(corpus: Path, names: Sequence[str], texts: Sequence[Labelled] | None) -> pl.DataFrame:
    """The pairs of a folder by its labels or, without `texts`, by its corrections."""
    from pipeline.engine.batch import parse_documents, read_batch
    from pipeline.extraction.explain import candidates
    from pipeline.reading.files.listing import list_files

    files = list_files(corpus)
    if texts is None:
        lines = read_corrections(corpus)
        files = files.filter(pl.col("file_name").is_in(lines["document"].to_list()))
    read = read_batch(corpus, files)
    documents = read["core.documents"]
    weighed = candidates(*parse_documents(documents))
    rows = read["core.observations"].select(
        "observation_id", "document_id", "span_start", "span_end", "subject"
    )
    rows = rows.join(documents.select("document_id", "file_name", "text"), on="document_id")
    if texts is None:
        labels = _reviewed(resolve_corrections(lines, read["core.observations"], documents), rows)
    else:
        labels = pl.concat(_labels(text, rows) for text in texts)
    first = weighed.group_by("observation_id", maintain_order=True).agg(top=pl.col("subject").first())
    told = rows.join(first, on="observation_id").filter(pl.col("subject") == pl.col("top"))
    chosen = labels.join(told.select("observation_id"), on="observation_id")
    pairs = weighed.join(chosen, on="observation_id")
    return pairs.select(
        *KEPT, *names, number="observation_id", is_right=pl.col("subject").is_in(pl.col("labelled"))
    )


def _reviewed(resolved: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The same of what people reviewed: a subject that they settled, or that of a reading they confirmed."""
    settled = (pl.col("action") == "override") & (pl.col("field") == "subject")
    said = resolved.filter(pl.col("state") == "applied", settled | (pl.col("action") == "confirm"))
    said = said.join(rows.select("observation_id", "subject"), on="observation_id")
    subject = pl.when(settled).then("text").otherwise("subject")
    return (
        said.select("observation_id", document="file_name", labelled=pl.concat_list(subject))
        .filter(pl.col("labelled").list.first() != "other")
        .unique("observation_id", keep="last", maintain_order=True)
    )


def _labels(text: Labelled, rows: pl.DataFrame) -> pl.DataFrame:
    """The observations that meet a label of a text: observation_id, document, labelled (subjects)."""
    found = rows.filter(pl.col("file_name") == text.file_name)
    at: dict[int, str] = {}
    for name, start, end, read in found.select(
        "observation_id", "span_start", "span_end", "text"
    ).iter_rows():
        before = max(0, read.find(text.text[:200]))
        at |= dict.fromkeys(range(start - before, end - before), name)
    said = [
        (at[label["start"]], text.name, accepted(label, "subject"))
        for label in text.labels
        if label["kind"] == "measurement" and label["subject"] != "other" and label["start"] in at
    ]
    schema = pl.Schema(
        [("observation_id", pl.String()), ("document", pl.String()), ("labelled", pl.List(pl.String))]
    )
    return pl.DataFrame(said, schema=schema, orient="row").unique("observation_id", keep="first")
