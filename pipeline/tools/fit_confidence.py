"""Fits the probability that a reading is right (vocabulary/confidence) to labelled texts.

    make weights                                        # writes the weights, prints what held-out texts say
    make weights CORRECTIONS=raw                        # what people reviewed in raw/ are labels too
    python -m pipeline.tools.fit_confidence DIR --dry   # other labels; prints only

A logistic regression on the signs of `extraction.signs`, with a ridge, in which each sign may weigh only the
way that it speaks (for, against): errors come by the text, and a few texts would else teach that a doubt is
none. What was met in two texts at least has a record (confidence/records.csv): in how many texts a thing was
met, and whether it was read right more or less often than its signs say. Each text is judged by weights
fitted to the others; by these judgements prose and tables are set off from each other, and no route promises
more than they bear out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from pipeline.corrections import read_corrections, resolve_corrections
from pipeline.evaluation.labels import (
    UNSEEN,
    Labelled,
    agrees,
    fitted_sets_in,
    read_labelled,
    read_reports,
    sets_in,
)
from pipeline.extraction.signs import RECORDS
from pipeline.settings import PROJECT
from pipeline.tools.logit import (
    RIDGE,
    Array,
    Signs,
    at_least,
    chance,
    fit,
    held_out,
    ranks,
    shift_of,
    std_errors,
)
from pipeline.tools.rows import read_rows, write_rows
from pipeline.vocabulary import FOLDER

WEIGHTS, ROUTES, RECORDED = (
    FOLDER / "confidence" / f"{name}.csv" for name in ("weights", "routes", "records")
)
LABELLED = PROJECT / "tests" / "labelled"
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 1.01)
SURE, CAPPED = 0.97, 0.969  # from which a row is sure; what is said where labels don't bear it out
LEAST, ENOUGH = 0.9, 149  # down to where what is sure is looked for; labels that bear it out
LEAST_UNSEEN = 0.85  # the same of unseen texts: what is not even likely is never sure
ENOUGH_UNSEEN = 60  # labels of unseen texts that bear out what is sure
BOUND = 0.95  # below which the share of what is sure must not lie with 95 of 100
SURE_UNSEEN, BOUND_UNSEEN = 0.94, 0.9  # the same of unseen texts, which may be three points less right
LEAST_TEXTS = 2  # in which what has a record was met


def borne_out(
    level: Array,
    right: Array,
    down_to: float = LEAST,
    enough: int = ENOUGH,
    promise: float = SURE,
    bound: float = BOUND,
) -> float:
    """The lowest level, from `down_to` on, above which `enough` rows are right as often as `promise` says
    (in whole hundredths), and surely as often as `bound`; 2 if none."""
    for least in np.arange(down_to, 1, 0.001):
        some = level >= least - 1e-9
        n, k = int(some.sum()), int(right[some].sum())
        if n >= enough and round(k / n, 2) >= promise and at_least(n, k) >= bound:
            return float(least)
    return 2.0


def labelled_signs(folders: Sequence[Path]) -> pl.DataFrame:
    """The signs of each labelled number that was read as measuring something.

    document, route, right, `RECORDS`, and a column a sign. Right is what agrees with its label in
    all fields, region and year among them; months, which texts often leave open, are not asked for.
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
        told += _judged(path.name, text, own["text"].to_list(), rows.to_dicts(), codes)
    schema = {"document": pl.String, "observation_id": pl.String, "right": pl.Boolean}
    judged = pl.DataFrame(told, schema=schema, orient="row")
    return judged.join(weighed, on="observation_id", how="inner", maintain_order="left").drop(
        "observation_id"
    )


def unseen_signs(folders: Sequence[Path]) -> pl.DataFrame | None:
    """The same of the texts that no rule was made with, on which what is promised is measured; or None."""
    sets = [sets_in(folder).get(UNSEEN) for folder in folders]
    return pl.concat(_of_set(path) for path in sets if path) if any(sets) else None


def records_of(frame: pl.DataFrame) -> pl.DataFrame:
    """What was met in two texts at least, as it is said by `RECORDS`: kind, key, texts, labels, right."""
    met = frame.unpivot(RECORDS, index=["document", "right"], variable_name="kind", value_name="key")
    told = met.group_by("kind", "key").agg(
        texts=pl.col("document").n_unique(), labels=pl.len(), right=pl.col("right").sum()
    )
    return told.filter(pl.col("texts") >= LEAST_TEXTS).sort("kind", "key")


def signs_of(frame: pl.DataFrame, rows: list[dict[str, str]], records: pl.DataFrame, within: bool) -> Signs:
    """The signs of readings in the order of weights.csv (`rows`), and which record each has.

    `within`: the readings are among those that `records` count, so that a text is left out of its own count.
    """
    from scipy.sparse import csr_matrix

    numbered = records.select("kind", "key", "texts", record=pl.int_range(pl.len()))
    places, frame = [], frame.with_columns()
    for kind in RECORDS:
        of = numbered.filter(pl.col("kind") == kind).select(pl.col("key").alias(kind), "texts", "record")
        frame = frame.join(of, on=kind, how="left", maintain_order="left")
        others = (pl.col("texts").cast(pl.Float64) - int(within)).clip(1).log().fill_null(0.0)
        places.append(frame["record"])
        frame = frame.with_columns(others.alias(f"met_{kind}")).drop("texts", "record")
    rows_of = np.concatenate([place.is_not_null().arg_true().to_numpy() for place in places])
    columns = np.concatenate([place.drop_nulls().to_numpy() for place in places])
    kinds = csr_matrix((np.ones(len(rows_of)), (rows_of, columns)), shape=(frame.height, records.height))
    speaks = np.array([1 if row["speaks"] == "for" else -1 for row in rows])
    x = frame.select(row["sign"] for row in rows).to_numpy().astype(float)
    return Signs(x, speaks, kinds)


