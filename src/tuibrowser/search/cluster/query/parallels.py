"""Parallels: look for the parallels of a text on several hosts, as they are found in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.parallels.find import (
    ALIGNED_BOUND,
    BANDS_BOUND,
    LOOSEST,
    SHORTEST_LOOSE,
    heaviest,
    passage_bounds,
)
from tuibrowser.search.parallels.passage import passage_of
from tuibrowser.search.parallels.seeds import pairs_by
from tuibrowser.search.planning.held import first_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.host.passages import Told
    from tuibrowser.search.cluster.query.held import HeldByHosts
    from tuibrowser.search.model import Bound
    from tuibrowser.search.parallels.model import Parallel
    from tuibrowser.search.parallels.seeds import Pairs

    Array = npt.NDArray[Any]

_PAIR = 2
"""Characters of a passage that has parallels."""


def look(held: HeldByHosts, text: str, cancelled: Callable[[], bool]) -> tuple[Bound, ...] | None:
    """Have hosts look for the parallels of a text; return the bounds run into, None where there can be none.

    What was found until it was cancelled counts.
    """
    passage = passage_of(text)
    if len(passage) < _PAIR:
        return None
    answers = held.ask("pair_counts", text=text).values()
    pairs = pairs_by(sum(counts for counts, _ in answers), sum(size for _, size in answers))
    bounds = dict.fromkeys(passage_bounds(passage, pairs))
    counts: dict[int, int] = {}
    for each in held.ask("begin", text=text, pairs=pairs).values():
        counts.update(each)
    if sum(counts.values()) > BANDS_BOUND.limit:
        bounds[BANDS_BOUND] = None
    bands = held.ask("bands", shares=first_of(counts, BANDS_BOUND.limit))
    loose = LOOSEST if len(passage) >= SHORTEST_LOOSE else 0
    bounds.update(dict.fromkeys(_align(held, bands, pairs, loose, cancelled)))
    return tuple(bounds)


def _align(
    held: HeldByHosts, bands: Mapping[int, tuple[Array, Array]], pairs: Pairs, loose: int, cancelled: Callable[[], bool]
) -> Iterator[Bound]:
    """Have the heaviest bands of all hosts aligned, and then so many stretches in another order.

    Yield the bounds run into.
    """
    hosts = list(bands)
    weights, numbers = (np.concatenate([bands[host][at] for host in hosts]) for at in (0, 1))
    whose = np.repeat(np.array(hosts), [len(bands[host][0]) for host in hosts])
    order = np.lexsort((numbers, -weights))
    heavy = heaviest(weights.take(order), pairs)
    if len(heavy) > BANDS_BOUND.limit:
        yield BANDS_BOUND
    ranked = whose.take(order.take(heavy[: BANDS_BOUND.limit])).tolist()
    questions = {host: {"count": 0 if cancelled() else ranked.count(host)} for host in hosts}
    told = {host: iter(enumerate(answer)) for host, answer in held.ask_some("stretches", questions).items()}
    chosen: dict[int, list[int]] = {host: [] for host in hosts}
    texts: set[bytes] = set()
    folded: set[bytes] = set()
    is_whole = True
    for host in ranked if not cancelled() else ():
        at, (text, ids) = next(told[host], (-1, (b"", b"")))
        if at < 0:
            continue
        if text not in texts and len(folded) >= ALIGNED_BOUND.limit:
            is_whole = False
            continue
        texts.add(text)
        folded.add(ids)
        chosen[host].append(at)
    if not is_whole:
        yield ALIGNED_BOUND
    answers = held.ask_some("align", {host: {"chosen": rows} for host, rows in chosen.items()})
    every = sorted((*each, host) for host, several in answers.items() for each in several)
    first = [host for *_, host in every[: 0 if cancelled() else loose]]
    held.do_some("tile", {host: {"count": first.count(host)} for host in hosts})


def rows_of(held: HeldByHosts, limit: int) -> tuple[tuple[Parallel, ...], int]:
    """Return the first parallels that hosts have found, and the number of all."""
    every = [(each, host, at) for host, several in held.tell_all("told").items() for at, each in enumerate(several)]
    groups: dict[bytes, list[tuple[Told, int, int]]] = {}
    for row in sorted(every, key=lambda row: _place(row[0])):
        groups.setdefault(row[0].words, []).append(row)
    best = sorted(groups.values(), key=lambda group: (-group[0][0].score, _place(group[0][0])))
    return tuple(_row(held, group) for group in best[:limit]), len(every)


def _place(told: Told) -> tuple[int, int, int]:
    return told.document, told.start, told.end


def _row(held: HeldByHosts, group: Sequence[tuple[Told, int, int]]) -> Parallel:
    """The best of parallels of the same words, with the places of the others."""
    _, host, at = group[0]
    row: Parallel = held.tell("parallel", {host: {"at": at}})[host]
    return replace(row, count=len(group), also=tuple(_place(told)[:2] for told, *_ in group[1:]))
