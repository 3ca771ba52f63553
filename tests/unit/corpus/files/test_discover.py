from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.discover import discover


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"子曰：{name}", encoding="utf-8")


def names(*paths: Path) -> list[str]:
    return [source.name for source in discover(paths).sources]


def reasons(*paths: Path) -> dict[str, str]:
    return {Path(problem.path).name: problem.reason for problem in discover(paths).problems}


def test_files_at_any_depth_come_in_reading_order(tmp_path: Path) -> None:
    make(tmp_path, "卷十/第2章.txt", "卷二/第10章.txt", "卷二/第2章.txt", "序.txt", "卷二/附/注.md", "無後綴")
    assert names(tmp_path) == [
        "序.txt",
        "卷二/第2章.txt",
        "卷二/第10章.txt",
        "卷二/附/注.md",
        "卷十/第2章.txt",
        "無後綴",
    ]


def test_a_source_knows_where_how_large_and_how_old_it_is(tmp_path: Path) -> None:
    make(tmp_path, "論語.txt")
    (source,) = discover([tmp_path]).sources
    status = (tmp_path / "論語.txt").stat()
    assert (source.path, source.size, source.mtime) == (tmp_path / "論語.txt", status.st_size, status.st_mtime_ns)


def test_a_single_file_goes_by_its_base_name(tmp_path: Path) -> None:
    make(tmp_path, "經/論語.txt")
    assert names(tmp_path / "經" / "論語.txt") == ["論語.txt"]


def test_paths_come_in_the_order_they_are_named(tmp_path: Path) -> None:
    make(tmp_path, "乙/二.txt", "甲/一.txt", "丙.txt")
    assert names(tmp_path / "乙", tmp_path / "丙.txt", tmp_path / "甲") == ["二.txt", "丙.txt", "一.txt"]


def test_names_that_several_paths_share_are_told_apart_by_their_path(tmp_path: Path) -> None:
    make(tmp_path, "甲/2022/a.txt", "乙/2022/b.txt", "丙/c.txt")
    assert names(tmp_path / "甲", tmp_path / "乙", tmp_path / "丙") == ["甲/2022/a.txt", "乙/2022/b.txt", "c.txt"]
    make(tmp_path, "甲/x.txt", "乙/x.txt")
    assert names(tmp_path / "甲/x.txt", tmp_path / "乙/x.txt") == ["甲/x.txt", "乙/x.txt"]
    make(tmp_path, "一/同/x.txt", "二/同/x.txt")
    assert names(tmp_path / "一/同", tmp_path / "二/同") == ["一/同/x.txt", "二/同/x.txt"]


def test_a_file_that_is_reached_twice_appears_once(tmp_path: Path) -> None:
    make(tmp_path, "甲/a.txt")
    assert names(tmp_path, tmp_path / "甲", tmp_path / "甲/a.txt") == ["甲/a.txt"]
    assert reasons(tmp_path, tmp_path / "甲") == {}


def test_a_link_to_a_text_of_the_corpus_is_listed_and_the_text_keeps_its_name(tmp_path: Path) -> None:
    make(tmp_path, "乙/真.txt")
    (tmp_path / "一.txt").symlink_to(tmp_path / "乙/真.txt")
    (tmp_path / "甲").symlink_to(tmp_path / "乙")
    assert names(tmp_path) == ["乙/真.txt"]
    assert reasons(tmp_path) == {
        "一.txt": f"the same as {tmp_path}/乙/真.txt",
        "甲": f"the same as {tmp_path}/乙",
    }


def test_links_out_of_the_folder_are_followed(tmp_path: Path) -> None:
    make(tmp_path, "外/b.txt", "外/深/c.txt", "庫/a.txt")
    (tmp_path / "庫" / "連").symlink_to(tmp_path / "外")
    assert names(tmp_path / "庫") == ["a.txt", "連/b.txt", "連/深/c.txt"]


def test_links_in_a_loop_end(tmp_path: Path) -> None:
    make(tmp_path, "甲/a.txt")
    (tmp_path / "甲" / "上").symlink_to(tmp_path)
    (tmp_path / "自").symlink_to(tmp_path / "自")
    (tmp_path / "斷").symlink_to(tmp_path / "無")
    assert names(tmp_path) == ["甲/a.txt"]
    assert reasons(tmp_path) == {
        "上": "link to a folder it is in",
        "自": "symbolic links in a loop",
        "斷": "broken link",
    }


