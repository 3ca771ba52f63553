"""Send passages to the clipboard of the machine that the reader sits at."""
