"""Write the table of characters that belong to one script alone, from OpenCC's dictionaries.

A character is Traditional-only where OpenCC's TSCharacters gives Simplified forms for it that are all others, and
Simplified-only where STCharacters does so the other way: 后 and 里, which Traditional texts use too, are neither,
nor are 床 and 群, which are the standard forms of Taiwan or Hong Kong.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import opencc

CLASSICAL = "无并恒"
"""Simplified forms that Traditional editions of the classics have of old, as the Book of Changes has 无."""

TABLE = Path(__file__).resolve().parents[1] / "src/tuibrowser/hanzi/data/script.txt"


def main() -> None:
    """Write the table and say how many characters it holds."""
    traditional, simplified = only("TSCharacters"), only("STCharacters")
    simplified -= set(CLASSICAL).union(*entries("TWVariants").values(), *entries("HKVariants").values())
    both = traditional & simplified
    TABLE.write_text(
        "".join(sorted(traditional - both)) + "\n" + "".join(sorted(simplified - both)) + "\n", encoding="utf-8"
    )
    print(f"{len(traditional - both)} Traditional-only, {len(simplified - both)} Simplified-only")


def only(dictionary: str) -> set[str]:
    """The characters of a dictionary that are not among the forms it gives for them."""
    return {key for key, forms in entries(dictionary).items() if len(key) == 1 and key not in forms}


def entries(dictionary: str) -> dict[str, list[str]]:
    """The entries of a dictionary: what is looked up, and the forms given for it."""
    home = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        source = home / "share" / "opencc" / f"{dictionary}.ocd2"
        tool = [home / "bin" / "opencc_dict", "-i", source, "-o", text, "-f", "ocd2", "-t", "text"]
        subprocess.run([str(part) for part in tool], check=True)
        pairs = (line.split("\t") for line in text.read_text(encoding="utf-8").splitlines())
        return {key: forms.split() for key, forms in pairs}


if __name__ == "__main__":
    main()
