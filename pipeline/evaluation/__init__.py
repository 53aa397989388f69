"""Scores what was read against labels: numbers with their fields, reports, and the mart that people use.

Here: comparing. What reads the texts is not here, so that any other program's readings can be scored too.
"""
