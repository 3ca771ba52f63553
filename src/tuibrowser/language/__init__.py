"""What the program says, in which language."""
