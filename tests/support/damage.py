"""Damage done to files for tests."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def damaged(data: bytes, count: int, seed: int = 1, pieces: Sequence[bytes] = ()) -> Iterator[bytes]:
    """So many versions of some bytes with bytes changed, cut out, put in twice or cut off, or with pieces put in."""
    chance = random.Random(seed)
    for _ in range(count):
        made = bytearray(data)
        for _ in range(chance.choice((1, 2, 5, 20))):
            at = chance.randrange(len(made) + 1)
            if pieces and chance.randrange(2):
                made[at:at] = chance.choice(pieces)
                continue
            size = chance.choice((1, 1, 2, 8, 64, 512))
            match chance.randrange(6):
                case 0:
                    made[at : at + size] = chance.randbytes(size)
                case 1:
                    del made[at : at + size]
                case 2:
                    made[at:at] = made[at : at + size]
                case 3:
                    made[at : at + 1] = bytes((chance.choice((0, 1, 0x7F, 0x80, 0xFF)),))
                case 4:
                    start = chance.randrange(len(made) + 1)
                    made[at : at + size] = made[start : start + size]
                case 5:
                    if chance.random() < 0.2:
                        del made[at:]
        yield bytes(made)
