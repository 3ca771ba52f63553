"""What a typed name leads to, members of containers and places of a canon among them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.reading.views.view import View
from tuibrowser.search.model import TitleMatch
from tuibrowser.tui.dialogs.destinations import destinations
from tuibrowser.tui.work.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.search.searcher import Searcher

TEI = (
    "<TEI xml:id='T02n0077'><teiHeader><fileDesc><titleStmt><title>渡口經</title></titleStmt></fileDesc></teiHeader>"
    "<text><body><p><lb n='0848c06' ed='T'/>江水東流，<lb n='0848c07' ed='T'/>晝夜不息。</p></body></text></TEI>"
)


def found(corpus: Corpus, typed: str, here: int = 0) -> list[Request]:
    searcher = cast("Searcher", SimpleNamespace(titles=lambda text, limit: []))
    return [option.choice for option in destinations(corpus, lambda: searcher, here, View())(typed, lambda: False)]


def test_a_record_and_a_line_in_it(tmp_path: Path) -> None:
    poems = "".join(f'{{"title": "渡口之{number}", "content": "江水。\\n行人{number}。"}}\n' for number in range(1, 4))
    (tmp_path / "渡口.jsonl").write_text(poems, encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    assert found(corpus, "渡口.jsonl/3") == [Request(2)]
    assert found(corpus, "渡口.jsonl/2:2") == [Request(1, line=2, choose=True)]


def test_a_line_of_a_print_is_found_as_citations_write_it(tmp_path: Path) -> None:
    (tmp_path / "經.xml").write_text(TEI, encoding="utf-8")
    (tmp_path / "文.txt").write_text("江水東流。\n", encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    for document in list(corpus.documents):
        corpus.document(document.number)
    number = next(document.number for document in corpus.documents if document.name == "經.xml")
    offset = corpus.documents[number].locators[1].offset
    there = Request(number, offset, choose=True)
    assert found(corpus, "848c7", number) == found(corpus, "0848c07", number) == [there]
    assert found(corpus, "T02, no. 77, p. 848c7–10", 1 - number) == [there]
    assert found(corpus, "T02n0077_p0848c07", 1 - number) == [there]
    assert found(corpus, "T02, no. 77", 1 - number) == [Request(number)]
    assert found(corpus, "T03, no. 77, p. 848c7") == []


def test_one_heading_of_files_of_one_stem_is_told_with_the_file(tmp_path: Path) -> None:
    for name in ("赤壁.md", "赤壁.markdown"):
        (tmp_path / name).write_text("# 赤壁研究\n\n## 后赤壁赋\n\n是岁十月之望。\n", encoding="utf-8")
    corpus = Corpus.discover([tmp_path])
    for number in range(2):
        corpus.document(number)
    at = [heading.title for heading in corpus.documents[0].headings].index("后赤壁赋")
    matches = [TitleMatch(number, at, "后赤壁赋", 100.0, ()) for number in range(2)]
    searcher = cast("Searcher", SimpleNamespace(titles=lambda text, limit: matches))
    options = destinations(corpus, lambda: searcher, 0, View())("后赤壁赋", lambda: False)
    assert {(option.label, option.note) for option in options} == {
        ("后赤壁赋", "赤壁研究  赤壁.md"),
        ("后赤壁赋", "赤壁研究  赤壁.markdown"),
    }
