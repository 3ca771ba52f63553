from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Piece, document
from tuibrowser.corpus.model import DocumentText, Layer, LayerSpan, Paragraph, ParagraphKind, Script
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.reading.views.render import Mark, MarkKind, ViewedText, cycle, shown_title
from tuibrowser.reading.views.view import HANS, HANT, ORIGINAL, View

SEED = document(
    Piece("踐行對黨忠誠", kind=ParagraphKind.HEADING),
    Piece(
        "發(fā)展現(xiàn)代\n經(jīng)濟,統一?!?0月以來",
        repairs=(
            ("(fā)", "", True),
            ("(xiàn)", "", True),
            ("(jīng)", "", True),
            ("?!?0", "。”10", False),
        ),
    ),
    Piece("甲\n乙", kind=ParagraphKind.VERSE, tight=True, keeps_lines=True),
)

MIXED = document("机关党建里", "機關黨建里", "一二三")


def shown(text: DocumentText, script: Script, view: View) -> list[str]:
    return [paragraph.text for paragraph in ViewedText(text, script, view)]


def test_the_repaired_view_joins_lines_and_leaves_out_stray_pinyin() -> None:
    assert shown(SEED, Script.HANT, View()) == ["踐行對黨忠誠", "發展現代經濟,統一?!?0月以來", "甲\n乙"]


def test_the_raw_view_shows_the_same_paragraphs_as_they_are() -> None:
    raw = shown(SEED, Script.HANT, View(repaired=False))
    assert raw == ["踐行對黨忠誠", "發(fā)展現(xiàn)代\n經(jīng)濟,統一?!?0月以來", "甲\n乙"]


def test_the_raw_view_leaves_out_nothing_but_white_space() -> None:
    raw = "---\ntitle: 甲\n---\n\n## 第一章\n\n　　　　机关党建¶\n<!-- 完 -->\n\n党建\n\n-- 尾 --\n"
    paragraphs = tuple(
        Paragraph(ParagraphKind.BODY, start, start + len(text), raw.rindex(text), raw.rindex(text) + len(text))
        for text, start in [("第一章", 0), ("机关党建", 4), ("党建", 9)]
    )
    source = DocumentText(raw, "第一章\n机关党建\n党建", paragraphs=paragraphs)
    text = ViewedText(source, Script.NONE, View(repaired=False))
    assert [paragraph.text for paragraph in text] == [
        "---\ntitle: 甲\n---\n\n## 第一章",
        "　　　　机关党建¶",
        "<!-- 完 -->\n\n党建\n\n-- 尾 --",
    ]
    for shown in text:
        assert all(shown.from_raw(shown.to_raw(at)) == at for at in range(len(shown.text) + 1))
    numbers = [text.paragraph_at(raw.index(part)) for part in ("title", "##", "第一", "机关", "¶", "<!--", "-- 尾")]
    assert numbers == [0, 0, 0, 1, 1, 2, 2]
    assert [raw[text.start_of(number)] for number in range(3)] == ["第", "机", "党"]


def test_damage_is_marked_in_both_views_and_repairs_in_the_raw_one() -> None:
    repaired = ViewedText(SEED, Script.HANT, View())[1]
    assert repaired.marks == (Mark(9, 13, MarkKind.DAMAGE, "。”10"),)
    raw = ViewedText(SEED, Script.HANT, View(repaired=False))[1]
    assert [(mark.kind, raw.text[mark.start : mark.end], mark.suggestion) for mark in raw.marks] == [
        (MarkKind.REPAIR, "(fā)", ""),
        (MarkKind.REPAIR, "(xiàn)", ""),
        (MarkKind.REPAIR, "(jīng)", ""),
        (MarkKind.DAMAGE, "?!?0", "。”10"),
    ]


def test_a_paragraph_says_what_it_is() -> None:
    text = ViewedText(SEED, Script.HANT, View())
    assert [text.kind(number) for number in range(3)] == [paragraph.kind for paragraph in text]
    assert [paragraph.tight for paragraph in text] == [False, False, True]
    assert [paragraph.number for paragraph in text] == [0, 1, 2]
    with pytest.raises(IndexError):
        text[3]


@pytest.mark.parametrize(
    ("script", "view", "expected"),
    [
        (Script.HANS, ORIGINAL, "机关里"),
        (Script.HANS, HANS, "机关里"),
        (Script.HANS, HANT, "機關裏"),
        (Script.HANS, "s2tw", "機關裡"),
        (Script.HANS, "tw2sp", "机关里"),
        (Script.HANT, HANT, "機關里"),
        (Script.HANT, HANS, "机关里"),
        (Script.HANT, "s2twp", "機關里"),
        (Script.HANT, "t2tw", "機關里"),
        (Script.NONE, HANT, "里"),
    ],
)
def test_a_text_in_the_script_asked_for_is_shown_as_it_is(script: Script, view: str, expected: str) -> None:
    own = {Script.HANS: "机关里", Script.HANT: "機關里"}.get(script, "里")
    assert shown(document(own), script, View(view)) == [expected]


