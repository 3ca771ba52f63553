"""Make, keep and read the index of a corpus."""
