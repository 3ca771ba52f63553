from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.brute import in_places, outside
from support.searching import answer, load
from tuibrowser.api import open_corpus
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import LAYERS, Layer, Metadata, Source
from tuibrowser.hanzi.fold import fold
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import Scope
from tuibrowser.search.planning import keeper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.api import OpenCorpus

PAGE = """首页 > 游记 > 正文
南湖泛舟记
2021年3月4日 来源：晨报

湖水平如镜，小舟泛其上，打印本页的人不在。游人三五成群，坐而听雨，至暮方归。

次日又往，雨止风生，荷叶田田，不知归路。

责任编辑：苏子期
【打印本页】【关闭窗口】
"""
HEADED = "标题：北溪采茶录\n作者：林疏\n\n溪上多茶树，春时采之，妇孺皆往，歌声相闻于谷。\n"


@pytest.fixture
def corpus(tmp_path: Path) -> OpenCorpus:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(HEADED, encoding="utf-8")
    return open_corpus([str(tmp_path)])


def found(corpus: OpenCorpus, query: str) -> list[str]:
    """The paragraphs found, by what they begin with."""
    answer = corpus.answer(query, None)
    assert answer.total == sum(hit.count for hit in answer.hits)
    return [hit.text[:6] for hit in answer.hits]


def test_furniture_is_no_hit_unless_it_is_asked_for(corpus: OpenCorpus) -> None:
    assert found(corpus, "打印本页") == found(corpus, "打印本页 -in:furniture") == ["湖水平如镜，"]
    assert found(corpus, "in:furniture 打印本页") == found(corpus, "打印本页 ｉｎ：furniture") == ["【打印本页】"]
    assert found(corpus, "in:furniture 湖水") == []
    assert found(corpus, '打印 in:"furniture"') == []


@pytest.mark.parametrize("query", ["关闭窗口", '"关闭窗口"', '="关闭窗口"', "guanbichuangkou", "游记 正文"])
def test_it_is_counted_where_nothing_else_is_found(corpus: OpenCorpus, query: str) -> None:
    answer = corpus.answer(query)
    assert (answer.total, answer.hits, answer.nearest) == (0, (), ())
    assert answer.in_furniture == corpus.answer(f"in:furniture {query}").total == 1
    assert answer.notes == ("in page furniture: 1 match (in:furniture)",)


def test_it_is_not_looked_at_where_something_is_found_or_asked_for_elsewhere(corpus: OpenCorpus) -> None:
    for query in ("打印本页", "关闭窗口 in:b", "关闭窗口 layer:text", "不在此处 in:furniture"):
        assert corpus.answer(query).in_furniture == 0


def test_a_title_that_only_furniture_has_is_found(corpus: OpenCorpus) -> None:
    assert found(corpus, "北溪采茶录") == ["标题：北溪采"]
    assert found(corpus, "林疏") == []


def test_a_hit_says_that_it_stands_in_furniture(corpus: OpenCorpus) -> None:
    (hit,) = corpus.search("in:furniture 关闭")
    assert hit.layer is Layer.FURNITURE


HAN = "高质量"
LINES = st.lists(st.text(alphabet=f"{HAN}，", min_size=1, max_size=30), min_size=1, max_size=6)


def engine_over(lines: list[str], are_furniture: list[bool]) -> tuple[Engine, list[tuple[int, int]]]:
    """An engine over a text of which some lines are furniture, and where these stand."""
    loaded = load(0, "\n".join(lines), "a.txt", Metadata())
    ends = [start + len(line) for start, line in zip(loaded.starts, lines, strict=True)]
    furniture = [span for *span, held in zip(loaded.starts, ends, are_furniture, strict=True) if held]
    rows = [number for start, end in furniture for number in (start, end, LAYERS.index(Layer.FURNITURE))]
    engine = Engine(Corpus([Source(Path("a.txt"), "a.txt")]))
    engine.add([replace(loaded, layers=array("I", rows))])
    engine.complete()
    return engine, [(start, end) for start, end in furniture]


@given(LINES, st.lists(st.booleans(), min_size=6, max_size=6), st.text(alphabet=HAN, min_size=1, max_size=3))
def test_every_match_outside_of_furniture_is_found_and_no_other(
    lines: list[str], are_furniture: list[bool], query: str
) -> None:
    engine, furniture = engine_over(lines, are_furniture[: len(lines)])
    text = "\n".join(lines)
    places = [((identity, identity + 1),) for identity in fold(query).tolist()]
    whole = sorted(in_places(text, places, gaps=False))
    expected = [span for span in outside(whole, furniture) if "\n" not in text[slice(*span)]]
    assert [(start, end) for _, start, end in engine.occurrences(f'="{query}"')] == expected
    within = [span for span in whole if not outside([(span[0], span[0] + 1)], furniture)]
    held = [(start, end) for _, start, end in engine.occurrences(f'in:furniture ="{query}"')]
    assert held == [span for span in within if "\n" not in text[slice(*span)]]


def test_very_many_matches_are_told_apart_as_well() -> None:
    engine, furniture = engine_over(["高质" * 50, "高质" * 3, "高质" * 50, "高高"], [False, True, False, True])
    assert len(engine.occurrences("高质")) == 100
    assert not outside([(start, end) for _, start, end in engine.occurrences("in:furniture 高质")], furniture)
    assert len(engine.occurrences("in:furniture 高")) == 5


@pytest.mark.parametrize(("query", "total"), [("湖水 打印 如鏡", 0), ("湖水 re:打.本 如鏡", 0), ("湖水 re:平.鏡", 1)])
def test_a_keyword_or_pattern_in_the_midst_of_a_paragraph_may_be_furniture(query: str, total: int) -> None:
    text = "湖水打印本頁平如鏡"
    start, end = text.index("打"), text.index("平")
    engine = Engine(Corpus([Source(Path("a.txt"), "a.txt")]))
    layers = array("I", [start, end, LAYERS.index(Layer.FURNITURE)])
    engine.add([replace(load(0, text, "a.txt", Metadata()), layers=layers)])
    engine.complete()
    assert sum(answer(engine, query, Scope(exact=True)).totals.values()) == total


def test_the_search_for_what_stands_aside_is_ended_like_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []

    def never() -> bool:
        return False

    def nothing(*asked: object) -> Iterator[None]:
        given.append(asked[-1])
        return iter(())

    monkeypatch.setattr(keeper, "find_pattern", nothing)
    engine, _ = engine_over(["山水", "水"], [False, True])
    list(engine.search("re:瓜.瓜", cancelled=never))
    assert len(given) > 1
    assert all(each is never for each in given)


EDITION = """<TEI><text><body>
<p>溪上多茶<app><lem wit="【大】">樹</lem><rdg wit="【宋】">桑</rdg></app>，春時采之。</p></body></text></TEI>"""


def test_readings_of_other_editions_are_no_hits_unless_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_text(EDITION, encoding="utf-8")
    corpus = open_corpus([str(tmp_path)])
    assert found(corpus, "茶樹") == ["溪上多茶樹，"]
    answer = corpus.answer("桑【宋】")
    assert answer.total == 0
    assert "in the apparatus: 1 match (layer:apparatus)" in map(str, answer.notes)
    (hit,) = corpus.answer("layer:apparatus 桑").hits
    assert (hit.text, hit.layer) == ("樹【大】，桑【宋】", Layer.APPARATUS)
