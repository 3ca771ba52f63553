"""Archives: the files in them are documents, whatever they are called, and none is a danger."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "渡口的船夫說，今日風大，不宜過江。\n"


def zipped(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def names(corpus: Corpus) -> list[str]:
    return [document.name for document in corpus.documents]


def reasons(corpus: Corpus) -> list[str]:
    return [problem.reason for problem in corpus.problems]


def test_the_files_of_a_zip_are_documents_in_natural_order(tmp_path: Path) -> None:
    files = {f"渡江集/卷{number}.txt": f"{number}。{TEXT}".encode() for number in (10, 2, 1)}
    corpus = Corpus.discover([zipped(tmp_path / "書.zip", files)])
    assert names(corpus) == [f"書.zip/渡江集/卷{number}.txt" for number in (1, 2, 10)]
    assert corpus.text(1).raw == f"2。{TEXT}"
    assert corpus.documents[1].source.address == f"{tmp_path}/書.zip/渡江集/卷2.txt"


def test_names_that_are_not_said_to_be_utf_8_are_read_as_gbk(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"XXXX.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "目录".encode("gbk")))
    assert names(Corpus.discover([path])) == ["a.zip/目录.txt"]
    path = zipped(tmp_path / "b.zip", {"XXXX.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "渡口".encode("gbk")))
    assert names(Corpus.discover([path])) == ["b.zip/渡口.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_the_files_of_a_tar_are_documents(mode: str, tmp_path: Path) -> None:
    suffix = {"w": ".tar", "w:gz": ".tar.gz", "w:bz2": ".tar.bz2", "w:xz": ".txz"}[mode]
    path = tarred(tmp_path / f"書{suffix}", {"上.txt": TEXT.encode(), "下.md": f"# 下\n\n{TEXT}".encode()}, mode)
    corpus = Corpus.discover([path])
    assert names(corpus) == [f"書{suffix}/上.txt", f"書{suffix}/下.md"]
    assert (corpus.document(1).title, corpus.document(1).format) == ("下", "markdown")


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_a_compressed_file_is_the_document_it_holds(suffix: str, pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    path = tmp_path / f"渡口.txt{suffix}"
    path.write_bytes(pack(TEXT.encode()))
    corpus = Corpus.discover([tmp_path])
    assert corpus.text(0).raw == TEXT
    assert (corpus.documents[0].title, names(corpus)) == ("渡口", [f"渡口.txt{suffix}"])


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_named(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "內.zip", {"文.txt": TEXT.encode()}).read_bytes()
    middle = zipped(tmp_path / "中.zip", {"內.zip": inner}).read_bytes()
    outer = zipped(tmp_path / "外.zip", {"內.zip": inner, "中.zip": middle})
    corpus = Corpus.discover([outer])
    assert names(corpus) == ["外.zip/內.zip/文.txt"]
    assert corpus.text(0).raw == TEXT
    assert reasons(corpus) == ["an archive within archives"]


def test_what_would_leave_the_archive_is_left_out_and_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"../外.txt": TEXT.encode(), "/絕.txt": TEXT.encode(), "好.txt": TEXT.encode()})
    corpus = Corpus.discover([path])
    assert names(corpus) == ["a.zip/好.txt"]
    assert reasons(corpus) == ["its name leads out of the archive"] * 2
    assert not (tmp_path.parent / "外.txt").exists()


def test_a_file_without_a_name_is_left_out_and_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"無.txt": TEXT.encode(), "好.txt": TEXT.encode()})
    path.write_bytes(path.read_bytes().replace("無".encode(), b"\0\0\0"))
    corpus = Corpus.discover([path])
    assert names(corpus) == ["a.zip/好.txt"]
    assert reasons(corpus) == ["no name"]


def test_a_bomb_is_left_out_and_said(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"炸.txt": b"0" * (4 << 20), "好.txt": TEXT.encode()})
    corpus = Corpus.discover([path])
    assert names(corpus) == ["a.zip/好.txt"]
    assert reasons(corpus) == ["too large for what it takes in its archive"]
    (tmp_path / "炸.txt.gz").write_bytes(gzip.compress(b"0" * (4 << 20)))
    with pytest.raises(CorpusError, match="too large for what it takes"):
        Corpus.discover([tmp_path / "炸.txt.gz"]).text(0)


def test_links_hidden_files_and_other_formats_are_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/._文.txt", b"x")
        archive.writestr(".隱.txt", b"x")
        archive.writestr("圖.png", b"\x89PNG")
        archive.writestr("空.txt", b"")
        archive.writestr("文.txt", TEXT)
    corpus = Corpus.discover([path])
    assert names(corpus) == ["a.zip/文.txt"]
    assert sorted(reasons(corpus)) == ["empty file", "format not supported yet: .png", "symbolic link in an archive"]


@pytest.mark.parametrize("cut", [10, 100, 200])
@pytest.mark.parametrize("suffix", [".zip", ".tar.gz", ".txt.gz"])
def test_a_truncated_archive_is_a_problem_and_no_exception(suffix: str, cut: int, tmp_path: Path) -> None:
    whole = tmp_path / f"w{suffix}"
    if suffix == ".zip":
        zipped(whole, {"文.txt": TEXT.encode() * 40})
    elif suffix == ".tar.gz":
        tarred(whole, {"文.txt": TEXT.encode() * 40}, "w:gz")
    else:
        whole.write_bytes(gzip.compress(TEXT.encode() * 40))
    broken = tmp_path / f"b{suffix}"
    broken.write_bytes(whole.read_bytes()[:-cut])
    corpus = Corpus.discover([broken])
    for document in list(corpus.documents):
        with suppress(CorpusError):
            assert corpus.text(document.number).raw == TEXT * 40
    assert corpus.documents or corpus.problems


def test_a_changed_archive_is_read_anew(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"文.txt": "甲。".encode(), "又.txt": "乙。".encode()})
    corpus = Corpus.discover([path], cached=0)
    assert corpus.text(0).raw == "乙。"
    zipped(path, {"文.txt": "甲甲。".encode(), "又.txt": "乙乙。".encode()})
    corpus.forget(0)
    assert corpus.text(0).raw == "乙乙。"


def test_the_parts_in_an_archive_are_parts_of_a_work(tmp_path: Path) -> None:
    files = {f"渡江集/卷{number}.txt": TEXT.encode() for number in (1, 2, 3)}
    corpus = Corpus.discover([zipped(tmp_path / "全.zip", files)])
    assert {document.work for document in corpus.documents} == {"渡江集"}
    corpus = Corpus.discover([zipped(tmp_path / "江行記.zip", {f"卷{n}.txt": TEXT.encode() for n in (1, 2, 3)})])
    assert {document.work for document in corpus.documents} == {"江行記"}


def test_a_file_in_an_archive_that_is_named_by_a_number_is_no_record(tmp_path: Path) -> None:
    files = {f"渡江集/{number}": TEXT.encode() for number in (1, 2, 3)} | {"渡江集/4": b""}
    corpus = Corpus.discover([zipped(tmp_path / "全.zip", files)])
    assert names(corpus) == [f"全.zip/渡江集/{number}" for number in (1, 2, 3)]
    assert {document.work for document in corpus.documents} == {"渡江集"}
    assert reasons(corpus) == ["empty file"]
