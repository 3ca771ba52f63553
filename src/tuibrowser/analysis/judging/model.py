"""Model: what a reader decided of lines, and what that is of the matches of a query."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REJECTED: Final = "!"
"""The code of a line that does not count."""

WIDTH: Final = 20
"""Characters on either side of a match by which its line is known again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader decided of a line of a query: REJECTED or a code of one letter.

    `path` is the address or the name of its document and `content` the digest of its text, empty where it is not known.
    `paragraph` counts from 0; `start` and `end` are code points of the raw text. `left`, `node` and `right` are the
    line as it stood. `changed` is an ISO 8601 time.
    """

    query: str
    path: str
    content: str
    paragraph: int
    start: int
    end: int
    left: str
    node: str
    right: str
    code: str
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Judging:
    """The judgements to count by. Only lines of some `codes` are counted, or all but the rejected where that is None.

    `with_rejected` counts the rejected ones too.
    """

    judgements: Sequence[Judgement]
    codes: frozenset[str] | None = None
    with_rejected: bool = False

    def counts(self, code: str | None) -> bool:
        """Whether a line of a code is counted, None being a line that was not judged."""
        if self.codes is not None:
            return code in self.codes
        return self.with_rejected or code != REJECTED


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of matches: which of them are judged, and which are counted.

    `sources` are the judgements of matches by their index, `kept` the indices of those that are counted, ascending, of
    `total`. `lost` are judgements whose line is not in the text any more, `elsewhere` counts those of documents out of
    scope.
    """

    sources: Mapping[int, Judgement]
    kept: Sequence[int]
    total: int
    lost: Sequence[Judgement]
    elsewhere: int
    judging: Judging

    @property
    def kept_sources(self) -> dict[int, Judgement]:
        """The judgements of the matches that are counted, by their place among these."""
        return {at: self.sources[index] for at, index in enumerate(self.kept) if index in self.sources}

    def record(self, query: str) -> dict[str, Any]:
        """How much was judged of the lines of a query, as a JSON object."""
        codes = self._codes()
        return {
            "query": query,
            "lines": codes.total(),
            "of": self.total,
            "rejected": codes.pop(REJECTED, 0),
            "codes": dict(sorted(codes.items())),
            "counted": None if self.judging.codes is None else sorted(self.judging.codes),
            "lost": len(self.lost),
            "elsewhere": self.elsewhere,
        }

    def _codes(self) -> Counter[str]:
        return Counter(judgement.code for judgement in self.sources.values())

    def notes(self) -> Iterator[str]:
        """Sentences on how much was judged, and on what is counted."""
        codes = self._codes()
        rejected = codes.pop(REJECTED, 0)
        parts = [plain("{count:,} rejected", count=rejected)] if rejected else []
        parts += [plain("{count:,} as {code}", count=count, code=code) for code, count in sorted(codes.items())]
        judged = plain("{count:,} of {lines} judged", count=rejected + codes.total(), lines=many(self.total, "line"))
        yield plain("{judged}: {parts}", judged=judged, parts=listed(parts)) if parts else judged
        if self.judging.codes is not None:
            yield plain("only lines judged as {codes} are counted", codes=listed(sorted(self.judging.codes)))
        elif rejected and not self.judging.with_rejected:
            yield plain("rejected lines are not counted")
        if self.lost:
            yield plain(
                "{judgements} not found again among the matches", judgements=many(len(self.lost), "judged line")
            )
        if self.elsewhere:
            yield plain("{judgements} in documents out of scope", judgements=many(self.elsewhere, "judged line"))
