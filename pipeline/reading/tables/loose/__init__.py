"""Rows copied without their borders: names, heads and figures that run together or are broken."""
