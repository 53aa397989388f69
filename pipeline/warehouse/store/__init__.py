"""The private work file: opened by one run, written by one writer, with what it knows of the raw folder."""
