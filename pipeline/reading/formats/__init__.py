"""Bytes of one document → its text, one module a format. Nothing here knows of folders or of frames."""
