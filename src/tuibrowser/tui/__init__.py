"""The program on the screen: Textual widgets over the rooms below."""
