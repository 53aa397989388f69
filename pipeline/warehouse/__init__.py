"""The DuckDB files: the private work file with its one writer, the marts built in it, and the published copy.

Belongs here: whatever speaks SQL to DuckDB. Does not belong here: reading texts, or Dagster.
"""
