from __future__ import annotations

import gzip
import struct
from typing import TYPE_CHECKING

import pytest

from tuibrowser.lexicon import entries as entries_module
from tuibrowser.lexicon import lexicon as lexicon_module
from tuibrowser.lexicon.entries import toned
from tuibrowser.lexicon.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

CEDICT = """# CC-CEDICT
#! version=1
渡口 渡口 [du4 kou3] /ferry/landing place/
發 发 [fa1] /to send out/
頭髮 头发 [tou2 fa5] /hair (on the head)/
髮 发 [fa4] /hair/
綠船 绿船 [lu:4 chuan2] /green boat/
not an entry
"""


@pytest.fixture(autouse=True)
def _no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon_module, "_packaged_cedict", lambda: None)


@pytest.fixture
def cedict(tmp_path: Path) -> Path:
    path = tmp_path / "words.u8"
    path.write_text(CEDICT, encoding="utf-8")
    return path


def stardict(folder: Path, entries: dict[str, str], types: str = "m") -> Path:
    index, data = b"", b""
    for head, text in entries.items():
        packed = text.encode()
        index += head.encode() + b"\0" + struct.pack(">II", len(data), len(packed))
        data += packed
    (folder / "old.idx").write_bytes(index)
    (folder / "old.dict.dz").write_bytes(gzip.compress(data))
    ifo = folder / "old.ifo"
    ifo.write_text(f"StarDict's dict ifo file\nbookname=古語\nsametypesequence={types}\n", encoding="utf-8")
    return ifo


def test_a_word_is_found_in_either_script(cedict: Path) -> None:
    lexicon = Lexicon([cedict])
    (entry,) = lexicon.define("头发")
    assert (entry.headword, entry.readings, entry.senses) == ("頭髮", ("tóu fa",), ("hair (on the head)",))
    assert lexicon.define("頭髮") == (entry,)
    assert lexicon.define("頭") == ()
    assert lexicon.define("") == ()


def test_entries_of_the_same_characters_come_first(cedict: Path) -> None:
    assert next(iter(Lexicon([cedict]).define("髮"))).headword == "髮"
    assert {entry.headword for entry in Lexicon([cedict]).define("发")} == {"發", "髮"}


def test_the_longest_word_at_the_beginning(cedict: Path) -> None:
    lexicon = Lexicon([cedict])
    assert lexicon.longest("头发很长") == "头发"
    assert lexicon.longest("渡船") == "渡"
    assert lexicon.longest("") == ""


def test_numbers_become_tone_marks() -> None:
    assert toned("lu:4 chuan2 xiong2 gui4 hou4 liu2 de5 r5") == "lǜ chuán xióng guì hòu liú de r"


def test_stardict_with_compressed_data_and_markup(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, {"渡": "<b>濟</b>也<br/>過河", "渡口": "津"}, types="h")
    lexicon = Lexicon([ifo])
    (entry,) = lexicon.define("渡")
    assert (entry.dictionary, entry.senses) == ("古語", ("濟也", "過河"))
    assert lexicon.longest("渡口人") == "渡口"


def test_synonyms_of_stardict_are_head_words(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, {"渡": "濟也", "渡口": "津也"})
    (tmp_path / "old.syn").write_bytes("碼頭".encode() + b"\0" + struct.pack(">I", 1))
    (entry,) = Lexicon([ifo]).define("碼頭")
    assert (entry.headword, entry.senses) == ("碼頭", ("津也",))
    (tmp_path / "old.syn").write_bytes("碼頭".encode() + b"\0" + struct.pack(">I", 2))
    lexicon = Lexicon([ifo])
    assert lexicon.define("渡") == ()
    assert [str(each) for each in lexicon.problems] == ["old.ifo: its index is damaged"]


def test_a_tab_separated_file_has_two_columns_or_more(tmp_path: Path) -> None:
    path = tmp_path / "glosses.tsv"
    path.write_text("# 註\n津\tjīn\t渡口\t口液\n濟\t渡也\n", encoding="utf-8")
    lexicon = Lexicon([path])
    assert [(each.readings, each.senses) for each in lexicon.define("津")] == [(("jīn",), ("渡口", "口液"))]
    assert [(each.readings, each.senses) for each in lexicon.define("济")] == [((), ("渡也",))]


def test_what_cannot_be_read_is_said_and_the_others_are_used(cedict: Path, tmp_path: Path) -> None:
    lone = tmp_path / "lone.ifo"
    lone.write_text("bookname=x\n", encoding="utf-8")
    other = tmp_path / "big5.tsv"
    other.write_bytes("津\t渡口".encode("big5"))
    lexicon = Lexicon([lone, other, cedict])
    assert [each.name for each in lexicon.dictionaries] == ["CC-CEDICT"]
    assert [str(each) for each in lexicon.problems] == [
        "lone.ifo: there is no .idx beside it",
        "big5.tsv is not in UTF-8",
    ]


def test_a_damaged_index_is_no_dictionary(tmp_path: Path) -> None:
    ifo = stardict(tmp_path, {"渡": "津"})
    (tmp_path / "old.idx").write_bytes("渡".encode() + b"\0\0\0")
    lexicon = Lexicon([ifo])
    assert lexicon.dictionaries == ()
    assert lexicon.problems


def test_damaged_compression_is_said(tmp_path: Path) -> None:
    packed = gzip.compress(CEDICT.encode())
    (tmp_path / "short.u8.gz").write_bytes(packed[:-9])
    (tmp_path / "torn.u8.gz").write_bytes(packed[:10] + b"\xff" * 20 + packed[30:])
    lexicon = Lexicon([tmp_path / "short.u8.gz", tmp_path / "torn.u8.gz", tmp_path / "gone.u8"])
    assert lexicon.dictionaries == ()
    assert [str(each) for each in lexicon.problems] == [
        "short.u8.gz cannot be read: Compressed file ended before the end-of-stream marker was reached",
        "torn.u8.gz cannot be read: what is compressed cannot be unpacked",
        "gone.u8 cannot be read: no such file or directory",
    ]


def test_no_more_is_unpacked_than_a_dictionary_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries_module, "_LARGEST", 1_000)
    (tmp_path / "bomb.u8.gz").write_bytes(gzip.compress(bytes(100_000)))
    lexicon = Lexicon([tmp_path / "bomb.u8.gz"])
    assert lexicon.dictionaries == ()
    assert [str(each) for each in lexicon.problems] == ["bomb.u8.gz cannot be read: larger than 1,000 bytes"]


def test_an_empty_dictionary_has_no_words(tmp_path: Path) -> None:
    path = tmp_path / "empty.tsv"
    path.write_text("", encoding="utf-8")
    assert Lexicon([path]).define("津") == ()
    path = tmp_path / "empty.u8"
    path.write_text("# nothing\n", encoding="utf-8")
    assert Lexicon([path]).define("津") == ()
