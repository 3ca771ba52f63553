"""What the desk shows: the lines above, and the rows of a figure or the lines of a query."""
