"""What the stages share of Dagster: keys, checks, descriptions, schedule and sensor, instance, logs,
failures.
"""
