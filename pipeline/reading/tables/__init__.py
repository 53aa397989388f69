"""Tables of every shape → cells with their heads. Layout alone: what a cell says is for extraction."""
