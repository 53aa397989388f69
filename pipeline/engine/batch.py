"""One batch of files → all `core` frames. The engine-neutral middle of the pipeline: no Dagster, no DuckDB.

Whoever drives it (one machine or a cluster) hands over part of the manifest and stores the frames; a batch
depends on nothing but its files and the vocabulary.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pipeline import vocabulary
from pipeline.contracts.registry import empty_frame, polars_schema

FOLDER = Path(__file__).parents[1]
VERSIONED = (
    "reading",
    "extraction",
    "vocabulary",
    "engine/batch.py",
)  # rooms and files whose files decide what is read from a text
LIBRARIES = (
    "lxml",
    "msdoc2docx",
    "opencc-pyo3",
    "openpyxl",
    "polars",
    "pypdfium2",
    "selectolax",
    "xlrd",
)  # whose versions do too
OPTIONAL = ("onnxruntime", "rapidocr")  # the extra `ocr`: with it files are read that were refused
BATCH_BYTES = 4 * 2**20  # of ordinary reports some 700 MB while they are read
BATCH_FILES = 1_000
FROM_TEXTS = (
    "core.reports",
    "core.sections",
    "core.tables",
    "core.cells",
    "core.mentions",
    "core.observations",
    "core.readings",
    "core.contexts",
    "core.tasks",
    "state.sketches",
)

Frames = dict[str, pl.DataFrame]


@cache
def extractor_version() -> str:
    """Hash of the code, vocabulary and libraries that decide what is read from a text: 12 hex digits."""
    digest = hashlib.sha256(installed((*LIBRARIES, *OPTIONAL)).encode())
    digest.update(vocabulary.version().encode())
    files = [path for room in VERSIONED for path in sorted((FOLDER / room).rglob("*"))]
    for piece in contents(FOLDER, [Path(__file__), *files]):
        digest.update(piece)
    return digest.hexdigest()[:12]


def installed(libraries: Iterable[str]) -> str:
    """Which version of each of some libraries is there; `none` where one is not."""
    found = []
    for name in libraries:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return "\0".join(found)


def contents(folder: Path, paths: Iterable[Path]) -> Iterator[bytes]:
    """The name below `folder` and the bytes of each file, for a digest; folders and caches aside."""
    for path in paths:
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{path.relative_to(folder)}\0".encode() + path.read_bytes()


def split_batches(
    manifest: pl.DataFrame, batch_bytes: int = BATCH_BYTES, batch_files: int = BATCH_FILES
) -> Iterator[pl.DataFrame]:
    """Cut a manifest (`frame.files`) into runs of up to `batch_files` files and about `batch_bytes` bytes."""
    sizes = manifest["size"].to_list()
    start = held = 0
    for i, size in enumerate(sizes):
        if i > start and (held + size > batch_bytes or i - start >= batch_files):
            yield manifest[start:i]
            start, held = i, 0
        held += size
    if start < len(sizes):
        yield manifest[start:]


def read_batch(raw: Path, manifest: pl.DataFrame) -> Frames:
    """Read and extract the files of `manifest` (`frame.files`): each `core` table's rows, and `state.files`.

    A file that cannot be used becomes a row of `core.rejected_files`; nothing is raised for it.
    """
    from pipeline.reading.files.listing import read_files
    from pipeline.reading.reports.given import given_of

    documents, rejected = read_files(raw, manifest)
    return extract_documents(documents, given_of(manifest)) | {
        "core.rejected_files": rejected,
        "state.files": _files_read(documents, rejected, manifest),
    }


def extract_documents(documents: pl.DataFrame, given: pl.DataFrame | None = None) -> Frames:
    """`core.documents` rows → all that is read from their texts, by table. Links between files come later.

    `given` is what the user knows of their reports (`given_of`).
    """
    from pipeline.extraction.pieces import extract_in_pieces
    from pipeline.extraction.tasks.domains import with_domains
    from pipeline.reading.copies.duplicates import sketch_reports
    from pipeline.reading.layout.folding import NAMES

    if documents.is_empty():
        return {"core.documents": documents} | {name: empty_frame(name) for name in FROM_TEXTS}
    parsed = parse_documents(documents, given)
    sketches = sketch_reports(parsed.documents, parsed.reports)  # before what is read takes room
    read = extract_in_pieces(*parsed)
    return {
        "core.documents": documents,
        "core.reports": parsed.reports.drop(NAMES),
        "core.sections": parsed.sections,
        "core.tables": read.tables,
        "core.cells": read.cells,
        "core.mentions": read.mentions,
        "core.observations": read.observations,
        "core.readings": read.readings,
        "core.contexts": read.contexts,
        "core.tasks": with_domains(parsed.tasks, read.observations),
        "state.sketches": sketches,
    }


class Parsed(NamedTuple):
    """Texts before their numbers are read, in the order in which `extract` takes them.

    `documents` and the names of `reports` are folded; `skipped` are spans that are no text.
    """

    documents: pl.DataFrame
    reports: pl.DataFrame
    sections: pl.DataFrame
    tasks: pl.DataFrame
    skipped: pl.DataFrame


def parse_documents(documents: pl.DataFrame, given: pl.DataFrame | None = None) -> Parsed:
    """`core.documents` rows (at least one) → their reports, sections and tasks."""
    from pipeline.extraction.tasks.find import find_tasks
    from pipeline.reading.layout.folding import with_folded, with_folded_names
    from pipeline.reading.layout.lines import split_lines
    from pipeline.reading.layout.page_furniture import skipped_spans
    from pipeline.reading.regions.resolve import resolve_regions
    from pipeline.reading.reports.find import find_reports
    from pipeline.reading.reports.given import given_of, override_heads, override_placing
    from pipeline.reading.reports.issuers import complete_issuers
    from pipeline.reading.sections.tree import find_sections

    folded = with_folded(documents)
    skipped = skipped_spans(folded)
    lines = split_lines(folded, skipped)
    given = given_of(documents.select("file_name")) if given is None else given
    reports = resolve_regions(find_reports(folded, lines, given), folded)
    reports = complete_issuers(override_placing(reports, folded, given), folded)
    reports = with_folded_names(override_heads(reports, folded, given).drop("page"))
    reports = reports.with_columns(
        duplicate_of=pl.lit(None, pl.String), superseded_by=pl.lit(None, pl.String)
    )
    sections = find_sections(folded, reports, lines)
    tasks = find_tasks(folded, reports, sections, lines)
    return Parsed(folded, reports, sections, tasks, skipped)


def _files_read(documents: pl.DataFrame, rejected: pl.DataFrame, manifest: pl.DataFrame) -> pl.DataFrame:
    """`state.files`: under which key each file's rows are stored, with the digest of the bytes read and what
    was given of it."""
    names = ("file_name", "sha256", "document_id")
    read = documents.select(names)
    refused = rejected.select("file_name", "sha256", document_id=pl.lit(None, pl.String))
    return (
        pl.concat([read, refused])
        .with_columns(extractor_version=pl.lit(extractor_version()))
        .join(manifest.select("file_name", "given"), on="file_name", how="left", maintain_order="left")
        .select(list(polars_schema("state.files")))
    )
