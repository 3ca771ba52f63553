"""Sessions: those of one query on several shards, which carry out its steps, several of them at a time.

A step whose answer nobody waits for goes with the next one. Steps that are likely to be wanted next are asked ahead; a
shard takes them back where something else is asked instead.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.asking.transport import never
from tuibrowser.search.cluster.host.steps import SKIPPED, Done, Step, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tuibrowser.search.cluster.asking.hosts import Hosts

_TELLING: Final = frozenset(
    ("better_than", "by_segment", "documents", "first", "frequencies", "has_layer", "reach", "totals")
)
"""Steps that change nothing; their answers hold until something changes."""

_APART: Final = frozenset(("near_at_least", "word", "word_anyhow"))
"""Steps that change nothing that other steps see but one that uses them."""

_TRIES: Final = 3
"""Times that a query is begun again on shards that forgot it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A step of some shards, each of which has arguments of its own."""

    name: str
    questions: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A step that all shards have carried out, and what they answered."""

    step: Step
    done: Mapping[int, Done]

    @property
    def is_harmless(self) -> bool:
        """Whether it need not be taken back where it is not wanted."""
        return self.step.name in _TELLING or self.step.name in _APART

    @property
    def values(self) -> dict[int, Any]:
        """What each shard answered."""
        return {shard: done.value for shard, done in self.done.items()}


