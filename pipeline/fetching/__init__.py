"""Brings reports from the web into the raw folder: the only room that opens the network by itself."""
