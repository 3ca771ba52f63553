"""Build the fold table: which characters count as one in search, and how each class is read.

    python scripts/build_fold_table.py [--check]

Writes src/tuibrowser/hanzi/data/fold.npz, or with --check only says whether it would change. Sources: Unicode's NFKC
mappings and categories (Python's unicodedata), OpenCC's one-to-one character tables (Apache 2.0; through the installed
package), the variants of old editions from yitizi (CC0; made from Unihan and the cjkvi tables), the readings of
pypinyin (MIT), and how often characters occur in the dictionary of jieba (MIT). The versions they came from are
recorded in the file.

Two characters share a class when one is the other's
- one-to-one NFKC form or lower case;
- letter without its accents (Latin, Greek, Cyrillic), or the ideograph it is drawn like (scripts/make_alike_table.py);
- Simplified form, or a Taiwan, Hong Kong or Japanese form of it;
- orthographic variant (逺 for 远), where the variant is too rare to stand for anything else: it is outside GB 2312 and
  outside Big5's common plane, it shares a reading, and all its variants fall into one class;
- partner in `CONFUSED`, pairs that converters treat unlike one another.

Ids, 16 bits: 0 divides documents; then gaps (punctuation, spaces, controls, accents that follow their letter), then
other symbols, letters and digits, then buckets shared by what has no id of its own, then characters ordered by their
first reading, so that the characters of a syllable, and of an initial, are one range; last the characters without a
reading.

Each id is in one of 64 sound groups, 6 bits: 0 has what has no reading, the next ones the characters of one initial,
the others those that are read with several.
"""

from __future__ import annotations

import argparse
import sys
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TARGET = Path(__file__).resolve().parents[1] / "src/tuibrowser/hanzi/data/fold.npz"

CODE_POINTS = 0x110000
LAST_ID = 0xFFFF
BUCKETS = 2048
"""Ids shared by characters that have none of their own; which of them stands in a text is checked there."""

MISC_LIMIT = 9000
"""Ids for all that is not Han, the common scripts first."""

HAN_BLOCKS = ((0x3007, 0x3008), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))

CONFUSED = ("复覆", "了瞭", "借藉")
"""Converters leave these apart or not by the words around them; a search must not depend on it."""

ALIKE = TARGET.with_name("alike.txt")
"""Characters that are drawn like an ideograph and stand for it, each before it; made by make_alike_table.py."""

CIRCLES, ZERO = (0x25CB, 0x25EF), 0x3007
"""Circles that stand for the zero of Chinese numerals."""

STROKED = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
"""Letters whose stroke, or lack of a dot, Unicode does not take apart."""

LETTERS_END = 0x0530
"""Code points below are letters of scripts that write accents: Latin, Greek, Cyrillic."""

SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""They choose a shape and stand for nothing themselves."""

SKIPPED_MARKS = frozenset(
    (*SELECTORS, *range(0x300, 0x370), *range(0x1AB0, 0x1ACF), *range(0x1DC0, 0x1E00), *range(0x20D0, 0x20F1))
)
"""Selectors, and the accents that follow their letter."""

GROUPS = 64
"""Sound groups: as many as the bits are for that an index has left of a position."""

MORE_READINGS = 3
"""Readings taken from a dictionary entry of a character that is common but not among the most common."""


def han() -> list[int]:
    """All ideographs: the blocks up to Extension H, compatibility ideographs and 〇."""
    return [code for start, end in HAN_BLOCKS for code in range(start, end)]


def assigned(codes: Iterable[int]) -> Iterator[int]:
    """Those that stand for a character in this version of Unicode."""
    return (code for code in codes if unicodedata.category(chr(code)) not in {"Cn", "Cs"})


def encodable(codec: str, first: range) -> set[int]:
    """The characters of a two-byte encoding whose first byte is in a range."""
    found = set()
    for high in first:
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            try:
                character = bytes((high, low)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(character) == 1:
                found.add(ord(character))
    return found


def nfkc_folds() -> dict[int, int]:
    """Each code point that has one, with its one-to-one compatible lower-case form."""
    folds = {}
    for code in assigned(range(CODE_POINTS)):
        form = unicodedata.normalize("NFKC", chr(code)).lower()
        form = form if len(form) == 1 else chr(code).lower()
        form = without_accents(form)
        if len(form) == 1 and ord(form) != code:
            folds[code] = ord(form)
    return folds


def without_accents(character: str) -> str:
    """The letter that bears the accents of a character; what is no such letter stays."""
    letter, *accents = unicodedata.normalize("NFD", character)
    if (
        ord(letter) >= LETTERS_END
        or not letter.isalpha()
        or any(unicodedata.category(accent) != "Mn" for accent in accents)
    ):
        return character
    return STROKED.get(letter, letter)


def alike() -> Iterator[tuple[int, int]]:
    """Characters that are drawn like another, each with that one."""
    pairs = ALIKE.read_text(encoding="utf-8").rstrip("\n")
    yield from zip(map(ord, pairs[::2]), map(ord, pairs[1::2]), strict=True)
    yield from ((circle, ZERO) for circle in CIRCLES)


class Classes:
    """Disjoint classes of code points, each named by one member."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def of(self, code: int) -> int:
        """The name of the class of a code point."""
        while (parent := self._parent.get(code, code)) != code:
            code = parent
        return code

    def join(self, code: int, root: int) -> None:
        """Put the class of `code` under the class of `root`, which keeps its name."""
        code, root = self.of(code), self.of(root)
        if code != root:
            self._parent[code] = root


