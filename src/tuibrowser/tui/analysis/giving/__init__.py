"""Rows given out: copied, cited, written to a file or drawn."""
