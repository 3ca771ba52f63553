"""What the reader can set: commands and keys, options, the file."""
