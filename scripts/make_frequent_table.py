"""Write the table of the characters that are frequent in Chinese, the most frequent first.

    python scripts/make_frequent_table.py

The frequencies are those of the words in jieba's dictionary. The Traditional forms of a character stand behind it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import jieba
from opencc import OpenCC

TABLE = Path(__file__).resolve().parents[1] / "src/tuibrowser/hanzi/data/frequent.txt"
NUMBER = 4_000
"""Characters in Simplified script; rarer ones are not told apart."""


def main() -> None:
    """Write the table and say how many characters it holds."""
    counts: Counter[str] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split()
        for character in word:
            counts[character] += int(count)
    forms = traditional()
    order = [character for character, _ in counts.most_common() if "\u4e00" <= character <= "\u9fff"]
    TABLE.write_text(
        " ".join(character + "".join(forms[character]) for character in order[:NUMBER]) + "\n", encoding="utf-8"
    )
    print(f"{NUMBER} characters")


def traditional() -> dict[str, list[str]]:
    """The Traditional forms of each Simplified character."""
    convert = OpenCC("t2s").convert
    forms: dict[str, list[str]] = defaultdict(list)
    for code in range(0x4E00, 0xA000):
        if (simplified := convert(chr(code))) != chr(code):
            forms[simplified].append(chr(code))
    return forms


if __name__ == "__main__":
    main()
