"""Tables of one item a line, rows written as lists, records of named values."""