def one_to_one(name: str) -> Callable[[int], int]:
    """An OpenCC configuration on single characters; what has no single form stays."""
    import opencc

    convert = opencc.OpenCC(name).convert

    def converted(code: int) -> int:
        result: str = convert(chr(code))
        return ord(result) if len(result) == 1 else code

    return converted


def script_classes(folds: Mapping[int, int]) -> Classes:
    """Classes by compatibility, case, script and region."""
    classes = Classes()
    for code, form in folds.items():
        classes.join(code, form)
    for code, form in alike():
        classes.join(code, form)
    simplified = one_to_one("t2s")
    for code in han():
        classes.join(code, simplified(classes.of(code)))
    for name in ("s2t", "s2tw", "s2hk"):
        regional = one_to_one(name)
        for code in han():
            variant = regional(code)
            if classes.of(code) == code and classes.of(variant) == variant:
                classes.join(variant, code)
    old_form = one_to_one("jp2t")
    for code in han():
        if classes.of(code) == code:
            classes.join(code, old_form(code))
    for pair in CONFUSED:
        classes.join(ord(pair[1]), ord(pair[0]))
    return classes


def join_variants(classes: Classes, readings: Mapping[int, list[str]], common: set[int]) -> None:
    """Join the rare orthographic variants of one character to it."""
    import yitizi

    joined = []
    for code in han():
        if code in common or classes.of(code) != code:
            continue
        variants = {classes.of(ord(variant)) for variant in yitizi.get(chr(code)) if len(variant) == 1}
        candidates = {variant for variant in variants if variant in common} - {code}
        if len(candidates) != 1:
            continue
        root = candidates.pop()
        if not readings.get(code) or set(readings[code]) & set(readings.get(root, ())):
            joined.append((code, root))
    for code, root in joined:
        classes.join(code, root)


@cache
def toneless(reading: str) -> str:
    """A reading without its tone; ü is v."""
    from pypinyin.contrib.tone_convert import to_normal

    plain: str = to_normal(reading)
    return plain.replace("ü", "v")


def dictionary_readings() -> dict[int, list[str]]:
    """The toneless readings of each character, most common first."""
    from pypinyin.constants import PINYIN_DICT

    table = {}
    for code, entry in PINYIN_DICT.items():
        found = [toneless(reading) for reading in entry.split(",")]
        table[code] = list(dict.fromkeys(reading for reading in found if reading.isascii() and reading.isalpha()))
    return table


def phrase_readings() -> dict[int, set[str]]:
    """The readings that characters take in the phrases of the dictionary."""
    from pypinyin.constants import PHRASES_DICT

    table: dict[int, set[str]] = {}
    for phrase, syllables in PHRASES_DICT.items():
        if len(phrase) == len(syllables):
            for character, (reading, *_) in zip(phrase, syllables, strict=True):
                table.setdefault(ord(character), set()).add(toneless(reading))
    return table


