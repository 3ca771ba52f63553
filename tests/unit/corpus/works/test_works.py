"""Works: what files are parts of by their names, and folders that are no works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Belonging
from tuibrowser.corpus.works.works import works

if TYPE_CHECKING:
    from pathlib import Path


def titles(folder: str, *names: str) -> list[str | None]:
    return [each.work if each is not None else None for each in works([f"/库/{folder}/{name}.txt" for name in names])]


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("山房集", ["卷一／觀水", "卷一／聽松", "卷二／問竹", "序／序"]),
        ("山房集", ["卷上", "卷中", "卷下"]),
        ("石橋傳", ["第一回 老翁渡口", "第二回 少年歸舟", "楔子"]),
        ("石橋傳", ["001", "002", "003"]),
        ("石橋傳", ["1", "2", "10", "12"]),
        ("石橋傳", ["01 渡口", "02 歸舟", "03 落雪"]),
        ("山房集", ["自序", "觀水", "聽松"]),
        ("山房集", ["內篇", "外篇", "雜篇"]),
        ("河東策", ["東河／使者至", "東河／使者歸", "西河／築城", "西河／開渠"]),
        ("《山房集》", ["第三章"]),
        ("05 山房集", ["卷一", "卷二"]),
    ],
)
def test_a_folder_of_parts_is_a_work(folder: str, names: list[str]) -> None:
    assert set(titles(folder, *names)) == {folder.removeprefix("05 ").strip("《》")}


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        ("法规", ["第一章", "第二章"]),
        ("2022", ["001", "002", "003"]),
        ("2022年", ["卷一", "卷二"]),
        ("reports", ["1988", "1999", "2001"]),
        ("reports", ["001", "002", "003"]),
        ("北京", ["001", "002", "003"]),
        ("城建局", ["1", "2", "3"]),
        ("年谱资料", ["1980", "1981", "1982"]),
        ("山河", ["20220101", "20220102"]),
        ("山河", ["1.关于渡口的通知", "2.关于石桥的决定"]),
        ("山河", ["渡口管理条例(2005-10-27)", "渡口管理条例(2012-03-01)"]),
        ("宪法", ["宪法修正案（2018年）", "宪法修正案（2004年）"]),
        ("讲话", ["在渡口的讲话1", "在渡口的讲话2"]),
        ("周报", ["周报01", "周报02"]),
        ("渡口", ["观水", "听松"]),
        ("渡口", ["新闻稿01", "新闻稿02"]),
        ("hongshan", ["卷一", "卷二"]),
    ],
)
def test_a_folder_that_collects_documents_is_no_work(folder: str, names: list[str]) -> None:
    assert set(titles(folder, *names)) == {None}


def test_volumes_between_a_work_and_its_parts() -> None:
    found = works(["/山房集/卷一/觀水.txt", "/山房集/卷一/聽松.txt", "/山房集/卷二/問竹.txt", "/山房集/序.txt"])
    assert found == [
        Belonging("山房集", ("卷一",)),
        Belonging("山房集", ("卷一",)),
        Belonging("山房集", ("卷二",)),
        Belonging("山房集"),
    ]


def test_files_that_share_a_title_are_parts_of_it() -> None:
    assert titles("text", "山房集卷一", "山房集卷二", "石橋傳01", "石橋傳02", "note") == [
        "山房集",
        "山房集",
        "石橋傳",
        "石橋傳",
        None,
    ]
    assert titles("XB0001", "XB0001_001", "XB0001_002", "Readme") == ["XB0001", "XB0001", None]


def test_readme_is_no_part() -> None:
    assert titles("山房集", "卷一", "卷二", "卷三", "README") == ["山房集"] * 3 + [None]


def test_a_single_file_is_judged_by_those_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "石橋傳"
    folder.mkdir()
    for number in range(1, 4):
        folder.joinpath(f"{number:03}.txt").write_text("老翁在渡口等船。\n", encoding="utf-8")
    assert Corpus.discover([folder / "002.txt"]).documents[0].work == "石橋傳"
    assert [document.work for document in Corpus.discover([folder]).documents] == ["石橋傳"] * 3


def test_numbers_make_no_work_of_dated_documents(tmp_path: Path) -> None:
    folder = tmp_path / "石橋傳"
    folder.mkdir()
    for number in range(1, 4):
        text = f"渡口来信\n发布时间：2021年3月{number}日\n\n老翁在渡口等船。\n"
        folder.joinpath(f"{number:03}.txt").write_text(text, encoding="utf-8")
    corpus = Corpus.discover([folder])
    assert corpus.document(0).metadata.date
    assert corpus.document(0).work is None


def test_many_names_are_judged_in_linear_time() -> None:
    names = [f"第{number}章 渡口" for number in range(5_000)]
    assert set(titles("石橋傳", *names)) == {"石橋傳"}
