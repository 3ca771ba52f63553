"""The program on the screen: Textual widgets over the rooms below."""

import os

# Textual draws once in this many parts of a second, and what changes right after a frame waits for up to two of them:
# with its own 60 the results of a key came 33 ms after its echo. The driver sends no more than the line can take.
os.environ.setdefault("TEXTUAL_FPS", "120")
