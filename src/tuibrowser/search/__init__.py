"""Queries made into hits: what is asked, where it stands in the corpus, and in which order it is shown."""
