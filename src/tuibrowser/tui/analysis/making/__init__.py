"""What is asked of the corpus, and the figures that are made of it; no widget is known here."""
