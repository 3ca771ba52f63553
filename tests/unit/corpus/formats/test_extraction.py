"""Extraction: blocks become raw text with lines, layers and locators."""

from __future__ import annotations

from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Layer, Metadata, ParagraphKind
from tuibrowser.corpus.structure import structure


def test_blocks_become_lines_with_blank_lines_between() -> None:
    made = Extraction()
    made.block("卷一", LineRole.HEADING, 1)
    made.block("白日依山盡，", LineRole.VERSE)
    made.block("黃河入海流。", LineRole.VERSE)
    made.part()
    made.block("欲窮千里目，", LineRole.VERSE)
    made.block("又一段。")
    assert made.extracted().raw == "卷一\n\n白日依山盡，\n黃河入海流。\n\n欲窮千里目，\n\n又一段。\n"


def test_white_space_is_what_html_makes_of_it() -> None:
    made = Extraction()
    made.write("  山中\n  無曆日，two \t\n")
    made.write(" words\x00\x1b[31m\ud800")
    made.end()
    assert made.extracted().raw == "山中無曆日，two words[31m\ufffd\n"


def test_layers_and_locators_keep_their_places_when_white_space_goes() -> None:
    made = Extraction()
    made.locate("a1")
    made.write("  黃帝\n")
    made.write_note("號有熊")
    made.write("\n者，")
    made.locate("a2")
    made.write(" 少典之子")
    made.end()
    extracted = made.extracted()
    raw = extracted.raw
    assert raw == "黃帝（號有熊）者， 少典之子\n"
    assert [raw[span.start : span.end] for span in extracted.parsed.layers] == ["（號有熊）"]
    assert [(each.label, raw[each.offset :].strip()[:2]) for each in extracted.parsed.locators] == [
        ("a1", "黃帝"),
        ("a2", "少典"),
    ]


def test_a_block_without_text_leaves_its_locator_to_the_next() -> None:
    made = Extraction()
    made.block("甲。")
    made.locate("2")
    made.block(" \n ")
    made.block("乙。")
    extracted = made.extracted()
    assert [(each.label, extracted.raw[each.offset]) for each in extracted.parsed.locators] == [("2", "乙")]


def test_a_layer_entered_before_a_block_ends_goes_on_in_the_next() -> None:
    made = Extraction()
    made.write("本文")
    made.enter(Layer.NOTE)
    made.block("注一")
    made.write("注二")
    made.leave()
    made.write("又本文")
    made.end()
    extracted = made.extracted()
    assert [extracted.raw[span.start : span.end] for span in extracted.parsed.layers] == ["注一", "注二"]


def test_the_structure_keeps_paragraphs_verse_notes_and_furniture_apart() -> None:
    made = Extraction()
    made.block("首页 > 正文", LineRole.FURNITURE)
    made.block("登鸛雀樓", LineRole.HEADING, 1)
    made.block("白日依山盡，黃河", LineRole.VERSE)
    made.block("入海流。", LineRole.VERSE)
    made.block("這是一段話，寫到這裏")
    made.block("還沒有完，但那是另一段。")
    made.block("注：鸛雀樓在蒲州。", LineRole.NOTE)
    extracted = made.extracted(Metadata("登鸛雀樓", "王之渙"))
    text = structure(extracted.raw, extracted.parsed, "a.html").text
    shown = [(each.kind, text.repaired[each.start : each.end]) for each in text.paragraphs]
    assert shown == [
        (ParagraphKind.FURNITURE, "首页 > 正文"),
        (ParagraphKind.HEADING, "登鸛雀樓"),
        (ParagraphKind.VERSE, "白日依山盡，黃河\n入海流。"),
        (ParagraphKind.BODY, "這是一段話，寫到這裏"),
        (ParagraphKind.BODY, "還沒有完，但那是另一段。"),
        (ParagraphKind.NOTE, "注：鸛雀樓在蒲州。"),
    ]


def test_code_keeps_its_white_space_and_stands_together() -> None:
    made = Extraction()
    made.block("見下：")
    for line in ("if a:", "", "\tb = 1\x07  "):
        made.code(line)
    made.block("完。")
    extracted = made.extracted()
    assert extracted.raw == "見下：\n\nif a:\n\n        b = 1\n\n完。\n"
    text = structure(extracted.raw, extracted.parsed, "a.html").text
    assert [text.repaired[each.start : each.end] for each in text.paragraphs][-1] == "完。"
    assert "        b = 1" in text.repaired
