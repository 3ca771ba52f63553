from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.plain import parse
from tuibrowser.corpus.model import Edit
from tuibrowser.corpus.repairs.repair import converted_badly
from tuibrowser.corpus.structure import structure
from tuibrowser.reading.views.passage import original_passage

GOOD = (
    "渡口的幹部對船工說：什麼船先開，要看水勢。關於過河的規矩，大家準備了幾條，貼在示範的木牌上。\n"
    "船工之間的關係很好，遇到鬥爭也採取商量的辦法。徵收的費用都交給碼頭，以後再買麵粉和製造新船。"
)
"""Traditional from the start."""
CLASSICAL = (
    "子曰：「賜也，始可與言詩已矣。」后稷之孫，實維大王，居岐之陽。詩云：「周雖舊邦，其命維新。」君子無所不用其極。"
    "邦畿千里，維民所止。葛之覃兮，施于中谷，維葉萋萋。黃鳥于飛，集于灌木，其鳴喈喈。維葉莫莫，是刈是濩。"
)
LEFT = str.maketrans("幹麼於準範係鬥採徵後麵製幾", "干么于准范系斗采征后面制几")
DAMAGED = GOOD.translate(LEFT)
PLACES = [(at, right) for at, (right, left) in enumerate(zip(GOOD, DAMAGED, strict=True)) if right != left]


def test_the_characters_that_a_converter_left_are_made_traditional() -> None:
    edits = converted_badly(DAMAGED)
    assert all(edit.certain and edit.rule == "unconverted" for edit in edits)
    assert [(edit.start, edit.replacement) for edit in edits] == PLACES
    assert all(DAMAGED[edit.start : edit.end] == edit.original for edit in edits)


OLD = "昔有船工居于渡頭，万事皆備。今后行者問路于叟，叟曰：筑堤于岸，則水不為患。"
"""Few characters were left over, most of which old texts write on purpose."""


def test_in_a_short_text_what_old_texts_write_too_counts_as_well() -> None:
    edits = converted_badly(OLD)
    assert "".join(edit.original for edit in edits) == "于万后于筑于"
    assert "".join(edit.replacement for edit in edits) == "於萬後於築於"
    assert all(edit.certain for edit in edits)


@pytest.mark.parametrize(
    "text", [OLD.replace("筑", "築"), OLD * 3 + "經書載之。" * 90], ids=["old alone", "here and there"]
)
def test_by_itself_it_shows_no_converter(text: str) -> None:
    assert not any(edit.certain for edit in converted_badly(text))


def test_words_that_have_the_character_in_traditional_texts_too_stay() -> None:
    kept = "若干公里外，皇后坐在茶几旁，北斗照著征途，方面和制度都不變。"
    restored = {edit.start for edit in converted_badly(DAMAGED + kept)}
    assert restored == {at for at, _ in PLACES}


def test_words_of_verse_are_known() -> None:
    verse = "朝云出岫，黃叶滿階；珠帘卷起，系馬高樓，夢里同游。"
    found = converted_badly(DAMAGED + verse)[len(PLACES) :]
    assert "".join(edit.replacement for edit in found) == "雲葉簾捲繫裡遊"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD + "為爲眾衆群羣啟啓台臺布佈注註占佔升昇",
        CLASSICAL,
        "范先生與于先生坐在茶几旁，談論征東的斗膽將軍采石的故事，這條路有三里長，若干年來都沒有變。",
        DAMAGED.translate(str.maketrans("對說開勢過規", "对说开势过规")),
    ],
    ids=["traditional", "variants", "classical", "names", "in both scripts"],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert converted_badly(text) == ()


def test_a_word_whose_right_form_stands_in_the_text_stays() -> None:
    text = DAMAGED * 4 + "幹部"
    assert "干" not in {edit.original for edit in converted_badly(text)}
    assert "范" in {edit.original for edit in converted_badly(text)}


def test_quoted_words_stay() -> None:
    quoted = DAMAGED * 40 + "他寫道：“这个干部关系过么，说话时发现问题，应该采取办法”"
    assert max(edit.start for edit in converted_badly(quoted)) < 40 * len(DAMAGED)


def test_a_word_in_a_text_that_shows_no_converter_is_only_flagged() -> None:
    text = GOOD.replace("關係", "關系")
    assert [(edit.original, edit.replacement, edit.certain) for edit in converted_badly(text)] == [
        ("關系", "關係", False)
    ]


def test_a_word_is_found_across_a_line_break_and_what_another_repair_takes_out() -> None:
    text = DAMAGED.replace("示范", "示\n范").replace("關系", "關(guān)系")
    start = text.index("(guān)")
    stray = Edit(start, start + 6, "(guān)", "", "stray-pinyin", certain=True)
    assert text[stray.start : stray.end] == stray.original
    found = {(text[edit.start - 1], edit.original) for edit in converted_badly(text, (stray,))}
    assert {("\n", "范"), (")", "系")} <= found


def test_a_text_in_the_forms_of_taiwan_gets_these_and_another_the_standard_ones() -> None:
    inside = DAMAGED + "他把木牌拿在手里。"
    assert {edit.replacement for edit in converted_badly(inside + "因為") if edit.original == "里"} == {"裡"}
    assert {edit.replacement for edit in converted_badly(inside + "因爲") if edit.original == "里"} == {"裏"}


def test_the_repaired_text_has_the_right_forms_and_the_same_offsets() -> None:
    text = structure(DAMAGED, parse(DAMAGED), "渡口.txt").text
    assert text.raw == DAMAGED
    assert text.repaired == GOOD
    assert text.alignment.to_target(PLACES[3][0]) == PLACES[3][0]
    assert original_passage(text, 0, len(DAMAGED)) == DAMAGED
