"""Which subject each quantity belongs to: candidate words near it, scored."""
