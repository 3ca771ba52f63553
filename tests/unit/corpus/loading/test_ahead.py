from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.corpus import Corpus

if TYPE_CHECKING:
    from pathlib import Path

READ = """
import sys
from tuibrowser.corpus.loading.ahead import read_ahead
first = read_ahead(sys.argv[1:], None).first()
print(first and (first[0].title, first[1].repaired))
"""


def ahead(*paths: Path) -> str:
    """What a process without other threads reads ahead."""
    command = (sys.executable, "-c", READ, *map(str, paths))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment).stdout.strip()


@pytest.mark.slow
def test_the_first_document_in_reading_order_is_read(tmp_path: Path) -> None:
    (tmp_path / "第2章.txt").write_text("第二章的正文在這裡。\n", encoding="utf-8")
    (tmp_path / "第10章.txt").write_text("第十章的正文在這裡。\n", encoding="utf-8")
    assert ahead(tmp_path) == "('第2章', '第二章的正文在這裡。')"


@pytest.mark.slow
def test_where_nothing_can_be_read_there_is_nothing_and_no_word(tmp_path: Path) -> None:
    assert ahead(tmp_path) == "None"
    assert ahead(tmp_path / "nowhere") == "None"


def test_a_corpus_takes_what_was_read_ahead_only_while_the_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("原來的文字。\n", encoding="utf-8")
    reading = Corpus.discover([file]).read(0)
    corpus = Corpus.discover([file])
    corpus.take(reading.document, reading.text)
    assert corpus.documents[0].read
    file.write_text("改過以後的文字。\n", encoding="utf-8")
    corpus = Corpus.discover([file])
    corpus.take(reading.document, reading.text)
    assert not corpus.documents[0].read
    assert corpus.text(0).repaired == "改過以後的文字。"
