"""What the core says: English for programs, Chinese where it is shown, also after it was kept or sent by a process."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
import sqlite3
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tuibrowser
from tuibrowser.cli.doctor import diagnosis_record
from tuibrowser.cli.run import run
from tuibrowser.clipboard.copy import Receipt, copy
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.decoding.decode import encoding_name
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.loading import loader
from tuibrowser.corpus.loading.loader import load
from tuibrowser.corpus.records.catalogue import take_records
from tuibrowser.doctor.examine import examine
from tuibrowser.doctor.lines import sections
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.hanzi.words import Words
from tuibrowser.host import system_errors
from tuibrowser.host.system_errors import sqlite_reason, system_error, system_reason
from tuibrowser.language import i18n
from tuibrowser.language.i18n import SIMPLIFIED, Message, catalogue, shown
from tuibrowser.language.wording import clauses, listed
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.quoting.write import DESCRIPTIONS
from tuibrowser.search.index import places
from tuibrowser.search.index.places import folder_of
from tuibrowser.search.index.process import Beside
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.index.store import IndexUnusableError, open_index
from tuibrowser.search.opened import open_engine, reason_of
from tuibrowser.userdata.exchange import ExchangeError, from_json, from_markdown
from tuibrowser.userdata.store import UserData

if TYPE_CHECKING:
    from collections.abc import Iterator

CHINESE = catalogue(SIMPLIFIED)
ENGLISH_WORDS = re.compile(r"[A-Za-z][a-z']+,? [a-z][a-z]+")


@pytest.fixture(autouse=True)
def spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", CHINESE)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Texts of which one is damaged, one cannot be read and two are left out, and an index of the smallest corpus."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "甲.txt").write_text("高质量发展。\n", encoding="utf-8")
    (folder / "乙.txt").write_bytes("乙。\n".encode() * 60 + b"\xff\x07" + "丙丁。".encode())
    (folder / "丙.txt").write_bytes(b"\x7fELF\x00\x01")
    (folder / "空.txt").touch()
    (folder / "表.xls").write_text("甲,乙\n", encoding="utf-8")
    return folder


# What all rooms have in common


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other words")
def test_what_the_system_says_is_known_in_its_own_words() -> None:
    for number, message in system_errors._REASONS.items():
        assert message == os.strerror(number).lower()
        error = OSError(number, os.strerror(number), "甲.txt")
        assert system_reason(error) == message
        assert system_reason(error, error.strerror) == os.strerror(number)
        assert shown(system_reason(error, error.strerror)) == CHINESE[message]
        assert system_error(error) == f"{message}: 甲.txt"
        assert shown(system_error(error)) == f"{CHINESE[message]}：甲.txt"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EPROTO, "Protocol error"), "protocol error"),
        (OSError("Of our own"), "of our own"),
        (OSError(), "oserror"),
        (ValueError("Embedded null byte"), "embedded null byte"),
    ],
)
def test_what_is_not_known_stays_as_it_is_said(error: Exception, words: str) -> None:
    assert shown(system_reason(error)) == words
    assert shown(system_error(error)) == (words if isinstance(error, OSError) and error.errno else str(error))


def test_what_an_error_was_raised_with_is_shown() -> None:
    message = i18n.plain("there is no index")
    assert shown(system_reason(OSError(message))) == "没有索引"
    assert shown(OSError(errno.ENOENT, "No such file or directory")) == "[Errno 2] No such file or directory"


def test_what_sqlite_says_is_known() -> None:
    with pytest.raises(sqlite3.OperationalError) as caught:
        sqlite3.connect("/nowhere/at/all.db")
    assert sqlite_reason(caught.value) == "unable to open database file"
    assert shown(sqlite_reason(caught.value)) == "无法打开数据库文件"
    assert shown(sqlite_reason(sqlite3.OperationalError("no such table: a"))) == "no such table: a"


def test_things_in_a_row_are_divided_as_the_language_does() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert shown(listed(["a", "b", "c"])) == "a、b、c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""
    assert clauses(["a", "", "b"]) == "a; b"
    assert shown(clauses(["a", "", "b"])) == "a；b"
    assert clauses([""]) == ""


# Corpus and index


def test_what_was_left_out_of_a_corpus_and_why(texts: Path) -> None:
    reasons = {Path(problem.path).name: problem.reason for problem in Corpus.discover([texts]).problems}
    assert reasons == {"空.txt": "empty file", "表.xls": "format not supported yet: .xls"}
    assert [shown(reason) for reason in reasons.values()] == ["空文件", "暂不支持的格式：.xls"]


def test_what_cannot_be_opened_is_said(texts: Path) -> None:
    with pytest.raises(CorpusError, match="no such file or folder: ") as caught:
        Corpus.discover([texts / "无"])
    assert shown(caught.value) == f"没有这个文件或文件夹：{texts / '无'}"
    corpus = Corpus.discover([texts])
    number = corpus.number_of("丙.txt")
    assert number is not None
    with pytest.raises(CorpusError, match=r"^cannot open 丙\.txt: not a text: program$") as caught:
        corpus.text(number)
    assert shown(caught.value) == "无法打开 丙.txt：不是文本：程序"
    (texts / "丙.txt").unlink()
    with pytest.raises(CorpusError, match=r"^cannot open 丙\.txt: no such file or directory$") as caught:
        corpus.text(number)
    assert shown(caught.value) == "无法打开 丙.txt：文件或文件夹不存在"
    with pytest.raises(CorpusError, match=r"^unknown encoding: 'klingon'$") as caught:
        encoding_name("klingon")
    assert shown(caught.value) == "未知的编码：klingon"


def of_documents(corpus: Corpus) -> dict[str, list[str]]:
    """What is wrong with each document, as it is shown."""
    return {each.name: [shown(problem.detail) for problem in each.problems] for each in corpus.documents}


PROBLEMS = {
    "甲.txt": [],
    "乙.txt": ["1 个字节不是有效的 utf-8 编码", "1 个控制字符"],
    "丙.txt": ["不是文本：程序"],
}


def test_what_another_process_found_is_shown(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "ALONE", 0)
    corpus = Corpus.discover([texts])
    for _ in load(corpus, lambda: False):
        pass
    assert of_documents(corpus) == PROBLEMS


def test_an_index_built_in_one_language_is_shown_in_another(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", {})
    open_engine(Corpus.discover([texts]), None, Listener())
    corpus = Corpus.discover([texts])
    taken = take_records(corpus, open_index(corpus, folder_of(corpus)).catalogue)
    assert len(taken) == 2
    assert of_documents(corpus)["丙.txt"] == ["not a text: program"]
    monkeypatch.setattr(i18n._spoken, "catalogue", CHINESE)
    assert of_documents(corpus) == PROBLEMS
    assert [shown(problem.reason) for problem in corpus.problems][-1] == "不是文本：程序"


def test_an_index_taken_over_keeps_what_is_said_of_its_documents(texts: Path) -> None:
    open_engine(Corpus.discover([texts]), None, Listener())
    (texts / "丁.txt").write_text("丁。\n", encoding="utf-8")
    open_engine(Corpus.discover([texts]), None, Listener())
    corpus = Corpus.discover([texts])
    take_records(corpus, open_index(corpus, folder_of(corpus)).catalogue)
    assert of_documents(corpus) == {**PROBLEMS, "丁.txt": []}


def test_an_index_of_the_format_before_is_built_again(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_FORMAT", places._FORMAT - 1)
    places.maker.cache_clear()
    open_engine(Corpus.discover([texts]), None, Listener())
    monkeypatch.undo()
    places.maker.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(texts.parent / "cache"))
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)
    monkeypatch.setattr(i18n._spoken, "catalogue", CHINESE)
    corpus = Corpus.discover([texts])
    with pytest.raises(IndexUnusableError) as caught:
        open_index(corpus, folder_of(corpus))
    assert reason_of(caught.value) == "the index was made by another version"
    assert shown(reason_of(caught.value)) == "索引由另一版本的程序建立"
    notes: list[str] = []
    open_engine(corpus, None, Listener(note=notes.append))
    assert [shown(note) for note in notes] == ["索引由另一版本的程序建立，已重新建立"]
    assert open_index(corpus, folder_of(corpus)).fits(corpus)


@pytest.mark.parametrize(
    "kept", [["a"], ["a", "b", 3], [3, "b", {}], ["a", ["b"], {}], ["a", "b", {"c": ["d"]}]], ids=str
)
def test_what_is_no_message_in_a_catalogue_is_damage(
    texts: Path, kept: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_engine(Corpus.discover([texts]), None, Listener())
    corpus = Corpus.discover([texts])
    stored = open_index(corpus, folder_of(corpus))
    monkeypatch.setattr(stored.catalogue, "_line", lambda _: json.dumps({"failure": kept}).encode())
    with pytest.raises(ValueError, match="is damaged"):
        take_records(corpus, stored.catalogue)


def test_a_kept_message_without_its_values_is_shown_in_english() -> None:
    assert shown(Message("not a text: program", "not a text: {kind}", {"sort": "PDF"})) == "not a text: program"
    assert shown(Message("3 matches", "{count:,} match", {"count": "3"})) == "3 matches"


def test_why_the_process_beside_failed_is_shown(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (texts.parent / "文件").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(texts.parent / "文件"))
    with Beside(Corpus.discover([texts])) as process, pytest.raises(OSError, match=r"^not a directory$") as caught:
        list(process.events())
    assert shown(reason_of(caught.value)) == CHINESE["not a directory"]


# Search


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("高质量 from:北京", "没有字段 from，按文字搜索（可用的有 in:、by:、date:、layer:、like:、re:）"),
        ("高质量 date:昨天", "date:昨天 不是日期（可写 2022、421、2021-06..2023、前221..、康熙），不作搜索"),
        ("高质量 by:某人", "2 篇未注明作者的文档不计在内"),
        ("by:某人", "没有要查找的词：请加上查询词"),
        ('"红楼梦"', "没有与“红楼梦”完全相同的文字；未查找近似匹配"),
        ("高质量 红楼梦", "没有段落含有全部各词（高质量 红楼梦）；试过：各词同在一段、各词按拼音、同音、缩写和错一字"),
    ],
)
def test_what_is_said_of_a_query(texts: Path, query: str, note: str) -> None:
    *_, result = open_engine(Corpus.discover([texts]), None, Listener()).search(query)
    assert any(shown(each).startswith(note) for each in result.notes), result.notes
    assert all(re.match(r"[a-z\d]", each) for each in result.notes), "English for programs"


def test_problems_are_english_for_programs(texts: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["outline", "--json", str(texts)])
    record = json.loads(capfd.readouterr().out)
    assert {problem["reason"] for problem in record["problems"]} == {
        "empty file",
        "format not supported yet: .xls",
        "not a text: program",
    }


# Reading, words and user data


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        ("template", "{author", "the { at 1 is not closed", "第 1 个字符处的 { 没有闭合"),
        ("template", "{autor}", "no field {autor}; there are article, ", "没有字段 {autor}，可用的有 article、"),
        ("page", "页", "page needs a {} for the number", "page 中需有 {} 表示数字"),
        ("style", "x", "style is one of chinese, western", "style 应为以下之一：chinese、western"),
        ("autor", "x", "autor is nothing of a citation: there are ", "出处没有 autor 这一项，可用的有 style、"),
    ],
)
def test_what_is_wrong_with_a_style(name: str, value: str, english: str, chinese: str) -> None:
    _, wrong = read_style({name: value})
    assert wrong[name].startswith(english)
    assert shown(wrong[name]).startswith(chinese)


def test_what_formats_and_conversions_do_is_described() -> None:
    for description in (*DESCRIPTIONS.values(), *CONFIGURATIONS.values()):
        assert shown(description) != description


@pytest.mark.slow
def test_what_cannot_be_used_of_a_dictionary_is_said(tmp_path: Path) -> None:
    words = Words(tmp_path / "词.txt")
    words.load()
    assert words.problem == "词.txt was not used: No such file or directory"
    assert shown(words.problem) == "未使用 词.txt：文件或文件夹不存在"


def test_what_is_no_list_of_bookmarks_is_said() -> None:
    with pytest.raises(ExchangeError, match=r"^bookmark 1 has no offset$") as caught:
        from_json('{"format": "tuibrowser bookmarks", "version": 1, "bookmarks": [{"path": "a", "content": "b"}]}')
    assert shown(caught.value) == "第 1 个书签没有 offset"
    with pytest.raises(ExchangeError, match=r"^not a list of bookmarks$") as caught:
        from_markdown("甲")
    assert shown(caught.value) == "不是书签列表"


def test_what_befalls_the_state_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "state.db"
    path.write_bytes(b"no database" * 1000)
    UserData(path, said.append).close()
    (tmp_path / "文件").touch()
    UserData(tmp_path / "文件" / "state.db", said.append).close()
    assert said[0].startswith("the file of bookmarks and places was damaged and is kept as state.damaged-")
    assert said[0].endswith("; 0 entries were saved from it")
    assert shown(said[0]).startswith("书签和阅读位置的文件已损坏，另存为 state.damaged-")
    assert shown(said[0]).endswith("；救回 0 条记录")
    assert said[1] == "bookmarks and places are kept in memory only: a file is in the place of its folder"
    assert shown(said[1]) == "书签和阅读位置只保存在内存中：其文件夹的位置上是一个文件"


# Copies and the doctor


def test_what_became_of_a_copy(tmp_path: Path) -> None:
    sent = copy("高质量发展", lambda _: None, {"TERM": "xterm", "SSH_TTY": "/dev/pts/0"}, folder=tmp_path)
    assert sent.message == "5 characters sent to the terminal"
    assert shown(sent.message) == "5 字已发送到：终端"
    assert sent.hint == "arrives if the terminal allows OSC 52"
    assert shown(sent.hint) == "终端允许 OSC 52 时才能送达"
    assert sent.kept == str(sent.file)

    def refuse(_: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/dev/tty")

    (tmp_path / "文件").touch()
    lost = copy("高质量发展", refuse, {"TERM": "xterm", "SSH_TTY": "/dev/pts/0"}, folder=tmp_path / "文件")
    assert shown(lost.message) == "5 字未能复制"
    assert lost.errors[1] == "the terminal: permission denied: /dev/tty"
    assert shown(lost.errors[1]) == "终端：没有权限：/dev/tty"
    assert shown(lost.hint).startswith("未能保存到文件：")
    assert shown(Receipt(0).message) == "没有可复制的内容"
    assert Receipt(3, ("pbcopy", i18n.plain("the terminal"))).message == "3 characters sent to pbcopy and the terminal"


def test_a_diagnosis_is_english_for_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    found = examine({"TERM": "dumb", "SSH_TTY": "/dev/pts/0", "LANG": "zh_CN.GB18030"})
    assert json.dumps(diagnosis_record(found), ensure_ascii=False).isascii()
    said = [words for heading, pairs in sections(found) for words in (heading, *chain.from_iterable(pairs))]
    assert all(words.isascii() for words in said)
    assert [shown(heading) for heading, _ in sections(found)] == ["需要解决的问题", "剪贴板", "终端", "文件夹", "版本"]
    left = [shown(words) for words in said if ENGLISH_WORDS.search(shown(words))]
    assert left == []


# The source

ROOMS = ("corpus", "search", "reading", "userdata", "clipboard", "hanzi", "doctor")
NO_MESSAGES = {
    "corpus/records/packed_outline.py": r"no packed outline",
    "corpus/records/catalogue.py": r" is damaged",
    "corpus/front/fields.py": r"[\u4e00-\u9fff].*",
    "corpus/formats/plain.py": r"plain text",
    "corpus/outlines/forms.py": r"run on",
    "corpus/front/furniture.py": r".*[\u4e00-\u9fff].*",
    "corpus/loading/pool.py": r"the processes that read do not work here",
    "corpus/repairs/markup.py": r"a abbr [a-z0-9 ]+",
    "corpus/repairs/repair.py": r"[a-zü]{1,4}( [a-zü]{1,4})+",
    "search/index/store.py": r"not the name of a file of an index: ",
    "reading/quoting/citation.py": r"converted from |converted to | by the name of the file",
    "reading/views/render.py": r"no paragraph ",
    "userdata/connections.py": r"database disk image is malformed",
    "userdata/exchange.py": r"tuibrowser bookmarks",
    "userdata/schema.py": r".*",
    "userdata/store.py": r".*",
    "clipboard/clean.py": r".*",
    "corpus/formats/office/doc_file.py": r"pieces that do not follow one another",
    "corpus/formats/office/docx.py": r"Table of Contents",
    "corpus/formats/office/docx_styles.py": r".*table of figures",
    "corpus/formats/books/palm.py": r"a record of far too much text",
    "corpus/formats/books/mobi.py": r"table of contents\|.*",
    "corpus/formats/pages/about.py": r"The Project Gutenberg .*",
    "corpus/formats/pages/blocks/walk.py": r"address article aside .*",
    "corpus/loading/child.py": r"there is no interpreter to start",
    "corpus/formats/xml/tei/sections.py": r"p ab byline .*|lg list table .*",
    "search/building/builder.py": r"not a file of a piece: |is made|is not made: ",
    "search/building/host_side.py": r" taken up: parts ",
    "search/building/folder.py": r"not the name of a piece: ",
    "search/building/gateway.py": r" has other documents",
    "search/building/making.py": r"not the name of a file",
    "search/building/orders.py": r"this is no order",
    "search/counting/places.py": r"(roles of codes|blocks outside) ",
    "search/machines/arrays.py": r".*",
    "search/cluster/asking/replicated.py": r" s for parts |; no answer of ",
    "search/cluster/asking/roster.py": r" is lost: | is back",
    "search/machines/coding.py": r".*",
    "search/cluster/host/bundle.py": r"this asks nothing.*|this is no .*|this answers nothing",
    "search/cluster/host/calls.py": r"this is no question",
    "search/cluster/host/host.py": r"there is no |this is nothing to be asked|these are no matches",
    "search/cluster/host/recipes.py": r"this chooses nothing|these are no arguments",
    "search/cluster/host/steps.py": r"this is no question|this is no answer|there is no ",
    "search/machines/frames.py": r".*",
    "search/machines/methods.py": r"this is not what ",
    "search/patterns/faults.py": r".*",
    "search/machines/clerk.py": r".*",
    "search/network/about.py": r"this says nothing of a host",
    "search/network/fetching.py": r"not the name of a file: ",
    "search/network/gateway.py": r"the scheduler ended with | and is started again",
    "search/network/library.py": r" taken up: parts ",
    "search/network/worker.py": r"the scheduler is gone|cannot join: | answers at ",
    "search/machines/server.py": r"reader | refused: | are connected| in a request|no reader can be taken: ",
    "search/patterns/folding.py": r"points of codes ",
    "corpus/formats/records/fields.py": r"Mapping\[.*",
    "corpus/formats/xml/tei/gaiji.py": r"normalized form",
    "hanzi/_widths.py": r".*",
    "hanzi/alignment.py": r" overlaps an earlier one or runs backwards",
    "hanzi/convert.py": r"unknown conversion |; known are ",
    "doctor/terminal.py": r"tmux (attach|set) ?.*",
}
"""What is English and not for readers: mistakes of programs, SQL, patterns, commands, and the text of citations."""


def words_outside_messages(path: Path) -> Iterator[tuple[int, str]]:
    """The strings with two English words, and their lines, that are neither messages nor docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    others: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            others.add(id(node.value))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"plain", "many"}:
            others.update(map(id, node.args))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "FIELDS":
            others.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if id(node) in others or not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if ENGLISH_WORDS.search(node.value):
            yield node.lineno, node.value


@pytest.mark.parametrize("room", ROOMS)
def test_what_a_room_says_is_a_message(room: str) -> None:
    package, found = Path(tuibrowser.__file__).parent, []
    for path in sorted((package / room).rglob("*.py")):
        name = path.relative_to(package).as_posix()
        allowed = re.compile(NO_MESSAGES.get(name, "(?!)"), re.DOTALL)
        found += [
            f"{name}:{line}: {text}" for line, text in words_outside_messages(path) if not allowed.fullmatch(text)
        ]
    assert not found
