"""Frames: how a process that reads documents is started, and how its answers are divided."""

from __future__ import annotations

import struct
from typing import Final

COMMAND: Final = ("-P", "-X", "utf8", "-m", "tuibrowser.corpus.loading.worker")
"""What starts it. -P: the folder of the texts is no place to import modules from."""

FRAME: Final = struct.Struct(">Q")
"""What stands before each answer: its length in bytes."""
