"""Taken: what the index takes of a document crosses from process to process, and brings no NumPy there."""

from __future__ import annotations

import pickle
import subprocess
import sys
from array import array

from support.searching import load
from tuibrowser.corpus.loading.loaded import Failure, LoadedDocument, attempt
from tuibrowser.corpus.model import DocumentText, Metadata
from tuibrowser.corpus.read import Reading
from tuibrowser.corpus.records.catalogue import record_of
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.search.index.names import names_of
from tuibrowser.search.index.taken import taken


def loaded() -> LoadedDocument:
    metadata = Metadata(title="渡口記", author="林間", published="2001-05-04", work="江行集")
    return load(7, "江水東流。\n舟子歸來。", "江行集/渡口.txt", metadata, headings=("舟子",))


def test_it_is_the_same_behind_a_pipe() -> None:
    made = taken(loaded())
    assert pickle.loads(pickle.dumps(made, pickle.HIGHEST_PROTOCOL)) == made
    assert made.number == 7
    assert made.record == record_of(loaded())
    assert made.text.starts == array("I", loaded().starts)


def test_it_names_the_document_as_the_columns_do() -> None:
    document = loaded().document
    made, names = taken(loaded()).called, names_of([document])
    assert made.own == (full_title(document),) == ("江行集/渡口.txt",)
    assert made.titled == "江行集/渡口.txt\t江行集"
    assert (made.author, made.published) == (names.authors[0], names.dates[0][1]) == ("林間", "2001-05-04")
    assert made.headings == ("舟子",)
    assert (int(names.own[0]), len(names.keys)) == (1, 2)


def test_what_goes_wrong_while_it_is_made_costs_one_document() -> None:
    reading = Reading(loaded().document, DocumentText("江", "江"))

    def fail(_: LoadedDocument) -> LoadedDocument:
        raise ValueError("江")

    assert attempt(3, lambda: reading, fail) == Failure(3, "cannot be read: ValueError: 江")


def test_it_is_made_without_numpy() -> None:
    code = "import sys, tuibrowser.search.index.taken; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
