"""What a command does: refresh, status, and the summary that both print."""
