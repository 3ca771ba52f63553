"""The headings of a text."""
