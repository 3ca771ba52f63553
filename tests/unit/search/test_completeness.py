"""What the engine finds against brute force: every kind complete, nothing else, and each span to the character."""

from __future__ import annotations

import random
import re
from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.brute import distance, identity_of, is_gap, segment_of, skeleton
from support.examples import examples
from support.searching import answer, engine_of, load
from support.shared import SHARED
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loader import load as load_files
from tuibrowser.corpus.model import Metadata, Source
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import homophone_ids, initials, syllables_of
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.segment import LONGEST_GAP
from tuibrowser.search.matching import pieces
from tuibrowser.search.matching.edits import allowed_edits, near
from tuibrowser.search.matching.match import CharacterSet, adjacent
from tuibrowser.search.matching.spaced import spaced
from tuibrowser.search.model import Hit, HitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.hanzi.readings import Ranges

HAN = "高髙告质質治發发展"
TEXTS = st.lists(st.text(alphabet=HAN + "，、 \n", max_size=40), min_size=1, max_size=4)
DEV = SHARED / "corpora" / "dev"
LAST_ID = 0xFFFF

Span = tuple[int, int, int]
"""A document, and a stretch of its text."""


def runs(text: str) -> list[list[int]]:
    """The places of the significant characters that a match may join."""
    found: list[list[int]] = [[]]
    for at, character in enumerate(text):
        if is_gap(character):
            continue
        if found[-1] and at - found[-1][-1] > LONGEST_GAP + 1:
            found.append([])
        found[-1].append(at)
    return found


def matches(texts: Sequence[str], fits: Sequence[Callable[[str], bool]], *, gaps: bool) -> list[Span]:
    """Where characters that fit follow one another, with or without gaps between them."""
    fitting = [{character for character in {*"".join(texts)} if fit(character)} for fit in fits]
    return [
        (number, run[at], run[at + len(fits) - 1] + 1)
        for number, text in enumerate(texts)
        for run in runs(text)
        for at in range(len(run) - len(fits) + 1)
        if all(text[run[at + place]] in characters for place, characters in enumerate(fitting))
        and (gaps or run[at + len(fits) - 1] - run[at] == len(fits) - 1)
    ]


def alike(query: str) -> list[Callable[[str], bool]]:
    return [lambda other, wanted=wanted: identity_of(other) == identity_of(wanted) for wanted in query]  # type: ignore[misc]


def read_as(syllables: Sequence[str]) -> list[Callable[[str], bool]]:
    return [lambda other, wanted=wanted: wanted in syllables_of(identity_of(other)) for wanted in syllables]  # type: ignore[misc]


def sounding_like(query: str) -> list[Callable[[str], bool]]:
    def sounds(character: str) -> frozenset[str]:
        return syllables_of(identity_of(character))

    return [lambda other, wanted=wanted: bool(sounds(other) & sounds(wanted)) for wanted in query]  # type: ignore[misc]


def places_of(hits: Sequence[Hit], kind: HitKind) -> list[Span]:
    return sorted((hit.document, hit.spans[0][0], hit.spans[-1][1]) for hit in hits if hit.kind == kind)


