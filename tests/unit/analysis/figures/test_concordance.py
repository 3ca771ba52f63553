"""Lines: every match once, in every order, in its context, with a reference that leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import Texts, engine_of
from tuibrowser.analysis.basis import ground_of
from tuibrowser.analysis.figures.concordance import LineOrder, concordance
from tuibrowser.corpus.model import DocumentText, Metadata, Paragraph, ParagraphKind
from tuibrowser.reading.quoting.reference import locate, parse_reference
from tuibrowser.search.model import HitKind, Scope

BOAT = "小引\n船夫说水涨了，水涨一尺。\n水漲了三天"
TEXTS: Texts = {
    "舟.txt": (BOAT, Metadata(author="李", delivered="2021-05-06"), ("小引",)),
    "山.txt": "山里的人听说水涨了",
    "桥.txt": ("水涨桥没了", Metadata(delivered="1998")),
}


def text_of(raw: str) -> DocumentText:
    """A text each line of which is a paragraph."""
    paragraphs, start = [], 0
    for line in raw.split("\n"):
        paragraphs.append(Paragraph(ParagraphKind.BODY, start, start + len(line), start, start + len(line)))
        start += len(line) + 1
    return DocumentText(raw, raw, paragraphs=tuple(paragraphs))


def test_a_line_tells_where_it_stands_and_what_stands_beside_it() -> None:
    first, *_ = concordance(engine_of(TEXTS), "水涨")
    assert first.record() == {
        "document": "舟.txt",
        "title": "舟.txt",
        "author": "李",
        "date": "2021-05-06",
        "section": ["小引"],
        "paragraph": 1,
        "line": 2,
        "left": "船夫说",
        "node": "水涨",
        "right": "了，水涨一尺。",
        "kind": "exact",
        "reference": first.reference,
    }
    assert (first.number, first.start, first.end) == (0, 6, 8)


def test_lines_of_dates_before_our_era_are_in_order() -> None:
    dates = (None, "0035", "-0220", "-0231-03")
    named: Texts = {str(at): ("水涨", Metadata(delivered=date)) for at, date in enumerate(dates)}
    lines = concordance(engine_of(named), "水涨", order="date")
    assert [line.date for line in lines] == ["-0231-03", "-0220", "0035", None]


@pytest.mark.parametrize(
    ("text", "query", "count"),
    [
        ("船夫说“走。”\n水涨了。", "船夫说“走。”\n水涨了。", 1),
        ("水涨了", "水涨 by:", 0),  # a condition that cannot be read
        ("水涨了", "水涨 date:八世紀", 0),
        ("水涨了", "水涨了\n", 1),
    ],
)
def test_a_query_is_counted_as_a_search_takes_it(text: str, query: str, count: int) -> None:
    engine = engine_of([text])
    assert len(concordance(engine, query)) == len(engine.matches(query, Scope(exact=True))) == count


def test_every_reference_leads_back_to_its_line() -> None:
    text = text_of(BOAT)
    lines = concordance(engine_of(TEXTS), "水涨 in:舟")
    assert len(lines) == 3
    for line in lines:
        reference = parse_reference(line.reference)
        assert reference is not None
        found = locate(reference, text)
        assert found is not None
        assert (found.start, found.end, found.sure) == (line.start, line.end, True)


@pytest.mark.parametrize("order", LineOrder)
def test_every_match_is_a_line_in_every_order(order: LineOrder) -> None:
    lines = concordance(engine_of(TEXTS), "水涨", order=order, seed=3)
    assert sorted((line.number, line.start) for line in lines) == [(0, 6), (0, 10), (0, 16), (1, 6), (2, 0)]
    assert lines.basis.matches == len(lines) == 5
    assert lines.basis.totals == {HitKind.EXACT: 4, HitKind.VARIANT: 1}
    assert list(lines) == lines[:] == [lines[at] for at in range(len(lines))]


def test_lines_by_their_contexts_are_in_the_order_of_pinyin() -> None:
    engine = engine_of(["人水涨在\n阿水涨比\n中水涨一"])
    assert [line.right for line in concordance(engine, "水涨", order="right")] == ["比", "一", "在"]
    assert [line.left for line in concordance(engine, "水涨", order="left")] == ["阿", "人", "中"]


def test_lines_by_date_have_the_undated_last() -> None:
    lines = concordance(engine_of(TEXTS), "水涨", order="date")
    assert [line.date for line in lines] == ["1998", "2021-05-06", "2021-05-06", "2021-05-06", None]


def test_a_sample_is_the_same_for_the_same_seed_and_keeps_the_order() -> None:
    lines = concordance(engine_of(["水涨" * 50]), "水涨")
    sample = lines.sample(9, seed=4)
    starts = [line.start for line in sample]
    assert len(starts) == 9
    assert starts == sorted(starts)
    assert starts == [line.start for line in lines.sample(9, seed=4)]
    assert starts != [line.start for line in lines.sample(9, seed=5)]
    assert "9 of 50 lines, seed 4" in sample.basis.notes[-1]
    assert lines.sample(50) == lines


@pytest.mark.slow
@given(texts=st.lists(st.text("水涨漲，", min_size=1, max_size=9), min_size=1, max_size=6))
def test_equal_lines_once_lose_no_match(texts: list[str]) -> None:
    lines = concordance(engine_of(texts), "水涨", context=3)
    once = lines.distinct()
    assert sum(line.count for line in once) == len(lines)
    contexts = [(line.left, line.node, line.right) for line in once]
    assert len(set(contexts)) == len(contexts)


def test_a_context_is_as_wide_as_asked_and_ends_with_the_paragraph() -> None:
    engine = engine_of(["前段\n一二三水涨四五六\n后段"])
    lines = concordance(engine, "水涨", context=2)
    assert [(line.left, line.right) for line in lines] == [("二三", "四五")]
    lines = concordance(engine, "水涨", context=99)
    assert [(line.left, line.right) for line in lines] == [("一二三", "四五六")]


def test_matches_across_punctuation_do_not_count_and_those_across_blanks_do() -> None:
    lines = concordance(engine_of(["水，涨\n水 涨\n水涨"]), "水涨")
    assert [line.node for line in lines] == ["水 涨", "水涨"]


def test_the_basis_tells_what_is_not_known() -> None:
    engine = engine_of({**TEXTS, "又一桥.txt": ("水涨桥没了", Metadata(delivered="1998"))})
    basis = ground_of(engine, "水涨 -in:舟").basis()
    assert (basis.documents, basis.n) == (3, 9 + 5 + 5)
    assert basis.undated.documents == 1
    assert basis.undated.share == pytest.approx(9 / 19, abs=1e-6)
    assert basis.notes == ("1 document, 26% of the text, repeat the text of another",)


def test_the_fingerprint_is_that_of_the_texts_and_not_of_their_names() -> None:
    one, other = engine_of({"a": "水涨", "b": "船"}), engine_of({"x": "船", "y": "水涨"})
    changed = engine_of({"a": "水漲", "b": "船"})
    prints = [ground_of(engine, "水").basis().fingerprint for engine in (one, other, changed)]
    assert prints[0] == prints[1] != prints[2]


def test_several_words_are_said_to_be_counted_by_paragraph() -> None:
    lines = concordance(engine_of(["水在涨，水又在涨"]), "水 涨")
    assert any("each paragraph" in note for note in lines.basis.notes)
    assert lines.basis.totals == {HitKind.KEYWORDS: 1}


def test_a_scope_is_a_document_or_a_folder_and_may_count_across_punctuation_too() -> None:
    engine = engine_of({"河/一.txt": "水涨，水，涨", "河/二.txt": "水漲", "海/三.txt": "水涨"})
    assert len(concordance(engine, "水涨")) == 3
    folder = concordance(engine, "水涨", scope=Scope(folder="河/", exact=True))
    assert [line.document for line in folder] == ["河/一.txt", "河/二.txt"]
    assert folder.basis.documents == 2
    assert "only in 河/" in folder.basis.notes
    document = concordance(engine, "水涨", scope=Scope(document=2, exact=True))
    assert [line.document for line in document] == ["海/三.txt"]
    near = concordance(engine, "水涨", scope=Scope(folder="河/"))
    assert near.basis.totals == {HitKind.EXACT: 1, HitKind.VARIANT: 1, HitKind.SPACED: 1}


@pytest.mark.parametrize(
    ("query", "said"),
    [("水涨", "script and case folded,"), ('="水涨"', "these very characters"), ('="水" 涨', "but for words")],
)
def test_the_basis_says_which_characters_are_the_same(query: str, said: str) -> None:
    lines = concordance(engine_of(["水涨了。", "水漲了。"]), query)
    assert said in str(lines.basis.record()["normalisation"])