def test_hidden_entries_are_passed_over_in_silence(tmp_path: Path) -> None:
    make(tmp_path, ".git/a.txt", ".b.txt", "c.txt")
    found = discover([tmp_path])
    assert [source.name for source in found.sources] == ["c.txt"]
    assert found.problems == ()


def test_a_hidden_path_that_is_named_is_opened(tmp_path: Path) -> None:
    make(tmp_path, ".稿/a.txt")
    assert names(tmp_path / ".稿") == ["a.txt"]


def test_what_is_left_out_is_listed_with_its_reason(tmp_path: Path) -> None:
    make(tmp_path, "a.chm", "稿.txt~", "#稿.txt#")
    (tmp_path / "空.txt").touch()
    (tmp_path / "圖").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    os.mkfifo(tmp_path / "管.txt")
    with socket.socket(socket.AF_UNIX) as server:
        before = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket must be short
        try:
            server.bind("槽.txt")
        finally:
            os.chdir(before)
    assert reasons(tmp_path) == {
        "a.chm": "format not supported yet: .chm",
        "稿.txt~": "backup copy of an editor",
        "#稿.txt#": "backup copy of an editor",
        "空.txt": "empty file",
        "圖": "not a text: image",
        "管.txt": "not a file: pipe",
        "槽.txt": "not a file: socket",
    }
    assert names(tmp_path) == []


def test_a_device_is_never_opened() -> None:
    assert reasons(Path("/dev/zero")) == {"zero": "not a file: device"}


def test_a_file_that_is_named_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    make(tmp_path, "筆記.dat", "頁.css")
    (tmp_path / "像.txt").write_bytes(bytes(range(256)))
    assert names(tmp_path) == ["像.txt"]
    assert names(tmp_path / "筆記.dat", tmp_path / "頁.css", tmp_path / "像.txt") == ["筆記.dat"]
    assert reasons(tmp_path / "頁.css", tmp_path / "像.txt") == {
        "頁.css": "format not supported yet: .css",
        "像.txt": "not a text: binary data",
    }


def test_a_path_that_does_not_exist_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"\Ano such file or folder: .*無\Z"):
        discover([tmp_path / "無"])
    (tmp_path / "斷").symlink_to(tmp_path / "無")
    with pytest.raises(CorpusError, match="no such file or folder"):
        discover([tmp_path / "斷"])
    with pytest.raises(CorpusError, match=r"\Acannot open [^\n]*\Z"):
        discover([Path("字" * 5000)])
    with pytest.raises(CorpusError, match=r"\A[^\n\x1b]*\Z"):
        discover([Path("a\x1b[31m\nb")])


def test_names_that_are_not_utf8_are_shown_and_still_open(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("论语.txt".encode("gbk"))
    path.write_text("子曰", encoding="utf-8")
    (source,) = discover([tmp_path]).sources
    assert source.name == "论语.txt"
    assert source.path.read_text(encoding="utf-8") == "子曰"


def test_names_that_would_print_alike_are_numbered(tmp_path: Path) -> None:
    make(tmp_path, "a\x1b.txt", "a\\x1b.txt")
    assert sorted(names(tmp_path)) == ["a\\x1b.txt", "a\\x1b.txt (2)"]


def test_unreadable_folders_and_files_are_listed(tmp_path: Path) -> None:
    make(tmp_path, "鎖/a.txt", "秘.txt", "開.txt")
    (tmp_path / "鎖").chmod(0)
    (tmp_path / "秘.txt").chmod(0)
    nobody = 65534
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    root = os.geteuid() == 0
    if root:
        os.seteuid(nobody)
    try:
        assert names(tmp_path) == ["開.txt"]
        assert reasons(tmp_path) == {"鎖": "permission denied", "秘.txt": "permission denied"}
    finally:
        if root:
            os.seteuid(0)
        (tmp_path / "鎖").chmod(0o755)


def test_a_folder_of_no_texts_is_no_error(tmp_path: Path) -> None:
    assert list(discover([tmp_path]).sources) == []
