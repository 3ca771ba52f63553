"""The machine the program runs on: its errors, variables, folders, processor."""
