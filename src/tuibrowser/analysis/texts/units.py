"""Units: what figures count, one by one: characters, two in a row, or words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from tuibrowser.analysis.texts.stop_list import NO_WORDS, StopList, stop_list_of
from tuibrowser.host.stopping import StoppedError, is_stopped
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import clauses, listed
from tuibrowser.search.values import Frequencies

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.searcher import Matches, Searcher, Units
    from tuibrowser.search.values import Coverage, Neighbour, Neighbours

    Progress = Callable[[int, int], object]

T = TypeVar("T")

CHARACTER: Final = "character"
BIGRAM: Final = "bigram"
"""Two characters in a row within a paragraph."""

WORD: Final = "word"
"""A word, by the dictionary that the texts are cut by."""

SIZES: Final = {CHARACTER: 1, BIGRAM: 2}
"""Characters of the units that are made of so many."""

COVERED: Final = 0.7
"""The share of words that the dictionary must have for words to be the unit where no other is asked for.

It has .93 to .99 of those of modern prose, .63 and .75 of those of two novels of the Ming, .43 to .54 of those of
classical prose and verse.
"""


def ignore(*_: object) -> None:
    """Take no notice of how far work is."""


@dataclass(frozen=True, slots=True)
class UnitsAsked:
    """What is to be counted: which units (None leaves that to the texts), whether each written form by itself, which
    units not to show, and whom to tell how far the cutting into words is."""

    unit: str | None = None
    exact: bool = False
    stop: StopList = NO_WORDS
    progress: Progress = ignore


CHARACTERS: Final = UnitsAsked(CHARACTER)


def units_asked(unit: str | None, exact: bool, stop: Iterable[str], progress: Progress) -> UnitsAsked:
    """The units that are asked for; `stop` is a stop list, or the words of one."""
    return UnitsAsked(unit, exact, stop if isinstance(stop, StopList) else stop_list_of(stop), progress)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a stop list leaves out: how many units, and how often they occur."""

    units: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One of the units, with what is counted of it by a searcher."""

    searcher: Searcher
    unit: str
    size: int = 1
    """Words in a row."""
    exact: bool = False
    """Whether each written form is a unit of its own."""
    stop: StopList = NO_WORDS
    once: bool = False
    """Whether paragraphs that stand in a document before are left out."""
    coverage: Coverage | None = None
    """What the unit was chosen by, where it was left to the texts."""

    def of(self, documents: Collection[int], layers: frozenset[Layer]) -> Units:
        """The units of some documents."""
        if self.unit == WORD:
            return self.searcher.cut_texts.units(documents, layers, self.size, exact=self.exact, once=self.once)
        return self.searcher.units(documents, SIZES[self.unit], layers, exact=self.exact, once=self.once)

    def matches(self, text: str, documents: Collection[int], layers: frozenset[Layer]) -> Matches:
        """All occurrences of a unit in some documents."""
        if self.unit == WORD:
            return self.searcher.cut_texts.matches_of_unit(text, documents, layers, exact=self.exact, once=self.once)
        return self.searcher.matches_of_unit(text, documents, layers, exact=self.exact, once=self.once)

    def neighbours(self, matches: Matches, window: tuple[int, int], minimum: int) -> tuple[Neighbours, Stopped]:
        """The units in the windows of matches that are shown, and what is not."""
        if self.unit == WORD:
            found = matches.word_neighbours(*window, minimum, exact=self.exact)
        else:
            found = matches.neighbours(*window, SIZES[self.unit], minimum, exact=self.exact)
        kept, stopped = self._kept(found.units, found.together)
        if not stopped.units:
            return found, stopped
        units, together, inside = _only(found.units, kept), _only(found.together, kept), _only(found.inside, kept)
        return replace(found, units=units, together=together, inside=inside), stopped

    def commonest(self, units: Units, minimum: int) -> tuple[Frequencies, Stopped]:
        """The units that occur `minimum` times at least and are shown, and what is not."""
        found = units.commonest(minimum)
        kept, stopped = self._kept(found.units, found.counts)
        if not stopped.units:
            return found, stopped
        return Frequencies(_only(found.units, kept), _only(found.counts, kept)), stopped

    def shown(self, texts: Sequence[str], units: Units) -> tuple[Sequence[str], Stopped]:
        """Those of some units that are shown, and what is not."""
        held = [text for text in texts if self.stop.holds(text, exact=self.exact)] if self.stop else []
        if not held:
            return texts, Stopped()
        hidden = set(held)
        return [text for text in texts if text not in hidden], Stopped(len(held), sum(units.frequencies(held)))

    def _kept(self, units: Sequence[str], counts: Sequence[int]) -> tuple[Sequence[int], Stopped]:
        """The places of those of some units that are shown, and what is not."""
        if not self.stop:
            return range(len(units)), Stopped()
        kept = [at for at, unit in enumerate(units) if not self.stop.holds(unit, exact=self.exact)]
        return kept, Stopped(len(units) - len(kept), sum(counts) - sum(_only(counts, kept)))

    def near(self, matches: Matches, units: Sequence[str], window: tuple[int, int]) -> list[Neighbour]:
        """Where some units stand in the windows of matches."""
        near = matches.words_near if self.unit == WORD else matches.near
        return near(units, *window, exact=self.exact)

    def beside(self, matches: Matches, text: str, window: tuple[int, int]) -> Matches:
        """The matches that have a unit in their window."""
        beside = matches.beside_word if self.unit == WORD else matches.beside
        return beside(text, *window, exact=self.exact)

    def cutter(self) -> str | None:
        """What cut the texts, where the units are words: a library with its version, and the reader's dictionaries."""
        if self.unit != WORD or (cutting := self.searcher.cut_texts.cutting()) is None:
            return None
        if not cutting.dictionaries:
            return cutting.cutter
        named = plain("{cutter} with {dictionaries}", cutter=cutting.cutter, dictionaries=listed(cutting.dictionaries))
        if not cutting.problems:
            return named
        return plain("{cutter} ({problems})", cutter=named, problems=clauses(cutting.problems))

    def basis(self, stopped: Stopped) -> dict[str, Any]:
        """What a basis says of the units: which, by what they are cut, why these, and what is not shown."""
        return {
            "unit": self.unit,
            "cutter": self.cutter(),
            "method": FORMS_APART if self.exact else "",
            "notes": list(self._notes(stopped)),
            "more": self._record(stopped),
        }

    def _notes(self, stopped: Stopped) -> Iterator[str]:
        if self.coverage is not None:
            yield why(self.unit, self.coverage)
        yield from self.stop.problems
        if self.stop:
            yield plain(
                "left out by {list}: {units}, {count:,} times",
                list=self._stop_name(),
                units=many(stopped.units, "unit"),
                count=stopped.count,
            )

    def _stop_name(self) -> str:
        names = self.stop.names
        return plain("the stop list {names}", names=listed(names)) if names else plain("a stop list")

    def _record(self, stopped: Stopped) -> dict[str, Any]:
        record: dict[str, Any] = {"exact": self.exact}
        if self.coverage is not None:
            known, words = self.coverage.known, self.coverage.words
            record["coverage"] = {"known": known, "words": words, "share": round(self.coverage.share, 6)}
        if self.stop:
            record["stop_list"] = {
                "files": list(self.stop.names),
                "words": len(self.stop.words),
                "units": stopped.units,
                "count": stopped.count,
            }
        return record


