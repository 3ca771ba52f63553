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
from pathlib import Path
from tuibrowser.corpus.loading.ahead import read_ahead
paths = [Path(path) for path in sys.argv[1:]]
try:
    corpus = read_ahead(paths, None).corpus(paths, None)
    found_here = "tuibrowser.corpus.files.discover" in sys.modules
    read = [*corpus.documents] and corpus.documents[0].read
    assert corpus.paths == tuple(paths)
    print(found_here, read and (corpus.documents[0].title, corpus.text(0).repaired))
except ValueError as error:
    print(type(error).__name__)
"""

RECALL = """
import sys, time
from pathlib import Path
from tuibrowser.corpus import recalled
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files import discover, ordered
from tuibrowser.corpus.files.listing import packed_sources
from tuibrowser.corpus.loading.ahead import read_ahead
recalled._WORTH, ordered._MANY, discover._UNSETTLED = 0, 0, -(10**12)
paths = [Path(path) for path in sys.argv[1:]]
found = Corpus.discover(paths)
data = packed_sources(found.sources)
ahead = read_ahead(paths, None, lambda *_: data)
corpus = ahead.corpus(paths, None)
assert list(corpus.sources) == list(found.sources)
CHANGE
try:
    print(corpus.documents[0].read, corpus.find_files(), corpus.sources.looks() == found.sources.looks())
except ValueError as error:
    print(type(error).__name__)
"""


def ahead(*paths: Path, code: str = READ) -> str:
    """What a process without other threads reads ahead: whether it found the files itself, and the first document."""
    command = (sys.executable, "-c", code, *map(str, paths))
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=environment).stdout.strip()


@pytest.mark.slow
def test_the_first_document_in_reading_order_is_read(tmp_path: Path) -> None:
    (tmp_path / "第2章.txt").write_text("第二章的正文在這裡。\n", encoding="utf-8")
    (tmp_path / "第10章.txt").write_text("第十章的正文在這裡。\n", encoding="utf-8")
    assert ahead(tmp_path) == "False ('第2章', '第二章的正文在這裡。')"


@pytest.mark.slow
def test_the_files_are_not_found_twice_where_there_is_none_or_the_first_is_no_text(tmp_path: Path) -> None:
    assert ahead(tmp_path) == "False []"
    (tmp_path / "a.txt").write_bytes(bytes(range(128, 256)) * 40)
    assert ahead(tmp_path / "a.txt") == "False False"


@pytest.mark.slow
def test_a_path_where_nothing_is_raises_what_finding_it_raises(tmp_path: Path) -> None:
    assert ahead(tmp_path / "nowhere") == "CorpusError"


@pytest.mark.slow
def test_many_files_are_found_once(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}.txt").write_text(f"第{number}篇的正文。\n", encoding="utf-8")
    assert ahead(tmp_path) == "False ('0', '第0篇的正文。')"


@pytest.mark.slow
def test_a_file_of_many_records_is_found_once(tmp_path: Path) -> None:
    lines = (f'{{"title": "{number}", "text": "第{number}篇的正文。"}}\n' for number in range(1, 3001))
    (tmp_path / "篇.jsonl").write_text("".join(lines), encoding="utf-8")
    assert ahead(tmp_path / "篇.jsonl") == "False ('1', '第1篇的正文。')"


@pytest.mark.slow
def test_kept_files_are_recalled_and_found_afterwards(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text("甲的正文在這裡。\n", encoding="utf-8")
    (tmp_path / "乙.txt").write_text("乙的正文在這裡。\n", encoding="utf-8")
    assert ahead(tmp_path, code=RECALL.replace("CHANGE", "")) == "True True True"
    killed = "import os\nos.kill(ahead._process, 9)"
    assert ahead(tmp_path, code=RECALL.replace("CHANGE", killed)) == "True True True"


@pytest.mark.slow
def test_what_was_read_ahead_is_left_where_other_paths_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲的正文在這裡。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("乙的正文在這裡。\n", encoding="utf-8")
    code = READ.replace(".corpus(paths, None)", ".corpus(paths[1:], None)").replace("tuple(paths)", "tuple(paths[1:])")
    assert ahead(tmp_path / "a.txt", tmp_path / "b.txt", code=code) == "True False"


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
