from __future__ import annotations

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import Structured, structure

PROSE = "　　山路很长，走到半山的时候雨停了，云从谷底升起来。\n　　他坐在石头上，把信又读了一遍。\n"
OTHER = "　　集市散了以后，街上只剩下卖灯的老人，还在数他的铜钱。\n　　夜里有人敲门，却没有人答应。\n"


def read(raw: str, name: str = "集.txt") -> Structured:
    return structure(raw, PLAIN.parse(raw), name)


def titles(made: Structured) -> list[str]:
    return [heading.title for heading in made.headings]


def test_pieces_with_marks_of_notes_make_a_collection() -> None:
    made = read(
        f"{' ' * 16}山路〔1〕\n\n{PROSE}{' ' * 16}一九三一年二月\n\n"
        f"{' ' * 16}集市〔2〕\n\n{OTHER}{' ' * 16}一九三二年三月\n"
    )
    assert made.title is None
    assert made.metadata.date is None
    assert titles(made) == ["山路〔1〕", "集市〔2〕"]


def test_a_date_below_a_piece_tells_of_a_collection() -> None:
    made = read(f"{' ' * 16}山路\n\n{PROSE}{' ' * 12}一九三一年二月\n\n{' ' * 16}集市\n\n{OTHER}")
    assert made.title is None
    assert titles(made) == ["山路", "集市"]


def test_the_title_in_the_name_of_the_file_stays_one() -> None:
    raw = f"{' ' * 16}山路〔1〕\n\n{PROSE}\n{' ' * 16}集市〔2〕\n\n{OTHER}"
    assert read(raw, "山路.txt").title == "山路〔1〕"


def test_headings_within_one_text_leave_its_title_alone() -> None:
    made = read(f"{' ' * 12}山中的一年\n\n{PROSE}\n{' ' * 14}春天来\n\n{OTHER}")
    assert made.title == "山中的一年"
    assert read(f"山路\n\n{PROSE}\n起因\n\n{OTHER}\n经过\n\n{OTHER}").title == "山路"


def test_a_signature_is_no_title_of_a_piece() -> None:
    made = read(f"{' ' * 16}关于修路的通知\n\n各村：\n{PROSE}\n{' ' * 16}某县人民政府\n{' ' * 16}2021年4月2日\n")
    assert (made.title, made.metadata.published) == ("关于修路的通知", "2021-04-02")
