"""Characters: the code points that a test of every character looks at."""

from __future__ import annotations

UNASSIGNED = range(0x40000, 0xE0000)
"""The planes in which Unicode has put nothing; one code point of each column of a chart stands for them."""

CODES = [
    code
    for code in (*range(UNASSIGNED.start), *UNASSIGNED[::16], *range(UNASSIGNED.stop, 0x110000))
    if not 0xD800 <= code < 0xE000
]
"""All code points but surrogates."""
