"""Figures given out: as text in a format, and their basis as a paragraph to quote."""
