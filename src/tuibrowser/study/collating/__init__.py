"""Collation: two texts aligned character by character, and the differences between them."""
