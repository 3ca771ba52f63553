"""Shards that several hosts have are answered for as long as one of these does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from support.carriers import Carrier
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.asking.replicated import LONG, Replicated
from tuibrowser.search.cluster.asking.roster import Patience, Roster
from tuibrowser.search.cluster.host.calls import GONE, refused
from tuibrowser.search.cluster.host.shards import Shards
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Make = Callable[..., Replicated]

HOLDERS = {0: ("a", "b"), 1: ("b", "a"), 2: ("c", "b")}
PATIENT = Patience(silent=60.0, lost=60.0, again=0.02)
HASTY = Patience(silent=0.02, lost=60.0, again=0.02)
LOSING = Patience(silent=0.02, lost=0.3, again=0.02)
SHORT, GONE_HERE = 30.0, refused("one", GONE, "")


class Shard:
    """Answers with its host's name and what it is asked."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.is_known = True
        self.fault: Exception | None = None
        self.may_go = threading.Event()
        self.may_go.set()

    def answer(self, method: str, data: bytes) -> bytes:
        if method.startswith("session"):
            assert self.may_go.wait(20)
        if self.fault is not None:
            raise self.fault
        return f"{self._name} {method} ".encode() + data if self.is_known else GONE_HERE


class Hosts:
    """Three hosts, each shard of which two have."""

    def __init__(self) -> None:
        self.shards: dict[str, Any] = {name: Shard(name) for name in "abc"}
        self.carrier = Carrier({name: self.of(name, "one").answer for name in self.shards})
        self._made: list[Replicated] = []

    def of(self, name: str, generation: str) -> Shards:
        held = {shard: self.shards[name] for shard, names in HOLDERS.items() if name in names}
        return Shards(held, generation, cores=4)

    def replicated(self, patience: Patience = PATIENT) -> Replicated:
        made = Replicated(self.carrier, HOLDERS, "one", patience)
        self._made.append(made)
        return made

    def end(self) -> None:
        for shard in self.shards.values():
            shard.may_go.set()
        for each in self._made:
            each.close()


@pytest.fixture
def hosts() -> Iterator[Hosts]:
    made = Hosts()
    yield made
    made.end()


def asked(replicated: Replicated, deadline: float = SHORT) -> dict[int, str]:
    """The host that answers for each shard."""
    answers = replicated.ask("session.whole", dict.fromkeys(HOLDERS, b"x"), deadline)
    return {shard: answer.decode().removesuffix(" session.whole x") for shard, answer in answers.items()}


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    pause = threading.Event()
    for _ in range(2000):
        if holds():
            return
        pause.wait(0.005)
    raise AssertionError("it never does")


def test_the_preferred_host_of_each_shard_is_asked_all_of_a_host_in_one_frame(hosts: Hosts) -> None:
    replicated = hosts.replicated()
    hosts.carrier.frames.clear()
    assert asked(replicated) == {0: "a", 1: "b", 2: "c"}
    assert sorted(hosts.carrier.frames) == ["a", "b", "c"]
    replicated.ask("kept.holding", {0: b"", 1: b""}, SHORT)
    assert not replicated.absent()
    assert replicated.hosts() == {"a": "", "b": "", "c": ""}


def test_where_a_host_cannot_be_reached_the_copies_answer(hosts: Hosts) -> None:
    replicated = hosts.replicated()
    hosts.carrier.dead.add("a")
    assert asked(replicated) == {0: "b", 1: "b", 2: "c"}
    assert replicated.hosts()["a"] == "does not answer"
    assert not replicated.absent()


def test_a_shard_without_a_host_is_missing_and_the_reasons_are_said(hosts: Hosts) -> None:
    replicated = hosts.replicated()
    hosts.carrier.dead.update("cb")
    assert asked(replicated) == {0: "a", 1: "a"}
    assert replicated.absent() == {2: "c does not answer; b does not answer"}


def test_a_host_that_was_lost_is_used_again_by_itself(hosts: Hosts) -> None:
    hosts.carrier.dead.update("cb")
    replicated = hosts.replicated()
    assert asked(replicated) == {0: "a", 1: "a"}
    before = replicated.version
    hosts.carrier.dead.clear()
    until(lambda: not any(replicated.hosts().values()))
    assert replicated.version > before
    assert asked(replicated) == {0: "a", 1: "b", 2: "c"}


def test_it_is_told_that_a_host_is_lost_and_that_it_is_back(hosts: Hosts) -> None:
    told: list[int] = []
    roster = Roster(hosts.carrier, "abc", "one", lambda: told.append(0), PATIENT)
    roster.look()
    assert not told
    hosts.carrier.dead.add("c")
    roster.look()
    until(lambda: len(told) == 1)
    assert not roster.is_there("c")
    hosts.carrier.dead.clear()
    until(lambda: len(told) == 2)
    assert roster.is_there("c")
    roster.close()


