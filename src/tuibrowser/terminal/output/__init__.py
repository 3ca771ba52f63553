"""Output: the way out to a terminal, and how much may be under way on it."""
