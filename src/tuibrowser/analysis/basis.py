"""Basis: what a figure is of, so that it can be cited: the query, the corpus, the units and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.facts import facts_of
from tuibrowser.analysis.judging.again import judged
from tuibrowser.corpus.model import LAYERS, Layer
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tuibrowser.analysis.facts import Fact
    from tuibrowser.analysis.judging.model import Judged, Judging
    from tuibrowser.search.model import HitKind
    from tuibrowser.search.searcher import Chosen, Matches, Searcher

NORMALISATION: Final = plain("script and case folded, punctuation not counted")

CHARACTER: Final = "character"
"""The unit of what is counted where no other is asked for."""

BIGRAM: Final = "bigram"
"""Two characters in a row within a paragraph."""

AS_WRITTEN: Final = Scope(exact=True)
"""Every match as the text has it, in any script, of the whole corpus."""

_TEXT: Final = frozenset({Layer.TEXT})
_FINGERPRINT: Final = 8
"""Bytes of a fingerprint."""


@dataclass(frozen=True, slots=True)
class Undated:
    """Documents in scope without a date: how many, and their share of the text."""

    documents: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The query, the texts and the units that a figure is of.

    `documents` are those in scope that could be read, `characters` their significant ones, `documents_with` those of
    them with a match. `n` is how many units the scope has and `s` how many the windows have; for collocates, less the
    units of the query itself. `fingerprint` is that of the texts of the whole corpus, whatever their names. `totals`
    are matches by kind, `method` says what else a figure is reckoned by, `more` are
    values of single figures. Where all units of a group are counted, and no query,
    `matches` and `documents_with` are None. `made` is an ISO 8601 time.
    """

    query: str
    documents: int
    characters: int
    n: int
    undated: Undated
    fingerprint: str
    version: str
    made: str
    paths: tuple[str, ...] = ()
    documents_with: int | None = None
    matches: int | None = None
    totals: Mapping[HitKind, int] = field(default_factory=dict)
    at_least: bool = False
    unit: str = CHARACTER
    window: tuple[int, int] | None = None
    measure: str | None = None
    method: str = ""
    minimum: int | None = None
    s: int | None = None
    cutter: str | None = None
    notes: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, object]:
        """The basis as its JSON object."""
        return {
            "query": self.query,
            "normalisation": str(NORMALISATION),
            "unit": self.unit,
            "window": self.window,
            "measure": self.measure,
            "method": str(self.method) or None,
            "minimum": self.minimum,
            "documents": self.documents,
            "characters": self.characters,
            "documents_with": self.documents_with,
            "matches": self.matches,
            "kinds": {kind.value: count for kind, count in self.totals.items()},
            "N": self.n,
            "S": self.s,
            "undated": {"documents": self.undated.documents, "share": self.undated.share},
            "at_least": self.at_least,
            "notes": list(self.notes),
            "paths": list(self.paths),
            "fingerprint": self.fingerprint,
            "cutter": self.cutter,
            "version": self.version,
            "made": self.made,
            **self.more,
        }


