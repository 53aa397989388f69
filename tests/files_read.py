"""Files of a test module read as one batch, and of each its own rows.

A batch of one small file takes a second of processor time, and one of thirty hardly more. That a document
reads the same beside any others is a test of its own (`test_extraction_batches`).
"""

from collections.abc import Mapping
from pathlib import Path

from pipeline.engine.batch import read_batch
from pipeline.reading.files.listing import list_files


class FilesRead:
    """`frames` as `read_batch` gives them of files written into `folder`, which is empty before."""

    def __init__(self, folder: Path, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        self.frames = read_batch(folder, list_files(folder))
        documents = self.frames["core.documents"].select("file_name", "document_id")
        self.places: dict[str, str] = dict(documents.iter_rows())
        self._rows: dict[str, dict[str, list[dict]]] = {}  # by table and document

    def rows(self, table: str, name: str) -> list[dict]:
        """The rows of a `core` table that were read of one file."""
        if table not in self._rows:
            self._rows[table] = {place: [] for place in self.places.values()}
            for row in self.frames[table].iter_rows(named=True):
                self._rows[table][row["document_id"]].append(row)
        return self._rows[table][self.places[name]]
