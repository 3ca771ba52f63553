"""Archives, packages and XML are told by their bytes where their names say nothing, in files and through pipes."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.containers.told import archive_in, packed_as
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.formats import format_for

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "渡口的船夫說，今日風大，不宜過江。\n"


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def tarred() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        info = tarfile.TarInfo("書/上.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return data.getvalue()


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"mimetype": "application/epub+zip", "a": ""}, "epub"),
        ({"META-INF/container.xml": ""}, "epub"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, None),
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, None),
        ({"上.txt": TEXT}, "zip"),
    ],
)
def test_a_zip_is_what_is_in_it(files: dict[str, str], key: str | None) -> None:
    file = io.BytesIO(zipped(files))
    assert packed_as(file) == key
    archive = archive_in(file)
    assert (archive.key if archive else None) == ("zip" if key == "zip" else None)


@pytest.mark.parametrize(
    ("data", "member"),
    [(zipped({"書/上.txt": TEXT}), "/書/上.txt"), (tarred(), "/書/上.txt"), (gzip.compress(TEXT.encode()), "")],
    ids=["zip", "tar", "gzip"],
)
def test_an_archive_without_a_suffix_is_opened_and_so_is_one_through_a_pipe(
    data: bytes, member: str, tmp_path: Path
) -> None:
    (tmp_path / "集").write_bytes(data)
    for corpus, name in (
        (Corpus.discover([tmp_path]), "集"),
        (Corpus.discover([tmp_path / "集"]), "集"),
        (Corpus.discover(["-"], standard_input=data), "-"),
    ):
        assert [each.name for each in corpus.documents] == [name + member]
        assert corpus.text(0).raw == TEXT
        assert not corpus.problems


def test_a_spreadsheet_without_a_suffix_is_left_out_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "表").write_bytes(zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}))
    corpus = Corpus.discover([tmp_path])
    assert [each.reason for each in corpus.problems] == ["not a text: ZIP archive or office document"]


@pytest.mark.parametrize(
    ("name", "head", "key"),
    [
        ("cb.txt", '<?xml version="1.0"?>\n<TEI>', "xml"),
        ("-", "\ufeff<TEI xmlns='http://www.tei-c.org/ns/1.0'>", "xml"),
        ("-", '<?xml version="1.0"?>\n<html lang="zh">', "html"),
        ("a.html", '<?xml version="1.0"?>\n<p>', "html"),
        ("a.fodt", '<?xml version="1.0"?>\n<office:document>', "odt"),
        ("a.txt", "文中有 <?xml 之語", "text"),
        ("a.txt", "<TEIX>", "text"),
    ],
)
def test_xml_is_told_by_its_first_bytes(name: str, head: str, key: str) -> None:
    kind = format_for(name, head.encode())
    assert kind is not None
    assert kind.key == key


def test_a_text_that_begins_as_a_compressed_file_does_is_none(tmp_path: Path) -> None:
    from tuibrowser.corpus.containers.told import packing

    assert packing(b"BZhong guo\n") == ""
    assert [packing(bz2.compress(data, level)) for data in (b"x", b"") for level in (1, 9)] == [".bz2"] * 4
    (tmp_path / "文.txt").write_text("BZh9 春江潮水連海平\n", encoding="utf-8")
    (tmp_path / "潮.txt").write_bytes(bz2.compress(b"") + bz2.compress("海上明月共潮生\n".encode()))
    corpus = Corpus.discover([tmp_path])
    assert {corpus.text(at).repaired for at in range(2)} == {"BZh9 春江潮水連海平", "海上明月共潮生"}


@pytest.mark.parametrize("name", ["集.docx", "集.epub", "集.odt"])
def test_a_package_of_another_kind_than_its_name_says_is_read_as_what_it_is(name: str, tmp_path: Path) -> None:
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{TEXT.strip()}</w:t></w:r></w:p></w:body></w:document>",
    }
    (tmp_path / name).write_bytes(zipped(files))
    corpus = Corpus.discover([tmp_path])
    assert corpus.text(0).raw == TEXT
    assert corpus.documents[0].format == "docx"
