"""Subtitles: what is shown becomes paragraphs, and when it is shown their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.damage import damaged
from support.extracted import survives
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.base import Contents, Extracted
from tuibrowser.corpus.formats.subtitles import extract

if TYPE_CHECKING:
    from collections.abc import Iterator

SRT = """1
00:00:01,000 --> 00:00:03,500
{\\an8}今天我們講<i>湖上</i>的

2
00:00:03,600 --> 00:00:05,000
雪景。

3
00:00:05,100 --> 00:00:06,000
- 誰去過？
4
00:01:10,000 --> 00:01:12,000
<font color="#fff">大雪三日</font>
湖中人鳥聲俱絕
"""
VTT = """WEBVTT - 湖心亭

STYLE
::cue { color: red }

NOTE
這是給編者看的

開場
00:01.000 --> 00:03.000 align:start
<v 張岱>余拏一小舟，

00:03.100 --> 00:04.000
<v 張岱>獨往<00:03.500>湖心亭&amp;看雪。

01:00:03.100 --> 01:00:04.000
<v 舟子>莫說相公癡。
"""


def made(text: str, encoding: str = "utf-8") -> Extracted:
    return extract(Contents(text.encode(encoding), "講座.srt"))


def places(extracted: Extracted) -> list[tuple[str, str]]:
    return [(each.label, extracted.raw[each.offset : each.offset + 2]) for each in extracted.parsed.locators]


def test_a_sentence_over_several_cues_is_one_paragraph() -> None:
    shown = made(SRT)
    assert shown.raw == "今天我們講湖上的 雪景。\n\n- 誰去過？\n\n大雪三日 湖中人鳥聲俱絕\n"
    assert places(shown) == [("00:00:01", "今天"), ("00:00:03", "雪景"), ("00:00:05", "- "), ("00:01:10", "大雪")]


def test_webvtt_has_voices_and_a_title_and_what_nobody_sees_is_left_out() -> None:
    shown = made(VTT)
    assert shown.raw == "張岱：余拏一小舟，獨往湖心亭&看雪。\n\n舟子：莫說相公癡。\n"
    assert places(shown) == [("00:00:01", "張岱"), ("00:00:03", "獨往"), ("01:00:03", "舟子")]
    assert shown.parsed.metadata.title == "湖心亭"


def test_a_blank_line_within_a_cue_of_srt_loses_nothing() -> None:
    cues = (
        "1\n00:00:01,000 --> 00:00:02,000\n渡口有舟，\n\n岸上有亭。\n\n2\n00:00:03:000 --> 00:00:04:000\n舟子候客。\n"
    )
    shown = made(cues)
    assert shown.raw == "渡口有舟， 岸上有亭。\n\n舟子候客。\n"
    assert [each.label for each in shown.parsed.locators] == ["00:00:01", "00:00:03"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_line_ends_and_encodings_of_all_kinds(encoding: str) -> None:
    assert made(SRT.replace("\n", "\r\n"), encoding).raw == made(SRT).raw


def test_a_long_talk_without_marks_is_divided() -> None:
    cues = [f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n這一句話沒有標點符號\n" for n in range(1, 50)]
    lengths = [len(line) for line in made("\n".join(cues)).raw.split("\n\n")]
    assert len(lengths) > 2
    assert max(lengths) < 200


def test_a_file_that_shows_nothing_is_named() -> None:
    with pytest.raises(NotTextError, match="without a line"):
        made("1\n00:00:01,000 --> 00:00:02,000\n\n")


def damaged_files(count: int) -> Iterator[bytes]:
    yield from damaged(SRT.encode(), count, 3)
    yield from damaged(VTT.encode(), count, 4)


def test_damaged_files_are_read_or_named() -> None:
    assert survives("a.srt", damaged_files(150)) < 300


@pytest.mark.long
def test_many_damaged_files_are_read_or_named() -> None:
    survives("a.srt", damaged_files(10_000))
