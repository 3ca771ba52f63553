"""Reuse: what a document shares with others, with where it stands and which of the two is earlier."""
