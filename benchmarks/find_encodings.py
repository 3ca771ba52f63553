"""How often the encoding of a text is found, by encoding and size, on stretches of real texts cut anywhere.

    python benchmarks/find_encodings.py FOLDER [SAMPLES]

The folder holds texts in UTF-8. A stretch that an encoding cannot write, or that holds no Chinese, does not count.
"""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Sequence

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
SIZES = (40, 100, 1_000, 10_000)
DAMAGED = "damaged"
"""The same with one byte in a hundred replaced at random."""


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    samples = int(arguments[1]) if len(arguments) > 1 else 300
    texts = sample(arguments[0], samples)
    print(f"{len(texts)} texts; share of stretches whose encoding is found, and their number")
    print(f"{'encoding':10}" + "".join(f"{f'{size:,} B':>16}" for size in SIZES) + f"{DAMAGED + ' 1,000 B':>18}")
    for encoding in ENCODINGS:
        cells = [share(texts, encoding, size, damage=False) for size in SIZES]
        cells.append(share(texts, encoding, 1_000, damage=True))
        print(f"{encoding:10}" + "".join(f"{cell:>16}" for cell in cells))
    return 0


def sample(folder: str, number: int) -> list[str]:
    corpus = Corpus.discover([folder])
    random.seed(7)
    numbers = random.sample(range(len(corpus.documents)), min(number, len(corpus.documents)))
    return [corpus.text(each).raw for each in numbers]


def share(texts: Sequence[str], encoding: str, size: int, *, damage: bool) -> str:
    results = [found for text in texts if (found := finds(text, encoding, size, damage=damage)) is not None]
    return f"{sum(results) / len(results):.4f} {len(results):6,}" if results else "-"


def finds(text: str, encoding: str, size: int, *, damage: bool) -> bool | None:
    start = random.randrange(max(1, len(text) - size // 3))
    stretch = text[start : start + size]
    if sum(character > "\u2fff" for character in stretch) < 8:
        return None
    try:
        data = bytearray(stretch.encode(encoding)[:size])
    except UnicodeEncodeError:
        return None
    if damage:
        for at in random.sample(range(4, len(data)), len(data) // 100):
            data[at] = random.randrange(0x80, 0x100)
    try:
        return decode(bytes(data)).encoding == encoding
    except CorpusError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
