"""Word documents of 1997 to 2003: text by the piece table, structure by the tables of properties."""

from __future__ import annotations

import base64

import pytest

from support.damage import damaged
from support.doc import CENTRED, IN_TABLE, ROW_END, Styled, doc, level, ole
from support.extracted import extracted, lines, survives
from support.office import docx
from tuibrowser.corpus.errors import NotTextError


def read(data: bytes) -> list[tuple[str, str]]:
    return lines(extracted(data, "a.doc"))


def test_pieces_of_either_width_are_put_together() -> None:
    text = "学而时习之 (lun yu) 不亦说乎𠮷\r"
    assert read(doc([_units(text)], eight_bit=(6, 14))) == [("plain", "学而时习之 (lun yu) 不亦说乎𠮷")]


def _units(text: str) -> str:
    """A text with each UTF-16 unit as a character, as the file counts them."""
    data = text.encode("utf-16-le")
    return "".join(chr(int.from_bytes(data[at : at + 2], "little")) for at in range(0, len(data), 2))


def test_headings_are_known_by_style_by_what_it_is_based_on_and_by_level() -> None:
    paragraphs: list[Styled | str] = [
        Styled("书名\r", 3),
        Styled("第一章\r", 1),
        Styled("第一节\r", 2),
        Styled("要点\r", 0, level(3)),
        Styled("甲章1\r", 4),
        Styled("中\r", 0, CENTRED),
        "正文。\r",
    ]
    made = extracted(doc(paragraphs), "a.doc")
    assert lines(made) == [
        ("heading1", "书名"),
        ("heading1", "第一章"),
        ("heading1", "第一节"),
        ("heading3", "要点"),
        ("plain", "中"),
        ("plain", "正文。"),
    ]
    assert made.parsed.metadata.title == "书名"


def test_notes_follow_their_paragraph_and_boxes_the_text() -> None:
    data = doc(
        ["青青\x02子衿。\r", "纵我不往。\x02\r"],
        footnotes={2: "衿，衣领也。"},
        endnotes={12: "纵，虽也。"},
        boxes="框中。\r",
    )
    made = extracted(data, "a.doc")
    assert lines(made) == [
        ("plain", "青青子衿。"),
        ("note", "衿，衣领也。"),
        ("plain", "纵我不往。"),
        ("note", "纵，虽也。"),
        ("plain", "框中。"),
    ]


def test_what_is_deleted_is_left_out_with_the_ends_of_paragraphs() -> None:
    assert read(doc(["春眠未不觉晓，\r", "处处闻啼鸟。\r"], hidden=[(2, 3), (7, 8)])) == [
        ("plain", "春眠不觉晓，处处闻啼鸟。")
    ]


def test_fields_give_their_results_and_a_table_of_contents_nothing() -> None:
    contents = "\x13 TOC \\o \x14甲章\x13 PAGEREF a \x149\x15\r乙章9\r\x15正文。\r"
    link = '见\x13 HYPERLINK "http://a.example" \x14此处\x15与\x13 EQ \\o\\ad(\\s\\up 9(bo),薄)\x15冰。\r'
    assert read(doc([contents, link])) == [("plain", "正文。"), ("plain", "见此处与薄冰。")]
    assert read(doc(["\x13 TOC \x14甲。\r乙。\r"])) == [("plain", "甲。"), ("plain", "乙。")]
    assert read(doc(["甲\x13乙。\r丙。\r"])) == [("plain", "甲"), ("plain", "丙。")]


def test_tables_are_rows() -> None:
    cells = [Styled(f"{each}\x07", 0, IN_TABLE) for each in "名字"]
    end = Styled("\x07", 0, ROW_END)
    more = [Styled("杜\r", 0, IN_TABLE), Styled("甫\x07", 0, IN_TABLE), Styled("\x07", 0, IN_TABLE), end]
    assert read(doc([*cells, end, *more, "文。\r"])) == [("row", "名　字"), ("row", "杜 甫"), ("plain", "文。")]


def test_line_ends_within_a_paragraph_stay() -> None:
    assert extracted(doc(["其一\x0b甲乙\r丙\x1e丁\x1f\r"]), "a.doc").raw == "其一\n甲乙\n\n丙-丁\n"


def test_what_is_no_sound_document_says_why() -> None:
    data = doc(["文。\r"])
    for broken, reason in (
        (data[:600], "damaged"),
        (doc(["文。\r"], encrypted=True), "encrypted"),
        (ole({"EncryptedPackage": b"x"}), "encrypted"),
        (ole({"Workbook": b"x"}), "no document"),
        (ole({"WordDocument": b"\xdc\xa5" + b"\0" * 100}), "Word 95"),
        (ole({"WordDocument": b"\xec\xa5" + b"\0" * 100}), "damaged"),
        (b"\xd0\xcf\x11" + b"<" * 100, "damaged"),
    ):
        with pytest.raises(NotTextError, match=reason):
            extracted(broken, "a.doc")


def test_a_file_with_fewer_characters_than_it_says_breaks_off() -> None:
    data = doc(["渡口有舟。\r", "岸上有亭。\r"])
    assert extracted(data, "a.doc").problems == ()
    count = data.index(b"\xec\xa5") + 0x4C
    said = int.from_bytes(data[count : count + 4], "little")
    found = extracted(data[:count] + (said + 9).to_bytes(4, "little") + data[count + 4 :], "a.doc")
    assert lines(found) == [("plain", "渡口有舟。"), ("plain", "岸上有亭。")]
    assert [problem.detail for problem in found.problems] == ["the file breaks off; what comes after is lost"]


def test_the_content_says_what_a_file_is_whatever_its_name() -> None:
    assert lines(extracted(doc(["文。\r"]), "a.docx")) == [("plain", "文。")]


def test_other_files_that_go_by_the_name_are_read_for_what_they_are() -> None:
    page = "<html><head><title>题</title></head><body><p>网页之文，写在此处，以备一观。</p></body></html>"
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
        b"charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode(page.encode())
        + b"\r\n--x--\r\n"
    )
    word = docx("<w:p><w:r><w:t>新式之文。</w:t></w:r></w:p>")
    for data, text in (
        (word, "新式之文。"),
        (page.encode(), "网页之文，写在此处，以备一观。"),
        (archive, "网页之文，写在此处，以备一观。"),
        ("纯文本也。".encode("gb18030") * 9 + b"\x1a", "纯文本也。" * 9),
    ):
        assert text in extracted(data, "a.doc").raw


RICH = doc(
    [
        Styled("第一章\r", 1),
        "甲\x02乙\x13 HYPERLINK \x14丙\x15。\r",
        Styled("名\x07", 0, IN_TABLE),
        Styled("\x07", 0, ROW_END),
    ],
    footnotes={5: "注。"},
    hidden=[(6, 7)],
)


def test_damage_gives_a_reason_or_a_sound_text() -> None:
    assert 0 < survives("a.doc", damaged(RICH, 500)) <= 500


@pytest.mark.long
def test_much_damage_gives_a_reason_or_a_sound_text() -> None:
    survives("a.doc", damaged(RICH, 20_000, seed=2))
