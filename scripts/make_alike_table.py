"""Write the table of characters that are drawn like an ideograph and stand for it.

    python scripts/make_alike_table.py EquivalentUnifiedIdeograph.txt

The argument is the file of that name in Unicode's character database, which gives the ideograph of each radical and
stroke. The compatibility ideographs come from Python's unicodedata.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "src/tuibrowser/hanzi/data/alike.txt"

_ENTRY = re.compile(r"([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)")
_COMPATIBILITY = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))


def main() -> None:
    """Write the table, a line of pairs, and say how many it holds."""
    pairs = equivalents(Path(sys.argv[1]).read_text(encoding="utf-8")) | compatibility()
    TABLE.write_text("".join(chr(one) + chr(other) for one, other in sorted(pairs.items())) + "\n", encoding="utf-8")
    print(f"{len(pairs)} characters")


def equivalents(database: str) -> dict[int, int]:
    """The unified ideograph of each radical and stroke."""
    pairs = {}
    for line in database.splitlines():
        if found := _ENTRY.match(line):
            first, last = int(found[1], 16), int(found[2] or found[1], 16)
            pairs |= dict.fromkeys(range(first, last + 1), int(found[3], 16))
    return pairs


def compatibility() -> dict[int, int]:
    """The unified ideograph of each compatibility ideograph."""
    forms = {code: unicodedata.normalize("NFKC", chr(code)) for code in _COMPATIBILITY}
    return {code: ord(form) for code, form in forms.items() if form != chr(code)}


if __name__ == "__main__":
    main()
