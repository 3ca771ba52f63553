from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.loading.grown import grown
from tuibrowser.corpus.structure import as_lines, structure

TEXTS = st.text("甲乙丙。a \t\r\n\u3000", max_size=60)


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_what_was_added_in_pieces_is_what_is_read_at_once(first: str, pieces: list[str]) -> None:
    text = as_lines(first)
    for piece in pieces:
        text = grown(text, piece)
    whole = as_lines(first + "".join(pieces))
    assert (text.raw, text.repaired, text.paragraphs) == (whole.raw, whole.repaired, whole.paragraphs)
    assert [text.alignment.to_target(at) for at in range(len(text.raw) + 1)] == [
        whole.alignment.to_target(at) for at in range(len(whole.raw) + 1)
    ]


@pytest.mark.parametrize("more", ["新行。\n又一行", "", "\n\n末。"])
def test_what_stood_before_the_last_paragraph_stays_as_it_was(more: str) -> None:
    raw = "行記\n\n第一日，至東亭。\n\n第二日，\n宿于舊驛，大雨。\n\n第三日。\n"
    before = structure(raw, PLAIN.parse(raw), "行記.txt").text
    after = grown(before, more)
    count = len(before.paragraphs) - 1
    assert after.raw == raw + more
    assert after.paragraphs[:count] == before.paragraphs[:count]
    for paragraph in after.paragraphs:
        start, end = after.alignment.target_span(paragraph.raw_start, paragraph.raw_end)
        assert (start, end) == (paragraph.start, paragraph.end)


def test_each_line_is_a_paragraph_without_the_white_space_at_its_ends() -> None:
    raw = "\n　　初三日，晴。\r\n\r至驛亭 \n\u200b\n宿"
    text = as_lines(raw)
    assert text.repaired == "初三日，晴。\n至驛亭\n宿"
    spans = [(each.start, each.end, each.raw_start, each.raw_end) for each in text.paragraphs]
    assert [text.repaired[start:end] for start, end, _, _ in spans] == ["初三日，晴。", "至驛亭", "宿"]
    assert [raw[start:end] for _, _, start, end in spans] == ["初三日，晴。", "至驛亭", "宿"]
    assert all(text.alignment.source_span(start, end) == (first, last) for start, end, first, last in spans)
    assert text.alignment.to_target(len(raw)) == len(text.repaired)
