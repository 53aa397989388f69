"""Grids whose columns blanks set apart."""
