"""Which matches are shown, in which order."""
