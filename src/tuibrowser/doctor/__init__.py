"""What a reader should know of where the program runs: terminal, clipboard, folders, versions."""
