"""The outline beside the text."""
