"""The project's data in tables: words, cues, patterns, units, weights, regions, in a folder for each step.

One word a row; no code knows a word that a row could hold. Tables are named by their path in this folder
(`layout/report_words.csv`); `files.csv` and `columns.csv` say what each holds. A folder of the user's own
with the same layout may be laid over them (`loader`), once it was looked through (`check`).
"""

from pipeline.vocabulary.loader import FOLDER, adopt, either, own, pattern, rows, table, version, words

__all__ = ["FOLDER", "adopt", "either", "own", "pattern", "rows", "table", "version", "words"]
