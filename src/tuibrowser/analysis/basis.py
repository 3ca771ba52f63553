"""Basis: what a figure is of, so that it can be cited: the query, the corpus, the units and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.analysis.judging.again import judged
from tuibrowser.analysis.texts.extent import extent_of
from tuibrowser.analysis.texts.units import CHARACTER
from tuibrowser.corpus.model import Layer
from tuibrowser.language.i18n import many, plain
from tuibrowser.search.missing import missing_records
from tuibrowser.search.model import Scope
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.analysis.judging.model import Judged, Judging
    from tuibrowser.analysis.texts.extent import Extent, Undated
    from tuibrowser.search.model import HitKind
    from tuibrowser.search.searcher import Matches, Searcher
    from tuibrowser.search.values import Chosen, Missing

NORMALISATION: Final = plain("script and case folded, punctuation not counted")
LITERAL: Final = plain("these very characters, punctuation not counted")
PARTLY_LITERAL: Final = plain("script and case folded but for words in =“…”, punctuation not counted")
"""Which characters of a query and of the texts are the same."""

AS_WRITTEN: Final = Scope(exact=True)
"""Every match as the text has it, in any script, of the whole corpus."""

_TEXT: Final = frozenset({Layer.TEXT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The query, the texts and the units that a figure is of.

    `documents` are those in scope that could be read, `characters` their significant ones, `documents_with` those of
    them with a match. `n` is how many units the scope has and `s` how many the windows have; for collocates, less the
    units of the query itself. `fingerprint` is that of the texts of the whole corpus, whatever their names. `totals`
    are matches by kind, `method` says what else a figure is reckoned by, `more` are
    values of single figures. Where all units of a group are counted, and no query,
    `matches` and `documents_with` are None. `missing` are the parts of the corpus that were not counted since they did
    not answer. `made` is an ISO 8601 time.
    """

    query: str
    normalisation: str = NORMALISATION
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
    missing: tuple[Missing, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, object]:
        """The basis as its JSON object."""
        return {
            "query": self.query,
            "normalisation": str(self.normalisation),
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
            "missing": missing_records(self.missing),
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
    """A query and the documents that it is counted in."""

    query: str
    chosen: Chosen
    extent: Extent
    paths: tuple[str, ...] = ()
    scope: Scope = AS_WRITTEN
    judged: Judged | None = None
    """The matches that a reader judged, and those that are counted; None where all are."""
    whole_words: bool = False
    """Whether only matches count that begin where a word begins and end where one ends."""

    @property
    def numbers(self) -> Sequence[int]:
        """The documents in scope that could be read."""
        return self.extent.numbers

    @property
    def units(self) -> Sequence[int]:
        """The significant characters of each document of the corpus by its number."""
        return self.extent.units

    @property
    def size(self) -> int:
        """The significant characters in scope."""
        return self.extent.size

    def matches(self, searcher: Searcher) -> Matches:
        """The matches of the query in scope that are counted.

        Without near ones they are in any script and across blanks, not across punctuation.
        """
        found = searcher.matches(self.query, replace(self.scope, layers=self.chosen.layers))
        if self.whole_words:
            found = found.whole_words()
        return found if self.judged is None else found.of_indices(self.judged.kept)

    def basis(self, matches: Matches | None = None, **more: Any) -> Basis:
        """The basis of a figure of these documents, and of matches in them."""
        from tuibrowser import __version__

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
                more["more"] = {"judged": [self.judged.record(self.query)], **more.get("more", {})}
        return Basis(
            query=self.query,
            normalisation=self.normalisation,
            documents=len(self.numbers),
            undated=self.extent.undated,
            fingerprint=self.extent.texts.fingerprint,
            version=__version__,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            paths=self.paths,
            notes=tuple(dict.fromkeys(notes)),
            missing=self.extent.texts.missing,
            characters=self.size,
            **{"n": self.size, **counted, **more},
        )

    @property
    def normalisation(self) -> str:
        """Which characters of the query and of the texts are the same."""
        if not self.chosen.literal:
            return NORMALISATION
        return LITERAL if self.chosen.literal == self.chosen.words else PARTLY_LITERAL

    def notes(self) -> Iterator[str]:
        """Sentences on how the query was understood, on layers not counted, and on documents left out or repeated."""
        yield from self.chosen.notes
        if self.scope.document is not None:
            yield plain("only in {place}", place=self.extent.texts.facts[self.scope.document].name)
        elif self.scope.folder is not None:
            yield plain("only in {place}", place=self.scope.folder)
        if self.chosen.words > 1:
            yield plain("several words: each paragraph that holds all of them is counted once, at the first word")
        yield from self._guessed()
        yield from self.extent.notes

    def _guessed(self) -> Iterator[str]:
        """Sentences on documents chosen by a date or an author that nobody declared."""
        for condition, name, found in (
            ("date", plain("a date"), self.extent.with_found_date),
            ("by", plain("an author"), self.extent.with_found_author),
        ):
            if condition in self.chosen.conditions and found:
                yield plain(
                    "chosen by {name} that the program found in the text or the file's name: {documents}, "
                    "{share:.0%} of the text",
                    name=name,
                    documents=many(len(found), "document"),
                    share=self.extent.share(found),
                )


def ground_of(
    searcher: Searcher,
    query: str,
    paths: Sequence[str] = (),
    scope: Scope = AS_WRITTEN,
    judging: Judging | None = None,
    *,
    whole_words: bool = False,
) -> Ground:
    """The ground of a query: the text itself, unless it names a layer, of the documents in scope that it asks for.

    With `judging`, only those matches are counted that it counts; with `whole_words`, those that are whole words.
    """
    chosen = searcher.chosen(query, scope)
    if chosen.layers == READ_LAYERS:
        chosen = replace(chosen, layers=_TEXT)
    extent = extent_of(searcher, chosen, once=scope.once)
    ground = Ground(query, chosen, extent, tuple(paths), scope, whole_words=whole_words)
    if judging is None:
        return ground
    return replace(ground, judged=judged(searcher, query, ground.matches(searcher), ground.numbers, judging))
