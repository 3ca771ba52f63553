"""Lines made into paragraphs."""
