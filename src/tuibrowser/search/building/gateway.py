"""Gateway: what the gateway keeps of the index of several hosts: the records of all documents, and who has what.

    FOLDER/lock                     held while an index is being built
    FOLDER/manifest.json            what the index is of; its generation, pieces and shards; the checksum of each file
    FOLDER/g…/documents.jsonl …     the catalogue of one generation, and the names of its documents
    FOLDER/g…/listing.bin           the files of the corpus in order, as they were found then
    FOLDER/c…/documents.jsonl …     the records of a piece, as a host has made them

The last generation but one stays, with its records, for who still reads by it.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from tuibrowser.corpus.files.listing import packed_sources, unpacked_sources
from tuibrowser.corpus.records.catalogue import FAILURES, FILES, MAPPED, Catalogue, CatalogueError, CatalogueWriter
from tuibrowser.host.regular import read_regular
from tuibrowser.language.i18n import plain
from tuibrowser.search.index.checks import every_measured, fault
from tuibrowser.search.index.discard import discard
from tuibrowser.search.index.names import Names, load_names, merged, names_files, save_names
from tuibrowser.search.index.places import LISTING, MANIFEST, identity, make_folder
from tuibrowser.search.index.store import IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.corpus.files.sources import Sources

RECORDS: Final = (*MAPPED, FAILURES, *names_files())
"""The files of a piece that the gateway has too."""

_OF_ALL: Final = (*RECORDS, FILES, LISTING)
"""The files of a generation."""

_LARGEST_MANIFEST: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece as the manifest has it: its first document and how many, its bytes, what its files are, its shard."""

    name: str
    first: int
    documents: int
    failed: int
    characters: int
    size: int
    digest: str
    shard: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The pieces of an index in the order of their documents, and the hosts of each shard, the preferred one first."""

    maker: str
    pieces: tuple[Placed, ...]
    holders: dict[int, tuple[str, ...]]

    @property
    def generation(self) -> str:
        """The name of this state of the corpus and of its hosts."""
        return f"g{blake2b(json.dumps(self.said()).encode('ascii'), digest_size=12).hexdigest()}"

    def said(self) -> dict[str, Any]:
        """The plan as JSON has it."""
        pieces = [[getattr(piece, name) for name in Placed.__slots__] for piece in self.pieces]
        return {
            "maker": self.maker,
            "pieces": pieces,
            "holders": {str(at): names for at, names in self.holders.items()},
        }

    def sizes(self) -> dict[int, int]:
        """How many characters each shard has."""
        sizes = dict.fromkeys(self.holders, 0)
        for piece in self.pieces:
            sizes[piece.shard] += piece.characters
        return sizes

    def shards_of(self, host: str) -> dict[int, list[tuple[str, int]]]:
        """The shards that a host has: the pieces with text of each, with the number of their first documents."""
        found: dict[int, list[tuple[str, int]]] = {at: [] for at, names in self.holders.items() if host in names}
        for piece in self.pieces:
            if piece.shard in found and piece.failed < piece.documents:
                found[piece.shard].append((piece.name, piece.first))
        return found


@dataclass(frozen=True, slots=True)
class Gateway:
    """An index of several hosts as the gateway knows it."""

    folder: Path
    plan: Plan
    catalogue: Catalogue
    names: Names

    @property
    def generation(self) -> str:
        """The name of its generation."""
        return self.plan.generation

    @property
    def holders(self) -> dict[int, tuple[str, ...]]:
        """The hosts of each shard, the preferred one first."""
        return self.plan.holders

    def is_of(self, corpus: Corpus) -> bool:
        """Whether it has the documents of a corpus and no others; they may have changed. Raises IndexUnusableError."""
        try:
            return self.catalogue.is_of(corpus.sources)
        except (OSError, CatalogueError) as error:
            raise IndexUnusableError(plain("is damaged")) from error

    def sources(self) -> Sources:
        """The documents that it has, as their files were found when it was built. Raises IndexUnusableError."""
        try:
            return unpacked_sources(self.folder.joinpath(LISTING).read_bytes())
        except (OSError, ValueError) as error:
            raise IndexUnusableError(plain("is damaged")) from error


def read_plan(corpus: Corpus, folder: Path) -> Plan:
    """The plan that the manifest has, by which hosts are asked. Raises IndexUnusableError."""
    return _read(corpus, folder)[0]


def open_gateway(corpus: Corpus, folder: Path) -> Gateway:
    """Open what the gateway has of the index of a corpus; it may be one of its files as they were before.

    Raises IndexUnusableError.
    """
    plan, files = _read(corpus, folder)
    generation = folder / plan.generation
    try:
        if wrong := fault(generation, {name: files[name] for name in _OF_ALL}, note=True):
            raise IndexUnusableError(wrong)
        return Gateway(generation, plan, Catalogue(generation), load_names(generation))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusableError(plain("is damaged")) from error


def _read(corpus: Corpus, folder: Path) -> tuple[Plan, dict[str, Any]]:
    try:
        said = json.loads(read_regular(folder / MANIFEST, _LARGEST_MANIFEST))
        if said["of"] != identity(corpus):
            raise IndexUnusableError(plain("is one of other texts"))
        pieces = tuple(Placed(*row) for row in said["pieces"])
        plan = Plan(str(said["maker"]), pieces, {int(at): tuple(names) for at, names in said["holders"].items()})
        if plan.generation != said["generation"]:
            raise IndexUnusableError(plain("is damaged"))
        return plan, dict(said["files"])
    except FileNotFoundError as error:
        raise IndexUnusableError("") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexUnusableError(plain("is damaged")) from error


# Writing


def records_are_there(folder: Path, name: str, files: dict[str, tuple[int, int]]) -> bool:
    """Whether the gateway has the records of a piece as a host has them."""
    return not fault(folder / name, {file: files[file] for file in RECORDS}, note=True)


def keep_records(folder: Path, name: str, records: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Keep the files of the records of a piece, each as it comes. Raises OSError."""
    new = folder / f"p{uuid4().hex}"
    make_folder(new, shared=False)
    try:
        for file, data in records:
            with new.joinpath(file).open("wb") as out:
                out.writelines(data)
        discard(folder / name)
        new.rename(folder / name)
    finally:
        discard(new)


