"""Make the segments of an index of texts."""
