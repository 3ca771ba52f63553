"""Words: what figures count where words are the units."""
