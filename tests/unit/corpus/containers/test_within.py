"""Paths that lead into containers: a record, a file of an archive, a folder of one."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.containers.within import Within, is_there, within
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

POEMS = "".join(f'{{"title": "渡口之{number}", "content": "江水東流{number}。"}}\n' for number in range(1, 21))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "渡口.jsonl").write_text(POEMS, encoding="utf-8")
    (tmp_path / "文.txt").write_text("江水東流。\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "書.zip", "w") as archive:
        archive.writestr("山/卷一.txt", "山中多雨。\n")
        archive.writestr("山/卷二.txt", "山中無雨。\n")
        archive.writestr("山居.txt", "晝夜不息。\n")
        archive.writestr("渡口.jsonl", POEMS)
    return tmp_path


def names(*paths: Path) -> list[str]:
    return [document.name for document in Corpus.discover(paths).documents]


def test_a_record_is_opened_alone(folder: Path) -> None:
    assert names(folder / "渡口.jsonl" / "17") == ["渡口.jsonl/17"]
    assert Corpus.discover([folder / "渡口.jsonl" / "2"]).document(0).title == "渡口之2"


def test_a_file_a_folder_and_a_record_of_an_archive(folder: Path) -> None:
    assert names(folder / "書.zip/山居.txt") == ["書.zip/山居.txt"]
    assert names(folder / "書.zip/山") == ["書.zip/山/卷一.txt", "書.zip/山/卷二.txt"]
    assert names(folder / "書.zip/渡口.jsonl/3") == ["書.zip/渡口.jsonl/3"]
    assert len(names(folder / "書.zip/渡口.jsonl")) == 20


def test_several_members_of_one_container(folder: Path) -> None:
    poems = folder / "渡口.jsonl"
    assert names(poems / "17", poems / "18") == ["渡口.jsonl/17", "渡口.jsonl/18"]
    assert len(names(poems / "17", poems)) == len(names(poems, poems / "17")) == 20
    assert len(set(names(poems / "17", poems))) == 20


class _OldName(zipfile.ZipInfo):
    """A member whose name is in GBK, as old programs pack it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  the name that zipfile calls
        return self.filename.encode("gbk"), self.flag_bits


def test_a_member_is_opened_by_the_name_that_is_shown(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "旧文.zip", "w") as archive:
        archive.writestr(_OldName("旧文集/渡口.txt"), "江水东流。\n")
        archive.writestr(_OldName("旧文集/山居.txt"), "山中多雨。\n")
    shown = names(tmp_path / "旧文.zip")
    assert "旧文.zip/旧文集/渡口.txt" in shown
    assert names(tmp_path / "旧文.zip/旧文集/渡口.txt") == ["旧文.zip/旧文集/渡口.txt"]
    assert sorted(names(tmp_path / "旧文.zip/旧文集")) == sorted(shown)


@pytest.mark.parametrize("path", ["渡口.jsonl/99", "渡口.jsonl/1/2", "書.zip/無.txt", "文.txt/1", "無.jsonl/1"])
def test_what_is_not_in_a_container_is_named(folder: Path, path: str) -> None:
    with pytest.raises(CorpusError, match="no such file or folder"):
        Corpus.discover([folder / path])


def test_a_sidecar_beside_the_container_counts(folder: Path) -> None:
    (folder / "metadata.csv").write_text("path,author\n渡口.jsonl/17,周某\n", encoding="utf-8")
    assert Corpus.discover([folder / "渡口.jsonl/17"]).document(0).metadata.author == "周某"


def test_the_container_is_the_first_file_on_the_way(folder: Path) -> None:
    assert within(f"{folder}/書.zip/山/卷一.txt") == Within(f"{folder}/書.zip", "山/卷一.txt")
    assert within(f"{folder}/文.txt/1") is None
    assert within(f"{folder}/無/1") is None
    assert is_there(f"{folder}/文.txt")
    assert not is_there("a\0b/1")
    assert not is_there("")
