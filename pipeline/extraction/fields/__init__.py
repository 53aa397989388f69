"""What an observation says besides its subject: measure, change, status, time, residence, scope,
confidence.
"""