def class_readings(classes: Classes, common: set[int], most_common: set[int]) -> dict[int, list[str]]:
    """The readings of each class: first those of its name, then those its common members are used with."""
    single, phrases = dictionary_readings(), phrase_readings()
    table = {code: list(readings) for code, readings in single.items() if classes.of(code) == code and readings}
    first = {code: readings[0] for code, readings in table.items()}
    used: dict[int, list[str]] = {code: [reading] for code, reading in first.items()}
    for code, readings in single.items():
        root = classes.of(code)
        known = used.setdefault(root, readings[:1])
        in_phrases = [reading for reading in readings if reading in phrases.get(code, ())]
        if code in most_common:
            more = readings
        elif code in common:
            more = readings[:MORE_READINGS] + in_phrases
        else:
            more = readings[:1] if code == root else []
        known += [reading for reading in more if reading not in known]
    return {code: readings for code, readings in used.items() if readings}


def occurrences(table: Any) -> Any:
    """int64: how often the characters of each id occur in the words of jieba's dictionary, by their frequency."""
    import jieba

    with jieba.get_dict_file() as file:
        words, numbers, *_ = zip(*(line.split(" ") for line in file.read().decode("utf-8").splitlines()), strict=True)
    ids = table[np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)]
    counts = np.zeros(LAST_ID + 1, np.int64)
    np.add.at(counts, ids, np.repeat(np.array(numbers, np.int64), [len(word) for word in words]))
    return counts


def sound_groups(letters: Mapping[int, set[str]], counts: Any) -> Any:
    """uint8: the sound group of each id, given the initials it is read with and how often it occurs.

    A search for an initial has to look at all groups with a character so read. Sets of several initials are put
    together for as long as there are too many, those first that make such searches look at the fewest characters more.
    """
    alphabet = sorted(set().union(*letters.values()))
    groups: dict[str, list[int]] = {letter: [] for letter in alphabet}
    for identity, read in sorted(letters.items()):
        groups.setdefault("".join(sorted(read)), []).append(identity)
    several = sorted(name for name in groups if len(name) > 1)
    members = [groups[name] for name in several]
    # An id that occurs in no word still counts a little, so that rare ones are not put together blindly.
    weight = np.array([counts[ids].sum() + len(ids) for ids in members], np.float64)
    has = np.array([[letter in name for letter in alphabet] for name in several])
    asked = has.T.astype(np.float64) @ weight + [counts[groups[letter]].sum() for letter in alphabet]
    live = np.ones(len(several), bool)

    def costs(at: int) -> Any:
        """What putting a set together with each other one costs."""
        both = (has | has[at]) @ asked * (weight + weight[at])
        both -= has @ asked * weight + has[at] @ asked * weight[at]
        both[~live] = np.inf
        both[at] = np.inf
        return both

    table = np.array([costs(at) for at in range(len(several))])
    while live.sum() > GROUPS - 1 - len(alphabet):
        one, other = sorted(divmod(int(table.argmin()), len(several)))
        has[one] |= has[other]
        weight[one] += weight[other]
        members[one] = members[one] + members[other]
        live[other] = False
        table[other], table[:, other] = np.inf, np.inf
        table[one] = table[:, one] = costs(one)
    found = np.zeros(LAST_ID + 1, np.uint8)
    kept = [groups[letter] for letter in alphabet] + [ids for ids, alive in zip(members, live, strict=True) if alive]
    for number, ids in enumerate(kept, 1):
        found[ids] = number
    return found


def is_gap(code: int) -> bool:
    """Whether a match may pass over a character: punctuation, spaces, controls and marks upon another character."""
    return code in SKIPPED_MARKS or (unicodedata.category(chr(code))[0] in "PZC" and not 0xE000 <= code < 0xF900)


