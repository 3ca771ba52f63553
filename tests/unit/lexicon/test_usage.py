"""How often a word stands in the texts, as it is told while texts are still being read."""

from __future__ import annotations

from support.searching import engine_of
from tuibrowser.lexicon.define import Definition, usage_of
from tuibrowser.lexicon.lines import definition_lines


def told(word: str, *, whole: bool) -> str:
    engine = engine_of(["渡口有船，渡口有人。"])
    engine.adopt(engine.segments, whole=whole)
    return list(definition_lines(Definition(word, (), (), usage_of(word, engine))))[1].text


def test_of_all_texts() -> None:
    assert told("渡口", whole=True) == "2 places in this corpus: 渡口 2"
    assert told("橋", whole=True) == "nowhere in this corpus"


def test_of_those_that_were_read_so_far() -> None:
    assert told("渡口", whole=False) == "at least 2 places in this corpus: 渡口 2"
    assert told("橋", whole=False) == "nowhere in the texts read so far"
