"""`tuibrowser define`: what it prints, and how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.api import open_corpus
from tuibrowser.cli.run import run
from tuibrowser.lexicon import lexicon as lexicon_module
from tuibrowser.lexicon.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = ["word", "entries", "count", "forms", "forms_of", "characters"]


@pytest.fixture
def texts(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lexicon_module, "_packaged_cedict", lambda: None)
    folder = home / "texts"
    folder.mkdir()
    (folder / "記.txt").write_text("渡船在渡口。頭髮長了。\n", encoding="utf-8")
    (folder / "说.txt").write_text("渡口的人头发也长，头发白了。\n", encoding="utf-8")
    glosses = home / "glosses.tsv"
    glosses.write_text("頭髮\ttóufà\t頭上的毛\n", encoding="utf-8")
    config = home / "config" / "tuibrowser" / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'lexica = ["{glosses}"]\n', encoding="utf-8")
    return folder


def answer(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> dict[str, Any]:
    assert run(["define", *map(str, arguments), "--json"]) == status
    record: dict[str, Any] = json.loads(capfd.readouterr().out)
    return record


def test_json_has_entries_characters_and_the_forms_in_the_texts(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, "头发", texts)
    assert list(found) == FIELDS
    assert found["entries"] == [
        {
            "dictionary": "glosses",
            "headword": "頭髮",
            "traditional": "",
            "simplified": "",
            "readings": ["tóufà"],
            "senses": ["頭上的毛"],
        }
    ]
    assert (found["count"], found["forms"], found["forms_of"]) == (3, {"头发": 2, "頭髮": 1}, 3)
    assert [each["character"] for each in found["characters"]] == ["头", "发"]
    assert found["characters"][1]["pinyin"][0] == "fā"


def test_the_mark_of_a_lost_character_is_said_to_be_one_first(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["define", "□"])
    assert capfd.readouterr().out.splitlines()[:2] == [
        "□",
        "□ mostly stands for a character that is lost or cannot be read",
    ]
    run(["define", "頭"])
    assert "lost" not in capfd.readouterr().out


def test_without_a_path_no_texts_are_searched(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(capfd, "渡")["count"] == 0
    assert run(["define", "渡"]) == 0
    out, err = capfd.readouterr()
    assert out.startswith("渡\nin none of the dictionaries\n渡  dù  ㄉㄨˋ  U+6E21\n")
    assert err == ""


def test_where_there_is_no_dictionary_one_is_named(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (texts.parent / "config" / "tuibrowser" / "config.toml").unlink()
    assert run(["define", "渡"]) == 0
    out = capfd.readouterr().out
    assert "there is no dictionary: pip install 'tuibrowser[cedict]'" in out
    assert "in none of the dictionaries" not in out


def test_what_nobody_knows_ends_with_1(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = answer(capfd, "xyz", texts, status=1)
    assert (found["entries"], found["characters"], found["count"]) == ([], [], 0)


def test_a_word_is_needed(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["define", " "]) == 2
    assert "missing" in capfd.readouterr().err


def test_the_library_says_the_same(texts: Path) -> None:
    found = open_corpus([texts]).define("頭髮", Lexicon())
    assert found.usage is not None
    assert (found.usage.count, found.entries) == (3, ())
