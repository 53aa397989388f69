"""The Dagster assets, one module a stage in the order of the data; thin: each joins a function of another
room to tables.
"""
