"""The show command on a reference: the passage, wherever it stands now, and what is said where it was changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "編號,寄信人,內容\n1,甲某,渡口有舟三艘，皆舊。\n2,乙某,山路很長，行人不絕。\n"


@pytest.fixture(autouse=True)
def folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(home)
    (home / "信.csv").write_text(LETTERS, "utf-8")
    return home


def shown(capfd: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> tuple[str, str]:
    assert run(["show", *arguments]) == status
    return capfd.readouterr()


@pytest.fixture
def reference(capfd: pytest.CaptureFixture[str]) -> str:
    """What is copied as the reference of a hit in the second letter."""
    assert run(["search", "行人不絕", "信.csv", "--format", "reference"]) == 0
    return capfd.readouterr().out.strip()


def test_the_passage_of_a_reference_is_shown(reference: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert reference.startswith("信.csv/2#1")
    assert shown(capfd, reference) == ("山路很長，行人不絕。\n", "")
    assert shown(capfd, "信.csv/2#1:5-9") == ("行人不絕\n", "")
    assert shown(capfd, "信.csv/2#1:5-9", "--script", "hans", "--width", "4") == ("行人\n不绝\n", "")
    out, _ = shown(capfd, "信.csv/2#1:5-9", "--json")
    assert json.loads(out)["passage"] == {"start": 5, "end": 9, "changed": False, "moved": False}


def test_what_was_changed_is_said(reference: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "信.csv").write_text(LETTERS.replace("行人不絕", "行人很少"), "utf-8")
    out, said = shown(capfd, reference, status=1)
    assert out == "山路很長，行人很少。\n"
    assert "changed since" in said


@pytest.mark.parametrize(
    ("written", "why"), [("信.csv/9#1@00000000", "信.csv/9"), ("信.csv/2#7", "no paragraph 7"), ("無.txt#1", "無.txt")]
)
def test_a_reference_to_nothing_is_an_error(written: str, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    out, said = shown(capfd, written, status=2)
    assert out == ""
    assert why in said