def publish(corpus: Corpus, folder: Path, plan: Plan) -> None:
    """Make a plan, whose records were prepared, that of the index. Raises OSError."""
    generation = folder / plan.generation
    files = every_measured(generation, _OF_ALL)
    said = {**plan.said(), "of": identity(corpus), "generation": plan.generation, "files": files}
    new = generation / MANIFEST
    new.write_text(json.dumps(said, indent=1), encoding="ascii")
    new.replace(folder / MANIFEST)


def prepare(corpus: Corpus, folder: Path, plan: Plan) -> None:
    """Put the records of all pieces together. Raises OSError, CatalogueError."""
    generation = folder / plan.generation
    new = folder / f"p{uuid4().hex}"
    make_folder(new, shared=False)
    try:
        with CatalogueWriter(new) as catalogue:
            for piece in plan.pieces:
                part = Catalogue(folder / piece.name)
                if len(part) != piece.documents:
                    raise CatalogueError(f"{piece.name} has other documents")
                for at in range(len(part)):
                    catalogue.add(part.record(at))
            catalogue.finish(corpus.sources)
        new.joinpath(LISTING).write_bytes(packed_sources(corpus.sources))
        save_names(new, merged(load_names(folder / piece.name) for piece in plan.pieces))
        discard(generation)
        new.rename(generation)
    finally:
        discard(new)


def remove_others(folder: Path, kept: Sequence[Plan]) -> None:
    """Remove all generations but those of some plans, and the records of pieces that these do not have."""
    names = {plan.generation for plan in kept} | {piece.name for plan in kept for piece in plan.pieces}
    with suppress(OSError):
        for each in folder.iterdir():
            if each.name not in names and each.name[0] in "cgp":
                discard(each)
