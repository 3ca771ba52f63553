"""Read metadata from the head and the foot of a text."""
