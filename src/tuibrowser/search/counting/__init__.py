"""Counting in the index for figures: places, units, the neighbours of matches, and the lengths of texts."""
