"""Extent: the documents that figures count in, how long they are, and what of them is not known or not counted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import compress
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from tuibrowser.analysis.texts.facts import facts_of
from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import LAYERS
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tuibrowser.analysis.texts.facts import Fact
    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.searcher import Searcher
    from tuibrowser.search.values import Chosen, Missing

_FINGERPRINT: Final = 8
"""Bytes of a fingerprint."""

_KEPT: Final = 8
"""Extents of a corpus that are kept."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a corpus as far as they have been read: what is known of each by its number, and its digest.

    `missing` are the parts that do not answer; their documents have no digest.
    """

    facts: Sequence[Fact]
    digests: Sequence[str]
    fingerprint: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Undated:
    """Documents in scope without a date: how many, and their share of the text."""

    documents: int
    share: float


@dataclass(frozen=True, eq=False)
class Extent:
    """The documents in scope that could be read, by their numbers, and how many could not.

    `units` are the significant characters of each document of the corpus by its number, `aside` those in each layer
    that is not counted. `repeated` are those in paragraphs that stand in a document before, which are not counted and
    not among the `units` if `once`.
    """

    texts: Texts
    numbers: Sequence[int]
    unread: int
    units: Sequence[int]
    aside: Mapping[Layer, Sequence[int]]
    repeated: Sequence[int]
    once: bool

    @cached_property
    def size(self) -> int:
        """The significant characters in scope."""
        return self.characters(self.numbers)

    def characters(self, numbers: Iterable[int]) -> int:
        """The significant characters of some documents."""
        return sum(map(self.units.__getitem__, numbers))

    def share(self, numbers: Iterable[int]) -> float:
        """The share that some documents have of the text in scope; 0 where there is none."""
        return round(self.characters(numbers) / max(1, self.size), 6)

    @cached_property
    def with_text(self) -> Sequence[int]:
        """The documents that have any."""
        return [number for number in self.numbers if self.units[number]]

    @cached_property
    def undated(self) -> Undated:
        """The documents without a date."""
        undated = [number for number in self.numbers if self.texts.facts[number].date is None]
        return Undated(len(undated), self.share(undated))

    @cached_property
    def notes(self) -> Sequence[str]:
        """Sentences on layers that are not counted, and on documents that could not be read or repeat another."""
        parts = [_in_layer(layer, count) for layer, count in self._aside() if count]
        found: list[str] = []
        if parts:
            found.append(plain("not counted: {parts}", parts=listed(parts)))
        if self.unread:
            found.append(plain("{documents} could not be read", documents=many(self.unread, "document")))
        if self.repeats:
            found.append(
                plain(
                    "{documents}, {share:.0%} of the text, repeat the text of another",
                    documents=many(len(self.repeats), "document"),
                    share=self.share(self.repeats),
                )
            )
        repeated = sum(map(self.repeated.__getitem__, self.numbers))
        if repeated:
            found.append(self._repeated(repeated))
        return found

    def _repeated(self, count: int) -> str:
        """That so many characters stand in paragraphs of a document before, and whether they are counted."""
        share, characters = count / (self.size + count * self.once), many(count, "character")
        if self.once:
            return plain(
                "left out, since a document before has these paragraphs too: {characters}, {share:.1%} of the text",
                characters=characters,
                share=share,
            )
        return plain(
            "{characters}, {share:.1%} of the text, in paragraphs that a document before has too",
            characters=characters,
            share=share,
        )

    def _aside(self) -> Iterable[tuple[Layer, int]]:
        """The layers that are not counted, and how many characters of them are in scope."""
        return ((layer, sum(map(counts.__getitem__, self.numbers))) for layer, counts in self.aside.items())

    @cached_property
    def repeats(self) -> Sequence[int]:
        """The documents in scope with the very text of one before them."""
        seen: set[str] = set()
        repeated = []
        for number in self.numbers:
            digest = self.texts.digests[number]
            if self.units[number] and digest in seen:
                repeated.append(number)
            seen.add(digest)
        return repeated

    @cached_property
    def with_found_date(self) -> Sequence[int]:
        """The documents in scope whose date nobody declared: it was found in the text or in a file's name."""
        return list(compress(self.numbers, (self.texts.facts[number].found_date for number in self.numbers)))

    @cached_property
    def with_found_author(self) -> Sequence[int]:
        """The documents in scope whose author nobody declared."""
        return list(compress(self.numbers, (self.texts.facts[number].found_author for number in self.numbers)))

    @cached_property
    def groups(self) -> dict[str, Any]:
        """How the documents are grouped, by the name of what groups them."""
        return {}


class _Known:
    """What is kept of a corpus until more of it has been read."""

    def __init__(self, searcher: Searcher, state: tuple[int, ...], missing: tuple[Missing, ...]) -> None:
        self.state = state
        digests = searcher.digests()
        self.texts = Texts(facts_of(searcher), digests, fingerprint(digests), missing)
        self.extents: Kept[tuple[object, ...], Extent] = Kept(_KEPT)


_known: Final[WeakKeyDictionary[Any, _Known]] = WeakKeyDictionary()


def extent_of(searcher: Searcher, chosen: Chosen, *, once: bool = False) -> Extent:
    """The extent of the documents and layers that were chosen; `once` leaves out what repeats a document before."""
    reach = searcher.reach()
    state = reach.version, reach.documents, reach.total
    known = _known.get(searcher)
    if known is None or known.state != state:
        known = _known[searcher] = _Known(searcher, state, reach.missing)
    key = chosen.layers, tuple(chosen.documents), once
    found = known.extents.get(key)
    return found if found is not None else known.extents.put(key, _extent(searcher, known.texts, chosen, once=once))


def _extent(searcher: Searcher, texts: Texts, chosen: Chosen, *, once: bool) -> Extent:
    readable = [number for number in chosen.documents if texts.facts[number].is_readable]
    aside = {layer: searcher.significant(frozenset({layer})) for layer in LAYERS if layer not in chosen.layers}
    unread = len(chosen.documents) - len(readable)
    if texts.missing:
        readable = [number for number in readable if texts.digests[number]]
    units, repeated = searcher.significant(chosen.layers), searcher.repeated(readable, chosen.layers)
    if once:
        units = [count - again for count, again in zip(units, repeated, strict=True)]
    return Extent(texts, readable, unread, units, aside, repeated, once)


def fingerprint(digests: Iterable[str]) -> str:
    """One digest of many, whatever their order."""
    return blake2b("\n".join(sorted(digests)).encode(), digest_size=_FINGERPRINT).hexdigest()


def _in_layer(layer: Layer, count: int) -> str:
    return plain("{characters} in layer:{layer}", characters=many(count, "character"), layer=layer.value)
