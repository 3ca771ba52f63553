"""Find the work that a document is a part of, and its name beside others."""
