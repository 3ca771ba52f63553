from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.reading.selecting.sentence import sentence_spans

TEXTS = st.text(st.sampled_from("天下之樂。！？…，、“”「」)!?. \nab1"), max_size=40)


@pytest.mark.parametrize(
    "sentences",
    [
        ["後天下之樂而樂。", "先天下之憂而憂！", "其誰與歸？"],
        ["子曰：「學而時習之，不亦說乎？」", "有朋自遠方來。"],
        ["他喊道：“快走！”", "大家都走了。"],
        ["“好！”，他說。"],
        ["他想……", "走吧。"],
        ["「真的嗎？！」", "「（當然。）」"],
        ["要完整、準確、全面貫徹。", "沒有說完的話"],
        ["It costs 5.5 yuan.", "He paid!", 'He said: "No." Then he left.'],
        ["See Mr. Li and J. Smith et al. for more."],
        ["1. 提高認識。", "2. 落實責任。"],
        ["真的嗎?", "真的!"],
        ["統一!?0月以來。"],
        ["唐代。”", "宋代。』"],
        ["——"],
        [],
    ],
)
def test_where_sentences_are(sentences: list[str]) -> None:
    sentences = [part for each in sentences for part in each.replace('" Then', '"\0Then').split("\0")]
    text = "".join(f"{each} " if each[-1] in '.!"' and each.isascii() else each for each in sentences)
    spans = sentence_spans(text, kept_lines=True)
    assert [text[start:end] for start, end in spans] == sentences


@pytest.mark.parametrize(
    ("text", "kept_lines", "sentences"),
    [
        (
            "床前明月光，\n疑是地上霜。\n舉頭望明月，\n低頭思故鄉。",
            True,
            ["床前明月光，\n疑是地上霜。", "舉頭望明月，\n低頭思故鄉。"],
        ),
        ("床前明月光\n疑是地上霜", True, ["床前明月光", "疑是地上霜"]),
        ("要完整、準確、全面\n貫徹新發展理念。", False, ["要完整、準確、全面\n貫徹新發展理念。"]),
        ("<body>\n \n要貫徹。", False, ["<body>", "要貫徹。"]),
    ],
)
def test_lines_of_verse_end_sentences_and_lines_of_an_editor_do_not(
    text: str, kept_lines: bool, sentences: list[str]
) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, kept_lines=kept_lines)] == sentences


@given(TEXTS, st.booleans())
def test_sentences_are_in_order_and_leave_out_nothing_but_white_space(text: str, kept_lines: bool) -> None:
    spans = sentence_spans(text, kept_lines=kept_lines)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    inside = {at for start, end in spans for at in range(start, end)}
    assert {at for at, character in enumerate(text) if not character.isspace()} <= inside


@pytest.mark.parametrize(
    "text", ["！" * 300_000 + "，", "a. " * 100_000, "\n" * 300_000, " " * 300_000, "。”" * 150_000 + "，"]
)
def test_no_text_takes_more_time_than_by_its_length(text: str) -> None:
    began = time.process_time()
    sentence_spans(text, kept_lines=True)
    assert time.process_time() - began < 5
