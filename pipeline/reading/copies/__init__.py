"""Copies of the same report, and newer versions of it."""
