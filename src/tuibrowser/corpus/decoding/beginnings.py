"""Beginnings: the first bytes by which a file is told, where more than one module asks for them."""

from __future__ import annotations

from typing import Final

BZIP2: Final = tuple(b"BZh%d%b" % (level, block) for level in range(1, 10) for block in (b"1AY&", b"\x17rE8"))
"""How bzip2 begins what it writes: a level, then a block or the end of an empty file; a text may begin with BZh."""
