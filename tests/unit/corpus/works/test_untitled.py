"""Records without a title: what they are called, and how they are cited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.works.naming import cited_title, full_title
from tuibrowser.corpus.works.untitled import numbered_record
from tuibrowser.reading.quoting.citation import cite, entered_title
from tuibrowser.reading.quoting.citation_style import STYLES, Style
from tuibrowser.reading.quoting.quotation import quote
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = [
    {"author": "甲某", "content": "渡口有舟三艘，皆舊，行人不絕。"},
    {"content": "「又」及：此信無署名。"},
    {"title": "再與友人書", "author": "乙某", "content": "山路很長。"},
    {"content": "不知其人，亦不知其事，唯見渡口之舟往來於煙波浩渺之間而已矣。"},
]


@pytest.fixture
def letters(tmp_path: Path) -> Corpus:
    (tmp_path / "信札.json").write_text(json.dumps(LETTERS), "utf-8")
    return Corpus.discover([tmp_path / "信札.json"])


def test_they_are_called_by_their_author_and_first_words(letters: Corpus) -> None:
    titles = [full_title(letters.document(number)) for number in range(4)]
    assert titles == ["甲某：渡口有舟三艘…", "又」及：此信無署名…", "再與友人書", "不知其人…"]


def test_they_are_cited_by_their_file_and_number(letters: Corpus) -> None:
    document = letters.document(0)
    assert cited_title(document, is_placed=False) == "信札"
    assert numbered_record(document) == ("信札", "1")
    quotation = quote(document, ViewedText(letters.text(0), document.script, View()), 0, 5)
    assert cite(quotation) == "甲某：[《信札》第1則]，第1段"
    assert cite(quotation, STYLES["western"]) == "甲某, [“信札”, no. 1], para. 1"
    assert entered_title(quotation, Style()) == "信札，第1則"


def test_other_documents_are_no_such_records(letters: Corpus, tmp_path: Path) -> None:
    (tmp_path / "2").write_text("渡口有舟三艘，皆舊。", "utf-8")
    file = Corpus.discover([tmp_path / "2"]).document(0)
    assert file.title == "2"
    assert numbered_record(file) is None
    assert numbered_record(letters.document(2)) is None
