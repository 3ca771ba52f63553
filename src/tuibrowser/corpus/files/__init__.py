"""The files of a corpus: found, ordered, decoded."""
