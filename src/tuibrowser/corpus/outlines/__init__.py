"""Find the headings of a text."""
