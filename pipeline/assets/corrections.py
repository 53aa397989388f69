"""Reviewed corrections, `raw/corrections.csv`: met with the values read, applied in the marts."""

import dagster as dg
import duckdb
import polars as pl

from pipeline.corrections import CorrectionError, read_corrections, resolve_corrections
from pipeline.orchestration.checks import check_specs
from pipeline.orchestration.describe import spec, stored
from pipeline.settings import Settings
from pipeline.warehouse.marts.checks import table_checks
from pipeline.warehouse.store.changes import note_corrections
from pipeline.warehouse.store.work import WorkFile
from pipeline.warehouse.store.writer import replace_table

TABLE = "core.corrections"


def build_corrections(settings: Settings) -> list[dg.AssetsDefinition]:
    """The asset `core/corrections`, whose check fails where a line no longer meets what it expects."""

    @dg.multi_asset(
        name="core__corrections",
        specs=[spec(TABLE, "core", {"csv", "duckdb"})],
        check_specs=check_specs(table_checks(TABLE)),
    )
    def corrections(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        if work_file.kept:
            return stored(work_file, TABLE)
        try:
            lines = read_corrections(settings.raw)
            resolved = resolve_corrections(lines, *_named(work_file.con, lines["document"].to_list()))
        except CorrectionError as error:
            raise dg.Failure(f"{error}. Nothing was published.") from None
        note_corrections(work_file.con, resolved)
        replace_table(work_file.con, TABLE, resolved)
        return stored(work_file, TABLE)

    return [corrections]


def _named(con: duckdb.DuckDBPyConnection, files: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Observations and documents of the files that the list names: few, however many there are."""
    documents = "SELECT document_id, file_name FROM core.documents WHERE file_name = ANY(?)"
    observations = "SELECT * FROM core.observations WHERE document_id = ANY(?)"
    found = con.sql(documents, params=[files]).pl()
    return con.sql(observations, params=[found["document_id"].to_list()]).pl(), found