def test_a_host_that_was_stopped_is_lost_and_the_copy_answers(hosts: Hosts) -> None:
    replicated = hosts.replicated(LOSING)
    hosts.carrier.stopped.add("a")
    assert asked(replicated)[0] == "b"
    until(lambda: replicated.hosts()["a"] == "does not answer")
    hosts.carrier.go_on("a")
    until(lambda: not replicated.hosts()["a"])
    assert asked(replicated)[0] == "a"


def test_a_host_that_is_slow_is_not_lost_but_the_copy_answers_first(hosts: Hosts) -> None:
    replicated = hosts.replicated(HASTY)
    hosts.shards["a"].may_go.clear()
    assert asked(replicated)[0] == "b"
    assert not any(replicated.hosts().values())


def test_a_long_question_is_asked_of_one_host_as_long_as_that_is_there(hosts: Hosts) -> None:
    replicated = hosts.replicated(HASTY)
    hosts.shards["a"].may_go.clear()
    hosts.carrier.frames.clear()
    threading.Timer(0.2, hosts.shards["a"].may_go.set).start()
    assert asked(replicated, LONG) == {0: "a", 1: "b", 2: "c"}
    assert hosts.carrier.frames.count("a") > 1


def test_a_long_question_is_asked_of_the_copy_where_the_host_stops(hosts: Hosts) -> None:
    replicated = hosts.replicated(LOSING)
    hosts.carrier.stopped.add("a")
    assert asked(replicated, LONG)[0] == "b"


def test_what_a_copy_does_not_know_is_waited_for_where_the_host_is_slow(hosts: Hosts) -> None:
    replicated = hosts.replicated(HASTY)
    hosts.shards["a"].may_go.clear()
    hosts.shards["b"].is_known = False
    threading.Timer(0.2, hosts.shards["a"].may_go.set).start()
    answers = replicated.ask("session.whole", {0: b"x"}, SHORT)
    assert answers == {0: b"a session.whole x"}


def test_what_a_copy_does_not_know_is_said_where_the_host_is_gone(hosts: Hosts) -> None:
    replicated = hosts.replicated(HASTY)
    hosts.carrier.stopped.add("a")
    hosts.shards["b"].is_known = False
    assert replicated.ask("session.whole", {0: b"x"}, SHORT) == {0: GONE_HERE}


def test_a_host_of_another_generation_is_not_asked_until_it_has_this_one(hosts: Hosts) -> None:
    hosts.carrier.hosts["c"] = hosts.of("c", "two").answer
    replicated = hosts.replicated()
    assert replicated.hosts()["c"] == "has another state of the corpus"
    assert asked(replicated) == {0: "a", 1: "b", 2: "b"}
    hosts.carrier.hosts["c"] = hosts.of("c", "one").answer
    until(lambda: not replicated.hosts()["c"])
    hosts.carrier.hosts["c"] = hosts.of("c", "two").answer
    assert asked(replicated) == {0: "a", 1: "b", 2: "b"}
    assert replicated.hosts()["c"] == "has another state of the corpus"


def test_a_shard_that_fails_on_one_host_is_asked_of_the_other(hosts: Hosts) -> None:
    replicated = hosts.replicated()
    hosts.shards["a"].fault = OSError(5, "broken disk")
    assert asked(replicated) == {0: "b", 1: "b", 2: "c"}
    assert not any(replicated.hosts().values())
    hosts.shards["b"].fault = OSError(5, "broken disk")
    assert asked(replicated) == {2: "c"}


@pytest.mark.parametrize(
    "fault", [WireError("rubbish"), CorpusError(plain("its certificate is not of this cluster"))], ids=str
)
def test_a_host_that_refuses_is_lost_with_what_it_says(hosts: Hosts, fault: Exception) -> None:
    def refuse(_: bytes) -> bytes:
        raise fault

    replicated = hosts.replicated(HASTY)
    hosts.carrier.hosts["a"] = refuse
    assert asked(replicated) == {0: "b", 1: "b", 2: "c"}
    assert replicated.hosts()["a"] == str(fault)


def test_a_host_without_a_shard_is_not_taken_for_its_holder(hosts: Hosts) -> None:
    hosts.carrier.hosts["a"] = Shards({}, "one").answer
    replicated = hosts.replicated()
    assert asked(replicated) == {0: "b", 1: "b", 2: "c"}


def test_a_question_that_no_host_ends_is_given_up(hosts: Hosts) -> None:
    replicated = hosts.replicated(HASTY)
    hosts.shards["c"].may_go.clear()
    hosts.shards["b"].may_go.clear()
    assert asked(replicated, 0.1) == {0: "a", 1: "a"}
