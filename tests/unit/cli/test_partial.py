"""What commands say and refuse where a host of the corpus does not answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.several import served_by_hosts
from tuibrowser.api import OpenCorpus, open_corpus
from tuibrowser.cli.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.several import Several

TEXTS = {
    "甲.txt": "船到渡口，江水漫漫，船家説今日不開。\n",
    "乙.txt": "渡口有碑，碑文記渡口之始。\n",
    "丙.txt": "老人在渡口等船，等到日落。\n",
}
WORDS = "of the text is not searched: h2 does not answer"
FIGURES = (
    ("concordance", "渡口"),
    ("frequency", "渡口"),
    ("dispersion", "渡口"),
    ("collocates", "渡口", "--unit", "character"),
    ("clusters", "渡口"),
    ("keyness", "in:甲.txt", "--unit", "character", "--min", "1"),
    ("words", "--unit", "character"),
)


@pytest.fixture
def texts(tmp_path: Path) -> str:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path)


@pytest.fixture
def hosts(texts: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Several]:
    with served_by_hosts([texts]) as (several, running):
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        yield several


def test_all_hosts_answer_and_nothing_is_said(hosts: Several, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["frequency", "渡口", texts, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["basis"]["missing"] == []
    assert told.err == ""


def test_a_search_says_what_is_missing(hosts: Several, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
    hosts.lose("h2")
    assert run(["search", "渡口", texts, "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["total"], found["at_least"]) == (2, True)
    (missing,) = found["missing"]
    assert 0.2 < missing["share"] < 0.4
    assert missing["reason"] == "h2 does not answer"
    assert WORDS in told.err
    assert run(["search", "渡口", texts]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("at least 2 matches")
    assert told.err.count(WORDS) == 1
    assert open_corpus(texts).answer("渡口").missing[0].reason == "h2 does not answer"


@pytest.mark.parametrize("command", FIGURES, ids=" ".join)
def test_a_figure_is_refused_unless_a_part_will_do(
    hosts: Several, texts: str, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    hosts.lose("h2")
    assert run([*command, texts]) == 2
    told = capsys.readouterr()
    assert (told.out, WORDS in told.err, "--partial" in told.err) == ("", True, True)
    assert run([*command, texts, "--partial", "--json"]) == 0
    told = capsys.readouterr()
    basis = json.loads(told.out)["basis"]
    assert [each["reason"] for each in basis["missing"]] == ["h2 does not answer"]
    assert WORDS in basis["citation"]
    assert basis["documents"] == (1 if command[0] == "keyness" else 2)
    assert WORDS in told.err


@pytest.mark.parametrize("form", ["csv", "jsonl", "vimgrep", "markdown"])
def test_hits_for_programs_are_refused_and_with_partial_given(
    hosts: Several, texts: str, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    hosts.lose("h2")
    assert run(["search", "渡口", texts, "--format", form]) == 2
    assert capsys.readouterr().out == ""
    assert run(["search", "渡口", texts, "--format", form, "--partial"]) == 0
    told = capsys.readouterr()
    assert told.out
    assert WORDS in told.err


def test_a_file_is_not_written_of_a_part(hosts: Several, texts: str, tmp_path: Path) -> None:
    hosts.lose("h2")
    assert run(["search", "渡口", texts, "--output", str(tmp_path / "渡口.json")]) == 2
    assert not (tmp_path / "渡口.json").exists()


def test_parallels_and_reuse_name_what_is_missing(
    hosts: Several, texts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.lose("h2")
    assert run(["parallels", "老人在渡口等船", texts, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["missing"][0]["reason"] == "h2 does not answer"
    assert run(["reuse", "丙.txt", texts, "--min", "4", "--format", "csv"]) == 2
    assert "--partial" in capsys.readouterr().err


def test_a_host_that_is_back_is_counted_again(hosts: Several, texts: str, capsys: pytest.CaptureFixture[str]) -> None:
    hosts.lose("h2")
    assert run(["frequency", "渡口", texts]) == 2
    hosts.bring_back("h2")
    capsys.readouterr()
    assert run(["frequency", "渡口", texts, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["basis"]["matches"] == 4


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("reuse_among", ("reuse", "--all", "--min", "4")), ("parallels", ("parallels", "渡口有碑，碑文記渡口之始。"))],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_was_looked_for_while_a_host_was_lost_is_not_printed(
    hosts: Several,
    texts: str,
    method: str,
    arguments: tuple[str, ...],
    form: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    look = getattr(OpenCorpus, method)

    def looked(self: OpenCorpus, *asked: object, **options: object) -> object:
        hosts.lose("h2")
        return look(self, *asked, **options)

    monkeypatch.setattr(OpenCorpus, method, looked)
    assert run([*arguments, texts, *form]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "hosts were lost or came back meanwhile: ask again" in told.err
