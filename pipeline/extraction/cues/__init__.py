"""Words and patterns that say something of the numbers near them: found, given their reach, and asked."""
