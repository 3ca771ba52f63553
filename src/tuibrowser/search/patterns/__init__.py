"""Patterns: regular expressions, unknown characters, alternatives and gaps in a query."""
