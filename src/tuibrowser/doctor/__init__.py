"""Diagnose where the program runs: terminal, clipboard, folders, versions."""
