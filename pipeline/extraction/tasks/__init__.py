"""Work items of task lists and plans."""
