"""Matches against brute force over texts of few different characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import homophone_ids, syllable_ids
from tuibrowser.search import abbreviation, edits
from tuibrowser.search.build import IndexText, build
from tuibrowser.search.match import Place, adjacent, is_gap, places_of, spaced
from tuibrowser.search.segment import LONGEST_GAP, Segment

if TYPE_CHECKING:
    from tuibrowser.hanzi.readings import Ranges

TEXT = st.text(alphabet="高髙告质質，。 \na1", max_size=60)
WORD = st.text(alphabet="高告质a1", min_size=1, max_size=5)


def segment_of(text: str) -> Segment:
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    return build([IndexText(0, text, starts)])


def skeleton(text: str) -> list[tuple[int, int]]:
    """Place and id of each significant character; -1 where a paragraph or too long a gap divides them."""
    found: list[tuple[int, int]] = []
    last = 0
    for at, character in enumerate(text):
        if character == "\n":
            found.append((at, -1))
        elif not is_gap(character):
            if found and at - last > LONGEST_GAP + 1:
                found.append((at, -1))
            found.append((at, int(fold(character)[0])))
            last = at
    return found


def inside(identity: int, ranges: Ranges) -> bool:
    return any(start <= identity < end for start, end in ranges)


def brute(text: str, places: list[Ranges]) -> set[tuple[int, int]]:
    rows = skeleton(text)
    width = len(places)
    return {
        (rows[at][0], rows[at + width - 1][0] + 1)
        for at in range(len(rows) - width + 1)
        if all(inside(rows[at + k][1], ranges) for k, ranges in enumerate(places))
    }


def as_set(segment: Segment, places: list[Place]) -> set[tuple[int, int]]:
    starts, ends = spaced(segment, places)
    pairs = [(start - 1, end - 1) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


@given(TEXT, WORD)
def test_a_phrase_is_found_everywhere_and_nowhere_else(text: str, word: str) -> None:
    places = places_of(word)
    segment = segment_of(text)
    expected = brute(text, [place.ranges for place in places])
    assert as_set(segment, list(places)) == expected
    side_by_side = {(start, end) for start, end in expected if end - start == len(word)}
    assert {(int(at) - 1, int(at) - 1 + len(word)) for at in adjacent(segment, places)} == side_by_side


@given(TEXT, WORD)
def test_homophones_are_found_everywhere_and_nowhere_else(text: str, word: str) -> None:
    ranges = [homophone_ids(int(identity)) for identity in fold(word)]
    assert as_set(segment_of(text), [Place(each) for each in ranges]) == brute(text, ranges)


@given(TEXT, st.lists(st.sampled_from(["gao", "zhi"]), min_size=1, max_size=4))
def test_syllables_are_found_everywhere_and_nowhere_else(text: str, syllables: list[str]) -> None:
    ranges = [syllable_ids(syllable) for syllable in syllables]
    assert as_set(segment_of(text), [Place(each) for each in ranges]) == brute(text, ranges)


def distance(text: list[int], word: list[int]) -> int:
    row = list(range(len(word) + 1))
    for character in text:
        before, row[0] = row[0], row[0] + 1
        for at, wanted in enumerate(word, 1):
            before, row[at] = row[at], min(before + (character != wanted), row[at] + 1, row[at - 1] + 1)
    return row[-1]


@settings(max_examples=300)
@given(TEXT, st.text(alphabet="高告质a1", min_size=4, max_size=9))
def test_near_passages_are_within_their_distance_and_none_is_missed(text: str, word: str) -> None:
    segment, most = segment_of(text), edits.allowed_edits(len(word))
    wanted = fold(word).tolist()
    starts, ends, distances = edits.near(segment, places_of(word), most)
    found = list(zip((starts - 1).tolist(), (ends - 1).tolist(), distances.tolist(), strict=True))
    rows = skeleton(text)
    for start, end, claimed in found:
        part = [identity for at, identity in rows if start <= at < end]
        assert 1 <= distance(part, wanted) == claimed <= most
    for first in range(len(rows)):
        for last in range(first + 1, min(len(rows), first + len(word) + most) + 1):
            part = [identity for _, identity in rows[first:last]]
            if -1 in part or not 0 < distance(part, wanted) <= most:
                continue
            begin, stop = rows[first][0], rows[last - 1][0] + 1
            exact = brute(text, [((identity, identity + 1),) for identity in wanted])
            known = [(start, end) for start, end, _ in found] + list(exact)
            assert any(start < stop + most and begin - most < end for start, end in known)


@given(TEXT, st.text(alphabet="高告质a1", min_size=2, max_size=5))
def test_abbreviations_hold_their_characters_in_order(text: str, word: str) -> None:
    segment = segment_of(text)
    starts, ends, complete = abbreviation.abbreviated(segment, places_of(word))
    assert complete
    for start, end in zip((starts - 1).tolist(), (ends - 1).tolist(), strict=True):
        part = text[start:end]
        assert "\n" not in part
        assert fold(part[0]) == fold(word[0])
        assert fold(part[-1]) == fold(word[-1])
        rest = iter(fold(part).tolist())
        assert all(any(identity == other for other in rest) for identity in fold(word).tolist())
        assert len(word) < len(part) <= len(word) + abbreviation.LARGEST_SKIP * (len(word) - 1)
