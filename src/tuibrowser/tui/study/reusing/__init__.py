"""Reuse on the screen: what a document shares with others, as a list with each pair in sight."""
