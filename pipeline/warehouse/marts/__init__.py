"""The marts: their SQL, brought up to date whole or by parts; their lineage and checks."""
