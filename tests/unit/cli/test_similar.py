"""`tuibrowser similar`: the words used like one, as lines and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run
from tuibrowser.search.answering.cut_texts import LocalCutTexts
from tuibrowser.search.likeness.model import SimilarWord, SimilarWords

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (SimilarWord("秋風", 0.8123, 1234), SimilarWord("東風", 0.7, 90))


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    known = {"春風": SimilarWords("春風", 2000, ROWS), "冬風": SimilarWords("冬風", 7)}
    monkeypatch.setattr(LocalCutTexts, "similar", lambda _, word, limit, *__: known[word])
    file = tmp_path / "風.txt"
    file.write_text("春風。\n", encoding="utf-8")
    return str(file)


def test_lines_have_likeness_places_and_word(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "春風", text]) == 0
    assert capsys.readouterr().out == "春風: 2,000 times as a word\n0.81 1,234 秋風\n0.70    90 東風\n"


def test_json_has_the_same(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "春風", text, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "word": "春風",
        "count": 2000,
        "similar": [
            {"word": "秋風", "likeness": 0.8123, "count": 1234},
            {"word": "東風", "likeness": 0.7, "count": 90},
        ],
        "missing": [],
    }


def test_of_a_rare_word_the_reason_is_told_and_the_status_is_1(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "冬風", text]) == 1
    assert "below 500" in capsys.readouterr().out
    assert run(["similar", " "]) == 2
