"""Cells of any grid set below the columns that they belong to."""
