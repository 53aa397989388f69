"""What each row, column and cell of a grid is to its table."""
