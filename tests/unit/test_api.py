from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import tuibrowser
from support.examples import examples
from tuibrowser.api import LONGEST_TEXT, OpenCorpus, Passage, Place
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loader import load
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import Hit, HitKind, SearchResult

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Finds(Engine):
    """An engine that finds what it was told to."""

    def __init__(self, corpus: Corpus, *hits: Hit) -> None:
        super().__init__(corpus)
        for step in load(corpus, lambda: False):
            self.add(step.loaded)
        self.complete()
        self.hits = hits

    def search(self, query: str, *_: object, **__: object) -> Iterator[SearchResult]:
        yield SearchResult(query, self.hits, {HitKind.EXACT: len(self.hits)}, final=True)


def passages(folder: Path, *hits: Hit) -> tuple[Passage, ...]:
    corpus = Corpus.discover([folder])
    return OpenCorpus(corpus, Finds(corpus, *hits)).search("任何")


def exact(*spans: tuple[int, int], paragraph: int = 0, also: tuple[tuple[int, int], ...] = ()) -> Hit:
    return Hit(0, spans, HitKind.EXACT, 1.0, paragraph, 1 + len(also), also)


def test_the_package_offers_its_public_names_late() -> None:
    assert set(tuibrowser.__all__) <= set(dir(tuibrowser))
    assert all(getattr(tuibrowser, name) for name in tuibrowser.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tuibrowser.nothing  # noqa: B018


def test_a_corpus_is_searched_in_three_lines(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text("前言。\n\n推动高质量发展取得新成效。\n", encoding="utf-8")
    steps: list[tuple[int, int]] = []
    corpus = tuibrowser.open_corpus(tmp_path, progress=lambda done, total: steps.append((done, total)))
    (passage,) = corpus.search("高質量發展")
    assert (passage.document, passage.line, passage.text) == ("文.txt", 3, "推动高质量发展取得新成效。")
    assert passage.spans == ((2, 7),)
    assert corpus.answer("高質量發展").total == 1
    assert [document.name for document in corpus.documents] == ["文.txt"]
    assert corpus.text(0).raw.startswith("前言。")
    assert list(corpus.problems) == []
    assert steps[-1] == (1, 1)


def test_places_of_the_raw_text_become_places_of_the_paragraph(tmp_path: Path) -> None:
    raw = "第一段。\n\n第二段有目标。\n"
    (tmp_path / "a.txt").write_text(raw, encoding="utf-8")
    at = raw.index("目标")
    (passage,) = passages(tmp_path, exact((at, at + 2), paragraph=1, also=((0, 0),)))
    assert passage.text == "第二段有目标。"
    assert passage.spans == ((4, 6),)
    assert (passage.line, passage.lines) == (3, (3, 3))
    assert passage.also == (Place("a.txt", 1),)


def test_a_hit_without_spans_is_its_paragraph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一段。\n\n第二段。\n", encoding="utf-8")
    (passage,) = passages(tmp_path, exact(paragraph=1))
    assert (passage.text, passage.spans, passage.line) == ("第二段。", (), 3)


def test_a_match_that_runs_on_into_the_next_paragraph_is_shown_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一段的结尾。\n\n第二段的开头。\n\n第三段。\n", encoding="utf-8")
    (passage,) = passages(tmp_path, exact((4, 12)))
    assert passage.text == "第一段的结尾。\n第二段的开头。"
    assert passage.lines == (1, 3)
    assert passage.text[slice(*passage.spans[0])] == "结尾。\n第二段"


def test_a_corpus_tells_its_figures_and_what_is_known_of_its_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("溪上多茶树，春时采之。\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("溪上多竹，秋时伐之。\n", encoding="utf-8")
    (tmp_path / "c.txt").touch()
    (tmp_path / "metadata.csv").write_text("path,date,genre\na.txt,2021-03,序\n", encoding="utf-8")
    corpus = tuibrowser.open_corpus(tmp_path)
    found = corpus.summary()
    assert (found.documents, found.formats) == (2, {"text": 1, "markdown": 1})
    assert (found.first, found.last, found.undated, found.unnamed) == ("2021-03", "2021-03", 1, 2)
    assert [(group.reason, group.count) for group in found.left_out] == [("empty file", 1)]
    first = corpus.documents[0]
    assert (first.format, first.fields) == ("text", (("genre", "序"),))
    assert dict(first.origins)["date"] == "sidecar"


def test_a_document_that_went_away_still_has_its_passages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("在。\n", encoding="utf-8")
    corpus = tuibrowser.open_corpus(tmp_path)
    (tmp_path / "a.txt").unlink()
    assert [passage.text for passage in corpus.search("在")] == ["在。"]


LONG = "".join(chr(0x4E00 + number) for number in range(6_000))


@examples(50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_long_paragraph_is_cut_around_its_first_spans(tmp_path: Path, data: st.DataObject) -> None:
    (tmp_path / "a.txt").write_text(LONG, encoding="utf-8")
    bounds = data.draw(st.lists(st.integers(0, len(LONG)), min_size=2, max_size=8, unique=True))
    bounds = sorted(bounds)[: len(bounds) // 2 * 2]
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=True))
    (passage,) = passages(tmp_path, exact(*spans))
    assert passage.text in LONG
    assert len(passage.text) == max(LONGEST_TEXT, spans[0][1] - spans[0][0])
    marked = [passage.text[start:end] for start, end in passage.spans]
    assert marked
    assert marked == [LONG[start:end] for start, end in spans[: len(marked)]]
    assert all(end - spans[0][0] > LONGEST_TEXT for _, end in spans[len(marked) :])


def test_a_passage_names_the_headings_it_stands_under(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# 书\n\n引言。\n\n## 第一章\n\n### 第一节\n\n正文。\n\n## 第二章\n", encoding="utf-8"
    )
    raw = (tmp_path / "a.md").read_text(encoding="utf-8")
    found = passages(tmp_path, *(exact((raw.index(word), raw.index(word) + 2)) for word in ("引言", "正文", "二章")))
    assert [passage.section for passage in found] == [(), ("第一章", "第一节"), ("第二章",)]


def test_what_comes_nearest_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text("推动高质量发展取得新成效。\n", encoding="utf-8")
    corpus = tuibrowser.open_corpus(tmp_path)
    answer = corpus.answer("高质量发展大会胜利闭幕啦")
    assert (answer.total, answer.hits) == (0, ())
    assert [passage.text for passage in answer.nearest] == ["推动高质量发展取得新成效。"]
    assert corpus.search("高质量发展大会胜利闭幕啦") == ()
    assert not corpus.answer("高质量发展").nearest


def test_a_passage_that_runs_on_is_quoted_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("江上有舟，\n\n舟中有人。\n\n人在燈下。\n", encoding="utf-8")
    corpus = tuibrowser.open_corpus(tmp_path, progress=None)
    (passage,) = corpus.search("有舟，舟中")
    assert (passage.text, passage.spans, passage.lines) == ("江上有舟，\n舟中有人。", ((2, 8),), (1, 3))
    (quotation,) = corpus.quotations([passage])
    assert quotation.text == passage.text
    assert corpus.search("舟中")[0].paragraphs == 1
