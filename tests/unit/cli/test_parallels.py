"""`tuibrowser parallels`: what it prints, and how it ends."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tuibrowser.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = [
    *("document", "title", "author", "date", "section", "paragraph", "line", "text", "pairs"),
    *("matched", "cover", "score", "count", "also"),
]
SAYING = "渡口之舟三艘皆舊，行人日日往來"


@pytest.fixture
def texts(home: Path) -> Path:
    folder = home / "texts"
    folder.mkdir()
    (folder / "記.txt").write_text(
        f"渡口記\n作者：李某\n\n　　一日，{SAYING}。\n　　又一日，無事可記。\n", encoding="utf-8"
    )
    (folder / "说.txt").write_text("渡口之舟三艘皆旧行人日日往来，后人引之。\n", encoding="utf-8")
    return folder


def answer(capfd: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> dict[str, Any]:
    assert run(["parallels", *map(str, arguments), "--json"]) == status
    record: dict[str, Any] = json.loads(capfd.readouterr().out)
    return record


def test_json_says_where_each_parallel_stands_and_what_corresponds(
    texts: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    found = answer(capfd, SAYING, texts)
    (row,) = found["parallels"]
    assert list(row) == FIELDS
    assert (found["query"], found["total"], found["at_least"], found["bounds"]) == (SAYING, 2, False, [])
    assert (row["author"], row["line"], row["cover"], row["count"]) == ("李某", 4, 1.0, 2)
    assert row["also"] == [{"document": "说.txt", "line": 1}]
    ((start, end, text_start, text_end),) = row["pairs"]
    assert SAYING[start:end] == row["text"][text_start:text_end] == SAYING


def test_the_limit_bounds_the_list_and_not_the_total(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (texts / "改.txt").write_text("渡口之船三艘皆舊，行人日日往來。\n", encoding="utf-8")
    found = answer(capfd, SAYING, texts, "--limit", "1")
    assert (len(found["parallels"]), found["total"]) == (1, 3)
    assert len(answer(capfd, SAYING, texts, "--limit", "all")["parallels"]) == 2


def test_people_see_the_place_and_the_share(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["parallels", SAYING, str(texts)]) == 0
    head, line = capfd.readouterr().out.splitlines()
    assert head == "2 parallels"
    assert line == f"記.txt:4: 100% the same 一日，{SAYING}。 (+1 more)"


def test_the_passage_may_come_from_standard_input(
    texts: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{SAYING}\n".encode())))
    assert answer(capfd, "-", texts)["total"] == 2


def test_where_nothing_is_found_the_status_is_1(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(capfd, "春茶秋收冬藏夏長無人問津", texts, status=1)["parallels"] == []


@pytest.mark.parametrize("arguments", [[], ["-", "-"]])
def test_a_passage_is_needed_and_standard_input_is_one_thing(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["parallels", *arguments]) == 2
    assert "tuibrowser" in capfd.readouterr().err
