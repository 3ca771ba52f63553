"""A line is never given more than it can carry, by what the terminal answers."""

from __future__ import annotations

import pytest

from tuibrowser.terminal.output.pacing import ASKED_EVERY, MOST_PATIENCE, PATIENCE, QUESTION, WINDOW, Pacer


@pytest.fixture
def pacer() -> Pacer:
    """The account of a terminal that has answered once."""
    pacer = Pacer()
    pacer.ask(0)
    pacer.answered(0.01)
    return pacer


def test_a_terminal_that_never_answered_is_not_waited_for() -> None:
    pacer = Pacer()
    pacer.ask(0)
    pacer.sent(100 * WINDOW, 1)
    assert pacer.wait(1) == 0
    assert not pacer.trusted


def test_few_bytes_need_no_question(pacer: Pacer) -> None:
    assert pacer.sent(ASKED_EVERY - 1, 1) == ""
    assert pacer.sent(1, 1) == QUESTION


def test_what_was_sent_without_a_question_never_holds_a_frame_back(pacer: Pacer) -> None:
    pacer.sent(ASKED_EVERY - 1, 1)
    assert pacer.wait(1) == 0


def test_a_full_window_waits_for_the_answer(pacer: Pacer) -> None:
    pacer.sent(WINDOW, 1)
    assert pacer.wait(1.1) == pytest.approx(PATIENCE - 0.1)
    pacer.answered(1.2)
    assert pacer.wait(1.2) == 0


def test_answers_count_for_the_questions_in_turn(pacer: Pacer) -> None:
    for _ in range(WINDOW // ASKED_EVERY):
        pacer.sent(ASKED_EVERY, 1)
    assert pacer.wait(1) > 0
    pacer.answered(1.1)
    assert pacer.wait(1.1) == 0
    pacer.sent(ASKED_EVERY, 1.2)
    assert pacer.wait(1.2) > 0


def test_an_answer_that_is_lost_holds_the_screen_back_for_a_while_only(pacer: Pacer) -> None:
    pacer.sent(WINDOW, 1)
    assert pacer.wait(1 + PATIENCE) == 0
    pacer.sent(WINDOW, 4)
    assert pacer.wait(4) == 2 * PATIENCE


def test_on_a_slow_line_patience_grows_but_not_for_ever(pacer: Pacer) -> None:
    pacer.sent(WINDOW, 1)
    pacer.answered(3)
    pacer.sent(WINDOW, 4)
    assert pacer.wait(4) == 8
    pacer.answered(60)
    pacer.sent(WINDOW, 61)
    assert pacer.wait(61) == MOST_PATIENCE


def test_answers_nobody_asked_for_count_for_nothing() -> None:
    pacer = Pacer()
    pacer.answered(1)
    assert not pacer.trusted
