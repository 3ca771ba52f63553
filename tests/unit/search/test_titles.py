from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Belonging, Document, Heading, Source
from tuibrowser.search.index.names import names_of
from tuibrowser.search.known_names import KnownNames
from tuibrowser.search.titles import TitleFinder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.search.index.names import Names


def finder(names: dict[str, list[str]]) -> TitleFinder:
    corpus = Corpus([Source(Path(title), title) for title in names])
    for number, (title, headings) in enumerate(names.items()):
        named = tuple(Heading(1, at, at + 1, heading) for at, heading in enumerate(headings))
        corpus.documents[number] = Document(number, Source(Path(title), title), title, headings=named, read=True)
    return TitleFinder(corpus, KnownNames(corpus))


TITLES = {
    "政府工作報告": ["一、過去一年工作回顧", "二、今年工作建議"],
    "中央研究院處務規程": [],
    "紅樓夢": ["第一回 甄士隱夢幻識通靈", "第二回 賈夫人仙逝揚州城"],
}


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("工作报告", "政府工作報告", "工作報告"),
        ("中央研究处务", "中央研究院處務規程", "中央研究處務"),
        ("贾夫人", "第二回 賈夫人仙逝揚州城", "賈夫人"),
        ("gongzuobaogao", "政府工作報告", "工作報告"),
        ("gong zuo bao gao", "政府工作報告", "工作報告"),
        ("zfgzbg", "政府工作報告", "政府工作報告"),
        ("honglou", "紅樓夢", "紅樓"),
    ],
)
def test_a_half_remembered_name_is_found(query: str, title: str, marked: str) -> None:
    best = finder(TITLES).find(query)[0]
    assert best.title == title
    assert "".join(title[start:end] for start, end in best.spans) == marked


def test_a_heading_is_named_by_its_index() -> None:
    best = finder(TITLES).find("贾夫人")[0]
    assert (best.document, best.heading) == (2, 1)


def test_the_whole_name_comes_before_a_longer_one() -> None:
    found = finder({"论语注疏": [], "论语": [], "论语集注": []}).find("论语")
    assert found[0].title == "论语"


def test_syllables_are_not_taken_apart() -> None:
    assert finder({"西安": [], "先生": []}).find("ans") == []


@pytest.mark.parametrize(
    "query",
    ["", " ", "\0", "\ud800", "x" * 10_000, "的" * 10_000, "zhong" * 60 + " guo", "hong " + "lou" * 100, ".*", "'"],
    ids=lambda query: ascii(query[:12]),
)
def test_whatever_is_typed_gets_an_answer(query: str) -> None:
    assert isinstance(finder(TITLES).find(query), list)
    assert finder({}).find(query) == []


def test_names_read_later_are_found() -> None:
    corpus = Corpus([Source(Path("a"), "a")])
    found = TitleFinder(corpus, KnownNames(corpus))
    assert found.find("红楼梦") == []
    corpus.documents[0] = Document(0, Source(Path("a"), "a"), "紅樓夢", read=True)
    assert found.find("红楼梦")[0].document == 0


def test_the_names_are_made_once_however_often_documents_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(documents: Iterable[Document]) -> Names:
        names = names_of(documents)
        made.append(len(names))
        return names

    found = finder(TITLES)
    monkeypatch.setattr("tuibrowser.search.known_names.names_of", counted)
    documents = found._corpus.documents
    for number, document in enumerate(documents):
        found.find("贾夫人")
        documents[number] = replace(document, headings=tuple(map(replace, document.headings)))
    assert found.find("贾夫人")[0].heading == 1
    assert made == [3]
    documents[2] = replace(documents[2], headings=(replace(documents[2].headings[0], title="第一回 贾夫人"),))
    assert found.find("贾夫人")[0].heading == 0
    assert made == [3, 3]


def parts(**headings: list[str]) -> TitleFinder:
    """Parts of two works in folders of other names."""
    made = []
    for number, (work, folder) in enumerate((("論語", "ry"), ("孟子", "mz"))):
        source = Source(Path(f"/{folder}/卷一.txt"), f"{folder}/卷一.txt", belonging=Belonging(work))
        named = tuple(Heading(1, at, at + 1, heading) for at, heading in enumerate(headings[folder]))
        made.append(Document(number, source, "卷一", headings=named, read=True))
    corpus = Corpus([document.source for document in made])
    for document in made:
        corpus.documents[document.number] = document
    return TitleFinder(corpus, KnownNames(corpus))


@pytest.mark.parametrize("query", ["论语 学而", "lunyu xueer", "論語 xe", "ry 學而", "卷一 论语 学而"])
def test_words_before_others_name_the_work_or_the_folder(query: str) -> None:
    best = parts(ry=["學而第一", "為政第二"], mz=["學而優則", "公孫丑"]).find(query)[0]
    assert (best.document, best.heading, best.title) == (0, 0, "學而第一")


@pytest.mark.parametrize("query", ["lunyu", "论语", "ly"])
def test_a_part_is_found_by_its_work(query: str) -> None:
    best = parts(ry=[], mz=[]).find(query)[0]
    assert (best.document, best.title) == (0, "論語·卷一")


@pytest.mark.parametrize("query", ["渡口來信", "渡口来信", "dukoulaixin", "dklx"])
def test_a_document_is_found_by_the_name_of_its_file(query: str) -> None:
    source = Source(Path("/渡口來信.txt"), "渡口來信.txt")
    corpus = Corpus([source])
    corpus.documents[0] = Document(0, source, "致石橋諸君", read=True)
    assert [match.document for match in TitleFinder(corpus, KnownNames(corpus)).find(query)] == [0]


def test_of_very_many_names_the_best_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.titles._MOST_LIKELY", 2)
    names = [*(f"春日{'江' * at}行" for at in range(1, 5)), "江春", "春江花月夜", "春江"]
    best = finder({name: [] for name in names}).find("春江")
    assert [match.title for match in best] == ["春江", "春江花月夜"]


def test_the_best_by_sound_need_not_be_among_the_first() -> None:
    names = [*(f"西山第{'三' * at}集" for at in range(1, 60)), "西山"]
    assert finder({name: [] for name in names}).find("xishan", limit=5)[0].title == "西山"
