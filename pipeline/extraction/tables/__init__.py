"""Tables pasted as text: cells with the words that head their row and column."""
