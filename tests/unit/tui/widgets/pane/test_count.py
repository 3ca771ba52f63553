from __future__ import annotations

from tuibrowser.tui.widgets.pane.count import Count


class Typing:
    """Somebody who types keys, of which a count hears of some."""

    def __init__(self) -> None:
        self.keys = 0
        self.count = Count(lambda: self.keys)

    def type(self, keys: str) -> list[bool]:
        """Type keys; which of them belonged to the count."""
        return [self.press() and self.count.add(key) for key in keys]

    def press(self) -> bool:
        """Type a key of which the count does not hear."""
        self.keys += 1
        return True


def test_digits_one_after_another_are_the_number_for_the_next_key() -> None:
    typing = Typing()
    assert typing.type("120") == [True, True, True]
    typing.press()
    assert typing.count.take() == 120
    assert typing.count.take() is None


def test_a_count_does_not_begin_with_0() -> None:
    typing = Typing()
    assert typing.type("050") == [False, True, True]
    typing.press()
    assert typing.count.times() == 50


def test_only_ascii_digits_are_of_a_count() -> None:
    typing = Typing()
    assert typing.type("五５a") == [False, False, False]
    assert not typing.count.add(None)
    assert typing.count.times() == 1


def test_a_key_between_makes_a_new_count_begin() -> None:
    typing = Typing()
    typing.type("3")
    typing.press()
    typing.press()
    assert not typing.count.is_begun
    assert typing.count.take() is None
    typing.type("3")
    typing.press()
    typing.type("4")
    typing.press()
    assert typing.count.take() == 4


def test_of_a_long_number_the_last_digits_are_taken() -> None:
    typing = Typing()
    typing.type("12345678")
    typing.press()
    assert typing.count.take() == 345678