def test_a_mixed_document_is_decided_paragraph_by_paragraph() -> None:
    assert shown(MIXED, Script.MIXED, View(HANT)) == ["機關黨建裏", "機關黨建里", "一二三"]
    assert shown(MIXED, Script.MIXED, View(HANS)) == ["机关党建里", "机关党建里", "一二三"]


@pytest.mark.parametrize(
    ("script", "view", "expected"),
    [
        (Script.HANT, ORIGINAL, "Hant"),
        (Script.HANT, HANS, "Hans"),
        (Script.HANT, HANT, "Hant"),
        (Script.HANT, "s2tw", "Hant"),
        (Script.HANT, "t2jp", "Jpan"),
        (Script.HANS, HANT, "Hant"),
        (Script.HANS, "s2twp", "Hant"),
        (Script.HANS, "t2tw", "Hans"),
        (Script.MIXED, ORIGINAL, "mixed"),
        (Script.MIXED, HANS, "Hans"),
        (Script.NONE, HANS, "none"),
    ],
)
def test_the_view_says_which_script_it_shows(script: Script, view: str, expected: str) -> None:
    assert ViewedText(MIXED, script, View(view)).shown_script == expected


def test_an_unknown_script_is_named() -> None:
    with pytest.raises(ValueError, match="s2x"):
        ViewedText(SEED, Script.HANT, View("s2x"))


def test_titles_follow_the_view() -> None:
    assert shown_title("機關里", Script.HANT, View(HANS)) == "机关里"
    assert shown_title("機關里", Script.HANT, View(HANT)) == "機關里"
    assert shown_title("机关里", "mixed", View(HANT)) == "機關裏"
    assert shown_title("機關\x1b[2J", Script.HANT, View()) == "機關␛[2J"


@pytest.mark.parametrize(
    ("script", "views"),
    [
        (Script.HANT, [ORIGINAL, HANS, ORIGINAL]),
        (Script.HANS, [ORIGINAL, HANT, ORIGINAL]),
        (Script.MIXED, [ORIGINAL, HANS, HANT, ORIGINAL]),
        (Script.NONE, [ORIGINAL, HANS, HANT, ORIGINAL]),
        (Script.HANT, [HANT, HANS]),
        (Script.HANS, [HANS, HANT]),
        (Script.HANS, ["s2twp", ORIGINAL]),
    ],
)
def test_the_script_cycles_through_what_looks_different(script: Script, views: list[str]) -> None:
    at, found = views[0], views[:1]
    for _ in views[1:]:
        at = cycle(at, script)
        found.append(at)
    assert found == views


def test_offsets_pass_through_repair_and_conversion() -> None:
    text = document(Piece("优(yōu)化内存\n的软(ruǎn)件", repairs=(("(yōu)", "", True), ("(ruǎn)", "", True))))
    paragraph = ViewedText(text, Script.HANS, View("s2twp"))[0]
    assert paragraph.text == "最佳化記憶體的軟體"
    assert paragraph.shown_span(*_span(text.raw, "内存")) == (3, 6)
    assert paragraph.raw_span(3, 6) == _span(text.raw, "内存")
    assert paragraph.shown_span(*_span(text.raw, "的")) == (6, 7)
    assert paragraph.to_raw(6) == text.raw.index("的")
    assert paragraph.from_raw(text.raw.index("的")) == 6
    assert paragraph.raw_span(0, 9) == (0, len(text.raw))
    assert paragraph.to_raw(9) == len(text.raw)


def test_a_span_elsewhere_is_not_in_the_paragraph() -> None:
    paragraph = ViewedText(SEED, Script.HANT, View())[1]
    start, end = paragraph.raw_span(0, len(paragraph.text))
    assert paragraph.shown_span(0, start) is None
    assert paragraph.shown_span(end, end + 5) is None
    assert paragraph.shown_span(0, end + 5) == (0, len(paragraph.text))


def test_nothing_in_a_paragraph_can_harm_a_terminal() -> None:
    text = document(Piece("甲\x1b[2J\x00\x07\t乙\u202e\u2028\ud800\x9b\r\n丙\r丁\u200f\ufeff", keeps_lines=True))
    paragraph = ViewedText(text, Script.HANS, View(HANT, repaired=False))[0]
    assert paragraph.text == "甲␛[2J␀␇　乙\ufffd␤\ufffd\ufffd \n丙\n丁\u2060\u2060"
    assert len(paragraph.text) == len(text.raw)


def test_an_empty_document_has_no_paragraphs() -> None:
    text = ViewedText(DocumentText("", ""), Script.NONE, View())
    assert len(text) == 0
    assert text.paragraph_at(5) == 0
    assert list(text) == []


def test_paragraphs_are_made_when_asked_for_and_not_twice() -> None:
    text = ViewedText(document(*["机关"] * 2000), Script.HANS, View(HANT))
    first = text[0]
    assert text[0] is first
    for number in range(2000):
        assert text[number].text == "機關"
    assert text[0] is not first


