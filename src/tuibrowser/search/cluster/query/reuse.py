"""Reuse: the passages that a document or a text shares with documents on several hosts."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.search.cluster.host.reuse import RANK_BITS, Question
from tuibrowser.search.cluster.query.standings import DocumentsOfHosts
from tuibrowser.search.reuse.answer import LocalReuse
from tuibrowser.search.reuse.find import passages_with
from tuibrowser.search.reuse.runs import Runs
from tuibrowser.search.reuse.shared import SEEDS_BOUND, rarest
from tuibrowser.search.reuse.sides import Text
from tuibrowser.search.reuse.stream import TextStream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.hosts import Hosts
    from tuibrowser.search.cluster.host.reuse import Answer

    Array = npt.NDArray[Any]
    Cancelled = Callable[[], bool]


def reuse_of(hosts: Hosts, asked: int | str, chosen: Array | None, minimum: int, cancelled: Cancelled) -> LocalReuse:
    """The passages that a document, by its number, or a text shares with documents of hosts.

    These are all, or those for which `chosen` has a bool set by their number.
    """
    began, there = perf_counter(), hosts.there
    missing = hosts.parts(there)
    own: Text | DocumentsOfHosts
    if isinstance(asked, str):
        document, stream = None, TextStream(asked)
        ids, own = stream.ids, Text(asked, stream)
    else:
        document = asked
        ids, own = _stream(hosts, document), DocumentsOfHosts(hosts, document << RANK_BITS)
    question = Question(ids, document, None if chosen is None else np.packbits(chosen), minimum)
    runs, is_cut = _runs(hosts, there, question, cancelled)
    other = DocumentsOfHosts(hosts)
    passages, rows = passages_with(ids, runs, other.numbers(runs.other))
    return LocalReuse(
        own,
        other,
        passages,
        rows,
        at_least=is_cut or bool(missing) or cancelled(),
        bounds=(SEEDS_BOUND,) if is_cut else (),
        elapsed_ms=(perf_counter() - began) * 1000,
        missing=missing,
    )


def _stream(hosts: Hosts, document: int) -> Array:
    """The characters of a document; of one that is nowhere its end alone."""
    if not 0 <= document < len(hosts.owners):
        return np.zeros(1, np.uint16)
    (owner,) = hosts.owners_of(np.array([document])).tolist()
    return np.asarray(hosts.all("kept.stream", None, {"document": document}, [owner])[owner])


def _runs(hosts: Hosts, there: Sequence[int], question: Question, cancelled: Cancelled) -> tuple[Runs, bool]:
    """The runs of a text with documents, and whether some pairs of places were not looked at."""
    most = SEEDS_BOUND.limit

    def ask(method: str, **arguments: Any) -> list[Any]:
        found: list[Any] = []
        for answers in _by_segment(hosts, there, method, {"question": question, **arguments}):
            found += answers
            if cancelled():
                break
        return found

    if cancelled():
        return _joined([]), False
    answers: list[Answer] = ask("runs_with", most=most, kept=None)
    if cancelled() or sum(each.pairs for each in answers) <= most:
        return _joined(answers), False
    counts = ask("pairs_with")
    return _joined(ask("runs_with", most=most, kept=np.packbits(rarest(sum(counts))))), True


def _by_segment(hosts: Hosts, there: Sequence[int], method: str, arguments: Mapping[str, Any]) -> Iterator[list[Any]]:
    """What hosts answer of their first segments, then of their second ones, and so on."""
    counts = {host: len(hosts.holdings[host].segments) for host in there}
    for segment in range(max(counts.values(), default=0)):
        some = [host for host, count in counts.items() if count > segment]
        yield list(hosts.all(f"kept.{method}", None, {"segment": segment, **arguments}, some).values())


def _joined(answers: list[Answer]) -> Runs:
    nothing = np.zeros(0, np.int64)
    columns = [
        np.concatenate([nothing, *column])
        for column in (
            [each.own for each in answers],
            [each.other for each in answers],
            [each.lengths for each in answers],
        )
    ]
    return Runs(*columns)
