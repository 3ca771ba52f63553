"""Passages sent to the clipboard of the machine the reader sits at."""
