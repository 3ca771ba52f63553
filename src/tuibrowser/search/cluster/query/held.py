"""Held: the matches of a query on several hosts, as a plan sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.corpus.model import Layer
from tuibrowser.search.cluster.host.calls import opened
from tuibrowser.search.cluster.host.session import MORE, TIME_UP, Opening
from tuibrowser.search.cluster.host.steps import Step
from tuibrowser.search.cluster.query.foresight import Answering, Foresight
from tuibrowser.search.cluster.query.parallels import look
from tuibrowser.search.cluster.query.sessions import Sessions
from tuibrowser.search.planning import bounds
from tuibrowser.search.planning.commonest import first_strings, ranked_strings
from tuibrowser.search.planning.words import rarest_of
from tuibrowser.search.query import READ_LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.matching.stages import Reading
    from tuibrowser.search.model import Bound, HitKind
    from tuibrowser.search.planning.commonest import Strings
    from tuibrowser.search.planning.held import Shares
    from tuibrowser.search.query import Query

    Array = npt.NDArray[Any]
    Cancelled = Callable[[], bool]


_NO_ANSWER: Final = Answering()


class HeldByHosts(Sessions):
    """The `Held` of several hosts: each carries out the steps in its own segments."""

    def __init__(
        self,
        hosts: Hosts,
        query: Query,
        documents: Array | None,
        *,
        exact: bool = False,
        answering: Answering = _NO_ANSWER,
        asked: Sequence[int] | None = None,
    ) -> None:
        """`answering` is what is asked for an answer; some shards are `asked`, else all that are there."""
        there = hosts.there
        self.missing = hosts.parts(there)
        """The shards of the corpus that are not asked because they do not answer."""
        super().__init__(hosts, there if asked is None else asked, self._opened)
        self._query = query
        self._documents = documents
        self._exact = exact
        self._ranks: tuple[str, Array] | None = None
        self._foresight = Foresight(query, exact, answering, self._rarest, self._is_common, self._is_nowhere)

    def know_ranks(self, name: str, ranks: Array) -> None:
        """Let the shards know the ranks of documents in an order that goes by a name."""
        self._ranks = name, ranks
        self._hosts.tell_ranks(name, ranks, self.asked)

    def foreseen(self, last: Step | None) -> Iterable[Step]:
        """The steps that are likely to be wanted after some that are asked, of which this is the last one."""
        return self._foresight.after(last, self.known_total)

    def _rarest(self, text: str) -> int:
        return rarest_of(self, text)

    def _is_nowhere(self, word: Step) -> bool:
        """Whether it is known of a word that it has no matches."""
        values = self.known(word)
        return values is not None and not any(values.values())

    def _is_common(self, reading: Reading) -> bool:
        """Whether only the first matches of a reading are looked for."""
        places = reading.places
        return (
            len(places) == 1 and self.leaves_nothing_out and self.frequencies([places[0].ranges])[0] > bounds.MOST_ALIKE
        )

    def _opened(self, shard: int) -> Any:
        """What a shard must know of the query when it is first asked, as it is sent."""
        if self._ranks is not None:
            self._hosts.tell_ranks(*self._ranks, [shard])
        bits = None
        if self._documents is not None:
            bits = np.packbits(self._documents[np.concatenate(self._hosts.holdings[shard].segments)])
        return opened(Opening(self._query.excluded, self._query.layers, bits, len(self._hosts.owners)))

    # What is held

    @property
    def is_partial(self) -> bool:
        """Whether some shards of the corpus are not asked because they do not answer."""
        return bool(self.missing)

    @property
    def has_documents(self) -> bool:
        """Whether any document is looked at."""
        return self._documents is None or bool(self._documents.any())

    @property
    def has_layers(self) -> bool:
        """Whether a document tells of text of a layer that is looked at."""
        return Layer.TEXT in self._query.layers or any(self.ask("has_layer").values())

    @property
    def leaves_nothing_out(self) -> bool:
        """Whether every match counts: no document, layer or paragraph is left out."""
        return self._documents is None and self._query.layers == READ_LAYERS and not self._query.excluded

    def better_than(self, cost: float) -> int:
        """The number of matches that cost less."""
        return sum(self.ask("better_than", cost=cost).values())

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind."""
        totals: dict[HitKind, int] = {}
        for each in self.ask("totals").values():
            for kind, count in each.items():
                totals[kind] = totals.get(kind, 0) + count
        return totals

    def documents(self) -> int:
        """The number of documents with a match."""
        return sum(self.ask("documents").values())

    def clear(self) -> None:
        """Hold nothing."""
        self.do("clear")

    def aside(self, layer: Layer) -> HeldByHosts | None:
        """One that looks in the same documents for a layer that stands aside; None where none does."""
        query = replace(self._query, layers=frozenset({layer}))
        asked = [shard for shard in self.asked if layer in self._hosts.holdings[shard].asides]
        return HeldByHosts(self._hosts, query, self._documents, exact=self._exact, asked=asked) if asked else None

    def frequencies(self, places: Sequence[Ranges]) -> list[int]:
        """How often the characters of each of some places occur in the whole corpus."""
        before = self._hosts.before(self.asked)
        return [sum(int(before[end] - before[start]) for start, end in place) for place in places]

    def by_segment(self, place: Ranges) -> Shares:
        """How often the characters of a place occur in each segment of the corpus."""
        counts: dict[int, int] = {}
        for each in self.ask("by_segment", place=place).values():
            counts.update(each)
        return counts

    # One word or phrase

    def whole(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase as it stands, in any form."""
        self.do("whole", text=text, literal=literal)

    def with_losses(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which lost characters stand for some of its own."""
        self.do("with_losses", text=text, literal=literal)

    def across_blanks(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase with nothing but blanks between its characters."""
        self.do("across_blanks", text=text, literal=literal)

    def around_notes(self, text: str, *, literal: bool, quoted: bool) -> None:
        """Add the matches of a phrase that pass over notes."""
        self.do("around_notes", text=text, literal=literal, quoted=quoted)

    def with_gaps(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which other gaps stand than in the text."""
        self.do("with_gaps", text=text, literal=literal)

    def glance(self, text: str, *, literal: bool) -> None:
        """Add the matches at the beginning of the corpus of a text that is gaps alone."""
        chosen = self._hosts.owners if self._documents is None else self._hosts.owners[self._documents]
        first = next((owner for owner in chosen.tolist() if owner in self.asked), None)
        if first is not None:
            self.ask_some("at_first", {first: {"text": text, "literal": literal}})

    def read(self, text: str, number: int, shares: Shares | None) -> None:
        """Add the matches of a reading, the commonest strings first; of a single place the first ones, if need be."""
        self._foresight.note_reading(number)
        several: list[Strings] = []
        hosts = {}
        for host, answer in self.ask("strings", text=text, number=number, shares=shares).items():
            several += answer
            hosts.update({each.segment: host for each in answer})

        def again(segment: int, most: int) -> Strings:
            host = hosts[segment]
            (fewer,) = self.ask_some("fewer_strings", {host: {"segment": segment, "most": most}}).values()
            assert isinstance(fewer, type(several[0]))
            return fewer

        self.do("rank", ranks=ranked_strings(first_strings(several, again)))

    def near(self, text: str, number: int, rarest: int, shares: Shares | None) -> None:
        """Add what a stage for near matches finds."""
        self.do("near", text=text, number=number, rarest=rarest, shares=shares)

    def parallels(self, text: str, cancelled: Cancelled) -> tuple[Bound, ...]:
        """Add the parallels of a text; return the bounds that the search for them ran into."""
        bounds = look(self, text, cancelled)
        if bounds is not None:
            self.do("keep_parallels")
        return bounds or ()

    def pattern(self, source: str, cancelled: Cancelled, *, folded: bool) -> Iterator[bool]:
        """Add the matches of a pattern, some at a time; yield False, at last, where the time was up before the end."""
        left, in_time = list(self.asked), True
        question = {"source": source, "cancelled": cancelled, "folded": folded, "begins": True}
        while left and not cancelled():
            answers = self.ask_some("pattern_some", dict.fromkeys(left, question))
            question = {**question, "begins": False}
            in_time &= TIME_UP not in answers.values()
            left = [shard for shard, looked in answers.items() if looked == MORE]
            if left:
                yield True
        if not in_time:
            yield False

    # Several words, each in a slot

    def word(self, slot: int, text: str, *, literal: bool, strict: bool) -> int:
        """Put the matches of a keyword, as it is written or read, into a slot; return their number."""
        count: int = sum(self.ask("word", slot=slot, text=text, literal=literal, strict=strict).values())
        self._foresight.written[slot] = count
        return count

    def word_otherwise(self, slot: int, text: str, number: int, rarest: int) -> int:
        """Put what a further stage finds of a keyword into a slot; return the number of matches."""
        return sum(self.ask("word_otherwise", slot=slot, text=text, number=number, rarest=rarest).values())

    def near_at_least(self, text: str) -> int:
        """How many matches of a keyword, exact or near, there are at least, as far as the index alone tells."""
        count: int = sum(self.ask("near_at_least", text=text).values())
        self._foresight.near[text] = count
        return count

    def word_anyhow(self, slot: int, text: str, rarest: int, beside: Sequence[int], *, literal: bool) -> int:
        """Put the matches of a keyword, exact or near, into a slot; return their number.

        Where slots are given, only those in the paragraphs with matches of all of these.
        """
        question = {"slot": slot, "text": text, "rarest": rarest, "beside": list(beside), "literal": literal}
        return sum(self.ask("word_anyhow", **question).values())

    def word_pattern(self, slot: int, source: str, cancelled: Cancelled, *, folded: bool) -> tuple[int, bool]:
        """Put the matches of a pattern into a slot; return their number, and whether the time sufficed."""
        answers = self.ask("word_pattern", slot=slot, source=source, cancelled=cancelled, folded=folded).values()
        return sum(count for count, _ in answers), all(in_time for _, in_time in answers)

    def together(self, slots: Sequence[int], more: float) -> None:
        """Add the paragraphs that hold the words of some slots, the rarest one first; they cost so much more."""
        self.do("together", slots=list(slots), more=more)

    # What comes nearest

    def reach(self, text: str) -> list[int]:
        """How far the longest part of a text that occurs reaches from each of its places."""
        return [max(ends) for ends in zip(*self.ask("reach", text=text).values(), strict=True)]

    def parts(self, text: str, places: Sequence[tuple[int, int]]) -> list[str]:
        """Add the matches of parts of a text; return the first one of each as it is written, "" where there is none."""
        steps = [Step("part_from", {"text": text, "start": start, "end": end}) for start, end in places]
        found = [[answer for answer in each.values() if answer[1]] for each in self.ask_each(steps)]
        return [min(each, default=(0, ""))[1] for each in found]

    def any_together(self, choices: Sequence[tuple[Sequence[int], float]]) -> int:
        """Add the paragraphs with the words of the first choice that there are any of; return which, -1 for none."""
        steps = [Step("together", {"slots": list(slots), "more": more}) for slots, more in choices]
        for at, step in enumerate(steps):
            self._foresight.given = steps[at + 1 :]
            self.do(step.name, **step.arguments)
            if self.total:
                self._foresight.given = ()
                return at
        return -1
