"""Figures about a corpus: concordance, frequency, collocates, dispersion and keyness, traced back to their matches."""
