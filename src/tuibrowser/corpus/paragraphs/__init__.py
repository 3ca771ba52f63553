"""Make paragraphs of lines."""
