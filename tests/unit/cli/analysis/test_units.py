"""Which units the commands count: forms apart, without stop words, each paragraph once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support.words import cut_greedily
from tuibrowser.api import open_corpus
from tuibrowser.cli.run import run
from tuibrowser.settings.early import default_path

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = "凡过渡者皆须于渡口登记姓名，并听候船夫吩咐，不得争先。"


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "texts"
    (folder / "河" / "上").mkdir(parents=True)
    (folder / "河" / "甲.txt").write_text(f"皇后在前，皇後在后。\n\n{NOTICE}\n", encoding="utf-8")
    (folder / "河" / "上" / "乙.txt").write_text(f"皇后未到。\n\n{NOTICE}\n", encoding="utf-8")
    return folder


def record(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> dict[str, Any]:
    assert run([*map(str, arguments), "--json"]) == status
    answer: dict[str, Any] = json.loads(capfd.readouterr().out)
    return answer


def test_forms_are_rows_of_their_own(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    options = "--unit", "character", "--min", "1"
    for command in (("collocates", "皇", texts), ("words", texts), ("keyness", "in:甲", texts)):
        together = {row["text"]: row for row in record(capfd, *command, *options)["rows"]}
        apart = {row["text"]: row for row in record(capfd, *command, *options, "--exact")["rows"]}
        assert "後" not in together
        assert together["后"]["forms"].keys() == {"后", "後"}
        assert apart["後"]["forms"] == {"後": 1}
    grown = record(capfd, "clusters", "皇", texts, "--size", "1", "--exact")
    assert {row["text"]: row["matches"] for row in grown["rows"]} == {"皇后": 2, "皇後": 1}
    assert grown["basis"]["exact"] is True


def test_stop_words_are_those_of_a_file_or_of_the_config(
    texts: Path, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, other = home / "一.txt", home / "二.txt"
    one.write_text("# 单字\n後\n", encoding="utf-8")
    other.write_text("渡\n", encoding="utf-8")
    default_path().parent.mkdir(parents=True)
    default_path().write_text(f'stopwords = ["{one}"]\n', encoding="utf-8")
    command = "words", texts, "--unit", "character"
    kept = record(capfd, *command)
    assert "后" not in {row["text"] for row in kept["rows"]}
    assert kept["basis"]["stop_list"] == {"files": ["一.txt"], "words": 1, "units": 1, "count": 4}
    assert {"后", "渡"} & {row["text"] for row in record(capfd, *command, "--stop", other)["rows"]} == {"后"}
    every = record(capfd, *command, "--stop", "none")
    assert {"后", "渡"} <= {row["text"] for row in every["rows"]}
    assert every["basis"]["N"] == kept["basis"]["N"]
    default_path().write_text('stopwords = ["~nobody-of-that-name/四.txt", "~/五.txt"]\n', encoding="utf-8")
    notes = record(capfd, *command)["basis"]["notes"]
    assert [note.partition(" was not used")[0] for note in notes if "not used" in note] == ["四.txt", "五.txt"]
    assert run(["words", str(texts), "--stop", str(home / "三.txt")]) == 2
    assert "三.txt was not used: " in capfd.readouterr().err
    in_python = open_corpus(texts).words(unit="character", stop=["渡", "后"])
    assert not {"后", "渡"} & {row.text for row in in_python}


def test_what_repeats_counts_once_and_first_folders_are_groups(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    every = record(capfd, "frequency", "渡口", texts, "--by", "folder:1")
    once = record(capfd, "frequency", "渡口", texts, "--by", "folder:1", "--once")
    assert [(row["label"], row["matches"]) for row in every["rows"]] == [("河", 2)]
    assert [(row["label"], row["matches"]) for row in once["rows"]] == [("河", 1)]
    assert every["basis"]["characters"] - once["basis"]["characters"] == 24
    assert any("in paragraphs that a document before has too" in note for note in every["basis"]["notes"])


def test_no_words_in_a_row_are_left_out_where_the_library_is_asked_for_those_that_occur_0_times(texts: Path) -> None:
    with cut_greedily():
        corpus = open_corpus([texts])
        counts = [len(corpus.words(size=2, minimum=minimum)) for minimum in (0, 1, None)]
    assert counts[0] == counts[1] > counts[2]
