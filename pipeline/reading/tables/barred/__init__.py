"""Grids whose cells stand between bars or tabs, and what pages do to such rows."""
