"""What the engine finds against brute force: every kind complete, nothing else, and each span to the character."""

from __future__ import annotations

import random
from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute import distance
from searching import answer, engine_of, load
from shared import SHARED
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loader import load as load_files
from tuibrowser.corpus.model import Metadata, Source
from tuibrowser.hanzi.alignment import Alignment, apply
from tuibrowser.hanzi.fold import fold
from tuibrowser.hanzi.readings import syllables_of
from tuibrowser.reading.render import ViewedText
from tuibrowser.reading.view import View
from tuibrowser.search.edits import allowed_edits
from tuibrowser.search.engine import Engine
from tuibrowser.search.match import is_gap
from tuibrowser.search.model import Hit, HitKind
from tuibrowser.search.segment import LONGEST_GAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.loaded import Loaded

HAN = "高髙告质質治發发展"
TEXTS = st.lists(st.text(alphabet=HAN + "，、 \n", max_size=40), min_size=1, max_size=4)
DEV = SHARED / "corpora" / "dev"

Span = tuple[int, int, int]
"""A document, and a stretch of its text."""


def runs(text: str) -> list[list[int]]:
    """The places of the significant characters that a match may join."""
    found: list[list[int]] = [[]]
    for at, character in enumerate(text):
        if character == "\n" or (found[-1] and at - found[-1][-1] > LONGEST_GAP + 1):
            found.append([])
        if character != "\n" and not is_gap(character):
            found[-1].append(at)
    return found


def matches(texts: Sequence[str], fits: Sequence[Callable[[str], bool]], *, gaps: bool) -> list[Span]:
    """Where characters that fit follow one another, with or without gaps between them."""
    return [
        (number, run[at], run[at + len(fits) - 1] + 1)
        for number, text in enumerate(texts)
        for run in runs(text)
        for at in range(len(run) - len(fits) + 1)
        if all(fit(text[run[at + place]]) for place, fit in enumerate(fits))
        and (gaps or run[at + len(fits) - 1] - run[at] == len(fits) - 1)
    ]


def alike(query: str) -> list[Callable[[str], bool]]:
    return [lambda other, wanted=wanted: fold(other)[0] == fold(wanted)[0] for wanted in query]  # type: ignore[misc]


def read_as(syllables: Sequence[str]) -> list[Callable[[str], bool]]:
    return [lambda other, wanted=wanted: wanted in syllables_of(int(fold(other)[0])) for wanted in syllables]  # type: ignore[misc]


def sounding_like(query: str) -> list[Callable[[str], bool]]:
    def sounds(character: str) -> frozenset[str]:
        return syllables_of(int(fold(character)[0]))

    return [lambda other, wanted=wanted: bool(sounds(other) & sounds(wanted)) for wanted in query]  # type: ignore[misc]


def places_of(hits: Sequence[Hit], kind: HitKind) -> list[Span]:
    return sorted((hit.document, hit.spans[0][0], hit.spans[-1][1]) for hit in hits if hit.kind == kind)


def overlaps(one: Span, other: Span) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


@settings(deadline=None)
@given(TEXTS, st.text(alphabet=HAN, min_size=1, max_size=4))
def test_characters_are_found_exactly_in_other_forms_and_across_gaps(texts: list[str], query: str) -> None:
    engine = engine_of(texts)
    everywhere = matches(texts, alike(query), gaps=True)
    whole = matches(texts, alike(query), gaps=False)
    exact = [place for place in whole if texts[place[0]][place[1] : place[2]] == query]
    totals = answer(engine, query).totals
    assert totals.get(HitKind.EXACT, 0) == len(exact)
    assert totals.get(HitKind.VARIANT, 0) == len(whole) - len(exact)
    assert list(engine.occurrences(f"“{query}”")) == whole
    assert list(engine.occurrences(f'="{query}"')) == exact
    found = list(engine.occurrences(query))
    apart = [place for place in everywhere if not any(overlaps(place, other) for other in whole)]
    assert set(whole) <= set(found)
    assert all(any(overlaps(place, other) for other in found) for place in apart)


@settings(deadline=None)
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


@settings(deadline=None)
@given(TEXTS, st.text(alphabet=HAN, min_size=3, max_size=6))
def test_near_hits_sound_alike_or_are_within_their_distance(texts: list[str], query: str) -> None:
    result = answer(engine_of(texts), query)
    everywhere = [(hit.document, start, end) for hit in result.hits for start, end in hit.spans]
    everywhere += [(document, start, start + 1) for hit in result.hits for document, start in hit.also]
    homophones = matches(texts, sounding_like(query), gaps=True)
    assert set(places_of(result.hits, HitKind.HOMOPHONE)) <= set(homophones)
    assert all(any(overlaps(place, other) for other in everywhere) for place in homophones)
    if result.total:
        for number, start, end in places_of(result.hits, HitKind.FUZZY):
            passage = [character for character in texts[number][start:end] if not is_gap(character)]
            assert 1 <= distance(fold("".join(passage)).tolist(), fold(query).tolist()) <= allowed_edits(len(query))


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(alphabet="高质，", max_size=3)), max_size=5)


def repaired(raw: str, wanted: list[tuple[int, int, str]]) -> tuple[Loaded, list[tuple[int, int, int]]]:
    """A text with edits that do not touch, as if read from a file."""
    edits: list[tuple[int, int, str]] = []
    for start, length, replacement in sorted(wanted):
        end = min(len(raw), start + length)
        if start <= len(raw) and (not edits or start > edits[-1][1]) and raw[start:end] != replacement:
            edits.append((start, end, replacement))
    text, alignment = apply(raw, edits)
    base = load(0, text, "a.txt", Metadata())
    rows = [(start, end, length) for start, end, length in alignment.edits]
    flat = array("I", [number for row in rows for number in row])
    return replace(base, edits=flat), rows


@settings(max_examples=200, deadline=None)
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
            for place in range(len(texts[document]))
            if text.startswith(key, 4 * place)
        ]
        assert list(engine.occurrences(f"“{query}”")) == expected
        readings = [sorted(syllables_of(int(identity))) for identity in fold(query)]
        if len(query) in (3, 4) and all(readings):
            spelled = [rng.choice(each) for each in readings]
            found = set(engine.occurrences("'".join(spelled)))
            assert set(matches(texts, read_as(spelled), gaps=True)) <= found
