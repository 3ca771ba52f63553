"""Difference: the fewest bytes that turn what a terminal shows into what it is to show."""
