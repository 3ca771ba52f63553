"""What is selected, by which units."""
