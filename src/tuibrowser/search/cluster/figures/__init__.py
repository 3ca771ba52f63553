"""Figures over the hosts: matches, units and words are counted where the text is, and the counts are added here."""