def overlaps(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


@pytest.mark.slow
@given(TEXTS, st.text(alphabet=HAN, min_size=1, max_size=4))
def test_characters_are_found_exactly_in_other_forms_and_across_gaps(texts: list[str], query: str) -> None:
    engine = engine_of(texts)
    everywhere = matches(texts, alike(query), gaps=True)
    whole = matches(texts, alike(query), gaps=False)
    exact = [place for place in whole if texts[place[0]][place[1] : place[2]] == query]
    totals = answer(engine, query).totals
    assert totals.get(HitKind.EXACT, 0) == len(exact)
    assert totals.get(HitKind.VARIANT, 0) == len(whole) - len(exact)
    blank = [place for place in everywhere if not texts[place[0]][place[1] : place[2]].strip(HAN + " \n")]
    quoted = list(engine.occurrences(f"“{query}”"))
    assert set(whole) <= set(quoted) <= set(blank)
    assert all(any(overlaps(place, other) for other in quoted) for place in blank)
    assert list(engine.occurrences(f'="{query}"')) == exact
    found = list(engine.occurrences(query))
    apart = [place for place in everywhere if not any(overlaps(place, other) for other in whole)]
    assert set(whole) <= set(found)
    assert all(any(overlaps(place, other) for other in found) for place in apart)


@pytest.mark.slow
@given(TEXTS, st.lists(st.sampled_from(["gao", "zhi", "fa", "zhan"]), min_size=1, max_size=4))
def test_pinyin_is_found_everywhere_and_nowhere_else(texts: list[str], syllables: list[str]) -> None:
    expected = matches(texts, read_as(syllables), gaps=len(syllables) > 2)
    engine = engine_of(texts)
    for query in ("".join(syllables), "'".join(syllables), " ".join(syllables)):
        found = engine.occurrences(query)
        assert set(expected) <= set(found)
        if len(syllables) > 1:
            assert answer(engine, query).totals.get(HitKind.PINYIN, 0) >= len(expected)
            assert [place for place in found if place in expected] == expected


@pytest.mark.slow
@example(["发发发、发"] * 2, "发发发")
@given(TEXTS, st.text(alphabet=HAN, min_size=3, max_size=6))
def test_near_hits_sound_alike_or_are_within_their_distance(texts: list[str], query: str) -> None:
    result = answer(engine_of(texts), query)
    everywhere = [(hit.document, start, end) for hit in result.hits for start, end in hit.spans]
    for hit in result.hits:  # what is grouped under a hit is as long as it
        length = hit.spans[-1][1] - hit.spans[0][0]
        everywhere += [(document, start, start + length) for document, start in hit.also]
    homophones = matches(texts, sounding_like(query), gaps=True)
    assert set(places_of(result.hits, HitKind.HOMOPHONE)) <= set(homophones)
    assert all(any(overlaps(place, other) for other in everywhere) for place in homophones)
    if result.total:
        for number, start, end in places_of(result.hits, HitKind.FUZZY):
            passage = [character for character in texts[number][start:end] if not is_gap(character)]
            assert 1 <= distance(fold("".join(passage)).tolist(), fold(query).tolist()) <= allowed_edits(len(query))


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(alphabet="高质，", max_size=3)), max_size=5)


def edited(text: str, edits: list[tuple[int, int, str]]) -> tuple[str, Alignment]:
    """A text with stretches `(start, end, replacement)` replaced, and its alignment with what it was."""
    pieces: list[str] = []
    last = 0
    for start, end, replacement in edits:
        pieces += (text[last:start], replacement)
        last = end
    pieces.append(text[last:])
    return "".join(pieces), Alignment((start, end, len(replacement)) for start, end, replacement in edits)


def repaired(raw: str, wanted: list[tuple[int, int, str]]) -> tuple[LoadedDocument, list[tuple[int, int, int]]]:
    """A text with edits that do not touch, as if read from a file."""
    edits: list[tuple[int, int, str]] = []
    for start, length, replacement in sorted(wanted):
        end = min(len(raw), start + length)
        if start <= len(raw) and (not edits or start > edits[-1][1]) and raw[start:end] != replacement:
            edits.append((start, end, replacement))
    text, alignment = edited(raw, edits)
    base = load(0, text, "a.txt", Metadata())
    rows = [(start, end, length) for start, end, length in alignment.edits]
    flat = array("I", [number for row in rows for number in row])
    return replace(base, edits=flat), rows


@pytest.mark.slow
@examples(200)
@given(
    st.text(alphabet="高质發，fā()", min_size=1, max_size=30), EDITS, st.text(alphabet="高质发", min_size=1, max_size=3)
)
def test_spans_lead_back_to_the_raw_text_of_a_repaired_one(
    raw: str, wanted: list[tuple[int, int, str]], query: str
) -> None:
    loaded, rows = repaired(raw, wanted)
    corpus = Corpus([Source(Path("a.txt"), "a.txt")])
    corpus.documents[0] = loaded.document
    engine = Engine(corpus)
    engine.add([loaded])
    alignment = Alignment(rows)
    places = matches([loaded.repaired], alike(query), gaps=False)
    expected = sorted({alignment.source_span(start, end) for _, start, end in places})
    found = sorted({(start, end) for _, start, end in engine.occurrences(f"“{query}”")})
    assert {start for start, _ in found} == {start for start, _ in expected}
    assert set(found) <= set(expected)


STRAY = "發(fā)展經(jīng)濟(jì)與現(xiàn)代化，實(shí)現(xiàn)發(fā)展目標(biāo)，總結(jié)經(jīng)驗(yàn)"
PLAIN = "要完整、全面地做好各方面的工作，不忘初心，始於足下，千里之行，日行月新。" * 3
MANY = "".join(f"{character}({reading})用，" for character, reading in [("發", "fā"), ("經", "jīng"), ("濟", "jì")] * 3)


