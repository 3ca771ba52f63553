"""Folder: what a host keeps on disk: pieces of the corpus, and what it has of each generation.

FOLDER/c…/               a piece (see `making`)
FOLDER/p…/               what is being made: a piece, or the folder of a shard
FOLDER/g….json           its shards of a generation: the pieces of each, with the numbers of their first documents
FOLDER/g…/s0.post.npy …  a shard as an index that an engine opens: the arrays of its pieces, linked, and the numbers
                         of its documents in the corpus
FOLDER/w…/               the words of a shard, which stay as long as its texts do
"""

from __future__ import annotations

import json
import os
import re
from array import array
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import numpy as np

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.sources import Sources
from tuibrowser.host.regular import read_regular
from tuibrowser.language.i18n import plain
from tuibrowser.search.building.making import whole
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.discard import discard
from tuibrowser.search.index.mapped import mapped
from tuibrowser.search.index.places import make_folder
from tuibrowser.search.index.store import arrays_of, load_segment
from tuibrowser.search.index.words.files import layer_folder
from tuibrowser.search.index.words.keeper import WordPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.building.making import Made

    Array = npt.NDArray[Any]
    _Firsts = Sequence[tuple[str, int, int]]
    """The segments of a shard: the piece of each, which of its segments it is, the first document of the piece."""

