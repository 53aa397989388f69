"""Names of assets: those of the tables, so that warehouse and lineage page speak of the same things."""

import dagster as dg

RAW_FILES = dg.AssetKey(["raw", "files"])
FETCHED = dg.AssetKey(["raw", "fetched"])
PUBLISHED = dg.AssetKey(["published", "warehouse"])
SITE = dg.AssetKey(["published", "site"])


def asset_key(table: str) -> dg.AssetKey:
    """The asset of a table: `core.reports` → core/reports; raw/files for what is made from the listing."""
    return RAW_FILES if table in ("frame.files", "state.manifest") else dg.AssetKey(table.split("."))
