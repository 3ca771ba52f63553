"""The program's messages, and the languages that they are shown in."""
