"""Write the data of characters that the wheel ships, from Unihan and the Guangyun.

    python scripts/build_lexicon.py FOLDER

FOLDER holds Unihan_Readings.txt, Unihan_Variants.txt, Unihan_IRGSources.txt and Unihan_DictionaryLikeData.txt, as they
are or compressed by bzip2 (Debian's package unicode-data has them in /usr/share/unicode). The Guangyun is that of the
package Qieyun. Characters are divided in blocks of 256 code points, so that one is read without the others.
"""

from __future__ import annotations

import bz2
import csv
import re
import sys
import zipfile
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "src/tuibrowser/lexicon/data/characters.zip"
READINGS = ("kMandarin", "kTGHZ2013", "kHanyuPinyin", "kXHC1983")
VARIANTS = ("kSimplifiedVariant", "kTraditionalVariant", "kSemanticVariant", "kSpecializedSemanticVariant", "kZVariant")
FIELDS = (*READINGS, *VARIANTS, "kCantonese", "kTotalStrokes", "kRSUnicode", "kDefinition")
LONGEST_GLOSS = 400
DATE = (1980, 1, 1, 0, 0, 0)
"""The same in each build, so that equal data make an equal file."""


def main() -> None:
    """Write the file and say how much it holds."""
    unihan, rhymes = fields(Path(sys.argv[1])), guangyun()
    blocks: dict[int, list[str]] = defaultdict(list)
    for code in sorted(unihan.keys() | rhymes.keys()):
        blocks[code >> 8] += (line(code, unihan[code]), *rhymes[code])
    with zipfile.ZipFile(TARGET, "w") as archive:
        for number, lines in blocks.items():
            entry = zipfile.ZipInfo(f"{number:X}", DATE)
            archive.writestr(entry, "\n".join(lines), zipfile.ZIP_DEFLATED, compresslevel=9)
    print(f"{len(unihan):,} characters, {sum(map(len, rhymes.values())):,} entries of the Guangyun")


def fields(folder: Path) -> dict[int, dict[str, str]]:
    """The fields of each character of Unihan."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for path in folder.glob("Unihan_*"):
        text = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
        for row in text.decode("utf-8").splitlines():
            code, _, rest = row.partition("\t")
            name, _, value = rest.partition("\t")
            if code.startswith("U+") and name in FIELDS:
                found[int(code[2:], 16)][name] = value
    return found


def line(code: int, known: dict[str, str]) -> str:
    """What is said of a character: pinyin, jyutping, radical and strokes, all strokes, variants, definition."""
    readings = dict.fromkeys(reading for name in READINGS for reading in pinyin(known.get(name, "")))
    variants = dict.fromkeys(
        chr(int(form, 16)) for name in VARIANTS for form in re.findall(r"U\+([0-9A-F]+)", known.get(name, ""))
    )
    variants.pop(chr(code), None)
    strokes = known.get("kTotalStrokes", "").split(" ")[0]
    radical = known.get("kRSUnicode", "").split(" ")[0]
    values = (" ".join(readings), known.get("kCantonese", ""), radical, strokes, "".join(variants))
    return "\t".join((chr(code), *values, known.get("kDefinition", "")))


def pinyin(value: str) -> list[str]:
    """The readings of a field, which may have the places of a dictionary before them: 10019.020:zhòng,chóng."""
    return [reading for part in value.split(" ") for reading in part.rpartition(":")[2].split(",") if reading]


def guangyun() -> dict[int, list[str]]:
    """The entries of each character in the Guangyun: the spelling, its place among the sounds, and the gloss."""
    spec = find_spec("Qieyun")
    if spec is None or spec.origin is None:
        raise SystemExit("the package Qieyun is missing")
    found: dict[int, list[str]] = defaultdict(list)
    with (Path(spec.origin).parent / "rhyme_book.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            head, spelling = row["字頭"] or row["字頭覈校前"], row["反切"] or row["反切覈校前"]
            if row["資料名稱"] == "廣韻" and len(head) == 1:
                gloss = row["釋義"].replace("\n", "")[:LONGEST_GLOSS]
                found[ord(head)].append(f"\t{spelling}\t{row['最簡描述']}\t{gloss}")
    return found


if __name__ == "__main__":
    main()
