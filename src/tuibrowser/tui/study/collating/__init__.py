"""The desk of collation: two texts side by side with the differences between them."""
