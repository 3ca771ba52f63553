"""`tuibrowser collate`: what it prints in each format, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tuibrowser.cli.run import run

RECORD = [
    "a",
    "b",
    "elapsed_ms",
    "aligned",
    "differences",
    "variants_left_out",
    "renumbered",
    "not_compared",
    "articles",
]
DIFFERENCE = ["kind", "a", "b", "a_text", "b_text", "a_line", "b_line"]


@pytest.fixture
def texts(home: Path) -> tuple[str, str]:
    (home / "a.txt").write_text("渡口有舟三艘，皆舊。\n行人往來。\n", encoding="utf-8")
    (home / "b.txt").write_text("渡口有船三艘，皆旧。\n行人往来。\n", encoding="utf-8")
    return str(home / "a.txt"), str(home / "b.txt")


def test_json_has_the_differences_with_their_lines(texts: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["collate", *texts, "--json"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert list(record) == RECORD
    (difference,) = record["differences"]
    assert list(difference) == DIFFERENCE
    assert (difference["kind"], difference["a_text"], difference["b_text"], difference["a_line"]) == (
        "change",
        "舟",
        "船",
        1,
    )
    assert record["variants_left_out"] == 2
    assert run(["collate", *texts, "--variants", "--format", "json"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert [each["kind"] for each in record["differences"]] == ["change", "variant", "variant"]
    assert record["variants_left_out"] == 0


def test_people_see_each_difference_and_how_many_variants_were_left_out(
    texts: tuple[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["collate", *texts]) == 0
    head, variants, line = capfd.readouterr().out.splitlines()
    assert head == "1 difference; 91.7% of a.txt and 91.7% of b.txt are alike"
    assert variants == "2 variants of script or form left out (--variants)"
    assert line == "1|1: changed 渡口有[-舟-]{+船+}"


def test_tei_is_well_formed(texts: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["collate", *texts, "--format", "tei"]) == 0
    ET.fromstring(capfd.readouterr().out)


def test_equal_texts_end_with_1(texts: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["collate", texts[0], texts[0]]) == 1


@pytest.mark.parametrize("more", [[], ["--format", "pdf"], ["third.txt"]])
def test_what_cannot_be_collated_is_said(
    texts: tuple[str, str], more: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["collate", texts[0], *([] if not more else [texts[1], *more])]) == 2
    assert capfd.readouterr().err


def test_a_folder_of_several_texts_is_no_text(texts: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["collate", str(Path(texts[0]).parent), texts[1]]) == 2
    assert "name one of them" in capfd.readouterr().err


@pytest.mark.parametrize(("one", "other"), [("a.txt:1", "b.txt:1-1"), ("a.txt#1", "b.txt#1:0-9"), ("a.txt:1", "b.txt")])
def test_passages_are_named_by_lines_and_references(
    texts: tuple[str, str], home: Path, capfd: pytest.CaptureFixture[str], one: str, other: str
) -> None:
    (home / "b.txt").write_text("渡口有船三艘，皆旧。\n\n後人補記。\n", encoding="utf-8")
    assert run(["collate", str(home / one), str(home / other), "--json"]) == 0
    found = [(each["a_text"], each["b_text"]) for each in json.loads(capfd.readouterr().out)["differences"]]
    assert found == ([("舟", "船"), ("", "後人補記")] if other == "b.txt" else [("舟", "船")])


def test_a_line_that_there_is_not_is_said(texts: tuple[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["collate", f"{texts[0]}:2-9", texts[1]]) == 2
    assert "there is no line 9 here" in capfd.readouterr().err
