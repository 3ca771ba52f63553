"""Paragraphs broken into lines, and the lines on the screen."""
