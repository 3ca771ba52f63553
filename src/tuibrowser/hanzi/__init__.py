"""Chinese writing: scripts, folding, readings, conversion, and the alignment of two versions of a text."""
