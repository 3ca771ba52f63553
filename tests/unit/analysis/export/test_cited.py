"""A figure can be cited: the paragraph says what it is of and how it was reckoned, in each language of the program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from support.searching import engine_of
from tuibrowser.analysis.basis import Basis
from tuibrowser.analysis.export.cited import cited
from tuibrowser.analysis.figures.clusters import clusters
from tuibrowser.analysis.figures.collocates import collocates
from tuibrowser.analysis.figures.concordance import concordance
from tuibrowser.analysis.figures.dispersion import dispersion
from tuibrowser.analysis.figures.frequency import frequency
from tuibrowser.analysis.figures.keyness import keyness
from tuibrowser.analysis.texts.extent import Undated
from tuibrowser.analysis.texts.units import BIGRAM
from tuibrowser.language.i18n import shown, speak
from tuibrowser.search.model import HitKind

if TYPE_CHECKING:
    from collections.abc import Iterator

BASIS = Basis(
    query="国家",
    documents=4646,
    characters=29_364_597,
    n=16_027_061,
    s=154_220,
    undated=Undated(508, 0.512),
    fingerprint="3f9a0ef2",
    version="0.2.0",
    made="2026-11-29T10:04:05+00:00",
    documents_with=1975,
    matches=18_336,
    totals={HitKind.EXACT: 16_039, HitKind.VARIANT: 2297},
    unit=BIGRAM,
    window=(5, 1),
    measure="logdice",
    minimum=5,
)

TEXTS = ["渡口的水涨了。\n水涨船高。", "水漲了，渡口沒有船。", "山里没有渡口。"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak("en")


PARAGRAPHS = {
    "en": (
        "国家: 18,336 matches (exact 16,039, variant 2,297; script and case folded, punctuation not counted) "
        "in 1,975 of 4,646 documents (29,364,597 characters). Corpus fingerprint 3f9a0ef2; 508 documents, 51% of "
        "the text, undated. Method: within 5 bigrams on the left and 1 bigram on the right of the same paragraph, "
        "each place once; S 154,220, N 16,027,061; by logDice (Rychlý 2008); 5 at least. "
        "tuibrowser 0.2.0, 29 November 2026."
    ),
    "zh-Hans": (
        "国家：18,336 处匹配（精确 16,039、简繁异体 2,297；不分简繁与大小写，不计标点），"
        "见于 4,646 篇文档（29,364,597 字）中的 1,975 篇。语料库指纹 3f9a0ef2；508 篇文档（占文本的 51%）未注日期。"
        "计法：同一段落内左 5 个二元组、右 1 个二元组，每个位置只计一次；S 154,220，N 16,027,061；"
        "以logDice（Rychlý 2008）计；至少 5 次。tuibrowser 0.2.0，2026年11月29日。"
    ),
    "zh-Hant": (
        "国家：18,336 處符合（精確 16,039、簡繁異體 2,297；不分簡繁與大小寫，不計標點），"
        "見於 4,646 篇文件（29,364,597 字）中的 1,975 篇。語料庫指紋 3f9a0ef2；508 篇文件（佔文本的 51%）未注日期。"
        "計法：同一段落內左 5 個二元組、右 1 個二元組，每個位置只計一次；S 154,220，N 16,027,061；"
        "以logDice（Rychlý 2008）計；至少 5 次。tuibrowser 0.2.0，2026年11月29日。"
    ),
}


@pytest.mark.parametrize("language", PARAGRAPHS)
def test_the_paragraph_in_each_language(language: str) -> None:
    speak(language)
    assert shown(cited(BASIS)) == PARAGRAPHS[language]


def test_what_is_at_least_is_said() -> None:
    assert "国家: at least 18,336 matches (" in cited(replace(BASIS, at_least=True))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_figure_says_how_it_was_reckoned(language: str) -> None:
    engine = engine_of(TEXTS)
    speak(language)
    said = [
        (concordance(engine, "水涨").basis, "reading order", "阅读顺序", "閱讀順序"),
        (concordance(engine, "水涨", order="random", seed=7).basis, "seed 7", "种子 7", "種子 7"),
        (frequency(engine, "水涨").basis, "Wilson (1927)", "Wilson（1927）", "Wilson（1927）"),
        (dispersion(engine, "水涨").basis, "(Gries 2008)", "（Gries 2008）", "（Gries 2008）"),
        (clusters(engine, "水涨", size=1).basis, "1 character on the right", "右 1 字", "右 1 字"),
        (collocates(engine, "水涨", minimum=1).basis, "(Rychlý 2008)", "（Rychlý 2008）", "（Rychlý 2008）"),
        (keyness(engine, "in:0", minimum=1).basis, "N 10 characters against 14", "参照为 14", "參照為 14"),
    ]
    place = ["en", "zh-Hans", "zh-Hant"].index(language)
    for basis, *words in said:
        paragraph = shown(cited(basis))
        assert words[place] in paragraph
        assert basis.fingerprint in paragraph
        assert all(mark not in paragraph for mark in (";;", ": .", "；；", "：。"))
