from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.repairs.repair import find_edits

CONVERTED = (
    "發(fā)展經(jīng)濟，統(tǒng)一規(guī)劃，發(fā)揮作用，實現(xiàn)目標，經(jīng)常執(zhí)行。"
    + "其餘各字都沒有注音。" * 3
)


def seed() -> str:
    return next(path for path in seeds_path().iterdir() if path.suffix == ".txt").read_text(encoding="utf-8")


def test_the_pinyin_of_a_poor_converter_goes() -> None:
    edits = find_edits(CONVERTED)
    assert [edit.original for edit in edits] == [
        "(fā)",
        "(jīng)",
        "(tǒng)",
        "(guī)",
        "(fā)",
        "(xiàn)",
        "(jīng)",
        "(zhí)",
    ]
    assert all(edit.certain and edit.rule == "stray-pinyin" and edit.replacement == "" for edit in edits)
    assert all(CONVERTED[edit.start : edit.end] == edit.original for edit in edits)


@pytest.mark.parametrize(
    "text",
    [
        "瀍（chán）河、灞（bà）河、滻（chǎn）河、灃（fēng）河、潏（yù）河，都在這裏。",
        "驪(lí)山、酈(lì)道元、鄴(yè)城、鄘(yōng)風、邇(ěr)來，這些字都不常見，所以注音。",
        "發(fā) 展(zhǎn) 經(jīng) 濟(jì) 統(tǒng) 一(yī) 規(guī) 劃(huà) 現(xiàn) 實(shí)",
        CONVERTED + "發展、經濟、統一、規劃、實現、執行，發展、經濟、統一、規劃、實現、執行。",
        CONVERTED.replace("(", "（").replace(")", "）"),
        CONVERTED.replace("(zhí)", "").replace("(xiàn)", ""),
        "阿(Ā)拉(lā)伯(bó)，发(fā)展经(jīng)济，统(tǒng)一规(guī)划，发(fā)挥作用，实现(xiàn)目标。"
        + "其余各字都没有注音。" * 3,
        "發(fax)展經(a)濟，統(b)一規(c)劃，實現(d)目標，執(e)行。" + "其餘各字都沒有注音。" * 3,
    ],
    ids=["glosses", "rare characters", "primer", "dictionary", "full width", "few", "simplified", "no readings"],
)
def test_readings_that_belong_to_the_text_stay(text: str) -> None:
    assert find_edits(text) == ()


def test_the_document_that_comes_with_the_program_has_118_stray_readings_and_two_broken_places() -> None:
    edits = find_edits(seed())
    assert Counter(edit.rule for edit in edits if edit.certain) == {"stray-pinyin": 118, "unconverted": 62}
    assert [(edit.original, edit.replacement, edit.rule) for edit in edits if not edit.certain] == [
        ("?!?", "。”1", "mojibake"),
        ("?!畠蓚€", "。‘兩個", "mojibake"),
    ]


def test_the_document_that_comes_with_the_program_has_its_words_in_traditional_characters() -> None:
    edits = [edit for edit in find_edits(seed()) if edit.rule == "unconverted"]
    assert Counter(f"{edit.original}{edit.replacement}" for edit in edits).most_common(3) == [
        ("干幹", 30),
        ("于於", 9),
        ("范範", 8),
    ]


@given(st.text(st.sampled_from("發經統(fā)(jīng)，?!畠€ä¸­\ufffd锟斤拷烫锛\n0月“”"), max_size=60))
def test_edits_are_sorted_disjoint_and_true_to_the_text(raw: str) -> None:
    edits = find_edits(raw)
    last = 0
    for edit in edits:
        assert last <= edit.start < edit.end
        assert raw[edit.start : edit.end] == edit.original
        last = edit.end


def test_only_the_repair_needs_the_converter() -> None:
    source = Path(find_edits.__code__.co_filename).read_text(encoding="utf-8")
    assert "\nfrom opencc" not in source
    assert "\nimport opencc" not in source
