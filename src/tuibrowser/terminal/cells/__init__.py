"""Cells: what stands on a terminal, and what the frames of Textual paint there."""
