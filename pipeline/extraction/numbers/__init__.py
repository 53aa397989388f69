"""Where the numbers stand, what kind each is, and its value, unit, range and bound."""
