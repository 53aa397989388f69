"""The divisions of China, and which of them a report speaks of."""
