"""The raw folder: bytes and names, nothing of text."""
