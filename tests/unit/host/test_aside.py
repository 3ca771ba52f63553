"""A task aside: what became of it is told."""

from __future__ import annotations

import pytest

from tuibrowser.host.aside import do_aside


def test_a_process_that_ends_without_a_word_is_an_error() -> None:
    with pytest.raises(OSError, match="ended too soon"):
        do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: False)


def test_what_is_cancelled_ends_at_once() -> None:
    assert not do_aside("tuibrowser.no_such_module", {}, lambda *_: None, lambda: True)
