from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.hanzi.fold import fold
from tuibrowser.search import scanned
from tuibrowser.search.index.names import rows_of
from tuibrowser.search.scanned import Scanned, spelled

NAMES = st.lists(st.text(alphabet="山三水江重，西a1 ", max_size=8), max_size=12)
HELD = st.lists(st.booleans(), min_size=12, max_size=12)
LETTERS = st.text(alphabet="shanuijgcoz", min_size=1, max_size=6)


def held_of(names: list[str], held: list[bool]) -> list[int]:
    return [row for row in range(len(names)) if held[row]]


def sounds_of(name: str, short: bool) -> list[str]:
    readings = [spelled()[identity] for identity in fold(name).tolist()]
    return [reading[:1] for reading in readings] if short else readings


def first_read(name: str, letters: str, short: bool) -> tuple[int, int] | None:
    """Where a name is first read so, by trying each of its characters."""
    sounds = sounds_of(name, short)
    for start, sound in enumerate(sounds):
        rest = letters
        for end in range(start, len(sounds)) if sound else ():
            each = sounds[end]
            if each.startswith(rest):
                return start, end + 1
            if not rest.startswith(each):
                break
            rest = rest[len(each) :]
    return None


@given(NAMES, HELD, LETTERS, st.booleans())
def test_names_are_found_by_their_sound(names: list[str], held: list[bool], letters: str, short: bool) -> None:
    found = Scanned(rows_of(names), np.array(held[: len(names)], bool)).sounding(letters.encode(), short=short)
    spans = {row: first_read(names[row], letters, short) for row in held_of(names, held)}
    columns = (column.tolist() for column in found)
    assert {row: (start, end) for row, start, end in zip(*columns, strict=True)} == {
        row: span for row, span in spans.items() if span is not None
    }


@given(NAMES, HELD, st.text(alphabet="山三水江，a", min_size=1, max_size=4))
def test_names_are_found_by_the_characters_they_share(names: list[str], held: list[bool], key: str) -> None:
    found = Scanned(rows_of(names), np.array(held[: len(names)], bool)).sharing(fold(key))
    wanted = {}
    for row in held_of(names, held):
        shared = sum(each in names[row] for each in key)
        if shared:
            wanted[row] = shared, key in names[row]
    columns = (column.tolist() for column in found)
    assert {row: (count, whole) for row, count, whole in zip(*columns, strict=True)} == wanted


@pytest.mark.parametrize("part", [1, 2, 100])
@pytest.mark.parametrize("few_runs", [0, 8])
def test_names_are_the_same_whatever_is_looked_through_at_a_time(
    monkeypatch: pytest.MonkeyPatch, part: int, few_runs: int
) -> None:
    monkeypatch.setattr(scanned, "_PART", part)
    monkeypatch.setattr(scanned, "_FEW_RUNS", few_runs)
    names = Scanned(rows_of(["江山", "", "西江", "山"]))
    assert names.sharing(fold("江山"))[0].tolist() == [0, 2, 3]
    assert names.sounding(b"jiangs", short=False).rows.tolist() == [0]
    assert names.lengths(np.array([0, 1])).tolist() == [2, 0]
