from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import answer, engine_of
from support.shared import SHARED
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.model import DocumentText
from tuibrowser.search.answering.excerpt import REACH, IndexedDocument
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.making.merge import build
from tuibrowser.search.index.taken import IndexText
from tuibrowser.search.model import Hit, HitKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LINES = st.lists(st.tuples(st.integers(0, 800), st.sampled_from(["\n", "\r\n", "\r", "\f", "\u2028"])), max_size=8)


@given(LINES, LINES)
def test_the_lines_of_the_raw_text_are_known(before: list[tuple[int, str]], lines: list[tuple[int, str]]) -> None:
    texts = [DocumentText("".join("文" * length + end for length, end in each), "文") for each in (before, lines)]
    segment = build([IndexText(at, "文", [0], lines=array("I", text.line_starts)) for at, text in enumerate(texts)])
    document = IndexedDocument(segment, 1)
    raw = texts[1].raw
    places = {0, len(raw), *(at + step for at in texts[1].line_starts for step in (-1, 0, 1) if at + step >= 0)}
    assert [document.line_of(at) for at in places] == [texts[1].line_of(at) for at in places]


def check(paths: Sequence[Path], step: int) -> int:
    """Compare every so-many-th paragraph with the one of the text itself."""
    corpus = Corpus.discover(paths)
    engine = Engine(corpus)
    for progress in load(corpus, lambda: False):
        engine.add(progress.loaded)
    engine.complete()
    compared = 0
    for document in corpus.documents:
        text = corpus.text(document.number)
        for number in range(document.number % step, len(text.paragraphs), step):
            paragraph = text.paragraphs[number]
            span = (paragraph.raw_start, (paragraph.raw_start + paragraph.raw_end + 1) // 2)
            (excerpt,) = engine.excerpts([Hit(document.number, (span,), HitKind.EXACT, 1.0, number)])
            assert excerpt is not None
            assert (excerpt.start, excerpt.first_end, excerpt.end) == (paragraph.start, paragraph.end, paragraph.end)
            assert excerpt.text(excerpt.start, excerpt.end) == text.repaired[paragraph.start : paragraph.end]
            assert excerpt.spans == (text.alignment.target_span(*span),)
            assert excerpt.line == text.line_of(span[0])
            assert excerpt.lines == (text.line_of(paragraph.raw_start), text.line_of(paragraph.raw_end - 1))
            compared += 1
    return compared


def test_an_excerpt_of_a_repaired_text_is_its_paragraph() -> None:
    assert check([seeds_path()], 1) > 30


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
def test_excerpts_of_real_texts_are_their_paragraphs() -> None:
    assert check([SHARED / "corpora/dev"], 7) > 1_000


def test_a_match_that_runs_on_is_shown_with_all_its_paragraphs(tmp_path: Path) -> None:
    raw = "第一段的结尾。\n\n第二段的开头。\n\n第三段。\n"
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    engine = Engine(corpus)
    for progress in load(corpus, lambda: False):
        engine.add(progress.loaded)
    assert engine.excerpts([Hit(0, ((4, 12),), HitKind.EXACT, 1.0, 0)]) == [None]  # not searched yet, so not indexed
    engine.complete()
    (excerpt,) = engine.excerpts([Hit(0, ((4, 12),), HitKind.EXACT, 1.0, 0)])
    assert excerpt is not None
    assert excerpt.text(excerpt.start, excerpt.end) == "第一段的结尾。\n第二段的开头。"
    assert (excerpt.line, excerpt.lines) == (1, (1, 3))
    assert engine.line_of(0, raw.index("第三")) == 5
    assert engine.line_of(1, 0) is None
    assert not re.search("第三", excerpt.text(excerpt.start, excerpt.end))


def test_an_excerpt_of_a_very_long_paragraph_holds_what_is_around_the_hit() -> None:
    text = "山" * 30_000 + "孤舟" + "水" * 30_000
    engine = engine_of([text])
    (excerpt,) = engine.excerpts(answer(engine, "孤舟").hits)
    assert excerpt is not None
    assert (excerpt.start, excerpt.end) == (0, len(text))
    assert excerpt.held == (30_000 - REACH, 30_002 + REACH)
    assert excerpt.text(29_999, 30_003) == "山孤舟水"
    assert excerpt.text(*excerpt.held) == text[30_000 - REACH : 30_002 + REACH]
    for start, end in ((30_000 - REACH - 1, 30_000), (30_000, 30_002 + REACH + 1)):
        with pytest.raises(IndexError):
            excerpt.text(start, end)


def test_places_are_those_of_the_excerpts_in_whatever_order_they_are_asked_for() -> None:
    texts = ["第一段的结尾。\n第二段的开头。\n\n第三段", "山高，\r\n水长"]
    engine = engine_of(texts)
    spans = [
        (number, start, end) for number in (1, 0) for start in range(len(texts[number])) for end in (start, start + 9)
    ]
    spans.sort(key=lambda span: (span[1] * 7 % 5, span))
    for place, (document, *span) in zip(engine.places(spans), spans, strict=True):
        excerpt = engine.around(document, (span[0], span[1]))
        assert place is not None
        assert excerpt is not None
        start, end = excerpt.spans[0]
        assert (place.line, place.paragraphs) == (excerpt.line, excerpt.paragraphs)
        assert (place.offset, place.length) == (start - excerpt.start, end - start)
    assert engine.places([(7, 0, 1), (1, 0, 1)])[0] is None
    assert engine.places([]) == []
