"""Records: JSON and tables, whose fields are known by their names."""
