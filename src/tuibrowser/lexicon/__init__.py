"""Say what characters and words are, by data of characters and by dictionaries."""
