"""Build the index of a corpus on several hosts, each of which keeps a part of it."""
