"""Find and mend what bad conversions left in a text."""
