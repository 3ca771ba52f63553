"""Each kind of half-memory against brute force: what is found is right, and nothing that is there is missed."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from support.brute import distance, in_places, inside, is_gap, segment_of, skeleton
from support.examples import examples
from support.searching import answer, engine_of
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import homophone_ids, initials, syllable_ids, syllables_of
from tuibrowser.search.matching import abbreviation, edits, match, pieces, stages
from tuibrowser.search.matching.match import CharacterSet, adjacent, places_of
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.model import HitKind, Scope
from tuibrowser.search.planning import bounds, commonest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

READ = "行长重乐高告质治和合喝a，。 \n"
"""Characters of one reading and of several, some with another initial."""
TEXT = st.text(alphabet=READ, max_size=60)
Pair = tuple[int, int]


def pairs(starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> set[Pair]:
    found = [(start - 1, end - 1) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    assert len(set(found)) == len(found)
    return set(found)


@pytest.mark.slow
@examples(300)
@given(TEXT, st.text(alphabet="xhczylgw", min_size=2, max_size=4))
def test_initials_of_every_reading_are_found_and_nothing_else(text: str, letters: str) -> None:
    ranges = initials(letters)
    assert ranges is not None
    places = [CharacterSet(ids, initial=letter) for letter, ids in zip(letters, ranges, strict=True)]
    starts = adjacent(segment_of(text), places)
    assert pairs(starts, starts + len(letters)) == in_places(text, ranges, gaps=False)


SYLLABLES = st.sampled_from(["xing", "hang", "chang", "zhang", "zhong", "le", "yue", "gao", "zhi", "he", "huo"])


@pytest.mark.slow
@examples(300)
@given(TEXT, st.lists(SYLLABLES, min_size=1, max_size=4))
def test_syllables_of_every_reading_are_found_and_nothing_else(text: str, syllables: list[str]) -> None:
    ranges = [syllable_ids(syllable) for syllable in syllables]
    places = [CharacterSet(each) for each in ranges]
    segment = segment_of(text)
    assert pairs(*spaced(segment, places)) == in_places(text, ranges, gaps=True)
    starts = adjacent(segment, places)
    assert pairs(starts, starts + len(places)) == in_places(text, ranges, gaps=False)


@pytest.mark.slow
@examples(300)
@given(TEXT, st.text(alphabet="行长重乐高质和", min_size=1, max_size=4))
def test_homophones_by_every_reading_are_found_and_nothing_else(text: str, word: str) -> None:
    ranges = [homophone_ids(int(identity)) for identity in fold(word)]
    for character, ids in zip(word, ranges, strict=True):
        own = syllables_of(int(fold(character)[0]))
        assert all(bool(syllables_of(int(fold(c)[0])) & own) == inside(int(fold(c)[0]), ids) for c in "行长高质和")
    assert pairs(*spaced(segment_of(text), [CharacterSet(each) for each in ranges])) == in_places(
        text, ranges, gaps=True
    )


@pytest.mark.slow
@pytest.mark.parametrize("few", [0, 128])
@examples(300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="高告质，\n", max_size=60), st.text(alphabet="高告质", min_size=4, max_size=10))
def test_near_passages_of_few_characters_are_found_or_touch_one_that_is(
    monkeypatch: pytest.MonkeyPatch, few: int, text: str, word: str
) -> None:
    monkeypatch.setattr(pieces, "FEW", few)
    wanted, most, segment = fold(word).tolist(), edits.allowed_edits(len(word)), segment_of(text)
    starts, ends, distances = edits.near(segment, places_of(word), most)
    found = [(start - 1, end - 1, claimed) for start, end, claimed in zip(starts, ends, distances, strict=True)]
    rows = skeleton(text)
    for start, end, claimed in found:
        assert 1 <= distance([identity for at, identity in rows if start <= at < end], wanted) == claimed <= most
    known = {(start, end) for start, end, _ in found}
    known |= in_places(text, [((identity, identity + 1),) for identity in wanted], gaps=True)
    for first, last in product(range(len(rows)), range(len(rows) + 1)):
        part = [identity for _, identity in rows[first:last]]
        if len(part) + most < len(word) or len(part) > len(word) + most or -1 in part:
            continue
        if 0 < distance(part, wanted) <= most:
            begin, stop = rows[first][0], rows[last - 1][0] + 1
            assert any(start < stop + most and begin - most < end for start, end in known)


def abbreviated(text: str, word: str) -> set[Pair]:
    """Every way in which the characters of a word stand in order, at most three others between two of them."""
    wanted = fold(word).tolist()
    ids = [-1 if character == "\n" else int(fold(character)[0]) for character in text]
    ways = [(at, at) for at, identity in enumerate(ids) if identity == wanted[0]]
    for following in wanted[1:]:
        ways = list(
            {
                (start, at)
                for start, last in ways
                for at in range(last + 1, min(len(ids), last + 2 + abbreviation.LARGEST_SKIP))
                if ids[at] == following and "\n" not in text[last:at]
            }
        )
    return {(start, last + 1) for start, last in ways}


def test_the_next_character_may_be_too_far_from_the_nearest_one() -> None:
    for text, word in (("告高a告aaa质", "高告质"), ("质aaa告a告高", "质告高")):
        starts, ends = abbreviation.abbreviated(segment_of(text), places_of(word), 0)
        assert pairs(starts, ends) == {min(abbreviated(text, word), key=lambda span: span[1] - span[0])}


def test_a_text_that_repeats_itself_is_near_everywhere() -> None:
    segment, word = segment_of("高" * 4000), "高高高高告"
    _, ends, _ = edits.near(segment, places_of(word), 1)
    assert max(ends[1:] - ends[:-1]) <= len(word)
    assert ends[-1] > 4000 - len(word)


@pytest.mark.slow
@examples(500)
@given(st.text(alphabet="高告质，\na", max_size=40), st.text(alphabet="高告质a", min_size=2, max_size=6))
def test_abbreviations_are_all_found_and_nothing_else(text: str, word: str) -> None:
    starts, ends = abbreviation.abbreviated(segment_of(text), places_of(word), 0)
    found = set(zip((starts - 1).tolist(), (ends - 1).tolist(), strict=True))
    every = abbreviated(text, word)
    assert found <= {(start, end) for start, end in every if end - start > len(word)}
    known = found | {(start, end) for start, end in every if end - start == len(word)}
    assert all(any(start < stop and begin < end for begin, stop in known) for start, end in every)


PARAGRAPHS = st.lists(
    st.lists(st.text(alphabet="高质量发，a", max_size=12), min_size=1, max_size=4).map("\n".join),
    min_size=1,
    max_size=3,
)


def paragraphs_with(texts: Sequence[str], holds: Callable[[str], bool]) -> set[Pair]:
    """The paragraphs, each by its text and its number in it, of which something is true."""
    return {
        (number, at)
        for number, text in enumerate(texts)
        for at, paragraph in enumerate(text.split("\n"))
        if holds(paragraph)
    }


def without_gaps(text: str) -> str:
    """A text as a phrase is found in it."""
    return "".join(character for character in text if not is_gap(character))


def touched(text: str, start: int, end: int) -> range:
    """The numbers of the paragraphs that hold some of a stretch of a text."""
    return range(text.count("\n", 0, start), text.count("\n", 0, end - 1) + 1)


def across(texts: Sequence[str], phrase: str) -> set[Pair]:
    """The paragraphs, as `paragraphs_with` has them, that hold some of a phrase that may run on from one to another."""
    places = [place.ranges for place in places_of(phrase)]
    return {
        (number, at)
        for number, text in enumerate(texts)
        for start, end in in_places(text, places)
        for at in touched(text, start, end)
    }


@pytest.mark.slow
@examples(300)
@given(PARAGRAPHS, st.lists(st.text(alphabet="高质量发", min_size=1, max_size=3), min_size=2, max_size=3))
def test_keywords_find_every_paragraph_with_all_words_and_no_other(texts: list[str], words: list[str]) -> None:
    engine = engine_of(texts)
    for query in (" ".join(words), " ".join(f"“{word}”" for word in words)):
        expected = paragraphs_with(texts, lambda paragraph: all(word in paragraph for word in words))
        as_phrase = paragraphs_with(texts, lambda paragraph: all(word in without_gaps(paragraph) for word in words))
        as_phrase |= across(texts, "".join(words))
        result = answer(engine, query)
        occurrences = list(engine.occurrences(query)) if result.total else []
        found = {(number, at) for number, start, end in occurrences for at in touched(texts[number], start, end)}
        if "“" in query:
            running_on = {place for word in words for place in across(texts, word)}
            assert expected <= found <= expected | running_on
        elif expected:
            assert expected <= found <= as_phrase
        for hit in result.hits:
            if hit.kind == HitKind.KEYWORDS and expected:
                marked = [without_gaps(texts[hit.document][start:end]) for start, end in hit.spans]
                assert all(any(word in stretch for stretch in marked) for word in words)


@pytest.mark.slow
@examples(200)
@given(PARAGRAPHS, st.sampled_from(["gao", "zhi", "liang"]), st.text(alphabet="高质量发", min_size=1, max_size=2))
def test_a_keyword_may_be_pinyin(texts: list[str], syllable: str, word: str) -> None:
    engine = engine_of(texts)
    read = [character for character in "高质量发" if syllable in syllables_of(int(fold(character)[0]))]
    expected = paragraphs_with(texts, lambda paragraph: word in paragraph and any(map(paragraph.__contains__, read)))
    occurrences = list(engine.occurrences(f"{word} {syllable}"))
    found = {(number, at) for number, start, end in occurrences for at in touched(texts[number], start, end)}
    if expected:
        assert expected <= found
        around = [
            without_gaps("\n".join(texts[number].split("\n")[at] for at in touched(texts[number], start, end)))
            for number, start, end in occurrences
        ]
        assert all(word in text and any(map(text.__contains__, read)) for text in around)


def test_of_what_a_letter_may_be_everywhere_the_first_ones_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_ALIKE", 20)
    monkeypatch.setattr(bounds, "MOST_OF_THEM", 10)
    monkeypatch.setattr(match, "_SCANNED", 4)
    texts = ["中正知" * 6 + "人", "人之" * 5]
    engine = engine_of(texts)
    result = answer(engine, "z")
    assert 10 <= result.total < 23
    assert result.at_least
    assert engine.spans_in("z", 1) == [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10)], "marks are all there"
    inside = answer(engine, "z", Scope(document=1))
    assert (inside.total, inside.at_least) == (5, False)
    fewer = answer(engine, "r")
    assert (fewer.total, fewer.at_least) == (6, False)


@pytest.mark.slow
@examples(200)
@given(
    st.lists(
        st.sampled_from(["高质行", "高质形", "高质型", "高质星", "告志行", "糕制醒", "高智性"]), min_size=1, max_size=70
    )
)
def test_the_commonest_strings_of_a_reading_come_first_each_once(words: list[str]) -> None:
    """Strings whose last characters have ids side by side are told apart too, however many matches there are."""
    segment = segment_of("，".join(words))
    starts = np.array([1 + 4 * at for at in range(len(words))])
    found = commonest._commonest(stages.strings(segment, starts, 3), np.ones(len(starts), np.float32), 3)
    first = {fold(word).tobytes(): at for at, word in reversed([*enumerate(words)])}
    counts = Counter(fold(word).tobytes() for word in words)
    assert found.tolist() == sorted(first.values(), key=lambda at: (-counts[fold(words[at]).tobytes()], at))[:3]