PIECES = st.lists(
    st.builds(
        lambda before, pinyin, after, tight: Piece(
            before + pinyin + after, ((pinyin, "", True),) if pinyin else (), tight=tight
        ),
        st.text(st.sampled_from("优化内存软件发布機關里，。\n"), max_size=12),
        st.sampled_from(["", "(fā)", "\x1b"]),
        st.text(st.sampled_from("优化内存软件发布機關里，。\n\t"), max_size=12),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)
VIEWS = st.builds(View, st.sampled_from([ORIGINAL, HANS, HANT, *CONFIGURATIONS]), st.booleans())
SCRIPTS = st.sampled_from(Script)


@given(PIECES, SCRIPTS, VIEWS)
def test_offsets_of_every_view_stay_in_their_paragraph_and_in_order(
    pieces: list[Piece], script: Script, view: View
) -> None:
    source = document(*pieces)
    for paragraph, own in zip(ViewedText(source, script, view), source.paragraphs, strict=True):
        size = len(paragraph.text)
        raws = [paragraph.to_raw(offset) for offset in range(size + 1)]
        assert raws == sorted(raws)
        assert all(own.raw_start <= raw <= own.raw_end for raw in raws)
        shown_offsets = [paragraph.from_raw(raw) for raw in range(own.raw_start, own.raw_end + 1)]
        assert shown_offsets == sorted(shown_offsets)
        assert all(0 <= offset <= size for offset in shown_offsets)
        assert paragraph.from_raw(0) == 0
        assert paragraph.from_raw(len(source.raw) + 9) == size


@given(PIECES, SCRIPTS, VIEWS, st.data())
def test_a_stretch_shown_contains_what_its_raw_stretch_shows(
    pieces: list[Piece], script: Script, view: View, data: st.DataObject
) -> None:
    source = document(*pieces)
    paragraph = ViewedText(source, script, view)[0]
    start = data.draw(st.integers(0, len(paragraph.text)))
    end = data.draw(st.integers(start, len(paragraph.text)))
    raw_start, raw_end = paragraph.raw_span(start, end)
    assert 0 <= raw_start <= raw_end <= source.paragraphs[0].raw_end
    if start < end and raw_start < raw_end:
        span = paragraph.shown_span(raw_start, raw_end)
        assert span is not None
        assert span[0] <= start
        assert end <= span[1]


@given(PIECES, SCRIPTS)
def test_the_raw_view_in_the_original_script_is_the_raw_text(pieces: list[Piece], script: Script) -> None:
    source = document(*pieces)
    for paragraph, own in zip(ViewedText(source, script, View(repaired=False)), source.paragraphs, strict=True):
        raw = source.raw[paragraph.to_raw(0) : own.raw_end]
        assert len(paragraph.text) == len(raw)
        assert [paragraph.to_raw(at) for at in range(len(raw))] == list(range(paragraph.to_raw(0), own.raw_end))
        assert paragraph.text == raw.replace("\x1b", "␛").replace("\t", "\u3000")


def _span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def test_notes_are_marked_in_every_view_with_their_brackets() -> None:
    source = document(
        Piece("雨(山(shān)在\n城北)止", repairs=(("(shān)", "", True),)),
        "感而賦之",
        Piece("(右一)發里", kind=ParagraphKind.VERSE),
    )
    raw = source.raw
    spans = [(raw.index("(山"), raw.index("止")), (raw.index("(右"), raw.index("發"))]
    source = replace(source, layers=tuple(LayerSpan(start, end, Layer.NOTE) for start, end in spans))
    for view, expected in [
        (View(), ["(山在城北)", "(右一)"]),
        (View(HANS), ["(山在城北)", "(右一)"]),
        (View(repaired=False), ["(山(shān)在\n城北)", "(右一)"]),
    ]:
        text = ViewedText(source, Script.HANT, view)
        notes = [(each.text, mark) for each in text for mark in each.marks if mark.kind is MarkKind.NOTE]
        assert [shown[mark.start : mark.end] for shown, mark in notes] == expected
        assert all(each.marks == tuple(sorted(each.marks, key=lambda mark: mark.start)) for each in text)
        assert text[1].marks == ()


def test_furniture_that_is_folded_together_is_unfolded_together() -> None:
    menu = Piece("首页 | 新闻", kind=ParagraphKind.FURNITURE)
    text = ViewedText(document(menu, "其一", menu, menu, "其二", menu), Script.HANS, View())
    assert not text.unfold(1)
    assert not text.unfold(4)
    assert [text.is_shown(number) for number in range(6)] == [False, True, False, False, True, False]
    assert text.unfold(3)
    assert not text.unfold(2)
    assert [text.is_shown(number) for number in range(6)] == [False, True, True, True, True, False]


def test_steps_over_paragraphs_leave_folded_furniture_out_and_end_with_the_text() -> None:
    menu = Piece("首页 | 新闻", kind=ParagraphKind.FURNITURE)
    text = document(menu, "其一", menu, menu, "其二", "其三", menu)
    folded, raw = ViewedText(text, Script.HANS, View()), ViewedText(text, Script.HANS, View(repaired=False))
    assert [folded.shown_beside(1, step) for step in (1, 2, 9, -1, 0)] == [4, 5, 5, 1, 1]
    assert [raw.shown_beside(1, step) for step in (1, 2, 9, -1)] == [2, 3, 6, 0]
