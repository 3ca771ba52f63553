"""The commands, a table for each place where keys work: id, keys, action, name and help."""
