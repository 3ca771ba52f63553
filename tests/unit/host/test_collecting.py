"""Collecting: no garbage is looked for while what is made stays, and as before after that."""

from __future__ import annotations

import gc

import pytest

from tuibrowser.host.collecting import nothing_to_collect


def test_no_garbage_is_looked_for_meanwhile() -> None:
    with nothing_to_collect():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_is_as_before_after_an_error_and_where_it_was_off_already() -> None:
    with pytest.raises(ValueError, match="no"), nothing_to_collect():
        raise ValueError("no")
    assert gc.isenabled()
    with nothing_to_collect():
        with nothing_to_collect():
            pass
        assert not gc.isenabled()
