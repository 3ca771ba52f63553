"""Words: those of the texts of several hosts, each of which numbers the forms of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.cluster.figures.matches import matches_of_unit
from tuibrowser.search.cluster.figures.units import summed as summed_units
from tuibrowser.search.counting.units import summed
from tuibrowser.search.counting.words.grams import most_first_of, together
from tuibrowser.search.counting.words.tables import CountedWords
from tuibrowser.search.index.words.coverage import places_in
from tuibrowser.search.index.words.forms import vocabulary_of
from tuibrowser.search.values import Coverage, Frequencies

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.model import Layer
    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.figures.likeness import LikenessOfHosts
    from tuibrowser.search.cluster.figures.matches import MatchesOfHosts
    from tuibrowser.search.counting.words.grams import GramCounts
    from tuibrowser.search.index.words.layer import Vocabulary
    from tuibrowser.search.likeness.model import SimilarWords
    from tuibrowser.search.values import Cutting, Unit

    Array = npt.NDArray[Any]
    Cancelled = Callable[[], bool]
    Progress = Callable[[int, int], object]

TOGETHER: Final = 2_000_000
"""Different words in a row that a host is asked for at a time, some forty bytes each."""


@dataclass(frozen=True)
class CommonVocabulary:
    """The forms of all hosts, numbered as in one index, and the number that each form of a host has there."""

    forms: Vocabulary
    numbers: Mapping[int, Array]

    def of(self, *, exact: bool) -> Vocabulary:
        """The forms, each a word of its own if they are told apart."""
        return self.forms.apart if exact else self.forms

    def spread(self, counts: Mapping[int, Array]) -> Array:
        """int64: the sums of counts that hosts have of each of their forms."""
        sums = np.zeros(len(self.forms), np.int64)
        for host, each in counts.items():
            sums[self.numbers[host]] += each
        return sums

    def gathered(self, tallies: Mapping[int, tuple[Array, Array]]) -> tuple[Array, Array]:
        """The forms of hosts, each with its number, as those of all."""
        forms, counts = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
        for host, (own, each) in tallies.items():
            forms.append(self.numbers[host].take(own))
            counts.append(each)
        return summed(np.concatenate(forms), np.concatenate(counts))


def common_vocabulary(hosts: Hosts) -> CommonVocabulary:
    """The vocabulary of all hosts; the texts are cut into words now where that was not done."""
    answers = hosts.all("kept.vocabulary", None, {})
    # A million forms: they are looked up and sorted by functions of C alone, in the order of their code points first.
    written = sorted(set(chain.from_iterable(forms for forms, *_ in answers.values())))
    place = dict(zip(written, range(len(written)), strict=True))
    counts, known = np.zeros(len(written), np.int64), np.zeros(len(written), bool)
    numbers = {}
    for host, (forms, each, has) in answers.items():
        at = numbers[host] = np.fromiter(map(place.__getitem__, forms), np.int64, len(forms))
        counts[at] += each
        known[at] = has
    order = np.argsort(-counts, kind="stable")
    ranks = np.empty(len(order), np.uint32)
    ranks[order] = np.arange(len(order), dtype=np.uint32)
    vocabulary = vocabulary_of(list(map(written.__getitem__, order.tolist())), known.take(order))
    return CommonVocabulary(vocabulary, {host: ranks.take(at) for host, at in numbers.items()})


@dataclass(frozen=True)
class WordsOfHosts(CountedWords):
    """The words of some documents on several hosts."""

    vocabulary: Vocabulary
    counts: tuple[Array, Array]
    """Those of forms, and in how many documents each is the first of its word."""

    @property
    def forms(self) -> Array:
        """int64: how often each form occurs."""
        return self.counts[0]

    @property
    def firsts(self) -> Array:
        """int64: in how many documents each form is the first of its word."""
        return self.counts[1]


@dataclass(frozen=True)
class GramsOfHosts:
    """So many words in a row in some documents on several hosts."""

    hosts: Hosts
    vocabulary: CommonVocabulary
    arguments: Mapping[str, Any]

    @cached_property
    def _totals(self) -> list[tuple[int, int]]:
        """How many grams each host has, and how many different ones."""
        return list(self.hosts.counted("kept.gram_totals", self.arguments, self.vocabulary.numbers).values())

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.vocabulary.of(exact=self.arguments["exact"])

    def _parts(self) -> Iterator[list[GramCounts]]:
        """The grams of all hosts, in parts that an answer holds."""
        most = max((types for _, types in self._totals), default=0)
        parts = max(1, -(most // -TOGETHER))
        return iter([self._whole]) if parts == 1 else (self._part(part, parts) for part in range(parts))

    @cached_property
    def _whole(self) -> list[GramCounts]:
        return self._part(0, 1)

    def _part(self, part: int, parts: int) -> list[GramCounts]:
        """One of so many parts of the grams, whose forms go by their common numbers."""
        arguments = {**self.arguments, "part": part, "parts": parts}
        answers = self.hosts.counted("kept.grams", arguments, self.vocabulary.numbers)
        return [self._in_common(self.vocabulary.numbers[host], each) for host, each in answers.items()]

    @staticmethod
    def _in_common(numbers: Array, counts: GramCounts) -> GramCounts:
        return replace(counts, forms=[numbers.take(column) for column in counts.forms])

    def total(self) -> int:
        """How many grams there are."""
        return sum(total for total, _ in self._totals)

    def types(self) -> int:
        """How many different grams there are."""
        return sum(together(self._vocabulary, part, 1)[1] for part in self._parts())

    def commonest(self, minimum: int) -> Frequencies:
        """The grams that occur `minimum` times at least, most first, each word in its commonest form."""
        found = [together(self._vocabulary, part, minimum)[0] for part in self._parts()]
        return most_first_of(self._vocabulary, found)

    def frequencies(self, units: Sequence[str]) -> list[int]:
        """How often each of some grams occurs."""
        return [unit.count for unit in self.described(units)]

    def described(self, units: Sequence[str]) -> list[Unit]:
        """The forms of some grams, how often they occur, and in how many documents."""
        arguments = {"units": units, **self.arguments}
        answers = self.hosts.counted("kept.grams_described", arguments, self.vocabulary.numbers).values()
        return [summed_units(several) for several in zip(*answers, strict=True)]


@dataclass(frozen=True)
class CutTextsOfHosts:
    """The texts of several hosts cut into words."""

    hosts: Hosts
    vocabulary: Callable[[], CommonVocabulary]
    likeness: Callable[[Progress, Cancelled], LikenessOfHosts | None]
    """What gives the table of words used alike, which is made then if that was not done."""

    def similar(
        self,
        word: str,
        limit: int,
        progress: Progress = lambda *_: None,
        cancelled: Cancelled = lambda: False,
    ) -> SimilarWords | None:
        """The words used like one, most like first; None where it was cancelled."""
        if self.prepare(progress, cancelled) is None:
            return None
        known = self.likeness(progress, cancelled)
        return None if known is None else known.similar(word, limit)

    def cutting(self) -> Cutting | None:
        """What cut the texts into words, at once; None where that has not been done."""
        return _common(self.hosts.all("kept.cutting", None, {}))

    def prepare(
        self,
        progress: Progress = lambda *_: None,
        cancelled: Cancelled = lambda: False,
    ) -> Cutting | None:
        """Cut the texts into words where that has not been done; None where it was cancelled.

        `progress` is called with the hosts that are done and all.
        """
        found: dict[int, Any] = {}
        for done, host in enumerate(self.hosts.there):
            progress(done, len(self.hosts.there))
            if cancelled():
                return None
            found |= self.hosts.all("kept.prepare", None, {}, [host])
        progress(len(found), len(found))
        return _common(found)

    def coverage(self, documents: Collection[int]) -> Coverage:
        """How many of the words of some documents, by their numbers, the dictionary has, without cutting them all."""
        answers = self.hosts.all("kept.extents", None, {"documents": documents}).values()
        numbers, lengths = (np.concatenate(columns) for columns in zip(*answers, strict=True))
        found = self.hosts.all("kept.coverage", None, {"places": places_in((numbers, lengths))}).values()
        return Coverage(sum(each.known for each in found), sum(each.words for each in found))

    def units(
        self,
        documents: Collection[int],
        layers: frozenset[Layer],
        size: int = 1,
        *,
        exact: bool = False,
        once: bool = False,
    ) -> WordsOfHosts | GramsOfHosts:
        """The words, or so many in a row, in some layers of some documents, by their numbers."""
        vocabulary = self.vocabulary()
        held = self.hosts.held(documents, vocabulary.numbers)
        arguments = {"documents": held, "layers": layers, "exact": exact, "once": once}
        if size > 1:
            return GramsOfHosts(self.hosts, vocabulary, {**arguments, "size": size})
        answers = self.hosts.counted("kept.words", arguments, vocabulary.numbers)
        forms, firsts = (vocabulary.spread({host: each[at] for host, each in answers.items()}) for at in (0, 1))
        return WordsOfHosts(vocabulary.of(exact=exact), (forms, firsts))

    def matches_of_unit(
        self,
        unit: str,
        documents: Collection[int],
        layers: frozenset[Layer],
        *,
        exact: bool = False,
        once: bool = False,
    ) -> MatchesOfHosts:
        """All occurrences of what `units` counts; a blank divides words in a row."""
        arguments = {"unit": unit, "documents": documents, "layers": layers, "exact": exact, "once": once}
        return matches_of_unit(self.hosts, arguments, self.vocabulary)


def _common(answers: Mapping[int, Cutting | None]) -> Cutting | None:
    """What cut the texts of all hosts; None where some are not cut."""
    found = list(answers.values())
    return None if None in found else found[0]