@pytest.mark.parametrize("script", ["original", "hans", "hant", "s2twp", "tw2s"])
@pytest.mark.parametrize("fixed", [True, False])
@pytest.mark.parametrize(
    ("query", "wanted"), [("发展", "发展"), ("jingyan", "经验"), ("fzmb", "发展目标"), ("ａｂｃ", "abc")]
)
def test_a_span_holds_the_match_in_every_view(
    tmp_path: Path, script: str, fixed: bool, query: str, wanted: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{STRAY}，{MANY}。\n{PLAIN}\n此處記ＡＢＣ事。\n", encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    engine = Engine(corpus)
    for progress in load_files(corpus, lambda: False):
        engine.add(progress.loaded)
    hits = [hit for hit in answer(engine, query).hits if hit.kind != HitKind.FUZZY]
    assert hits
    (document,) = corpus.documents
    text = corpus.text(document.number)
    viewed = ViewedText(text, document.script, View(script, fixed))
    for hit in hits:
        (start, end) = hit.spans[0]
        paragraph = viewed[viewed.paragraph_at(start)]
        shown = paragraph.shown_span(start, end)
        assert shown is not None
        marked = paragraph.text[slice(*shown)]
        held = [character for character in marked if fold(character)[0] in fold(wanted)]
        assert held[0] == marked[0]
        assert fold("".join(held)).tolist() == fold(wanted).tolist()


def slices(count: int, length: int, seed: int) -> list[str]:
    """Pieces of real texts."""
    rng = random.Random(seed)
    paths = sorted(path for path in DEV.rglob("*") if path.suffix in {".txt", ".md"})
    found: list[str] = []
    while len(found) < count:
        text = rng.choice(paths).read_text(encoding="utf-8", errors="replace").replace("\r", "")
        at = rng.randrange(max(1, len(text) - length))
        if text[at : at + length].strip():
            found.append(text[at : at + length])
    return found


def places_in(text: bytes, key: bytes) -> list[int]:
    """Every place at which a key stands in a text, both of four bytes a character."""
    places = (found.start() for found in re.finditer(b"(?=" + re.escape(key) + b")", text, re.DOTALL))
    return [at // 4 for at in places if at % 4 == 0]


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason="the shared corpora are not here")
def test_pieces_of_real_texts_are_found_as_by_brute_force() -> None:
    rng = random.Random(29)
    texts = slices(30, 1_500, 28)
    engine = engine_of(texts)
    keys = [fold(text).astype("<u4").tobytes() for text in texts]
    for _ in range(100):
        number = rng.randrange(len(texts))
        at = rng.randrange(len(texts[number]))
        query = texts[number][at : at + rng.randint(1, 6)].strip()
        if not query or any(is_gap(character) or not character.isprintable() for character in query):
            continue
        key = fold(query).astype("<u4").tobytes()
        expected = [
            (document, place, place + len(query))
            for document, text in enumerate(keys)
            for place in places_in(text, key)
        ]
        assert list(engine.occurrences(f"“{query}”")) == expected
        readings = [sorted(syllables_of(int(identity))) for identity in fold(query)]
        if len(query) in (3, 4) and all(readings):
            spelled = [rng.choice(each) for each in readings]
            found = set(engine.occurrences("'".join(spelled)))
            assert set(matches(texts, read_as(spelled), gaps=True)) <= found


def standing(rows: npt.NDArray[np.int64], places: Sequence[Ranges], *, gaps: bool) -> set[tuple[int, int]]:
    """What `in_places` gives, for long texts."""
    at, ids = rows.T
    fits = np.ones(len(rows) - len(places) + 1, bool)
    for number, ranges in enumerate(places):
        wanted = np.zeros(LAST_ID + 2, bool)  # the last is that of -1, which divides
        for start, end in ranges:
            wanted[start:end] = True
        fits &= wanted[ids[number : number + len(fits)]]
    first = at[: len(fits)][fits]
    last = at[len(places) - 1 :][fits]
    kept = gaps | (last - first == len(places) - 1)
    return set(zip(first[kept].tolist(), (last[kept] + 1).tolist(), strict=True))


def ends_near(ids: npt.NDArray[np.int64], word: Sequence[int], most: int) -> npt.NDArray[np.int64]:
    """The indices of ids at which something within so many edits of a word ends (Sellers 1980); -1 divides."""
    row = np.zeros(len(ids) + 1, np.int64)
    divided = np.concatenate(([True], ids == -1))
    for at, wanted in enumerate(word, 1):
        before, row = row, np.full(len(ids) + 1, at)
        row[1:] = np.minimum(before[:-1] + (ids != wanted), before[1:] + 1)
        row[divided] = at
        for _ in range(most):
            row[1:] = np.where(divided[1:], at, np.minimum(row[1:], row[:-1] + 1))
    return np.flatnonzero((row[1:] <= most) & ~divided[1:])


@pytest.mark.slow
@pytest.mark.skipif(not DEV.is_dir(), reason="the shared corpora are not here")
@pytest.mark.parametrize("few", [0, 128])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_half_memories_of_real_texts_are_found_as_by_brute_force(
    seed: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "FEW", few)
    rng = random.Random(seed)
    text = "\n".join(slices(30, 1_500, seed))
    segment, rows = segment_of(text), skeleton(text)
    table = np.array(rows)
    ids = table[:, 1]
    index_of = {place + 1: index for index, (place, identity) in enumerate(rows) if identity != -1}
    for _ in range(40):
        length = rng.randint(2, 8)
        at = rng.randrange(len(rows) - length)
        word = [identity for _, identity in rows[at : at + length]]
        if any(not syllables_of(identity) for identity in word):
            continue
        alike = [homophone_ids(identity) for identity in word]
        assert pairs(*spaced(segment, [CharacterSet(ids) for ids in alike])) == standing(table, alike, gaps=True)
        letters = "".join(min(syllables_of(identity))[0] for identity in word)
        begun = initials(letters)
        assert begun is not None
        starts = adjacent(
            segment, [CharacterSet(ids, initial=letter) for letter, ids in zip(letters, begun, strict=True)]
        )
        assert pairs(starts, starts + length) == standing(table, begun, gaps=False)
        if not (most := allowed_edits(length)):
            continue
        word[rng.randrange(length)] = rng.choice(rows)[1]
        if -1 in word:
            continue
        places = [CharacterSet(((identity, identity + 1),)) for identity in word]
        starts, ends, distances = near(segment, places, most)
        for start, end, claimed in zip(starts.tolist(), ends.tolist(), distances.tolist(), strict=True):
            part = ids[slice(*np.searchsorted(table[:, 0], (start - 1, end - 1)))].tolist()
            assert 1 <= distance(part, word) == claimed <= most
        exact = {end for _, end in standing(table, [place.ranges for place in places], gaps=True)}
        known = np.array(sorted({*(ends - 1).tolist(), *exact}))
        reached = np.array([index_of[end] for end in known.tolist()])
        for end in ends_near(ids, word, most).tolist():
            assert np.abs(reached - end).min() < length + most


def pairs(starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> set[tuple[int, int]]:
    return set(zip((starts - 1).tolist(), (ends - 1).tolist(), strict=True))


PIECES = (
    "發(fā)",
    "經(jīng)",
    "濟(jì)",
    "高质量",
    "乾坤",
    "後來",
    "ＡＢＣ",
    "\U00020000",
    "\uf9dc",
    "，",
    "、 ",
    "\n",
    "用",
)


@pytest.mark.slow
@examples(60)
@given(
    st.lists(st.sampled_from(PIECES), min_size=3, max_size=25),
    st.sampled_from(["发", "经济", "發經", "高質", "质量", "abc", "后来", "\U00020000", "隆"]),
    st.sampled_from(["original", "hans", "hant", "s2twp", "tw2s", "t2jp"]),
    st.booleans(),
)
def test_spans_hold_the_match_whatever_the_text_is_made_of(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], query: str, script: str, fixed: bool
) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_text(f"{''.join(pieces)}\n{MANY}{STRAY}。\n", encoding="utf-8")
    corpus = Corpus.discover([path])
    engine = Engine(corpus)
    for progress in load_files(corpus, lambda: False):
        engine.add(progress.loaded)
    (document,) = corpus.documents
    text = corpus.text(document.number)
    viewed = ViewedText(text, document.script, View(script, fixed))
    wanted = fold(query).tolist()
    for _, start, end in engine.occurrences(f"“{query}”"):
        held = [identity for identity in fold(strip_pinyin(text.raw[start:end])).tolist() if identity in wanted]
        assert held == wanted
        paragraph = viewed[viewed.paragraph_at(start)]
        shown = paragraph.shown_span(start, end)
        assert shown is not None
        marked = strip_pinyin(paragraph.text[slice(*shown)])
        assert fold(marked).tolist() == wanted


def strip_pinyin(text: str) -> str:
    """A text without the readings that bad conversions leave, and without punctuation."""
    return "".join(character for character in re.sub(r"\([a-zāīì]+\)", "", text) if not is_gap(character))