def build() -> dict[str, Any]:
    """All arrays of the table."""
    folds = nfkc_folds()
    classes = script_classes(folds)
    gb2312 = encodable("gb2312", range(0xB0, 0xF8))
    level1 = encodable("gb2312", range(0xB0, 0xD8))
    common = gb2312 | encodable("big5", range(0xA4, 0xC7))
    join_variants(classes, dictionary_readings(), common)
    readings = class_readings(classes, common, {classes.of(code) for code in level1} | level1)
    roots = sorted({classes.of(code) for code in assigned(han())})
    han_roots = set(roots)

    ids: dict[int, int] = {}
    others = {classes.of(code) for code in assigned(range(0x10000)) if not 0xE000 <= code < 0xF900} - han_roots
    others |= {classes.of(code) for code in SKIPPED_MARKS}
    gaps = sorted(code for code in others if is_gap(code))
    rest = sorted((code for code in others if not is_gap(code) and not 0xAC00 <= code < 0xD7B0), key=_script_order)
    for code in gaps:
        ids[code] = len(ids) + 1
    gap_end = len(ids) + 1
    for code in rest[: MISC_LIMIT - len(gaps)]:
        ids[code] = len(ids) + 1
    bucket_start = len(ids) + 1
    next_id = bucket_start + BUCKETS

    read = sorted((code for code in roots if code in readings), key=lambda code: (readings[code][0], code))
    unread = [code for code in roots if code not in readings]
    room = LAST_ID + 1 - next_id
    # What is astral, in no common set and read alike is the first to do without an id of its own.
    dropped = set(
        sorted([*read, *unread], key=lambda code: (code in common, code < 0x20000, code in readings))[
            : max(0, len(roots) - room)
        ]
    )
    syllables: list[str] = []
    starts: list[int] = []
    for code in read:
        if code in dropped:
            continue
        if not syllables or syllables[-1] != readings[code][0]:
            syllables.append(readings[code][0])
            starts.append(next_id)
        ids[code] = next_id
        next_id += 1
    starts.append(next_id)
    for code in unread:
        if code not in dropped:
            ids[code] = next_id
            next_id += 1

    number = {syllable: at for at, syllable in enumerate(syllables)}
    also = sorted(
        (ids[code], number[reading])
        for code in read
        if code in ids
        for reading in readings[code][1:]
        if reading in number
    )
    codes = np.arange(CODE_POINTS, dtype=np.uint64)
    table = (bucket_start + ((codes * np.uint64(2654435761)) >> np.uint64(8)) % np.uint64(BUCKETS)).astype(np.uint16)
    for code in range(CODE_POINTS):
        root = classes.of(code)
        if root in ids:
            table[code] = ids[root]
        elif root != code:
            table[code] = table[root]
    table[0] = 0
    letters = {
        ids[code]: {reading[0] for reading in readings[code] if reading in number} for code in read if code in ids
    }
    return {
        "table": table,
        "bounds": np.array([gap_end, bucket_start, bucket_start + BUCKETS, starts[-1], next_id], np.int32),
        "syllables": np.array(syllables),
        "starts": np.array(starts, np.int32),
        "also": np.array(also, np.int32).reshape(-1, 2),
        "groups": sound_groups(letters, occurrences(table)),
        "versions": np.array(
            [f"{name} {version(name)}" for name in ("opencc", "pypinyin", "yitizi", "jieba")]
            + [unicodedata.unidata_version]
        ),
    }


def _script_order(code: int) -> tuple[bool, int]:
    """Alphabets, kana and enclosed forms before the rest of the plane."""
    return not (code < 0x0600 or 0x1E00 <= code < 0x3400 or code >= 0xFB00), code


def main() -> int:
    """Build the table, or check it."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--check", action="store_true", help="write nothing; end with 1 when the file is outdated")
    options = arguments.parse_args()
    arrays = build()
    if options.check:
        with np.load(TARGET) as old:
            same = set(old.files) == set(arrays) and all(np.array_equal(old[name], arrays[name]) for name in arrays)
        sys.stdout.write("the same\n" if same else "outdated\n")
        return not same
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(TARGET, **arrays)
    gap_end, bucket_start, bucket_end, read_end, end = arrays["bounds"].tolist()
    sys.stdout.write(
        f"{TARGET.name}: {gap_end - 1} gaps, {bucket_start - gap_end} symbols and letters, {bucket_end - bucket_start} "
        f"buckets, {read_end - bucket_end} read in {len(arrays['syllables'])} syllables, {end - read_end} unread, "
        f"{len(arrays['also'])} more readings; {TARGET.stat().st_size / 1000:.0f} kB\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
