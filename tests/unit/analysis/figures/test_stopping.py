"""Figures that nobody wants any more end between two steps, and are made whole when they are asked for again."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from support.searching import engine_of
from support.words import cut_greedily
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.figures.lists import words
from tuibrowser.analysis.texts.units import UnitsAsked
from tuibrowser.host.stopping import StoppedError, stopping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.search.engine import Engine

TEXTS = ["茶樓酒酒酒，茶樓酒", "楼酒茶茶，茶楼酒酒酒"]

FIGURES: dict[str, Callable[[Engine], Sequence[object]]] = {
    "collocates": lambda engine: collocates(engine, "茶", minimum=1),
    "collocates of words": lambda engine: collocates(engine, "茶", units=UnitsAsked("word"), minimum=1),
    "clusters": lambda engine: clusters(engine, "茶", size=1),
    "pairs": lambda engine: words(engine, units=UnitsAsked("bigram"), minimum=1),
    "words": lambda engine: words(engine, units=UnitsAsked("word"), minimum=1),
    "forms": lambda engine: words(engine, units=UnitsAsked("word", exact=True), minimum=1),
    "words in a row": lambda engine: words(engine, units=UnitsAsked("word"), size=2, minimum=1),
    "keyness": lambda engine: keyness(engine, "in:0", units=UnitsAsked("word"), minimum=1),
    "sorted lines": lambda engine: concordance(engine, "茶", order="right"),
    "equal lines": lambda engine: concordance(engine, "茶").distinct(),
}


@pytest.fixture(autouse=True)
def _greedily() -> Iterator[None]:
    with cut_greedily():
        yield


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_stops_at_its_steps_and_is_whole_afterwards(name: str) -> None:
    make = FIGURES[name]
    whole = list(make(engine_of(TEXTS)))
    engine = engine_of(TEXTS)
    engine.cut_texts.prepare()
    stops = 0
    for steps in count():
        asked = iter(range(steps))
        try:
            with stopping(lambda asked=asked: next(asked, None) is None):  # type: ignore[misc]
                assert list(make(engine)) == whole
            break
        except StoppedError:
            stops += 1
    assert stops > 0
    assert list(make(engine)) == whole