class Sessions:
    """The sessions of a query on shards."""

    def __init__(self, hosts: Hosts, asked: Sequence[int], opening: Callable[[int], Any]) -> None:
        """`opening` gives what a shard must know of the query at first, as it is sent."""
        self._hosts = hosts
        self.asked = asked
        """The shards that are asked."""
        self._opening = opening
        self._cancelled = never
        self._names: dict[int, str] = {}
        self._logs: dict[int, list[Step]] = {shard: [] for shard in asked}
        """What each shard has carried out."""
        self._totals: dict[int, int] = {}
        self._waiting: list[_Entry] = []
        """Steps that nobody waits for."""
        self._known: list[_Ahead] = []
        """Steps that were asked ahead, and change nothing."""
        self._ahead: list[_Ahead] = []
        """Steps that were asked ahead, from the first one on that changes something."""

    def foreseen(self, last: Step | None) -> Iterable[Step]:  # noqa: ARG002
        """The steps that are likely to be wanted after some that are asked, of which this is the last one."""
        return ()

    @contextmanager
    def while_wanted(self, cancelled: Callable[[], bool]) -> Iterator[None]:
        """Within, StoppedError is raised soon after `cancelled` says that nobody wants the answers."""
        self._cancelled = cancelled
        try:
            yield
        finally:
            self._cancelled = never

    # Asking

    def do(self, name: str, **arguments: Any) -> None:
        """Have all shards carry out a step; nobody waits for it."""
        step = Step(name, arguments)
        if self._taken(step) is None:
            self._forget_ahead(step.name)
            self._waiting.append(_Entry(name, dict.fromkeys(self.asked, arguments)))

    def ask(self, name: str, **arguments: Any) -> dict[int, Any]:
        """Have all shards carry out a step; return their answers."""
        taken = self._taken(Step(name, arguments))
        return self.ask_some(name, dict.fromkeys(self.asked, arguments)) if taken is None else taken.values

    def ask_each(self, steps: Sequence[Step]) -> list[dict[int, Any]]:
        """Have all shards carry out steps in a row; return the answers to each."""
        self._forget_ahead(steps[0].name if steps else "")
        return self._flush([_Entry(each.name, dict.fromkeys(self.asked, each.arguments)) for each in steps])

    def do_some(self, name: str, questions: Mapping[int, Mapping[str, Any]]) -> None:
        """Have some shards carry out a step, each with arguments of its own; nobody waits for it."""
        self._forget_ahead(name)
        self._waiting.append(_Entry(name, questions))

    def ask_some(self, name: str, questions: Mapping[int, Mapping[str, Any]]) -> dict[int, Any]:
        """Have some shards carry out a step, each with arguments of its own."""
        self._forget_ahead(name)
        return self._flush([_Entry(name, questions)])[0]

    def tell(self, name: str, questions: Mapping[int, Mapping[str, Any]]) -> dict[int, Any]:
        """What some shards tell of what they hold."""
        self._settle()
        return self.tell_of_first(name, questions)

    def tell_all(self, name: str) -> dict[int, Any]:
        """What all shards tell of what they hold."""
        return self.tell(name, {shard: {} for shard in self.asked})

    def tell_of_first(self, name: str, questions: Mapping[int, Mapping[str, Any]]) -> dict[int, Any]:
        """What some shards tell of the matches of which they gave the first ones."""
        steps = {shard: (Step(name, arguments),) for shard, arguments in questions.items()}
        answers = self._answers(steps, {shard: self._steps(shard, None, each, 1) for shard, each in steps.items()})
        return {shard: done[0].value for shard, done in answers.items()}

    @property
    def total(self) -> int:
        """The number of matches."""
        if self._waiting:
            self._flush([])
        return self.known_total

    @property
    def known_total(self) -> int:
        """The number of matches when shards were asked last."""
        return sum(self._totals.values())

    def names(self) -> Mapping[int, str]:
        """The name of the session on each shard, which holds what was asked for and nothing else."""
        self._settle()
        return self._names

    def end(self) -> None:
        """Have the shards end what they do, and forget it."""
        self._hosts.end(self._names)

    def renew(self) -> None:
        """Have the shards find the same again."""
        self._ahead.clear()
        self._forget(self.asked)
        self._answers(dict.fromkeys(self.asked, ()), {shard: self._again(shard, (), 0) for shard in self.asked})

    # What was asked ahead

    def known(self, step: Step) -> dict[int, Any] | None:
        """What shards answered to a step that changes nothing; None where it is not known."""
        return next((each.values for each in self._known if each.step == step), None)

    def _taken(self, step: Step) -> _Ahead | None:
        """What shards answered to a step that they were asked ahead; None where they were not."""
        if self._waiting:
            return None
        for each in self._known:
            if each.step == step:
                return each
        if not self._ahead or self._ahead[0].step != step:
            return None
        taken = self._ahead.pop(0)
        self._keep(taken)
        self._know_harmless()
        return taken

    def _keep(self, taken: _Ahead) -> None:
        """Count a step among those that were carried out."""
        for shard, done in taken.done.items():
            self._logs[shard].append(taken.step)
            self._totals[shard] = done.total
        if not taken.is_harmless:
            self._known = [each for each in self._known if each.step.name in _APART]

    def _know_harmless(self) -> None:
        """Count those steps among the ones carried out that change nothing."""
        while self._ahead and self._ahead[0].is_harmless:
            self._keep(self._ahead[0])
            self._known.append(self._ahead.pop(0))

    def _forget_ahead(self, name: str) -> None:
        """Another step is asked: what shards did ahead is taken back."""
        self._ahead.clear()
        if name not in _TELLING and name not in _APART:
            self._known = [each for each in self._known if each.step.name in _APART]

    def _settle(self) -> None:
        """Have all shards hold what was asked for and nothing else."""
        if self._waiting or self._ahead:
            self._ahead.clear()
            self._flush([], settled=True)

    # Sending

    def _flush(self, entries: Sequence[_Entry], *, settled: bool = False) -> list[dict[int, Any]]:
        """Send what waits, then some more, and what is foreseen after that; return the answers to each entry."""
        waited = len(self._waiting)
        entries = [*self._waiting, *entries]
        self._waiting = []
        ahead = () if settled else tuple(self.foreseen(self._last(entries)))
        sure = {
            shard: [Step(each.name, each.questions[shard]) for each in entries if shard in each.questions]
            for shard in self.asked
        }
        wanted = self.asked if ahead or settled else [shard for shard in self.asked if sure[shard]]
        answers = self._carried_out({shard: (*sure[shard], *ahead) for shard in wanted}, sure)
        for shard in wanted:
            self._logs[shard] += sure[shard]
            if sure[shard]:
                self._totals[shard] = answers[shard][len(sure[shard]) - 1].total
        self._ahead = list(_common(ahead, {shard: answers[shard][len(sure[shard]) :] for shard in wanted}))
        self._know_harmless()
        told = {shard: iter(done) for shard, done in answers.items()}
        values = [{shard: next(told[shard]).value for shard in each.questions} for each in entries]
        return values[waited:]

    def _last(self, entries: Sequence[_Entry]) -> Step | None:
        """The last of some steps, where all shards are asked the same."""
        if not entries or entries[-1].questions.keys() != set(self.asked):
            return None
        return Step(entries[-1].name, next(iter(entries[-1].questions.values()), {}))

    def _carried_out(
        self, steps: Mapping[int, Sequence[Step]], sure: Mapping[int, Sequence[Step]]
    ) -> dict[int, Sequence[Done]]:
        """What shards answer to steps, of which some are sure to be wanted; those that forgot the query begin again."""
        asked = {
            shard: self._steps(shard, len(self._logs[shard]), each, len(sure[shard])) for shard, each in steps.items()
        }
        return self._answers(steps, asked)

    def _answers(self, steps: Mapping[int, Sequence[Step]], asked: Mapping[int, Steps]) -> dict[int, Sequence[Done]]:
        """What shards answer to steps that they are asked; those that forgot the query carry out all of it again."""
        answers: dict[int, Sequence[Done]] = {}
        for _ in range(_TRIES):
            found, gone = self._hosts.do(asked, self._cancelled)
            answers.update({shard: done[-len(steps[shard]) :] if steps[shard] else () for shard, done in found.items()})
            if not gone:
                return answers
            self._forget(gone)
            asked = {shard: self._again(shard, steps[shard], asked[shard].sure) for shard in gone}
        raise CorpusError(plain("the hosts of the corpus have too much to do"))

    def _again(self, shard: int, steps: Sequence[Step], sure: int) -> Steps:
        """What a shard is asked that forgot the query."""
        log = list(map(_whole, self._logs[shard]))
        return self._steps(shard, 0, (*log, *steps), len(log) + min(sure, len(steps)))

    def _forget(self, shards: Iterable[int]) -> None:
        """Some shards do not know of the query."""
        for shard in shards:
            self._names.pop(shard, None)
            self._hosts.has_forgotten(shard)

    def _steps(self, shard: int, at: int | None, steps: Sequence[Step], sure: int = 0) -> Steps:
        opening = None
        if shard not in self._names:
            self._names[shard] = token_hex(8)
            opening = self._opening(shard)
        return Steps(self._names[shard], opening, at, steps, sure)


def _whole(step: Step) -> Step:
    """A step as it is carried out again: a pattern is looked for to the end at once, as slices are not told apart."""
    if step.name != "pattern_some":
        return step
    if not step.arguments["begins"]:
        return Step("totals", {})
    return Step("pattern_whole", {name: step.arguments[name] for name in ("source", "folded")})


def _common(steps: Sequence[Step], answers: Mapping[int, Sequence[Done]]) -> Iterable[_Ahead]:
    """Those steps that all shards have carried out, up to the first one that some have and others passed over."""
    for at, step in enumerate(steps):
        done = {shard: each[at] for shard, each in answers.items()}
        skipped = [each is SKIPPED for each in done.values()]
        if all(skipped):
            continue
        if any(skipped):
            return
        yield _Ahead(step, done)
