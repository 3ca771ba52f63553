"""Matches against brute force over texts of few different characters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import distance, in_places, segment_of, skeleton
from support.examples import examples
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import beginning_ids, homophone_ids, syllable_ids
from tuibrowser.search.index import postings
from tuibrowser.search.index.segment import Segment
from tuibrowser.search.matching import abbreviation, edits, match
from tuibrowser.search.matching import spaced as spaced_module
from tuibrowser.search.matching.match import CharacterSet, adjacent, places_of
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.matching.stages import by_reading, near_of
from tuibrowser.search.matching.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = st.text(alphabet="高髙告质質，。 \na1", max_size=60)
WORD = st.text(alphabet="高告质a1", min_size=1, max_size=5)


@pytest.fixture(scope="module", autouse=True, params=[0, 1 << 30], ids=["keys-looked-up", "rows-read"])
def _as_in_a_large_corpus(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hints are used however few postings there are, and pairs found in either way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_HINTED", 0)
        patch.setattr(match, "_READ_KEYS", request.param)
        patch.setattr(spaced_module, "_READ_TEXT", request.param)
        patch.setattr(spaced_module, "_READ_BEFORE", request.param)
        patch.setattr(abbreviation, "_FEW", -1)
        patch.setattr(abbreviation, "_MARKED", request.param)
        yield


def as_set(segment: Segment, places: list[CharacterSet]) -> set[tuple[int, int]]:
    starts, ends = spaced(segment, places)
    pairs = [(start - 1, end - 1) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


@given(TEXT, WORD)
def test_a_phrase_is_found_everywhere_and_nowhere_else(text: str, word: str) -> None:
    places = places_of(word)
    segment = segment_of(text)
    expected = in_places(text, [place.ranges for place in places])
    assert as_set(segment, list(places)) == expected
    side_by_side = {(start, end) for start, end in expected if end - start == len(word)}
    assert {(int(at) - 1, int(at) - 1 + len(word)) for at in adjacent(segment, places)} == side_by_side


@given(TEXT, WORD)
def test_a_segment_too_long_for_hints_needs_none(text: str, word: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Segment, "hint_bits", 0)
        places = places_of(word)
        assert as_set(segment_of(text), list(places)) == in_places(text, [place.ranges for place in places])


@given(st.text(alphabet="重行长高a，", max_size=60), st.text(alphabet="zcxhg", min_size=1, max_size=4))
def test_initials_are_found_by_every_reading(text: str, letters: str) -> None:
    ranges = [beginning_ids(letter) for letter in letters]
    places = [CharacterSet(each, initial=letter) for each, letter in zip(ranges, letters, strict=True)]
    assert as_set(segment_of(text), places) == in_places(text, ranges)


@given(TEXT, WORD)
def test_homophones_are_found_everywhere_and_nowhere_else(text: str, word: str) -> None:
    ranges = [homophone_ids(int(identity)) for identity in fold(word)]
    assert as_set(segment_of(text), [CharacterSet(each) for each in ranges]) == in_places(text, ranges)


@given(TEXT, st.lists(st.sampled_from(["gao", "zhi"]), min_size=1, max_size=4))
def test_syllables_are_found_everywhere_and_nowhere_else(text: str, syllables: list[str]) -> None:
    ranges = [syllable_ids(syllable) for syllable in syllables]
    assert as_set(segment_of(text), [CharacterSet(each) for each in ranges]) == in_places(text, ranges)


@pytest.mark.slow
@examples(300)
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
            exact = in_places(text, [((identity, identity + 1),) for identity in wanted])
            known = [(start, end) for start, end, _ in found] + list(exact)
            assert any(start < stop + most and begin - most < end for start, end in known)


@given(TEXT, st.text(alphabet="高告质a1", min_size=2, max_size=5))
def test_abbreviations_hold_their_characters_in_order(text: str, word: str) -> None:
    segment = segment_of(text)
    starts, ends = abbreviation.abbreviated(segment, places_of(word), 0)
    for start, end in zip((starts - 1).tolist(), (ends - 1).tolist(), strict=True):
        part = text[start:end]
        assert "\n" not in part
        assert fold(part[0]) == fold(word[0])
        assert fold(part[-1]) == fold(word[-1])
        rest = iter(fold(part).tolist())
        assert all(any(identity == other for other in rest) for identity in fold(word).tolist())
        assert len(word) < len(part) <= len(word) + abbreviation.LARGEST_SKIP * (len(word) - 1)


@given(TEXT, st.text(alphabet="高告质a1", min_size=2, max_size=4), st.integers(0, 3))
def test_the_shortest_abbreviation_around_each_rare_character_is_found(text: str, word: str, rarest: int) -> None:
    rarest = min(rarest, len(word) - 1)
    starts, ends = abbreviation.abbreviated(segment_of(text), places_of(word), rarest)
    found = set(zip((starts - 1).tolist(), (ends - 1).tolist(), strict=True))
    assert found == {each for each in map(partial(_around, text, word, rarest), range(len(text))) if each}


def _around(text: str, word: str, rarest: int, middle: int) -> tuple[int, int] | None:
    """The shortest passage around a place, of which something is left out; None where there is none."""
    if fold(text[middle]) != fold(word[rarest]):
        return None
    left, right = [middle], [middle]
    for character in reversed(word[:rarest]):
        left = [at for last in left for at in _near(text, character, last, -1)]
    for character in word[rarest + 1 :]:
        right = [at for last in right for at in _near(text, character, last, 1)]
    if not left or not right:
        return None
    start, end = max(left), min(right) + 1
    return (start, end) if end - start > len(word) else None


def _near(text: str, character: str, last: int, step: int) -> Iterator[int]:
    """Where a character stands near enough to another place, in its paragraph."""
    for away in range(1, abbreviation.LARGEST_SKIP + 2):
        at = last + step * away
        if not 0 <= at < len(text) or text[at] == "\n":
            return
        if fold(text[at]) == fold(character):
            yield at


@given(TEXT, WORD, st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True))
def test_what_is_looked_for_in_some_paragraphs_is_what_begins_in_them(text: str, word: str, cuts: list[int]) -> None:
    segment = segment_of(text)
    chosen = sorted({at % len(segment.para) for at in cuts})
    bounds = np.append(segment.para, len(segment)).astype(np.int64)
    stretches = Stretches(len(segment), bounds[:-1][chosen], bounds[1:][chosen])
    for stage in (*near_of(word), *by_reading("gaozhi")[:1]):
        everywhere = stage.find(segment)
        begin = segment.paragraph_index(everywhere.starts).tolist()
        wanted = everywhere.only(np.array([paragraph in chosen for paragraph in begin], bool))
        found = stage.find_in(segment, stretches)
        assert found.starts.tolist() == wanted.starts.tolist()
        assert found.ends.tolist() == wanted.ends.tolist()
        assert found.costs.tolist() == wanted.costs.tolist()
