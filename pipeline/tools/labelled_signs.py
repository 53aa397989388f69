"""The signs of labelled numbers and whether each was read right: what the fit of confidence is made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipeline.corrections import read_corrections, resolve_corrections
from pipeline.evaluation.labels import (
    UNSEEN,
    Labelled,
    accepted,
    agrees,
    fitted_sets_in,
    read_labelled,
    read_reports,
    sets_in,
)


def labelled_signs(folders: Sequence[Path]) -> pl.DataFrame:
    """The signs of each labelled number that was read as measuring something.

    document, right, and what `extraction.signs` says of it. Right is what agrees with its label in all
    fields, region and year among them; months, which texts often leave open, are not asked for.
    """
    sets = [path for folder in folders for path in fitted_sets_in(folder).values()]
    return pl.concat(_of_set(path) for path in sets)


def _of_set(path: Path) -> pl.DataFrame:
    from pipeline.engine.batch import parse_documents, read_batch
    from pipeline.extraction.extract import extract
    from pipeline.reading.files.listing import list_files

    read = read_batch(path / "corpus", list_files(path / "corpus"))
    documents, given = read["core.documents"], read_reports(path)
    weighed = extract(*parse_documents(documents)).signs
    told = []
    for text in read_labelled(path):
        own = documents.filter(pl.col("file_name") == text.file_name)
        rows = read["core.observations"].join(own.select("document_id"), on="document_id", how="semi")
        codes = [report.get("region_code") for report in given.get(text.file_name, ())]
        told += judge(path.name, text, own["text"].to_list(), rows.to_dicts(), codes)
    schema = {"document": pl.String, "observation_id": pl.String, "right": pl.Boolean}
    judged = pl.DataFrame(told, schema=schema, orient="row")
    return judged.join(weighed, on="observation_id", how="inner", maintain_order="left").drop(
        "observation_id"
    )


def unseen_signs(folders: Sequence[Path]) -> pl.DataFrame | None:
    """The same of the texts that no rule was made with, on which what is promised is measured; or None."""
    sets = [sets_in(folder).get(UNSEEN) for folder in folders]
    return pl.concat(_of_set(path) for path in sets if path) if any(sets) else None


def reviewed_signs(raw: Path) -> pl.DataFrame:
    """The same of what people reviewed in `raw/corrections.csv`: right is what they confirmed, wrong what
    they settled otherwise or dropped; a mark says neither. Lines that no longer hold are left out."""
    from pipeline.engine.batch import parse_documents, read_batch
    from pipeline.extraction.extract import extract
    from pipeline.reading.files.listing import list_files

    lines = read_corrections(raw)
    files = list_files(raw).filter(pl.col("file_name").is_in(lines["document"].to_list()))
    read = read_batch(raw, files)
    documents = read["core.documents"]
    resolved = resolve_corrections(lines, read["core.observations"], documents)
    judged = (
        resolved.filter(pl.col("state") == "applied", pl.col("action") != "flag")
        .group_by("observation_id", maintain_order=True)
        .agg(document=pl.col("file_name").first(), right=(pl.col("action") == "confirm").all())
    )
    weighed = extract(*parse_documents(documents)).signs
    return judged.select("document", "observation_id", "right").join(
        weighed, on="observation_id", how="inner", maintain_order="left"
    ).drop("observation_id")  # fmt: skip


def judge(
    of_set: str, text: Labelled, read: list[str], rows: list[dict[str, object]], codes: list[object]
) -> list[tuple[str, str, bool]]:
    shift = max(0, read[0].find(text.text[:200])) if read else 0
    at: dict[int, dict[str, object]] = {}
    for label in text.labels:
        for place in range(label["start"], max(label["end"], label["start"] + 1)):
            at.setdefault(place + shift, label)
    found = []
    for row in rows:
        start, end = int(str(row["span_start"])), int(str(row["span_end"]))
        said = next((at[i] for i in range(start, end) if i in at), None)
        if said is None or said.get("garbled") or said.get("repeat"):
            continue
        if not row["region_code"] and None not in codes:
            continue  # of no region it reaches no table, and nobody can be led astray
        region = said.get("region")
        own = str(row["place_code"] or row["region_code"]) == str(region)
        placed = own if region else not codes or row["region_code"] in codes
        # an earlier value whose year is one off may be read well, but it is no figure of that year
        dated = row["year"] in accepted(said, "year")
        right = said["kind"] == "measurement" and agrees(said, row, "full") and placed and dated
        found.append((f"{of_set}/{text.name}", str(row["observation_id"]), right))
    return found
