"""Among: the passages that the documents of several hosts share with one another.

The hosts tell hashes of their grams, range by range: so it is known here which stand in several places. Then they give
the text of these alone, and it is compared here as one engine compares all: no run has another gram. A gram that is
taken for one of several places, because its hash is another's too, does no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from tuibrowser.search.cluster.host.reuse import RANK_BITS
from tuibrowser.search.cluster.query.held import HeldByHosts
from tuibrowser.search.cluster.query.standings import DocumentsOfHosts
from tuibrowser.search.index.arrays import changes, expand, ranks
from tuibrowser.search.query import Query
from tuibrowser.search.reuse.among import Places, compared
from tuibrowser.search.reuse.answer import LocalReuse
from tuibrowser.search.reuse.every import COMMON_BOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.host.comparing import Stretches

    Array = npt.NDArray[Any]
    Cancelled = Callable[[], bool]
    Progress = Callable[[int, int], object]

GRAMS_OF_HOST: Final = 16_000_000
"""Grams of a range that a host sorts, 8 bytes each,"""
GRAMS: Final = 32_000_000
"""and those of all hosts, 4 bytes each: these bound the memory."""

_COPIED: Final = 1 << 22
"""Characters that are put in their places together."""
_STEPS: Final = 100
_ASKED: Final = 50
"""Steps, of these, until the hosts have given the text."""


def reuse_among(
    hosts: Hosts, chosen: Array | None, minimum: int, progress: Progress, cancelled: Cancelled
) -> LocalReuse | None:
    """The passages that documents of hosts share with one another, all or those for which `chosen` has a bool set.

    None where it was cancelled. Raises OSError where too many characters stand in several places.
    """
    began = perf_counter()
    held = HeldByHosts(hosts, Query(""), chosen)

    def asking(done: int, total: int) -> None:
        progress(done * _ASKED // total, _STEPS)

    def comparing(done: int, total: int) -> None:
        progress(_ASKED + done * (_STEPS - _ASKED) // total, _STEPS)

    try:
        parts = _parts(hosts, held, cancelled) if _marked(hosts, held, minimum, asking, cancelled) else None
    finally:
        held.end()
    if parts is None:
        return None
    stream = _stream(parts)
    found = compared(stream.ids, stream.ends, minimum, comparing, cancelled, stream.places)
    if found is None:
        return None
    passages, rows, is_bounded = found
    documents = DocumentsOfHosts(hosts)
    return LocalReuse(
        documents,
        documents,
        passages,
        rows,
        at_least=is_bounded or held.is_partial,
        bounds=(COMMON_BOUND,) if is_bounded else (),
        elapsed_ms=(perf_counter() - began) * 1000,
        missing=held.missing,
    )


# What stands in several places


def _marked(hosts: Hosts, held: HeldByHosts, minimum: int, progress: Progress, cancelled: Cancelled) -> bool:
    """Have the hosts mark the grams that stand in several places; return False where it was cancelled."""
    bits = _range_bits([hosts.holdings[host].characters for host in held.asked])
    for number in range(1 << bits):
        if cancelled():
            return False
        progress(number, 1 << bits)
        shared = _shared(held.ask("grams_in", minimum=minimum, bits=bits, number=number))
        held.ask_some("mark", {host: {"shared": np.packbits(each)} for host, each in shared.items()})
    return not cancelled()


def _range_bits(characters: Sequence[int]) -> int:
    """Into how many ranges, as a power of 2, the hashes of grams are divided."""
    ranges = max(max(characters) / GRAMS_OF_HOST, sum(characters) / GRAMS)
    return max(0, int(np.ceil(np.log2(ranges)))) if ranges else 0


def _shared(grams: Mapping[int, Array]) -> dict[int, Array]:
    """A bool for each of the grams that hosts have, ascending: whether another one has it as well."""
    every = np.sort(np.concatenate(list(grams.values())))
    several = every[1:].compress(~changes(every)[1:])
    if not len(several):
        return {host: np.zeros(len(each), bool) for host, each in grams.items()}
    return {host: several.take(ranks(several, each), mode="clip") == each for host, each in grams.items()}


def _parts(hosts: Hosts, held: HeldByHosts, cancelled: Cancelled) -> list[Stretches] | None:
    """The text of these grams, from all hosts; None where it was cancelled."""
    parts: list[Stretches] = []
    most = max(len(hosts.holdings[host].segments) for host in held.asked)
    for segment in range(most):
        some, window = list(held.asked), 0
        while some:
            if cancelled():
                return None
            answers = held.tell("shared_stretches", {host: {"segment": segment, "window": window} for host in some})
            parts += answers.values()
            some, window = [host for host, each in answers.items() if each.more], window + 1
    return parts


# The text of it


@dataclass(frozen=True)
class _Stream:
    """Stretches of documents in a row, with an end between those that do not follow one another."""

    ids: Array
    ends: Array
    places: Places


def _stream(parts: list[Stretches]) -> _Stream:
    """The stream of the stretches of hosts, in the order of the documents; `parts` is emptied."""
    nothing = np.zeros(0, np.int64)
    addresses = np.concatenate([nothing, *(part.addresses for part in parts)])
    lengths = np.concatenate([nothing, *(part.lengths for part in parts)])
    order = np.argsort(addresses, kind="stable")
    begins, sizes = addresses.take(order), lengths.take(order)
    follows = begins[1:] == begins[:-1] + sizes[:-1]
    firsts = np.cumsum(np.append(1, sizes)[:-1] + np.append(0, ~follows)[: len(sizes)])
    wide = any(part.ids.dtype.itemsize > 2 for part in parts)
    length = int(firsts[-1] + sizes[-1]) if len(firsts) else 1
    ids = np.zeros(length + 2, np.uint32 if wide else np.uint16)
    place = np.empty(len(order), np.int64)
    place[order] = firsts
    low = 0
    while parts:
        part = parts.pop(0)
        high = low + len(part.lengths)
        _put(ids, place[low:high], part)
        low = high
    ends = (firsts + sizes).compress(np.append(changes(begins >> RANK_BITS)[1:], True)[: len(begins)])
    return _Stream(ids, ends, Places(firsts, begins))


def _put(ids: Array, firsts: Array, part: Stretches) -> None:
    """Put stretches where they begin, some at a time."""
    ends = np.cumsum(part.lengths)
    for low, high in _some(ends):
        before = int(ends[low - 1]) if low else 0
        to = expand(firsts[low:high], firsts[low:high] + part.lengths[low:high])
        ids[to] = part.ids[before : int(ends[high - 1])]


def _some(ends: Array) -> Iterator[tuple[int, int]]:
    """Stretches that end at some places of a row, as many together as are put in their places at a time."""
    low = 0
    while low < len(ends):
        before = int(ends[low - 1]) if low else 0
        high = max(low + 1, int(ends.searchsorted(before + _COPIED, "right")))
        yield low, high
        low = high