def _only(values: Sequence[T], at: Sequence[int]) -> tuple[T, ...]:
    return tuple(map(values.__getitem__, at))


FORMS_APART: Final = plain("each written form by itself")
"""How units are counted where those that differ in script alone are not one."""


def counted(searcher: Searcher, asked: UnitsAsked, documents: Collection[int], size: int = 1, *, once: bool) -> Counted:
    """What is counted in some documents, which are cut into words if that is to be done; `size` is words in a row.

    `once` leaves out paragraphs that stand in a document before. Raise StoppedError where that was stopped.
    """
    coverage = None
    unit = asked.unit if size == 1 else WORD
    if unit is None:
        coverage = searcher.cut_texts.coverage(documents)
        unit = WORD if is_covered(coverage) else CHARACTER
    if unit == WORD and searcher.cut_texts.prepare(asked.progress, is_stopped) is None:
        raise StoppedError
    return Counted(searcher, unit, size, asked.exact, asked.stop, once, coverage)


def is_covered(coverage: Coverage) -> bool:
    """Whether texts can be counted by words; without words of ideographs nothing speaks against it."""
    return not coverage.words or coverage.share >= COVERED


def why(unit: str, coverage: Coverage) -> str:
    """Why a unit was chosen."""
    if not coverage.words:
        return plain("words are counted: no text here speaks against it")
    if unit == WORD:
        return plain(
            "words are counted, since the dictionary has {share:.0%} of those in a sample", share=coverage.share
        )
    return plain(
        "characters are counted, since the dictionary has only {share:.0%} of the words in a sample",
        share=coverage.share,
    )
