"""Again: make judgements of lines, and find their lines again after the corpus was read anew or changed.

A line is known by its document, which may have been renamed, and by what stands around the match there. Of lines that
are equal the nearest to the old place is taken; of a text that was edited, the line most like it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.judging.model import WIDTH, Judged, Judgement
from tuibrowser.analysis.texts.facts import facts_of
from tuibrowser.hanzi.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tuibrowser.analysis.judging.model import Judging
    from tuibrowser.search.searcher import Matches, Searcher
    from tuibrowser.search.values import Context, Match

    Key = tuple[str, str, str]
    """A line with its match in the middle, folded."""
    Seen = tuple[Match, Key]

_LEAST_LIKENESS: Final = 70.0
"""Likeness, of 100, from which on a line is taken for the one sought."""

_MOST_COMPARED: Final = 200
"""Lines nearest to the old place that are compared with one that is not there as it was."""


def judgements_of(
    searcher: Searcher, query: str, matches: Matches, indices: Iterable[int], code: str
) -> list[Judgement]:
    """Judge the lines of some matches, by their indices."""
    chosen = sorted(set(indices))
    some = matches.of_indices(chosen)
    facts, digests = facts_of(searcher), searcher.digests()
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    made = []
    for match, context in zip(some[:], some.contexts(0, len(some), WIDTH), strict=True):
        left, node, right = _in_paragraph(context)
        made.append(
            Judgement(
                query=query,
                path=facts[match.document].address,
                content=digests[match.document],
                paragraph=match.paragraph,
                start=match.start,
                end=match.end,
                left=left,
                node=node,
                right=right,
                code=code,
                changed=now,
            )
        )
    return made


def judged(searcher: Searcher, query: str, matches: Matches, documents: Collection[int], judging: Judging) -> Judged:
    """Find the lines of a query's judgements among its matches in some documents, and choose what is counted."""
    wanted = [each for each in judging.judgements if each.query == query]
    by_document, elsewhere = _by_document(searcher, wanted, frozenset(documents))
    lines = _lines(matches, by_document)
    sources: dict[int, Judgement] = {}
    lost: list[Judgement] = []
    for number, judgements in by_document.items():
        found = _found(lines.get(number, {}), judgements)
        sources |= found
        kept = {id(each) for each in found.values()}
        lost += (each for each in judgements if id(each) not in kept)
    counted = [index for index in range(len(matches)) if judging.counts(_code(sources, index))]
    return Judged(sources, counted, len(matches), lost, elsewhere, judging)


def _code(sources: Mapping[int, Judgement], index: int) -> str | None:
    judgement = sources.get(index)
    return None if judgement is None else judgement.code


def _by_document(
    searcher: Searcher, judgements: Sequence[Judgement], documents: Collection[int]
) -> tuple[dict[int, list[Judgement]], int]:
    """The judgements of each document in scope by its number, and how many are of others.

    A document is found by its address or name, else by the very text it had.
    """
    if not judgements:
        return {}, 0
    facts, digests = facts_of(searcher), searcher.digests()
    places = {digest: number for number, digest in enumerate(digests) if digest}
    places |= {fact.name: number for number, fact in enumerate(facts)}
    places |= {fact.address: number for number, fact in enumerate(facts)}
    found: dict[int, list[Judgement]] = {}
    elsewhere = 0
    for judgement in judgements:
        number = places.get(judgement.path, places.get(judgement.content, -1))
        if number in documents:
            found.setdefault(number, []).append(judgement)
        else:
            elsewhere += 1
    return found, elsewhere


def _lines(matches: Matches, by_document: Mapping[int, Sequence[Judgement]]) -> dict[int, dict[int, Seen]]:
    """The lines of some documents, by the index of the match, with as much context as is known of those judged."""
    counts = matches.by_document()
    begins = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))
    indices = [
        index
        for number in sorted(by_document)
        if number in begins
        for index in range(begins[number], begins[number] + counts[number])
    ]
    sides = (
        len(side) for judgements in by_document.values() for each in judgements for side in (each.left, each.right)
    )
    some = matches.of_indices(indices)
    contexts = some.contexts(0, len(some), max(sides, default=0))
    lines: dict[int, dict[int, Seen]] = {}
    keys = _keys([_in_paragraph(context) for context in contexts])
    for index, match, key in zip(indices, some[:], keys, strict=True):
        lines.setdefault(match.document, {})[index] = match, key
    return lines


def _found(free: Mapping[int, Seen], judgements: Sequence[Judgement]) -> dict[int, Judgement]:
    """The judgements of the lines of a document, by the index of the match; each has one at most."""
    found: dict[int, Judgement] = {}
    changed: list[tuple[Judgement, Key]] = []
    equal: dict[Key, list[int]] = {}
    for index, (_, key) in free.items():
        equal.setdefault(key, []).append(index)
    keys = _keys([(each.left, each.node, each.right) for each in judgements])
    for judgement, key in zip(judgements, keys, strict=True):
        here = equal.get(key, [])
        if here:
            index = min((_distance(judgement, free[at][0]), at) for at in here)[1]
            here.remove(index)
            found[index] = judgement
        else:
            changed.append((judgement, key))
    left = {index: each for index, each in free.items() if index not in found}
    for judgement, key in changed:
        if (alike := _alike(judgement, key, left)) is not None:
            del left[alike]
            found[alike] = judgement
    return found


def _alike(judgement: Judgement, wanted: Key, free: Mapping[int, Seen]) -> int | None:
    """The index of the line that is most like one judged, of those near its place that have the same match."""
    from rapidfuzz import fuzz  # Few texts change.

    near = sorted(
        (_distance(judgement, match), index, key) for index, (match, key) in free.items() if key[1] == wanted[1]
    )[:_MOST_COMPARED]
    likeness = {index: fuzz.ratio("".join(wanted), "".join(key)) for _, index, key in near}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best is not None and likeness[best] >= _LEAST_LIKENESS else None


def _distance(judgement: Judgement, match: Match) -> tuple[int, int]:
    return abs(match.paragraph - judgement.paragraph), abs(match.start - judgement.start)


def _in_paragraph(context: Context) -> tuple[str, str, str]:
    return context.left.rpartition("\n")[2], context.node, context.right.partition("\n")[0]


def _keys(parts: Sequence[tuple[str, str, str]]) -> list[Key]:
    """Left, match and right of lines as search compares characters, a character for each."""
    folded = "".join(map(chr, fold("".join(text for line in parts for text in line)).tolist()))
    bounds = [0, *accumulate(len(text) for line in parts for text in line)]
    pieces = [folded[start:end] for start, end in pairwise(bounds)]
    return list(zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True))
