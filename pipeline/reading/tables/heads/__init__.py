"""Which heads stand over which columns and over which other heads, however a grid is written."""
