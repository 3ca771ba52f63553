"""The driver falls back to the plain frame where it must, and keeps to the pace of the line."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events

from support.lean_terminal import Comparison, SilentDriver
from tuibrowser.terminal.difference.frames import MOST_FAULTS
from tuibrowser.terminal.difference.lean import TABULA_RASA, Lean
from tuibrowser.terminal.driver import SHORTEST_SYNCED, SYNC_BEGIN, SYNC_END
from tuibrowser.terminal.output.pacing import QUESTION, WINDOW

SIZE = (24, 9)


def page(text: str, rows: int = SIZE[1], columns: int = SIZE[0]) -> str:
    """A whole frame: every row begins with the text."""
    lines = (f"\x1b[{row};1H{text}{' ' * (columns - 2 * len(text))}" for row in range(1, rows + 1))
    return "\n".join(lines) + "\x1b[1;1H"


@pytest.fixture
def driver() -> SilentDriver:
    driver = SilentDriver(SIZE)
    driver.taken()
    return driver


def answer(driver: SilentDriver) -> None:
    """The terminal says where its cursor is."""
    driver.process_message(events.CursorPosition(0, 0))


def fill_the_line(driver: SilentDriver) -> None:
    """An answered question, then a window of bytes under way."""
    driver._gate._pacer.ask(0)
    answer(driver)
    driver._gate._pacer.sent(WINDOW, 1e9)


def test_the_same_frame_is_sent_once(driver: SilentDriver) -> None:
    driver.write(page("高質量"))
    assert driver.taken()
    driver.write(page("高質量"))
    assert driver.taken() == ""


@pytest.mark.parametrize(
    "data",
    [
        "\x07",
        "\x1b[?1000h",
        "\x1b[?25l",
        "\x1b]52;c;6auY\x07",
        "\x1b]2;標題\x1b\\",
        "\x1bPtmux;\x1b\x1b]52;c;6auY\x07\x1b\\",
        "\x1b[>1u",
    ],
)
def test_what_draws_nothing_goes_through_and_spoils_nothing(driver: SilentDriver, data: str) -> None:
    driver.write(page("高質量"))
    driver.taken()
    driver.write(data)
    assert driver.taken() == data
    driver.write(page("高質量"))
    assert driver.taken() == ""


def test_a_pointer_is_set_where_it_changes(driver: SilentDriver) -> None:
    driver.write("\x1b]22;default\x07")
    assert driver.taken() == ""
    for shape in ("text", "text", "default", "default"):
        driver.write(f"\x1b]22;{shape}\x07")
    assert driver.taken() == "\x1b]22;text\x07\x1b]22;default\x07"


@pytest.mark.parametrize(
    "data", ["\x1b[5;5Hx", "\x1b[3J", "\x1bc", "\x1b[1;1H\x1b[4:3mx\x1b[0m\x1b[1;1H", "\x1b]8;;x\x1b\\", "\x1b[?1049l"]
)
def test_what_is_not_known_is_sent_as_it_is_and_the_model_starts_anew(driver: SilentDriver, data: str) -> None:
    driver.write(page("高質量"))
    driver.taken()
    driver.write(data)
    assert driver.taken() == data
    driver.write(page("高質量"))
    assert driver.taken().count("高質量") == SIZE[1]


@pytest.mark.parametrize("place", ["take", "changes"])
def test_an_error_of_the_model_costs_bytes_not_the_screen(
    driver: SilentDriver, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Lean, place, broken)
        driver.write(page("高質量"))
    assert driver.taken() == page("高質量")
    driver.write(page("發展"))
    assert driver.taken().count("發展") == SIZE[1]


def test_after_too_many_errors_the_plain_frames_are_sent(driver: SilentDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(Lean, "take", broken)
        for _ in range(MOST_FAULTS):
            driver.write(page("高質量"))
    driver.taken()
    driver.write(page("高質量"))
    assert driver.taken() == page("高質量")


def test_a_redrawing_empties_the_terminal_and_sends_all_again(driver: SilentDriver) -> None:
    driver.write(page("高質量"))
    driver.taken()
    driver.redraw()
    assert driver.taken() == TABULA_RASA
    driver.write(page("高質量"))
    assert driver.taken().count("高質量") == SIZE[1]


def test_a_terminal_that_shrank_and_grew_again_gets_everything_again() -> None:
    comparison = Comparison(SIZE)
    comparison.feed(page("高質量"), SIZE)
    comparison.plain.resize(10, 5)
    comparison.lean.resize(10, 5)
    comparison.plain.resize(*SIZE)
    comparison.lean.resize(*SIZE)
    comparison.driver.resize(SIZE)
    _, found = comparison.feed(page("高質量"), SIZE)
    assert not found


@pytest.mark.parametrize("size", [(30, 12), (12, 4), (24, 3), (80, 9)])
def test_frames_of_the_old_size_and_of_the_new_show_what_they_show_without_us(size: tuple[int, int]) -> None:
    comparison = Comparison(SIZE)
    assert not comparison.feed(page("高質量"), SIZE)[1]
    assert not comparison.feed(page("發展"), size)[1]
    assert not comparison.feed(page("要求", size[1], size[0]), size)[1]


def test_fifty_sizes_in_turn() -> None:
    comparison = Comparison(SIZE)
    for number in range(50):
        size = (20 + number * 7 % 30, 4 + number * 5 % 20)
        assert not comparison.feed(page("高質量", size[1], size[0]), size)[1]


def test_long_frames_are_synchronised_where_the_terminal_can(driver: SilentDriver) -> None:
    for text in ("高質量發展", "高質量發要"):
        driver.write(SYNC_BEGIN)
        driver.write(page(text * 2))
        driver.write(SYNC_END)
        sent = driver.taken()
        assert sent.startswith(SYNC_BEGIN) == sent.endswith(SYNC_END) == (len(sent) >= SHORTEST_SYNCED)


def test_frames_wait_for_a_slow_line_and_only_the_newest_is_sent(driver: SilentDriver) -> None:
    fill_the_line(driver)
    for text in ("高", "質", "量"):
        driver.write(page(text))
    assert driver.taken() == ""
    answer(driver)
    assert "高" not in (sent := driver.taken())
    assert sent.count("量") == SIZE[1]


def test_a_frame_is_sent_without_an_answer_when_patience_ends(driver: SilentDriver) -> None:
    fill_the_line(driver)
    driver.write(page("高"))
    [(seconds, ring)] = driver.loop.timers
    assert seconds > 1
    driver._gate._pacer._questions[0] = (0, -1e9)
    ring()
    assert "高" in driver.taken()


def test_frames_lost_to_something_unknown_are_drawn_again_by_the_program(driver: SilentDriver) -> None:
    fill_the_line(driver)
    driver.write(page("高"))
    driver.write("\x1b[3J")
    assert driver.taken() == "\x1b[3J"
    assert driver.calls


def test_answers_are_not_passed_on_as_events_but_keys_are(driver: SilentDriver) -> None:
    answer(driver)
    driver.process_message(events.Key("j", "j"))
    assert [type(message) for message in driver.messages] == [events.Key]


def test_questions_are_asked_after_many_bytes(driver: SilentDriver) -> None:
    driver._gate._pacer.ask(0)
    answer(driver)
    for text in "高質量發展要求一二三四五六七八九十" * 3:
        driver.write(page(text * 12))
    assert driver.taken().count(QUESTION) >= 1


@pytest.mark.parametrize(("reply", "margins"), [("1", True), ("2", True), ("0", False), ("3", False), ("4", False)])
def test_margins_are_used_where_the_terminal_said_it_has_them(driver: SilentDriver, reply: str, margins: bool) -> None:
    driver.answered(f"\x1b[?69;{reply}$y")
    assert driver._frames._lean.abilities.margins is margins


@pytest.mark.parametrize(("column", "cells"), [(5, 1), (10, 2), (7, None)])
def test_the_terminal_is_asked_how_wide_it_draws_ambiguous_characters(
    driver: SilentDriver, column: int, cells: int | None
) -> None:
    assert driver._questions.ambiguous_cells is None
    asked = driver._questions.ask_widths(QUESTION)
    assert asked.endswith("\r\x1b[K")
    driver.process_message(events.CursorPosition(column, 0))
    assert driver._questions.ambiguous_cells == cells
    assert driver._frames._lean.abilities.ambiguous_settled is (cells == 1)


@pytest.mark.parametrize(("column", "cells", "agrees"), [(5, 1, True), (10, 2, False)])
def test_the_program_hears_how_wide_ambiguous_characters_are(
    driver: SilentDriver, column: int, cells: int, agrees: bool
) -> None:
    driver._questions.ask_widths(QUESTION)
    driver.process_message(events.CursorPosition(column, 0))
    (told,) = driver.messages
    assert (told.cells, told.agrees) == (cells, agrees)
    assert driver._questions.abilities.ambiguous_settled is agrees


def test_an_answer_that_is_neither_narrow_nor_wide_settles_nothing(driver: SilentDriver) -> None:
    driver._questions.ask_widths(QUESTION)
    driver.process_message(events.CursorPosition(7, 0))
    assert not driver.messages
    assert not driver._questions.abilities.ambiguous_settled
