"""Rows of forms: labels beside what they name, and heads that come again over another block."""

from __future__ import annotations

import polars as pl

from pipeline.reading.tables import words


def form_row(text: pl.Expr, told: pl.Expr) -> pl.Expr:
    """Whether a row names what a form is of, label by label: 项目名称 | 高龄津贴 | 主管部门 | 县民政局."""
    label = text.is_in(words.frame_words("form_label")).filter(told)
    place = pl.int_range(label.len())
    return (label == (place % 2 == 0)).all() & (label.len() > 1) & label.first()


def opened_alike(headed: pl.Expr, wordy: pl.Expr) -> pl.Expr:
    """Whether a row of nothing but words begins as the first row of heads does."""
    at_edge = pl.col("column") == 0
    name = pl.col("first").filter(headed & at_edge).first().over("grid")
    return wordy & at_edge & (pl.col("texts") == pl.col("told")) & (pl.col("first") == name)
