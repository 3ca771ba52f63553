"""Matches: all matches of a query on several hosts as figures need them, counted where the text is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from tuibrowser.search.cluster.asking.hosts import GoneError
from tuibrowser.search.cluster.host.recipes import chosen_by, found_by, of_unit
from tuibrowser.search.cluster.query.occurrences import OrderOfHosts
from tuibrowser.search.counting.beside import DEPTH, order
from tuibrowser.search.counting.clusters import clusters_of
from tuibrowser.search.counting.neighbours import neighbours_of
from tuibrowser.search.counting.units import merged, most_first, together
from tuibrowser.search.counting.words.neighbours import neighbours_of as words_beside
from tuibrowser.search.values import Neighbour

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.figures.words import CommonVocabulary
    from tuibrowser.search.cluster.query.held import HeldByHosts
    from tuibrowser.search.model import Bound, HitKind
    from tuibrowser.search.values import Beside, Clusters, Context, Match, Neighbours

    Array = npt.NDArray[Any]

_BATCH = 500
"""Matches asked for at a time."""


@dataclass(frozen=True)
class MatchesOfHosts:
    """The `Matches` of a query on several hosts, each of which is told how it comes to its own."""

    hosts: Hosts
    held: HeldByHosts | None
    """What keeps the matches of a query; None for those of a unit."""
    unit: tuple[Any, ...]
    steps: Mapping[int, tuple[Any, ...]]
    """What chooses among the matches of each host."""
    at_least: bool = False
    bounds: tuple[Bound, ...] = ()
    notes: tuple[str, ...] = ()
    words: Callable[[], CommonVocabulary] | None = None
    """What gives the words of the texts, which are cut then if that was not done."""

    once: Collection[int] | None = None
    """The documents of which each paragraph counts once, if any."""

    def _all(self, name: str, **arguments: Any) -> list[Any]:
        """What all hosts answer to the same."""
        return list(self._ask(name, dict.fromkeys(self.steps, arguments)).values())

    def _ask(self, name: str, questions: Mapping[int, dict[str, Any]]) -> Mapping[int, Any]:
        try:
            return self._asked(name, questions)
        except GoneError:
            if self.held is not None:
                self.held.renew()
            if self.once is not None:
                self.hosts.tell_repeats(self.once, self.steps)
            return self._asked(name, questions)

    def _asked(self, name: str, questions: Mapping[int, dict[str, Any]]) -> Mapping[int, Any]:
        roots = dict.fromkeys(questions, self.unit)
        if self.held is not None:
            roots = {host: found_by(name) for host, name in self.held.names().items()}
        targets = {host: ((roots[host], self.steps[host]), arguments) for host, arguments in questions.items()}
        return self.hosts.each(f"counted.{name}", targets)

    @cached_property
    def _held(self) -> OrderOfHosts:
        return OrderOfHosts(self._ask, list(self.steps))

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, index: int) -> Match: ...
    @overload
    def __getitem__(self, index: slice) -> list[Match]: ...
    def __getitem__(self, index: int | slice) -> Match | list[Match]:
        if isinstance(index, slice):
            return self._held.gathered("of", np.arange(*index.indices(len(self))))
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(index)
        return self[at : at + 1][0]

    def __iter__(self) -> Iterator[Match]:
        for start in range(0, len(self), _BATCH):
            yield from self[start : start + _BATCH]

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind there is."""
        sums: dict[HitKind, int] = {}
        for each in self._all("totals"):
            for kind, count in each.items():
                sums[kind] = sums.get(kind, 0) + count
        return sums

    def by_document(self) -> dict[int, int]:
        """How many matches each document has that has any, by its number, ascending."""
        held = self._held.order
        return dict(zip(held.documents.tolist(), held.counts.tolist(), strict=True))

    def strips(self, count: int) -> dict[int, list[int]]:
        """How many matches begin in each of so many equal stretches of the repaired text of each document with any."""
        found: dict[int, list[int]] = {}
        for each in self._all("strips", count=count):
            found.update(each)
        return dict(sorted(found.items()))

    def contexts(self, start: int, stop: int, width: int) -> list[Context]:
        """The matches from one index to another with so many characters on either side, within their documents."""
        return self._held.gathered("contexts", np.arange(*slice(start, stop).indices(len(self))), width=width)

    def ordered(self, beside: Beside) -> list[int]:
        """The indices of all matches in the order of the four characters beside them, equal ones in reading order."""
        answers = self._ask("keys", {host: {"beside": beside} for host in self.steps})
        keys = np.empty((DEPTH, len(self)), np.uint16)
        for host, here, at in self._held.parts():
            keys[:, here] = answers[host].take(at, axis=1)
        ranked: list[int] = order(keys, beside).tolist()
        return ranked

    def neighbours(self, left: int, right: int, size: int = 1, minimum: int = 1, *, exact: bool = False) -> Neighbours:
        """The units of so many characters that stand so many units left and right of matches."""
        answers = self._all("neighbours", left=left, right=right, size=size)
        beside, inside = merged([each for each, _ in answers]), merged([each for _, each in answers])
        return neighbours_of(beside, inside, minimum, exact=exact)

    def near(self, units: Sequence[str], left: int, right: int, *, exact: bool = False) -> list[Neighbour]:
        """Where each of some units, all of the same size, stands in a window of so many units left and right."""
        answers = self._all("near", units=units, left=left, right=right, exact=exact)
        return [_summed(several) for several in zip(*answers, strict=True)]

    def clusters(self, size: int, side: Beside, minimum: int = 1, *, exact: bool = False) -> Clusters:
        """The clusters of the matches with so many characters on one side, left or right, most first."""
        return clusters_of(self._all("clusters", size=size, side=side, exact=exact), size, side, minimum)

    def clustered(self, text: str, size: int, side: Beside, *, exact: bool = False) -> MatchesOfHosts:
        """The matches that make a cluster with so many characters on one side."""
        return self._chosen("clustered", text=text, size=size, side=side, exact=exact)

    def beside(self, unit: str, left: int, right: int, *, exact: bool = False) -> MatchesOfHosts:
        """The matches that have a unit in a window of so many units left and right of them."""
        return self._chosen("beside", unit=unit, left=left, right=right, exact=exact)

    def of_documents(self, documents: Collection[int]) -> MatchesOfHosts:
        """The matches in some documents, by their numbers."""
        return self._chosen("of_documents", documents=documents)

    def of_indices(self, indices: Collection[int]) -> MatchesOfHosts:
        """The matches of some indices, in reading order. Raises IndexError where there is no such match."""
        wanted = np.unique(np.fromiter(indices, np.int64, len(indices)))
        if len(wanted) and not 0 <= wanted[0] <= wanted[-1] < len(self):
            raise IndexError(int(wanted[-1]))
        own: dict[int, list[int]] = {host: [] for host in self.steps}
        for host, here, at in self._held.parts():
            own[host] = at[np.isin(here, wanted)].tolist()
        steps = {host: (*steps, chosen_by("of_indices", {"indices": own[host]})) for host, steps in self.steps.items()}
        return replace(self, steps=steps)

    def _chosen(self, name: str, **arguments: Any) -> MatchesOfHosts:
        step = chosen_by(name, arguments)
        return replace(self, steps={host: (*steps, step) for host, steps in self.steps.items()})

    # Words

    def word_neighbours(self, left: int, right: int, minimum: int = 1, *, exact: bool = False) -> Neighbours:
        """The words that stand so many words left and right of matches."""
        vocabulary = self._vocabulary()
        arguments = {"left": left, "right": right, "exact": exact}
        answers = self._ask("word_neighbours", dict.fromkeys(self.steps, arguments))
        beside, inside = (vocabulary.gathered({host: each[at] for host, each in answers.items()}) for at in (0, 1))
        return words_beside(vocabulary.of(exact=exact), beside, inside, minimum)

    def words_near(self, words: Sequence[str], left: int, right: int, *, exact: bool = False) -> list[Neighbour]:
        """Where each of some words stands in a window of so many words left and right of matches."""
        answers = self._all("words_near", words=words, left=left, right=right, exact=exact)
        numbers = self._vocabulary().forms.numbers
        return [_summed(several, numbers) for several in zip(*answers, strict=True)]

    def beside_word(self, word: str, left: int, right: int, *, exact: bool = False) -> MatchesOfHosts:
        """The matches that have a word in a window of so many words left and right of them."""
        return self._chosen("beside_word", word=word, left=left, right=right, exact=exact)

    def whole_words(self) -> MatchesOfHosts:
        """The matches that begin where a word begins and end where one ends."""
        return self._chosen("whole_words")

    def _vocabulary(self) -> CommonVocabulary:
        assert self.words is not None
        return self.words()


def matches_of_unit(
    hosts: Hosts, arguments: Mapping[str, Any], words: Callable[[], CommonVocabulary] | None = None
) -> MatchesOfHosts:
    """All occurrences of a unit, one of words where `words` gives these; at least those of the shards that answer."""
    there = hosts.there
    documents = hosts.held(arguments["documents"], there)
    root, steps = of_unit({**arguments, "documents": documents}, of_words=words is not None), dict.fromkeys(there, ())
    once = documents if arguments["once"] else None
    return MatchesOfHosts(hosts, None, root, steps, len(there) < len(hosts.numbers), words=words, once=once)


def _summed(several: Sequence[Neighbour], numbers: Mapping[str, int] | None = None) -> Neighbour:
    """Where a unit stands in the windows of the matches of all hosts.

    Forms that are equally frequent come in the order of their numbers, if there are any, or of their code points.
    """
    columns = zip(*((each.left, each.right, each.documents, each.matches) for each in several), strict=True)
    forms = together(each.forms for each in several)
    if numbers is not None:
        forms = dict(sorted(forms.items(), key=lambda each: (-each[1], numbers[each[0]])))
        return Neighbour(forms, *map(sum, columns))
    return Neighbour(most_first(forms), *map(sum, columns))
