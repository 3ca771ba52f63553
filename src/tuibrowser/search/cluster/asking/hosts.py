"""Hosts: ask the shards of a corpus, and know which of them holds which document."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.kept import Kept
from tuibrowser.host.stopping import StoppedError
from tuibrowser.language.i18n import plain, said
from tuibrowser.language.wording import clauses
from tuibrowser.search.cluster.asking.roster import AGAIN, SILENT
from tuibrowser.search.cluster.asking.transport import never
from tuibrowser.search.cluster.host.calls import (
    ANSWERED,
    FAULTY,
    GONE,
    METHODS,
    OUTDATED,
    answer_of,
    asked,
)
from tuibrowser.search.cluster.host.steps import CANCEL, DO, Steps, asked_steps, done_of
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.machines.coding import NOTHING
from tuibrowser.search.machines.frames import TooLargeError
from tuibrowser.search.patterns.find import PatternError
from tuibrowser.search.values import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.transport import Transport
    from tuibrowser.search.cluster.host.kept import Holding
    from tuibrowser.search.cluster.host.steps import Done
    from tuibrowser.search.machines.methods import Method

    Array = npt.NDArray[Any]

_SUMS = 4
"""Sums over shards that are kept."""
_DEADLINE = 30.0
"""Seconds in which a host must answer,"""
_MOMENT = 0.5
"""and those in which it is waited for that it has heard of something;"""
_PATIENCE = 24 * 3600.0
"""and those in which it must have done what takes longer."""
_PATIENT = frozenset(
    (
        *("kept.contexts", "kept.pairs_with", "kept.prepare", "kept.runs_with", "kept.text_forms", "kept.vocabulary"),
        *("kept.gram_totals", "kept.grams", "kept.grams_described"),
        *("kept.standings", "grams_in", "mark", "shared_stretches", "pattern_some", "pattern_whole", "word_pattern"),
    )
)


class LostError(CorpusError):
    """Hosts did not answer: what was asked has to begin again without them."""

    def __init__(self) -> None:
        super().__init__(plain("a host of the corpus does not answer"))


class AbsentError(CorpusError):
    """Nothing is known of documents, since their host does not answer."""

    def __init__(self) -> None:
        super().__init__(plain("a host that has some of these documents does not answer"))


class GoneError(LookupError):
    """Hosts no longer keep what they were asked about, which can be found again."""


@dataclass
class Hosts:
    """The shards of a corpus, by their numbers. Those that do not answer are missing until they are asked again."""

    transport: Transport
    numbers: Sequence[int]
    generation: str = ""
    sizes: Mapping[int, int] = field(default_factory=dict)
    """The characters of shards as far as they are known before these are asked."""
    holdings: Mapping[int, Holding] = field(default_factory=dict)
    missing: Mapping[int, str] = field(default_factory=dict)
    """Why each shard that is missing does not answer."""
    version: int = 0
    """Another one after other shards are missing."""
    owners: Array = field(default_factory=lambda: np.empty(0, np.int64))
    """The shard of each document, -1 for none."""
    _before: Kept[tuple[int, ...], Array] = field(default_factory=lambda: Kept(_SUMS))
    _told: set[tuple[int, str]] = field(default_factory=set)
    """Shards, each with the name of an order of documents that it was told."""
    _heard: int = -1
    _learned: float = 0.0
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def learn(self) -> None:
        """Ask the shards that were missing, or never asked, what they hold. Raise CorpusError where none is there."""
        self._learn()
        self._need_one()

    def _learn(self) -> None:
        with self._lock:
            self._heard, self._learned = self.transport.version, monotonic()
            absent = self.transport.absent()
            new = [each for each in self.numbers if each not in absent]
            new = [each for each in new if each in self.missing or each not in self.holdings]
            found, _, lost = self._ask("kept.holding", METHODS["kept"]["holding"], dict.fromkeys(new, (None, {})))
            self._take(found)
            self._miss({**absent, **lost})

    def _need_one(self) -> None:
        """Raise CorpusError where no shard answers: what is found then is not nothing, but unknown."""
        missing = self.missing
        if len(missing) == len(self.numbers):
            known = self.transport.hosts().items()
            of_hosts = [plain("{host} {reason}", host=name, reason=why) for name, why in known if why]
            reasons = clauses(of_hosts or dict.fromkeys(missing.values()))
            raise CorpusError(plain("no host that has the texts answers: {reasons}", reasons=reasons))

    def _take(self, found: Mapping[int, Holding]) -> None:
        """Keep what shards hold."""
        if found:
            self.holdings = {**self.holdings, **found}
            owners = np.full(max(each.documents for each in self.holdings.values()), -1)
            for number, holding in self.holdings.items():
                for each in holding.segments:
                    owners[each] = number
            self.owners = owners

    def _miss(self, missing: Mapping[int, str]) -> None:
        with self._lock:
            self.version += missing != self.missing
            self.missing = missing

    def before(self, shards: Sequence[int]) -> Array:
        """int64: how many characters of some shards have a lower id than each."""
        key = tuple(shards)
        known = self._before.get(key)
        if known is None:
            counts = sum((self.holdings[shard].frequencies.astype(np.int64) for shard in key), np.zeros(1, np.int64))
            known = self._before.put(key, np.concatenate((np.zeros(1, np.int64), np.cumsum(counts))))
        return known

    @property
    def there(self) -> list[int]:
        """The shards that answer; those that may be back are asked what they hold. Raise CorpusError for none."""
        found = self.look()
        self._need_one()
        return found

    def look(self) -> list[int]:
        """The shards that answer, if any does."""
        if self._heard != self.transport.version or self._may_be_back():
            self._learn()
        return [number for number in self.numbers if number not in self.missing]

    def _may_be_back(self) -> bool:
        """Whether a shard is missing whose host is there, and was not asked for a while."""
        return monotonic() - self._learned > AGAIN and not self.missing.keys() <= self.transport.absent().keys()

    def owners_of(self, documents: Array) -> Array:
        """int64: the hosts of some documents. Raise CorpusError where one of them does not answer."""
        owners = self.owners.take(documents)
        if not np.isin(owners, self.there).all():
            raise AbsentError
        return np.asarray(owners)

    def parts(self, asked: Collection[int] = ()) -> tuple[Missing, ...]:
        """The shards that do not answer, or that are not among those `asked`.

        Each has its share of the text as far as that is known.
        """
        missing = self.missing
        if asked:
            missing = {number: missing.get(number, SILENT) for number in self.numbers if number not in asked}
        sizes = {**self.sizes, **{number: each.characters for number, each in self.holdings.items()}}
        whole = sum(sizes.values()) or 1
        return tuple(
            Missing(str(number), sizes.get(number, 0) / whole, reason) for number, reason in sorted(missing.items())
        )

    def all(
        self, method: str, target: Any, arguments: Mapping[str, Any], only: Iterable[int] | None = None
    ) -> dict[int, Any]:
        """Ask all hosts, or some, the same of the same target; return the answers by host."""
        return self.each(method, dict.fromkeys(self.there if only is None else only, (target, arguments)))

    def each(self, method: str, questions: Mapping[int, tuple[Any, Mapping[str, Any]]]) -> dict[int, Any]:
        """Ask hosts, each about a target of its own with arguments of its own. Raise LostError, GoneError."""
        if not questions:
            return {}
        kind, _, rest = method.partition(".")
        found, gone = self._sure(*self._ask(method, METHODS[kind][rest], questions))
        if gone:
            raise GoneError
        return found

    def tell_ranks(self, name: str, ranks: Array, shards: Iterable[int]) -> None:
        """Tell some shards the ranks of documents in an order that goes by a name, unless they were told."""
        new = [shard for shard in shards if (shard, name) not in self._told]
        own = {shard: ranks[np.concatenate(self.holdings[shard].segments)].astype(np.uint32) for shard in new}
        self.each("kept.know_ranks", {shard: (None, {"name": name, "ranks": each}) for shard, each in own.items()})
        self._told.update((shard, name) for shard in new)

    def has_forgotten(self, shard: int) -> None:
        """A shard forgot a query: its host may be another one, which was told nothing."""
        self._told = {each for each in self._told if each[0] != shard}

    def held(self, documents: Collection[int], shards: Collection[int]) -> Collection[int]:
        """Those of some documents that some shards have; all of them where no shard is missing.

        What shards are told of a choice of documents holds of no other: a choice without those of a missing shard is
        another one than with them.
        """
        if len(shards) == len(self.numbers):
            return documents
        numbers = np.fromiter(documents, np.int64, len(documents))
        owners = self.owners.take(numbers, mode="clip")
        found: list[int] = numbers.compress(np.isin(owners, list(shards))).tolist()
        return found

    def tell_repeats(self, documents: Collection[int], shards: Collection[int]) -> None:
        """Tell some shards, which have all of some documents, which paragraphs of these stand on several of them."""
        answers = self.all("kept.prints", None, {"documents": documents, "layers": frozenset()}, shards).values()
        prints, firsts = (np.concatenate([answer[at] for answer in answers]) for at in (0, 1))
        order = np.lexsort((firsts, prints))
        prints, firsts = prints.take(order), firsts.take(order)
        begins = np.flatnonzero(changes(prints))
        several = begins.compress(np.diff(np.append(begins, len(prints))) > 1)
        shared = {"documents": documents, "prints": prints.take(several), "firsts": firsts.take(several)}
        self.all("kept.tell", None, shared, shards)

    def counted(self, method: str, arguments: Mapping[str, Any], shards: Collection[int]) -> dict[int, Any]:
        """Ask some shards, which have all of some documents, about these.

        Where paragraphs count once, shards are told what repeats if need be.
        """
        try:
            return self.all(method, None, arguments, shards)
        except GoneError:
            self.tell_repeats(arguments["documents"], shards)
            return self.all(method, None, arguments, shards)

    def do(
        self, asked: Mapping[int, Steps], cancelled: Callable[[], bool] = never
    ) -> tuple[dict[int, list[Done]], set[int]]:
        """Have shards carry out steps; return what they answer, and those that do not know of the query.

        Raise LostError, and StoppedError where it was cancelled.
        """
        if not asked:
            return {}, set()
        data = _sent({number: partial(asked_steps, self.generation, each) for number, each in asked.items()})
        is_long = any(step.name in _PATIENT for each in asked.values() for step in each.steps)
        try:
            answers = self.transport.ask(DO, data, _PATIENCE if is_long else _DEADLINE, cancelled)
        except StoppedError:
            self.end({number: each.session for number, each in asked.items()})
            raise
        decode = {number: partial(done_of, steps=each.steps) for number, each in asked.items()}
        return self._sure(*self._answered(answers, decode))

    def end(self, sessions: Mapping[int, str]) -> None:
        """Have shards end what they do for some sessions, and forget these."""
        asked = {number: Steps(name, None, None, (), 0) for number, name in sessions.items()}
        data = {number: asked_steps(self.generation, each) for number, each in asked.items()}
        self.transport.ask(CANCEL, data, _MOMENT)

    def _sure(self, found: dict[int, Any], gone: set[int], lost: Mapping[int, str]) -> tuple[dict[int, Any], set[int]]:
        """Answers, where no shard is lost. Raise LostError."""
        if lost:
            self._miss({**self.missing, **lost})
            raise LostError
        return found, gone

    def _ask(
        self, name: str, method: Method, questions: Mapping[int, tuple[Any, Mapping[str, Any]]]
    ) -> tuple[dict[int, Any], set[int], dict[int, str]]:
        """Ask shards; return their answers, those that no longer know what they are asked about, and why some are lost.

        Raise PatternError, CorpusError.
        """
        data = _sent({number: partial(asked, self.generation, method, *each) for number, each in questions.items()})
        answers = self.transport.ask(name, data, _PATIENCE if name in _PATIENT else _DEADLINE)
        return self._answered(answers, dict.fromkeys(questions, lambda value: method.answer.decode(value, NOTHING)))

    def _answered(
        self, answers: Mapping[int, bytes], decode: Mapping[int, Callable[[Any], Any]]
    ) -> tuple[dict[int, Any], set[int], dict[int, str]]:
        found: dict[int, Any] = {}
        gone: set[int] = set()
        absent = self.transport.absent() if len(answers) < len(decode) else {}
        lost = {number: absent.get(number, SILENT) for number in decode.keys() - answers.keys()}
        for number, answer in answers.items():
            state, value = answer_of(answer, decode[number])
            if state == ANSWERED:
                found[number] = value
            elif state == GONE:
                gone.add(number)
            elif state == OUTDATED:
                lost[number] = value
            else:
                raise PatternError(value) if state == FAULTY else CorpusError(value)
        return found, gone, lost


def _sent(questions: Mapping[int, Callable[[], bytes]]) -> dict[int, bytes]:
    """Questions as bytes. Raise CorpusError where one is too large."""
    try:
        return {number: question() for number, question in questions.items()}
    except TooLargeError as error:
        raise CorpusError(said(error)) from error
