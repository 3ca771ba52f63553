"""Reuse: the passages that a document shares with others, and that the documents of a corpus share."""
