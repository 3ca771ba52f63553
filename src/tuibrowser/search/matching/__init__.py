"""Find the matches of a query in a segment."""
