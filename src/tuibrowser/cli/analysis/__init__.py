"""The commands of corpus analysis, which print tables of figures."""