def _on_unseen(
    frame: pl.DataFrame, route: str, unseen: Array, start: float, sure_from: float
) -> tuple[float, float]:
    """`start` and `sure_from` of a route as texts bear them out that no rule was made with.

    Texts that rules were made with are read better than others, so what they say of a sign holds, but not
    how often it is right in all. The higher of both levels counts; 2 where these texts bear none out. As
    they are few, a lower bound is asked of them. `unseen`: the log odds of the rows of `frame`.
    """
    here = frame["route"].to_numpy() == route
    if here.sum() < ENOUGH_UNSEEN:
        return start, sure_from
    odds, right = unseen[here], frame["right"].to_numpy()[here]
    moved = start + shift_of(odds + start, right.astype(float))
    level = chance(odds + moved)
    least = borne_out(level, right, LEAST_UNSEEN, ENOUGH_UNSEEN, SURE_UNSEEN, BOUND_UNSEEN)
    # the level of before on the scale of now
    before = 2.0 if sure_from > 1 else float(chance(np.log(sure_from / (1 - sure_from)) + moved - start))
    print(f"\n{route}, unseen: {len(right)} labels, {int(right.sum())} right; sure from {least:.3f}")
    return moved, max(least, before)


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


def _judged(
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
        right = said["kind"] == "measurement" and agrees(said, row, "full") and placed
        found.append((f"{of_set}/{text.name}", str(row["observation_id"]), right))
    return found


def reliability(right: Array, said: Array) -> list[str]:
    """Rows of a table: from, to, how many, what was said on average, how many per cent are right, and the
    lower bound of that share (95 of 100)."""
    lines = ["| confidence | labels | said % | right % | at least % |", "| --- | ---: | ---: | ---: | ---: |"]
    for low, high in pairwise(BINS):
        some = (said >= low) & (said < high)
        n, k = int(some.sum()), int(right[some].sum())
        if n:
            lines.append(
                f"| {low:.2f} to {min(1, high):.2f} | {n} | {100 * said[some].mean():.1f} |"
                f" {100 * k / n:.1f} | {100 * at_least(n, k):.1f} |"
            )
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("labelled", type=Path, nargs="*", default=[LABELLED])
    parser.add_argument("--corrections", type=Path, help="a raw folder whose reviewed readings count too")
    parser.add_argument("--ridge", type=float, default=RIDGE)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args()
    rows, routes = read_rows(WEIGHTS), read_rows(ROUTES)
    frame = labelled_signs(options.labelled)
    if options.corrections:
        frame = pl.concat([frame, reviewed_signs(options.corrections)])
    right, document, by = (frame[name].to_numpy() for name in ("right", "document", "route"))
    right, records = right.astype(float), records_of(frame)
    signs = signs_of(frame, rows, records, within=True)
    odds = held_out(signs, right, document, options.ridge)
    weights = fit(signs, right, options.ridge)
    said = np.zeros(len(right))
    unseen = unseen_signs(options.labelled)
    if unseen is not None:
        of_unseen = signs_of(unseen, rows, records, within=False).odds(weights)
    for row in routes:
        of = by == row["route"]
        # how much righter the route is than the signs say; few texts tell, so it is drawn to nothing
        start = shift_of(odds[of], right[of])
        level = chance(odds[of] + start)
        sure_from = borne_out(level, right[of])
        if unseen is not None:
            start, sure_from = _on_unseen(unseen, row["route"], of_unseen, start, sure_from)
            level = chance(odds[of] + start)
        said[of] = np.where(level < sure_from, np.minimum(level, CAPPED), np.maximum(level, SURE))
        row |= {
            "start": f"{start + weights[0]:.3f}", "sure_from": f"{sure_from:.3f}",
            "labels": str(int(of.sum())), "right": str(int(right[of].sum())),
        }  # fmt: skip
        print(
            f"\n{row['route']}: {row['labels']} labels, {row['right']} right,"
            f" AUC {ranks(right[of], said[of]):.3f}\n"
        )
        print("\n".join(reliability(right[of], said[of])))
    print(f"\nall: {len(right)} labels in {len(np.unique(document))} texts, AUC {ranks(right, said):.3f}\n")
    print("\n".join(reliability(right, said)))
    if not options.dry:
        _write(rows, routes, records, signs, right, weights, options.ridge)


def _write(
    rows: list[dict[str, str]], routes: list[dict[str, str]], records: pl.DataFrame,
    signs: Signs, right: Array, weights: Array, ridge: float,
) -> None:  # fmt: skip
    errors, support = std_errors(signs, right, weights, ridge), (signs.x != 0).sum(axis=0)
    for row, weight, error, count in zip(rows, weights[1:], errors[1:], support, strict=False):
        row |= {"weight": f"{weight + 0:.3f}", "support": str(int(count)), "std_error": f"{error:.3f}"}
    of_records = pl.Series(weights[1 + len(rows) :]).map_elements("{:.2f}".format, pl.String)
    write_rows(rows, WEIGHTS)
    write_rows(routes, ROUTES)
    write_rows(records.with_columns(weight=of_records).cast(pl.String).to_dicts(), RECORDED)


if __name__ == "__main__":
    main()
