"""What a short text spares: each short cut gives what the long way gives."""

from __future__ import annotations

from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tuibrowser.corpus import eras
from tuibrowser.corpus.formats.lines import split_lines
from tuibrowser.corpus.formats.plain import parse
from tuibrowser.corpus.front import metadata, title
from tuibrowser.corpus.loading import worker
from tuibrowser.corpus.loading.loaded import Failure, as_loaded, attempt, attempting
from tuibrowser.corpus.model import Source
from tuibrowser.corpus.outlines import outline
from tuibrowser.corpus.paragraphs import stretches
from tuibrowser.corpus.paragraphs.stretches import may_be_wrapped
from tuibrowser.corpus.read import read, reading
from tuibrowser.corpus.repairs import counted, mojibake, unconverted
from tuibrowser.corpus.structure import structure, structuring
from tuibrowser.host.abreast import abreast

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tuibrowser.corpus.structure import Structured
    from tuibrowser.host.abreast import Steps

_TITLES = (
    "春江花月夜",
    "月湖樓晚霽呈侍郎 鄧深",
    "第一章 渡口",
    "卷上",
    "水調歌頭·明月幾時有 蘇軾",
    "序",
    "林某",
    "前言",
    "王母",
)
_VERSES = (
    "早與元妃慕至化，同躋靈嶽訪真仙。",
    "白日依山盡，",
    "黃河入海流。",
    "舉頭望明月",
    "低頭思故鄉",
    "皇後出宮，公裏之外。",
)
_PROSE = (
    "他說這件事要從頭說起，那一年春天雨水特別多，村口的河漲得很高，誰也過不去，只能等著水退，再作打算，這是後",
    "來的事。",
    "本府干部同志，前往台灣視察，",
    "我们都知道这个问题的重要性，所以今天要把它说清楚。",
    "　　第三條　本法自公布日施行。",
    "。」",
    "“你來了",
    "- 3 -",
    "春江花月夜",
)
_SAID = (
    "作者：林間",
    "2010年3月5日",
    "康熙三十年六月林間序",
    "文/林間",
    "來源：某報 編輯：某人",
    "首頁 > 新聞",
    "-- ",
    "年少",
    "甲子",
)
_DAMAGED = ("這是�壞的。", "锟斤拷锟斤拷", "ÖÐÎÄ", "ㄛ﹝衄珨跺", "鏂囧瓧锛", "是?！好", "¡A¤¤", "發(fā)展")
_lines = st.sampled_from((*_TITLES, *_VERSES, *_PROSE, *_SAID, *_DAMAGED, "", "", "　　"))
_texts = st.builds(
    lambda lines, end: end.join(lines) + end, st.lists(_lines, max_size=20), st.sampled_from(("\n", "\r\n"))
)
_RARE = "\n".join(["".join(map(chr, range(at, at + 25))) for at in range(0x20100, 0x20600, 0x100)]) + "\n𠀀𠀁。\n"
"""Lines of characters beyond U+FFFF, each of which counts as two and a half cells."""
_EVERY = SimpleNamespace(isdisjoint=lambda _: False)
"""Stands for characters of which every text has one."""


def _the_long_way(raw: str, name: str) -> Structured:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stretches, "_may_break_off", lambda *_: True)
        patched.setattr(metadata, "says_nothing", lambda _: False)
        patched.setattr(outline, "_may_have_headings", lambda *_: True)
        patched.setattr(mojibake, "_SHORT", -1)
        patched.setattr(counted, "_SHORT", -1)
        patched.setattr(unconverted, "_SHORT", -1)
        patched.setattr(eras, "_OF_REIGNS", _EVERY)
        patched.setattr(eras, "_OF_ERAS", _EVERY)
        patched.setattr(title, "_IN_SERIES", _EVERY)
        return structure(raw, parse(raw), name)


@example(_RARE, "00017.txt")
@settings(max_examples=60, deadline=None)
@given(_texts, st.sampled_from(("一/春江花月夜.txt", "00017.txt", "林間：渡口（全本）.txt")))
def test_a_short_text_has_the_structure_that_the_long_way_gives(raw: str, name: str) -> None:
    assert structure(raw, parse(raw), name) == _the_long_way(raw, name)


@pytest.mark.parametrize("size", [2, 3, 5, 7, 8, 9, 15])
def test_lines_that_may_be_wrapped_are_looked_at(size: int) -> None:
    wrapped = [*("那一年春天雨水特別多，村口的河漲得很高，誰也過不去只能等水退" for _ in range(size - 1)), "了。"]
    lines = split_lines("\n".join(wrapped))

    assert may_be_wrapped(lines, wrapped, ())


def test_a_title_above_verse_is_no_line_that_was_wrapped() -> None:
    poem = ["月湖樓晚霽呈侍郎兼寄諸公 鄧深", *("湖光灧灧水平堤，醉倚欄干晚霽時。" for _ in range(3))]
    lines = split_lines("\n".join(poem))

    assert not may_be_wrapped(lines, poem, ())


@settings(max_examples=25, deadline=None)
@given(st.lists(_texts, min_size=2, max_size=8))
def test_texts_read_abreast_are_what_each_is_alone(texts: list[str]) -> None:
    tasks = [(raw, parse(raw), f"{number:05}-春江.txt") for number, raw in enumerate(texts)]

    assert abreast([structuring(*each) for each in tasks]) == [structure(*each) for each in tasks]


def test_compressed_files_are_read_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    together: list[list[int]] = []

    def noted(tasks: Iterable[Steps[Failure]]) -> list[Failure]:
        answers = abreast(tasks)
        together.append([each.number for each in answers])
        return answers

    monkeypatch.setattr(worker, "abreast", noted)
    names = ("一.txt", "二.txt.gz", "三.html", "四.txt.xz", "五.docx", "六.pdf")
    sources = [Source(tmp_path / name, name, 9, 9) for name in names]

    answers = worker._answers(None, list(enumerate(sources)), as_loaded)

    assert sorted(each.number for each in answers) == [0, 1, 2, 3, 4, 5]
    assert together == [[0, 2]]


def test_a_file_that_cannot_be_read_stops_none_that_are_read_abreast(tmp_path: Path) -> None:
    texts = {"一.txt": "春江花月夜\n\n春江潮水連海平，海上明月共潮生。\n".encode(), "二.txt": bytes(range(32)) * 4}
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    sources = [Source(tmp_path / name, name, 9, 9) for name in (*texts, "三.txt", "一.txt")]
    tasks = [attempting(number, reading(each, number), as_loaded) for number, each in enumerate(sources)]

    answers = abreast(tasks)

    assert answers == [attempt(number, partial(read, each, number), as_loaded) for number, each in enumerate(sources)]
    assert [isinstance(each, Failure) for each in answers] == [False, True, True, False]
