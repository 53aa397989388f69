"""Files of test modules read as one batch, and of each its own rows.

A batch of one small file takes a second of processor time, and one of thirty hardly more. That a document
reads the same beside any others is a test of its own (`test_extraction_batches`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import polars as pl
from read_once import Frames, once

from pipeline.engine.batch import read_batch
from pipeline.reading.files.listing import list_files


class FilesRead:
    """`frames` as `read_batch` gives them of `files` (content by name), which are read when first asked for:
    with those of all others made by then and not read yet, in folders of their own."""

    _made = 0
    _waiting: ClassVar[list[FilesRead]] = []

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files, self._folder = files, f"{FilesRead._made:03}"
        FilesRead._made += 1
        FilesRead._waiting.append(self)
        self._rows: dict[str, dict[str, list[dict]]] = {}  # by table and document

    @cached_property
    def frames(self) -> Frames:
        if "_found" not in vars(self):
            waiting, FilesRead._waiting = FilesRead._waiting, []
            # packed files hold the time at which a process made them
            told = ((read._folder, n, c if isinstance(c, str) else "") for read in waiting
                    for n, c in read._files.items())  # fmt: skip
            found = once(("files", *told), _reading(waiting))
            for read in waiting:
                read._found = found
        documents = self._found["core.documents"]
        own = documents.filter(pl.col("file_name").str.starts_with(f"{self._folder}/"))["document_id"]
        return {
            table: frame.filter(pl.col("document_id").is_in(own.implode()))
            for table, frame in self._found.items()
            if "document_id" in frame.columns
        }

    @cached_property
    def places(self) -> dict[str, str]:
        """The document of each file."""
        told = self.frames["core.documents"].select("file_name", "document_id")
        return {name.partition("/")[2]: document for name, document in told.iter_rows()}

    def rows(self, table: str, name: str) -> list[dict]:
        """The rows of a `core` table that were read of one file."""
        if table not in self._rows:
            self._rows[table] = {place: [] for place in self.places.values()}
            for row in self.frames[table].iter_rows(named=True):
                self._rows[table][row["document_id"]].append(row)
        return self._rows[table][self.places[name]]

    def figures(self, name: str) -> dict[str, dict]:
        """The observations of one file, which is given as text, by the figure as it is written."""
        text = self._files[name]
        assert isinstance(text, str)
        return {
            text[row["span_start"] : row["span_end"]]: row for row in self.rows("core.observations", name)
        }


def _reading(waiting: list[FilesRead]):
    """What reads the files of several."""

    def read() -> Frames:
        with tempfile.TemporaryDirectory() as scratch:
            for one in waiting:
                (Path(scratch) / one._folder).mkdir()
                for name, content in one._files.items():
                    path = Path(scratch) / one._folder / name
                    path.write_bytes(content if isinstance(content, bytes) else content.encode())
            return read_batch(Path(scratch), list_files(Path(scratch)))

    return read
