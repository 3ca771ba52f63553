"""Build: the index of a corpus on several hosts, made new or brought up to date; only pieces that changed are made."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.building.crew import NO_ANSWER, PATIENCE, Crew
from tuibrowser.search.building.folder import Share
from tuibrowser.search.building.gateway import (
    RECORDS,
    Placed,
    Plan,
    keep_records,
    open_gateway,
    prepare,
    publish,
    records_are_there,
    remove_others,
)
from tuibrowser.search.building.making import this_maker
from tuibrowser.search.building.orders import RefusedError
from tuibrowser.search.building.pieces import LARGEST, pieces_of
from tuibrowser.search.building.placement import holders, shards_of
from tuibrowser.search.index.places import make_folder
from tuibrowser.search.index.store import CancelledError, IndexUnusableError, locked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.building.making import Made
    from tuibrowser.search.building.pieces import Piece
    from tuibrowser.search.cluster.asking.transport import HostTransport
    from tuibrowser.search.index.refresh import Listener

_MOMENT: Final = 3.0
"""Seconds in which all hosts must answer for the index to be up to date."""


@dataclass(frozen=True, slots=True)
class Order:
    """On which hosts an index is built, and how: `copies` of each shard, pieces of at most so many bytes of files."""

    hosts: Sequence[str]
    copies: int
    largest: int = LARGEST
    patience: float = PATIENCE


def build(
    corpus: Corpus,
    ordered: Order,
    folder: Path,
    transport: HostTransport,
    listener: Listener,
    cancelled: Callable[[], bool],
) -> bool:
    """Build the index of a corpus, or bring it up to date; return whether there was anything to do.

    `folder` is that of the gateway. What goes wrong with a host is told as a note, and others do its part. Raises
    CorpusError where no host is left, OSError where the gateway cannot write, and CancelledError.
    """
    make_folder(folder, shared=False)
    with locked(folder, cancelled, listener.waiting):
        return _Build(corpus, ordered, folder, transport, listener, cancelled).run()


class _Build:
    """One run of the work."""

    def __init__(
        self,
        corpus: Corpus,
        ordered: Order,
        folder: Path,
        transport: HostTransport,
        listener: Listener,
        cancelled: Callable[[], bool],
    ) -> None:
        self._corpus = corpus
        self._ordered = ordered
        self._folder = folder
        self._listener = listener
        self._cancelled = cancelled
        self._maker = this_maker()
        self._old = self._known()
        self._pieces = pieces_of(corpus, self._maker, ordered.largest)
        before = {} if self._old is None else {piece.name: piece.shard for piece in self._old.pieces}
        self._shards = shards_of(self._pieces, len(ordered.hosts), before)
        self._crew = Crew(transport, ordered.hosts, self._maker, ordered.patience)
        self._told: set[str] = set()
        self._far = -1, -1

    def _known(self) -> Plan | None:
        try:
            return open_gateway(self._corpus, self._folder).plan
        except IndexUnusableError as error:
            if error.reason:
                self._listener.note(plain("the index {reason}: it is built again", reason=error.reason))
            return None

    def run(self) -> bool:
        """Make what is missing, and let all hosts search it."""
        if self._is_up_to_date():
            return False
        while True:
            self._work()
            if self._agreed() and (plan := self._collected()) is not None:
                break
        old = self._old
        if old is None or plan.generation != old.generation:
            prepare(self._corpus, self._folder, plan)
        self._adopt(plan)
        publish(self._corpus, self._folder, plan)
        remove_others(self._folder, [plan] if old is None else [plan, old])
        return True

    def _is_up_to_date(self) -> bool:
        """Whether all hosts search the pieces that there are now."""
        old = self._old
        if old is None or [piece.name for piece in old.pieces] != [piece.name for piece in self._pieces]:
            return False
        if old.holders != self._holders(self._ordered.hosts):
            return False
        end = time.monotonic() + min(_MOMENT, self._ordered.patience)
        workers = self._crew.workers.values()
        while any(worker.about is None for worker in workers) and time.monotonic() < end:
            self._crew.step({})
        return all(worker.about and old.generation in worker.about.generations for worker in workers)

    # Making

    def _work(self) -> None:
        """Have all hosts make their pieces, and others those of hosts that are lost."""
        while True:
            self._tell()
            if not (there := self._crew.there):
                raise CorpusError(plain("no host can be used"))
            if self._cancelled():
                raise CancelledError
            wanted = self._wanted(there)
            workers = {name: self._crew.workers[name] for name in there}
            if not any(worker.left(wanted[name]) for name, worker in workers.items()):
                return
            made = sum(
                piece.task.documents for name in there for piece in wanted[name] if piece.name in workers[name].made
            )
            total = sum(piece.task.documents for pieces in wanted.values() for piece in pieces)
            self._progress(made + sum(worker.done() for worker in workers.values()), total)
            self._crew.step(wanted)

    def _progress(self, done: int, total: int) -> None:
        """Say how far the hosts are, where that is news."""
        if (done, total) != self._far:
            self._far = done, total
            self._listener.progress(done, total)

    def _holders(self, there: Sequence[str]) -> dict[int, tuple[str, ...]]:
        """The hosts of each shard, of those that are there."""
        hosts, copies = self._ordered.hosts, self._ordered.copies
        return {at: tuple(holders(hosts, there, at, copies)) for at in range(len(self._shards))}

    def _wanted(self, there: Sequence[str]) -> dict[str, list[Piece]]:
        """The pieces that each host has to make, those for which it is preferred first."""
        wanted: dict[str, list[Piece]] = {name: [] for name in there}
        by_shard = self._holders(there)
        for turn in range(self._ordered.copies):
            for at, names in by_shard.items():
                if turn < len(names):
                    wanted[names[turn]] += self._shards[at]
        return wanted

    def _tell(self) -> None:
        """Say which hosts are not used any more."""
        for name, worker in self._crew.workers.items():
            if worker.problem and name not in self._told:
                self._told.add(name)
                self._listener.note(plain("host {host} is not used: {problem}", host=name, problem=worker.problem))

    # What was made

    def _agreed(self) -> bool:
        """Whether all copies of each piece are the same; else the host that differs from most is not used any more.

        Of two that differ from one another it is the one that could not read more documents.
        """
        others: dict[str, list[str]] = defaultdict(list)
        for at, names in self._holders(self._crew.there).items():
            for piece, (one, other) in product(self._shards[at], combinations(names, 2)):
                if self._made(one, piece).digest != self._made(other, piece).digest:
                    others[one].append(other)
                    others[other].append(one)
        if not others:
            return True
        worst = max(others, key=lambda name: (len(others[name]), self._failed(name), self._ordered.hosts.index(name)))
        self._crew.give_up(worst, plain("it reads the same files otherwise than {other}", other=others[worst][0]))
        return False

    def _failed(self, host: str) -> int:
        """How many documents a host could not read."""
        return sum(made.failed for made in self._crew.workers[host].made.values())

    def _made(self, host: str, piece: Piece) -> Made:
        return self._crew.workers[host].made[piece.name]

    def _collected(self) -> Plan | None:
        """Get the records of all pieces; return the plan of the index, None where a host was lost meanwhile."""
        by_shard = self._holders(self._crew.there)
        placed = []
        for at, names in by_shard.items():
            for piece in self._shards[at]:
                made = self._made(names[0], piece)
                if not records_are_there(self._folder, piece.name, made.files):
                    self._collect(names[0], piece, made)
                    if self._crew.workers[names[0]].problem:
                        return None
                count = piece.task.documents
                placed.append(
                    Placed(piece.name, piece.first, count, made.failed, made.characters, made.size, made.digest, at)
                )
        with_text = {piece.shard for piece in placed if piece.failed < piece.documents}
        if not with_text:
            raise CorpusError(plain("there is no text to index"))
        placed.sort(key=attrgetter("first"))
        return Plan(self._maker, tuple(placed), {at: names for at, names in by_shard.items() if at in with_text})

    def _collect(self, host: str, piece: Piece, made: Made) -> None:
        """Get the records of a piece from a host; where it does not hand them out it is not used any more."""
        try:
            files = ((file, self._stretches(host, piece.name, file, made.files[file][0])) for file in RECORDS)
            keep_records(self._folder, piece.name, files)
        except _HostError as error:
            self._crew.give_up(host, said(error))
            return
        if not records_are_there(self._folder, piece.name, made.files):
            self._crew.give_up(host, plain("the records of its documents are damaged"))

    def _stretches(self, host: str, name: str, file: str, size: int) -> Iterator[bytes]:
        """A file of a piece, as a host hands it out."""
        at = 0
        while at < size:
            try:
                data: bytes = self._crew.ask(host, "read", name, file, at)
            except RefusedError as error:
                raise _HostError(said(error)) from None
            except Exception as error:
                raise _HostError(NO_ANSWER) from error
            if not data:
                raise _HostError(plain("the records of its documents are damaged"))
            yield data
            at += len(data)

    def _adopt(self, plan: Plan) -> None:
        """Let all hosts search the pieces, beside the generation that is in use."""
        kept = [] if self._old is None else [self._old.generation]
        documents = len(self._corpus.sources)
        shares = {name: Share(plan.generation, documents, plan.shards_of(name)) for name in self._crew.there}
        answers = self._crew.ask_each("adopt", {name: (share, kept) for name, share in shares.items()})
        for name, answer in answers.items():
            problems = [said(answer) or NO_ANSWER] if isinstance(answer, Exception) else answer
            for problem in problems:
                self._listener.note(plain("host {host}: {problem}", host=name, problem=problem))


class _HostError(Exception):
    """A host does not hand out what it has, and why."""
