"""Bytes to text: the encoding of a file found, and what does not fit it mended line by line."""
