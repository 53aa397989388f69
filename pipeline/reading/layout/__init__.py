"""The text cut once, for everyone: folding, lines, clauses, page furniture, headers, headings."""