@dataclass(frozen=True)
class Ground:
    """The documents and the text that a query is counted in.

    `units` are the significant characters of each document of the corpus by its number, `aside` those in each layer
    that is not counted, `digests` the digests of their texts.
    """

    query: str
    chosen: Chosen
    numbers: Sequence[int]
    """The documents in scope that could be read."""
    unread: int
    """The documents in scope that could not."""
    facts: Sequence[Fact]
    """What is known of each document of the corpus."""
    units: Sequence[int]
    aside: Mapping[Layer, Sequence[int]]
    digests: Sequence[str]
    paths: tuple[str, ...] = ()
    scope: Scope = AS_WRITTEN
    judged: Judged | None = None
    """The matches that a reader judged, and those that are counted; None where all are."""

    @cached_property
    def size(self) -> int:
        """The significant characters in scope."""
        return sum(self.units[number] for number in self.numbers)

    def share(self, numbers: Iterable[int]) -> float:
        """The share that some documents have of the text in scope; 0 where there is none."""
        return round(sum(self.units[number] for number in numbers) / max(1, self.size), 6)

    def matches(self, searcher: Searcher) -> Matches:
        """The matches of the query in scope that are counted.

        Without near ones they are in any script and across blanks, not across punctuation.
        """
        found = searcher.matches(self.query, replace(self.scope, layers=self.chosen.layers))
        return found if self.judged is None else found.of_indices(self.judged.kept)

    def basis(self, matches: Matches | None = None, **more: Any) -> Basis:
        """The basis of a figure of these documents, and of matches in them."""
        from tuibrowser import __version__

        undated = [number for number in self.numbers if self.facts[number].date is None]
        notes = [*self.notes(), *more.pop("notes", ())]
        counted: dict[str, Any] = {}
        if matches is not None:
            counted = {
                "matches": len(matches),
                "documents_with": len(matches.by_document()),
                "totals": matches.totals(),
                "at_least": matches.at_least,
            }
            notes = [*matches.notes, *notes]
            if self.judged is not None:
                notes = [*self.judged.notes(), *notes]
                more["more"] = {"judged": self.judged.record(), **more.get("more", {})}
        return Basis(
            query=self.query,
            documents=len(self.numbers),
            undated=Undated(len(undated), self.share(undated)),
            fingerprint=fingerprint(self.digests),
            version=__version__,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            paths=self.paths,
            notes=tuple(dict.fromkeys(notes)),
            characters=self.size,
            **{"n": self.size, **counted, **more},
        )

    def notes(self) -> Iterator[str]:
        """Sentences on how the query was understood, on layers not counted, and on documents left out or repeated."""
        yield from self.chosen.notes
        if self.scope.document is not None:
            yield plain("only in {place}", place=self.facts[self.scope.document].name)
        elif self.scope.folder is not None:
            yield plain("only in {place}", place=self.scope.folder)
        if self.chosen.words > 1:
            yield plain("several words: each paragraph that holds all of them is counted once, at the first word")
        if parts := [_in_layer(layer, count) for layer, count in self._aside() if count]:
            yield plain("not counted: {parts}", parts=listed(parts))
        if self.unread:
            yield plain("{documents} could not be read", documents=many(self.unread, "document"))
        repeated = self.repeats()
        if repeated:
            yield plain(
                "{documents}, {share:.0%} of the text, repeat the text of another",
                documents=many(len(repeated), "document"),
                share=self.share(repeated),
            )

    def _aside(self) -> Iterator[tuple[Layer, int]]:
        """The layers that are not counted, and how many characters of them are in scope."""
        return ((layer, sum(counts[number] for number in self.numbers)) for layer, counts in self.aside.items())

    def repeats(self) -> list[int]:
        """The documents in scope with the very text of one before them."""
        seen: set[str] = set()
        repeated = []
        for number in self.numbers:
            digest = self.digests[number]
            if self.units[number] and digest in seen:
                repeated.append(number)
            seen.add(digest)
        return repeated

    def found_by_program(self, name: str) -> list[int]:
        """The documents in scope whose date or author nobody declared: it was found in the text or a file's name."""
        facts = ((number, self.facts[number]) for number in self.numbers)
        return [number for number, fact in facts if (fact.found_date if name == "date" else fact.found_author)]


def ground_of(
    searcher: Searcher,
    query: str,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
) -> Ground:
    """The ground of a query: the text itself, unless it names a layer, of the documents in scope that it asks for.

    With `judging`, only those matches are counted that it counts.
    """
    chosen = searcher.chosen(query, scope)
    if chosen.layers == READ_LAYERS:
        chosen = replace(chosen, layers=_TEXT)
    facts = facts_of(searcher)
    readable = [number for number in chosen.documents if facts[number].is_readable]
    ground = Ground(
        query,
        chosen,
        readable,
        len(chosen.documents) - len(readable),
        facts,
        searcher.significant(chosen.layers),
        {layer: searcher.significant(frozenset({layer})) for layer in LAYERS if layer not in chosen.layers},
        searcher.digests(),
        tuple(paths),
        scope,
    )
    if judging is None:
        return ground
    return replace(ground, judged=judged(searcher, query, ground.matches(searcher), ground.numbers, judging))


def _in_layer(layer: Layer, count: int) -> str:
    return plain("{characters} in layer:{layer}", characters=many(count, "character"), layer=layer.value)


def fingerprint(digests: Iterable[str]) -> str:
    """One digest of many, whatever their order."""
    return blake2b("\n".join(sorted(digests)).encode(), digest_size=_FINGERPRINT).hexdigest()
