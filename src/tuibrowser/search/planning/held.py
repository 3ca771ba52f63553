"""Held: the matches of a query as a plan sees them, wherever they are: named steps with plain arguments, and sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.model import Layer
    from tuibrowser.hanzi.readings import Ranges
    from tuibrowser.search.model import Bound, HitKind

    Cancelled = Callable[[], bool]
    Shares = Mapping[int, int]
    """How many occurrences are looked at in each segment, by the number of its first document."""


class Steps(Protocol):
    """Steps that are the same in any part of a corpus, whose answers are summed or joined.

    A step names what it looks for by a text; where there are several ways, by a number among them, as `by_reading` and
    `near` give them. A word is put into a slot, from which it is taken when the paragraphs with several are looked for.
    """

    def better_than(self, cost: float) -> int:
        """The number of matches that cost less."""

    def totals(self) -> dict[HitKind, int]:
        """The number of matches of each kind."""

    def documents(self) -> int:
        """The number of documents with a match."""

    def clear(self) -> None:
        """Hold nothing."""

    def frequencies(self, places: Sequence[Ranges]) -> list[int]:
        """How often the characters of each of some places occur in the whole corpus."""

    def by_segment(self, place: Ranges) -> Shares:
        """How often the characters of a place occur in each segment of the corpus."""

    def whole(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase as it stands, in any form."""

    def with_losses(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which lost characters stand for some of its own."""

    def across_blanks(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase with nothing but blanks between its characters."""

    def around_notes(self, text: str, *, literal: bool, quoted: bool) -> None:
        """Add the matches of a phrase that pass over notes."""

    def with_gaps(self, text: str, *, literal: bool) -> None:
        """Add the matches of a phrase in which other gaps stand than in the text."""

    def near(self, text: str, number: int, rarest: int, shares: Shares | None) -> None:
        """Add what a stage for near matches finds; `rarest` is a rare place of the text.

        `shares` bound how many occurrences of that are looked at.
        """

    def word(self, slot: int, text: str, *, literal: bool, strict: bool) -> int:
        """Put the matches of a keyword, as it is written or read, into a slot; return their number."""

    def word_otherwise(self, slot: int, text: str, number: int, rarest: int) -> int:
        """Put what a further stage finds of a keyword into a slot; return the number of matches."""

    def near_at_least(self, text: str) -> int:
        """How many matches of a keyword, exact or near, there are at least, as far as the index alone tells."""

    def word_anyhow(self, slot: int, text: str, rarest: int, beside: Sequence[int], *, literal: bool) -> int:
        """Put the matches of a keyword, exact or near, into a slot; return their number.

        Where slots are given, only those in the paragraphs with matches of all of these.
        """

    def word_pattern(self, slot: int, source: str, cancelled: Cancelled, *, folded: bool) -> tuple[int, bool]:
        """Put the matches of a pattern into a slot; return their number, and whether the time sufficed."""

    def together(self, slots: Sequence[int], more: float) -> None:
        """Add the paragraphs that hold the words of some slots, the rarest one first; they cost so much more."""

    def reach(self, text: str) -> list[int]:
        """How far the longest part of a text that occurs reaches from each of its places."""


class Held(Steps, Protocol):
    """Looks for matches and keeps those that are in scope and not, nor in part, among the better ones."""

    @property
    def total(self) -> int:
        """The number of matches."""

    @property
    def has_documents(self) -> bool:
        """Whether any document is looked at."""

    @property
    def has_layers(self) -> bool:
        """Whether a document tells of text of a layer that is looked at."""

    @property
    def leaves_nothing_out(self) -> bool:
        """Whether every match counts: no document, layer or paragraph is left out."""

    def aside(self, layer: Layer) -> Held | None:
        """One that looks in the same documents for a layer that stands aside; None where none does."""

    def glance(self, text: str, *, literal: bool) -> None:
        """Add the matches at the beginning of the corpus of a text that is gaps alone."""

    def read(self, text: str, number: int, shares: Shares | None) -> None:
        """Add the matches of a reading, the commonest strings first; of a single place the first ones, if need be."""

    def parallels(self, text: str, cancelled: Cancelled) -> tuple[Bound, ...]:
        """Add the parallels of a text; return the bounds that the search for them ran into."""

    def pattern(self, source: str, cancelled: Cancelled, *, folded: bool) -> Iterator[bool]:
        """Add the matches of a pattern, some at a time; yield False, at last, where the time was up before the end."""

    def parts(self, text: str, places: Sequence[tuple[int, int]]) -> list[str]:
        """Add the matches of parts of a text; return the first one of each as it is written, "" where there is none."""

    def any_together(self, choices: Sequence[tuple[Sequence[int], float]]) -> int:
        """Add the paragraphs with the words of the first choice that there are any of; return which, -1 for none.

        Each choice are slots, and how much more these paragraphs cost.
        """


def first_of(counts: Shares, most: int) -> dict[int, int]:
    """The share of each segment in the first `most` occurrences of all, in reading order."""
    shares, left = {}, most
    for segment in sorted(counts):
        shares[segment] = min(counts[segment], left)
        left -= shares[segment]
    return shares
