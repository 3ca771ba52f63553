"""What is kept of a corpus for searching, and how it is made."""
