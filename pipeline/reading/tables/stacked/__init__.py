"""Grids copied cell by cell, a line each."""
