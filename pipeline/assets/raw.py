"""The raw folder: which files stand in it. Nothing is read here but what a digest takes."""

import dagster as dg
import polars as pl

from pipeline.contracts.registry import get_table
from pipeline.contracts.validate import validate
from pipeline.orchestration.describe import OWNERS, column_schema
from pipeline.orchestration.keys import FETCHED, RAW_FILES
from pipeline.settings import Settings
from pipeline.warehouse.store import state
from pipeline.warehouse.store.work import WorkFile


def build_raw(settings: Settings) -> list[dg.AssetsDefinition]:
    """The asset `raw/files`."""

    @dg.asset(
        key=RAW_FILES,
        deps=[FETCHED],
        group_name="raw",
        kinds={"file"},
        owners=OWNERS,
        description="The files below the raw folder, with the digest of each: what there is to read.",
        metadata={"dagster/column_schema": column_schema(get_table("frame.files"))},
    )
    def raw_files(work_file: dg.ResourceParam[WorkFile]) -> dg.MaterializeResult:
        if work_file.kept:
            return _listed(state.load_manifest(work_file.con), settings)
        from pipeline.corrections import CorrectionError, read_corrections
        from pipeline.engine.remote import list_raw
        from pipeline.reading.reports.given import GivenError, read_given, with_given
        from pipeline.vocabulary.figures import FiguresError, load_population, load_reference_series

        manifest = work_file.listed  # the run's first look at the folder, a second old
        try:
            if manifest is None:
                listed = list_raw(settings, state.load_manifest(work_file.con))
                manifest = with_given(listed, read_given(settings.raw))
            for read_list in (read_corrections, load_population, load_reference_series):
                read_list(settings.raw)  # one that cannot be used is told before an hour's reading
        except NotADirectoryError:
            raise dg.Failure(
                f"There is no folder of raw files at {settings.source or settings.raw}. "
                "Nothing was published."
            ) from None
        except (GivenError, CorrectionError, FiguresError) as error:
            raise dg.Failure(f"{error}. Nothing was published.") from None
        if manifest.is_empty():
            raise dg.Failure(f"No file stands in the raw folder {settings.raw}. Nothing was published.")
        state.store_manifest(work_file.con, validate(manifest, "frame.files"))
        return _listed(manifest, settings)

    return [raw_files]


def _listed(manifest: pl.DataFrame, settings: Settings) -> dg.MaterializeResult:
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": manifest.height,
            "folder": dg.MetadataValue.path(str(settings.raw)),
            "megabytes": round(float(manifest["size"].sum()) / 1e6, 3),
            "corpus_sha256": state.corpus_hash(manifest, settings.raw),
        }
    )
