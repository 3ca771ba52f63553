from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.cli.printing.output import Palette, escaped, one_line
from tuibrowser.corpus.names import as_utf8
from tuibrowser.reading.harmless import json_line

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@pytest.mark.slow
@given(ANY_TEXT)
def test_any_text_survives_json_on_a_single_line(text: str) -> None:
    line = json_line({"text": text})
    assert line.splitlines() == [line]
    assert line.encode("utf-8").decode("utf-8") == line
    assert json.loads(line)["text"].encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")


@pytest.mark.parametrize("control", ["\x1b", "\x07", "\x7f", "\x85", "\x9b", "\u2028", "\u202e", "\u2066", "\udc80"])
def test_what_a_terminal_obeys_is_neither_in_json_nor_among_lines_for_people(control: str) -> None:
    text = f"高{control}质"
    assert control not in json_line({"text": text})
    assert control not in one_line(text)
    assert control not in escaped(text)


@given(ANY_TEXT)
def test_one_line_keeps_every_place_in_a_text(text: str) -> None:
    line = one_line(text)
    assert len(line) == len(text)
    assert line.splitlines() == ([line] if line else [])


def test_escapes_are_written_out_and_lines_kept() -> None:
    assert escaped("一\x1b[2J\r\n二\r\t\u202e三\x9b") == "一\\x1b[2J\r\n二\\x0d\t\\u202e三\\x9b"


def test_matches_are_coloured_only_where_colours_are_wanted() -> None:
    assert (
        Palette(colours=True).marked("高质量发展", [(0, 1), (3, 5)]) == "\x1b[1;31m高\x1b[0m质量\x1b[1;31m发展\x1b[0m"
    )
    assert Palette(colours=False).marked("高质量发展", [(0, 1), (3, 5)]) == "高质量发展"


def test_an_argument_in_utf_8_is_read_as_such_in_any_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_utf8("高质量") == "高质量"
    assert as_utf8("\udcff") == "\udcff"
    monkeypatch.setattr("os.fsencode", lambda text: text.encode("latin-1"))
    assert as_utf8("高质量".encode().decode("latin-1")) == "高质量"
    assert as_utf8("caf\xe9") == "caf\xe9"
