"""Texts → mentions and observations. Belongs here: what a number is and means. Not: bytes, pages, files,
Dagster, DuckDB.
"""
