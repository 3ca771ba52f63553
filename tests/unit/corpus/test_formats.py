from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.formats import FORMATS, format_for, known_elsewhere
from tuibrowser.corpus.formats.base import TextFormat
from tuibrowser.corpus.formats.lines import LineRole, split_lines


def test_a_format_is_known_by_its_suffix_in_either_case() -> None:
    assert [kind.name for name in ("a.txt", "a.TXT", "a", "a.md", "a.org") if (kind := format_for(name))] == [
        "plain text",
        "plain text",
        "plain text",
        "Markdown",
        "Org",
    ]


def test_a_mandoku_text_is_known_by_its_first_line() -> None:
    kind = format_for("KR1h0004_001.txt", b"# -*- mode: mandoku-view -*-\n#+TITLE: ...")
    assert kind is not None
    assert kind.name == "mandoku"


@pytest.mark.parametrize("name", ["a.css", "a.js", "a.tex", "a.toml", "a.yml"])
def test_other_formats_are_not_read_as_plain_text(name: str) -> None:
    assert format_for(name) is None
    assert known_elsewhere(name)


TEXT_FORMATS = [each for each in FORMATS if isinstance(each, TextFormat)]

ALPHABET = "甲乙 \t　\n\r#*=-`~<!->¶[]:pb+_>|"


@pytest.mark.parametrize("kind", TEXT_FORMATS, ids=lambda kind: kind.name)
@given(raw=st.text(alphabet=ALPHABET, max_size=80))
def test_every_format_keeps_to_the_lines_of_the_text(kind: TextFormat, raw: str) -> None:
    parsed = kind.parse(raw)
    plain = split_lines(raw)
    assert [(line.number, line.start, line.end) for line in parsed.lines] == [
        (line.number, line.start, line.end) for line in plain
    ]
    assert all(line.start <= line.text_start <= line.text_end <= line.end for line in parsed.lines)
    assert parsed.marked_up == any(line.role is LineRole.HEADING for line in parsed.lines)
    assert all((line.level > 0) == (line.role is LineRole.HEADING) for line in parsed.lines)


@pytest.mark.parametrize("kind", TEXT_FORMATS, ids=lambda kind: kind.name)
@given(raw=st.text(alphabet=ALPHABET, max_size=80))
def test_what_a_format_hides_is_in_order_within_shown_lines(kind: TextFormat, raw: str) -> None:
    parsed = kind.parse(raw)
    last = 0
    for start, end in parsed.hidden:
        assert last <= start < end
        last = end
        (line,) = (line for line in parsed.lines if line.start <= start and end <= line.end)
        assert line.role in (LineRole.PLAIN, LineRole.HEADING)
    for line in parsed.lines:
        shown = set(range(line.text_start, line.text_end)).difference(
            *(range(start, end) for start, end in parsed.hidden)
        )
        if line.role in (LineRole.PLAIN, LineRole.HEADING):
            assert shown
