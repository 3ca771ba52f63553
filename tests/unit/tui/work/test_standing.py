from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.opened import read_into
from tuibrowser.tui.work.standing import all_standing, standing

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.corpus.model import DocumentText

PARAGRAPHS = [f"第{number}日至{number}里驛，宿于舊亭之東，是夜大雨。" for number in range(1, 31)]


class Edited:
    """A text that was indexed, and is then another."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.write(PARAGRAPHS)
        self._corpus = Corpus.discover([path], cached=0)
        self.engine = Engine(self._corpus)
        read_into(self.engine, self._corpus, Listener())

    def write(self, paragraphs: list[str], encoding: str = "utf-8") -> None:
        self._path.write_text("行記\n\n" + "".join(f"{each}\n\n" for each in paragraphs), encoding=encoding)

    @property
    def text(self) -> DocumentText:
        self._corpus.forget(0)
        return self._corpus.text(0)

    def hit(self, query: str) -> tuple[int, int]:
        return self.engine.spans_in(f'"{query}"', 0)[0]

    def found(self, query: str) -> str | None:
        """The paragraph in which the hit of a query stands now."""
        hit, text = self.hit(query), self.text
        span = standing(self.engine, 0, hit, text)
        if span is None:
            return None
        paragraph = text.paragraphs[text.paragraph_at(span[0])]
        assert text.raw[slice(*span)] in query
        return text.repaired[paragraph.start : paragraph.end]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    return Edited(tmp_path / "行記.txt")


def test_a_hit_of_a_text_that_is_as_it_was_stands_where_it_stood(edited: Edited) -> None:
    assert edited.engine.holds(0, edited.text.fingerprint)
    assert standing(edited.engine, 0, edited.hit("17里驛"), edited.text) == edited.hit("17里驛")


def test_a_hit_is_found_again_after_others_were_put_before_it(edited: Edited) -> None:
    edited.write([f"新入之段，其{number}。" for number in range(9)] + PARAGRAPHS)
    assert not edited.engine.holds(0, edited.text.fingerprint)
    assert edited.found("17里驛") == PARAGRAPHS[16]


def test_a_hit_whose_paragraph_is_gone_is_no_hit_of_its_like(edited: Edited) -> None:
    edited.write(PARAGRAPHS[:8])
    assert edited.found("17里驛") is None
    assert edited.found("宿于舊亭") == PARAGRAPHS[0]
    edited.write(PARAGRAPHS[1:])
    assert edited.found("宿于舊亭") is None


def test_a_hit_is_known_by_the_words_around_it(edited: Edited) -> None:
    edited.write([f"{each}{'其後事不具錄。' * 9}末。" for each in PARAGRAPHS])
    assert edited.found("17里驛") == f"{PARAGRAPHS[16]}{'其後事不具錄。' * 9}末。"


def test_a_hit_is_found_in_the_other_script(edited: Edited) -> None:
    edited.write([each.replace("驛", "驿").replace("舊", "旧").replace("東", "东") for each in PARAGRAPHS])
    text = edited.text
    span = standing(edited.engine, 0, edited.hit("17里驛"), text)
    assert span is not None
    assert text.raw[slice(*span)] == "17里驿"


@pytest.mark.parametrize("paragraphs", [[], ["全不相干的文字。"] * 40])
def test_in_an_emptied_or_replaced_file_every_hit_is_gone(edited: Edited, paragraphs: list[str]) -> None:
    edited.write(paragraphs)
    assert edited.found("17里驛") is None
    assert all_standing(edited.engine, 0, edited.engine.spans_in("宿于舊亭", 0), edited.text) == ()


def test_only_hits_that_are_still_there_are_marked(edited: Edited) -> None:
    hits = edited.engine.spans_in("宿于舊亭", 0)
    assert all_standing(edited.engine, 0, hits, edited.text) == tuple(hits)
    edited.write(["新入。", *PARAGRAPHS[10:15]])
    text = edited.text
    marked = all_standing(edited.engine, 0, hits, text)
    assert [text.raw[slice(*span)] for span in marked] == ["宿于舊亭"] * 5
