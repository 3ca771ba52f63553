"""A shard carries out the steps of a query in a row, takes them back, and can be stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from support.searching import engine_of
from tuibrowser.corpus.model import Layer
from tuibrowser.search.cluster.host.calls import ANSWERED, GONE, answer_of, opened
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.cluster.host.session import Opening
from tuibrowser.search.cluster.host.steps import CANCEL, DO, SKIPPED, Done, Step, Steps, asked_steps, done_of
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.search.engine import Engine

OPENING = opened(Opening((), frozenset({Layer.TEXT}), None, 3))
WHOLE = Step("whole", {"text": "高质", "literal": False})
LOSSES = Step("with_losses", {"text": "高质", "literal": False})
OTHER = Step("whole", {"text": "发展", "literal": False})
TOTALS = Step("totals", {})


def engine() -> Engine:
    return engine_of(["高质发展高质", "高质发展", "别的"])


def do(host: Host, at: int | None, *steps: Step, sure: int | None = None, opening: Any = None) -> list[Done] | str:
    """What a host answers, or why it does not."""
    asked = Steps("one", opening, at, steps, len(steps) if sure is None else sure)
    state, value = answer_of(host.answer(DO, asked_steps("", asked)), lambda rows: done_of(rows, steps))
    return value if state == ANSWERED else state


def totals(done: list[Done] | str) -> list[int]:
    assert not isinstance(done, str)
    return [each.total for each in done]


def test_steps_are_carried_out_in_a_row_and_each_tells_how_many_matches_there_are() -> None:
    done = do(Host(engine()), 0, WHOLE, LOSSES, TOTALS, opening=OPENING)
    assert totals(done) == [3, 3, 3]
    assert sum(done[-1].value.values()) == 3  # type: ignore[union-attr]


def test_what_was_asked_instead_of_a_step_takes_its_place() -> None:
    host = Host(engine())
    assert totals(do(host, 0, WHOLE, OTHER, opening=OPENING)) == [3, 5]
    assert totals(do(host, 1, OTHER)) == [5]
    assert totals(do(host, 0, OTHER)) == [2]
    assert totals(do(host, 1)) == []
    assert totals(do(host, None, TOTALS)) == [2]


def test_a_question_that_comes_twice_changes_nothing() -> None:
    host = Host(engine())
    first = do(host, 0, WHOLE, opening=OPENING)
    assert do(host, 0, WHOLE, opening=OPENING) == first
    assert do(host, 1, LOSSES, OTHER) == do(host, 1, LOSSES, OTHER)


def test_matches_that_were_cleared_can_be_had_again() -> None:
    host = Host(engine())
    assert totals(do(host, 0, WHOLE, Step("clear", {}), OTHER, opening=OPENING)) == [3, 0, 2]
    assert totals(do(host, 1, TOTALS)) == [3]


def test_a_query_that_is_not_known_or_has_not_come_so_far_is_gone() -> None:
    host = Host(engine())
    assert do(host, 0, WHOLE) == GONE
    do(host, 0, WHOLE, opening=OPENING)
    assert do(host, 2, LOSSES) == GONE


def test_what_cannot_be_taken_back_is_gone() -> None:
    host = Host(engine())
    pattern = Step("pattern_some", {"source": "高.", "folded": True, "begins": True})
    do(host, 0, WHOLE, pattern, opening=OPENING)
    assert totals(do(host, 2, TOTALS)) != []
    assert do(host, 1, OTHER) == GONE


def test_steps_asked_ahead_are_passed_over_where_there_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    near = Step("near", {"text": "高质", "number": 0, "rarest": 0, "shares": None})
    host = Host(engine())
    for enough, passed in ((4, False), (3, True)):
        monkeypatch.setattr("tuibrowser.search.cluster.host.running.ENOUGH", enough)
        done = do(host, 0, WHOLE, near, TOTALS, sure=1, opening=OPENING)
        assert (done[1] == SKIPPED) is passed
        assert totals(done)[2] >= 3


def test_the_text_of_a_step_is_sent_once() -> None:
    text = "高质量发展" * 20
    steps = [Step("whole", {"text": text, "literal": False}), Step("with_losses", {"text": text, "literal": False})]
    both = asked_steps("", Steps("one", None, 0, steps, 2))
    assert len(both) < 1.5 * len(text.encode())
    assert totals(do(Host(engine()), 0, *steps, opening=OPENING)) == [0, 0]


@pytest.mark.parametrize("steps", [[Step("x", {})], [Step("stop", {})], [Step("_take_back", {})]])
def test_a_step_that_there_is_not_is_rubbish(steps: Sequence[Step]) -> None:
    with pytest.raises(WireError):
        asked_steps("", Steps("one", None, 0, steps, 1))


def test_a_query_that_is_stopped_ends_what_it_does_and_is_forgotten() -> None:
    host = Host(engine())
    do(host, 0, WHOLE, opening=OPENING)
    running = host._sessions.get("one")
    assert running is not None
    answers: list[list[Done] | str] = []
    with running.lock:
        asking = threading.Thread(target=lambda: answers.append(do(host, 1, LOSSES, OTHER)))
        asking.start()
        host.answer(CANCEL, asked_steps("", Steps("one", None, None, (), 0)))
    asking.join()
    assert answers == [GONE]
    assert do(host, 1, LOSSES) == GONE


def test_two_queries_do_not_wait_for_each_other() -> None:
    host = Host(engine())
    do(host, 0, WHOLE, opening=OPENING)
    running = host._sessions.get("one")
    assert running is not None
    with running.lock:
        answers: list[bytes] = []
        other = asked_steps("", Steps("two", OPENING, 0, (WHOLE,), 1))
        asking = threading.Thread(target=lambda: answers.append(host.answer(DO, other)))
        asking.start()
        asking.join(20)
        assert answers
