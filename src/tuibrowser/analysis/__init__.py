"""Figures about a corpus: lines, frequencies, company, spread and keyness, each led back to what it counts."""
