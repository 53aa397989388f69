"""The registry of tables and columns, and what is made from it: polars schemas, contracts, DDL and comments.

Belongs here: what a table promises. Does not belong here: how its rows are made or where they are stored.
"""