_THREADS: Final = 2
_LARGEST_SHARE: Final = 100_000_000
_SHARE: Final = re.compile(r"g[0-9a-f]{24}\.json", re.ASCII)
_OWN: Final = re.compile(r"[cgpw][0-9a-f]{24,32}", re.ASCII)
_LINK: Final = re.compile(r"s\d+\.[a-z_]+\.npy", re.ASCII)
_PIECE: Final = re.compile(r"c[0-9a-f]{24}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Share:
    """What a host has of a generation: how many documents the corpus has, and shards by their numbers.

    A shard is a list of pieces by their names, each with the number of its first document.
    """

    generation: str
    documents: int
    shards: dict[int, list[tuple[str, int]]]

    def pieces(self) -> set[str]:
        """The names of all pieces."""
        return {name for shard in self.shards.values() for name, _ in shard}


class DamagedError(Exception):
    """A shard cannot be opened, since a piece of it is missing or not as it was written."""


class HostFolder:
    """The folder of a host."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def shares(self) -> list[Share]:
        """What the host has of each generation, the newest first."""
        found = []
        with suppress(OSError):
            entries = [entry for entry in os.scandir(self.path) if _SHARE.fullmatch(entry.name)]
            for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime_ns, reverse=True):
                with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
                    found.append(_share(json.loads(read_regular(self.path / entry.name, _LARGEST_SHARE))))
        return found

    def take(self, share: Share, kept: Collection[str], begun: Callable[[], Collection[str]] = tuple) -> None:
        """Keep a generation beside some others, and remove what none of these has. Raises OSError.

        `begun` are pieces for the next generation, which may be added to at any time.
        """
        said = {"generation": share.generation, "documents": share.documents, "shards": list(share.shards.items())}
        new = self.path / f"{share.generation}.{uuid4().hex}"
        new.write_text(json.dumps(said), encoding="ascii")
        new.replace(self.path / f"{share.generation}.json")
        self._remove_others({share.generation, *kept}, begun)

    def _remove_others(self, kept: Collection[str], begun: Callable[[], Collection[str]]) -> None:
        names = os.listdir(self.path)  # noqa: PTH208  # Names alone.
        needed = set(begun())  # after the listing, which so has nothing of a piece that is begun later
        making = tuple(f"p{name[1:]}" for name in needed)
        for share in self.shares():
            if share.generation not in kept:
                self.path.joinpath(f"{share.generation}.json").unlink(missing_ok=True)
                continue
            needed |= share.pieces()
            for shard in share.shards.values():
                needed |= {_linked_name(shard), layer_folder(_words_name(shard), self.path).name}
        for name in names:
            if name not in needed and not name.startswith(making) and _OWN.fullmatch(name):
                _discard_linked(self.path / name)

    def whole(self, name: str) -> Made | None:
        """A piece that is here as it was written. Raises ValueError for what is not the name of a piece."""
        return whole(self.piece(name))

    def piece(self, name: str) -> Path:
        """The folder of a piece. Raises ValueError for what is not the name of one."""
        if not _PIECE.fullmatch(name):
            raise ValueError(f"not the name of a piece: {name!r}")
        return self.path / name

    def engines(self, share: Share, checked: dict[str, Made]) -> tuple[dict[int, Engine], list[str]]:
        """Open shards; return engines, and why others cannot be opened.

        `checked` are the pieces known to be whole, to which others are added.
        """
        names = sorted(share.pieces() - checked.keys())
        with ThreadPoolExecutor(_THREADS) as pool:  # checksums keep no other thread waiting
            found = zip(names, pool.map(self.whole, names), strict=True)
            checked.update({name: made for name, made in found if made is not None})
        engines: dict[int, Engine] = {}
        problems: list[str] = []
        corpus = _corpus_of(share.documents)
        for number, shard in share.shards.items():
            try:
                engines[number] = self._engine(corpus, shard, checked)
            except DamagedError:
                problems.append(plain("part {number} of the index is damaged", number=number))
        return engines, problems

    def _engine(self, corpus: Corpus, shard: Sequence[tuple[str, int]], made: Mapping[str, Made]) -> Engine:
        if any(name not in made for name, _ in shard):
            raise DamagedError
        firsts = [(name, at, first) for name, first in shard for at in range(made[name].segments)]
        names = tuple(f"s{number}" for number in range(len(firsts)))
        folder = self.path / _linked_name(shard)
        try:
            if not self._is_linked(folder, firsts, made):
                _discard_linked(folder)
                self._link(folder, firsts, made)
            segments = tuple(load_segment(folder, name) for name in names)
        except (OSError, ValueError) as error:
            raise DamagedError from error
        engine = Engine(corpus)
        files = mapped(array for each in segments for array in arrays_of(each))
        engine.adopt(segments, files=files, words=WordPlace(folder, names, self.path, _words_name(shard)))
        return engine

    def _is_linked(self, folder: Path, firsts: _Firsts, made: Mapping[str, Made]) -> bool:
        """Whether the folder of a shard is there, with the files that its pieces have now."""
        try:
            return all((folder / linked).samefile(file) for file, linked in self._links(firsts, made)) and all(
                np.array_equal(np.load(folder / linked, allow_pickle=False), numbers)
                for linked, numbers in self._numbers(firsts)
            )
        except (OSError, ValueError):
            return False

    def _links(self, firsts: _Firsts, made: Mapping[str, Made]) -> Iterator[tuple[Path, str]]:
        """The arrays of pieces, and their names in the folder of a shard."""
        for number, (name, at, _) in enumerate(firsts):
            for file in made[name].files:
                segment, _, rest = file.partition(".")
                if segment == f"s{at}" and rest != _NUMBERS:
                    yield self.path / name / file, f"s{number}.{rest}"

    def _numbers(self, firsts: _Firsts) -> Iterator[tuple[str, Array]]:
        """The numbers of the documents in the corpus, by the names of their files in the folder of a shard."""
        for number, (name, at, first) in enumerate(firsts):
            numbers = np.load(self.path / name / f"s{at}.{_NUMBERS}", allow_pickle=False)
            yield f"s{number}.{_NUMBERS}", numbers + np.int32(first)

    def _link(self, folder: Path, firsts: _Firsts, made: Mapping[str, Made]) -> None:
        """Make the folder of a shard."""
        new = self.path / f"p{uuid4().hex}"
        make_folder(new, shared=False)
        try:
            for file, linked in self._links(firsts, made):
                new.joinpath(linked).symlink_to(Path("..", *file.parts[-2:]))
            for linked, numbers in self._numbers(firsts):
                with new.joinpath(linked).open("wb") as out:
                    np.save(out, numbers, allow_pickle=False)
            new.rename(folder)
        except BaseException:
            _discard_linked(new)
            raise


_NUMBERS: Final = "numbers.npy"


def _discard_linked(folder: Path) -> None:
    """Remove a folder, and the links in it to files of pieces."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.is_symlink() and _LINK.fullmatch(entry.name):
                Path(entry.path).unlink()
    discard(folder)


def _linked_name(shard: Sequence[tuple[str, int]]) -> str:
    """The name of the folder of a shard: another one where a piece or a number of a document is another."""
    return f"g{_digest(shard)}"


def _words_name(shard: Sequence[tuple[str, int]]) -> str:
    """The name by which the words of a shard are known: another one where a piece is another."""
    return f"g{_digest([name for name, _ in shard])}"


def _digest(value: object) -> str:
    return blake2b(json.dumps(value).encode("ascii"), digest_size=12).hexdigest()


def _corpus_of(documents: int) -> Corpus:
    """A corpus of so many documents, of which nothing is known: their records are at the gateway."""
    return Corpus(Sources([Found("", "", sizes=array("Q", bytes(8 * documents)))]))


def _share(said: dict[str, Any]) -> Share:
    shards = {int(number): [(_name(name), int(first)) for name, first in shard] for number, shard in said["shards"]}
    return Share(str(said["generation"]), int(said["documents"]), shards)


def _name(name: str) -> str:
    if not _PIECE.fullmatch(name):
        raise ValueError(f"not the name of a piece: {name!r}")
    return name
