"""Asking: what is known of a terminal, by its entry in terminfo and by its own answers."""
