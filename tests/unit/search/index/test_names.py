"""The columns of names: what is found in them, and that they come back from disk as they were."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.model import Belonging, Document, Heading, Metadata, Source
from tuibrowser.hanzi.fold import fold
from tuibrowser.search.index.names import Names, load_names, names_files, names_of, rows_of, save_names

if TYPE_CHECKING:
    import pytest

TEXTS = st.lists(st.text("山水詩诗a/1", max_size=8), max_size=6)


def made() -> list[Document]:
    of_work = Source(Path("/集/卷一.txt"), "集/卷一.txt", belonging=Belonging("渡口集"))
    return [
        Document(0, Source(Path("/詩.jsonl"), "詩.jsonl/1"), "春江", Metadata(author="沈某", published="1999")),
        Document(1, of_work, "卷一", headings=(Heading(1, 0, 2, "渡口"), Heading(1, 3, 5, "石橋"))),
        Document(2, Source(Path("/雪.txt"), "雪.txt"), "雪", fields=(("tag", "冬\n寒"), ("詞牌", "如夢"))),
    ]


def same(one: Names, other: Names) -> bool:
    rows = all(
        np.array_equal(getattr(one, name).ids, getattr(other, name).ids)
        and np.array_equal(getattr(one, name).at, getattr(other, name).at)
        for name in ("paths", "titled", "values", "keys")
    )
    arrays = all(
        np.array_equal(getattr(one, name), getattr(other, name))
        for name in ("first", "own", "author", "date", "having")
    )
    return rows and arrays and (one.authors, one.dates, one.fields) == (other.authors, other.dates, other.fields)


@given(TEXTS, st.text("山水诗1", max_size=3))
def test_rows_hold_what_their_texts_hold(texts: list[str], key: str) -> None:
    simple = [text.replace("詩", "诗") for text in texts]
    assert rows_of(texts).holding(fold(key)).tolist() == [key in text for text in simple]


@given(TEXTS)
def test_some_rows_are_those_of_their_texts(texts: list[str]) -> None:
    chosen = list(range(len(texts)))[::-2]
    taken, expected = rows_of(texts).take(np.array(chosen, int)), rows_of([texts[at] for at in chosen])
    assert taken.ids.tolist() == expected.ids.tolist()
    assert taken.at.tolist() == expected.at.tolist()


def test_each_name_leads_to_its_document_and_heading() -> None:
    names = names_of(made())
    places = [(names.document(row), names.heading(row)) for row in range(len(names.keys))]
    assert places == [(0, None), (0, None), (1, None), (1, 0), (1, 1), (2, None)]


def test_fields_authors_and_dates_are_known() -> None:
    names = names_of(made())
    assert [names.authors[at] for at in names.author] == ["沈某", "", ""]
    assert [names.dates[at] for at in names.date] == [(None, "1999"), (None, None), (None, None)]
    assert names.has("詞牌").tolist() == [False, False, True]
    assert names.has("無").tolist() == [False, False, False]


def test_names_come_back_from_disk(tmp_path: Path) -> None:
    for names in (names_of(made()), names_of(())):
        save_names(tmp_path, names)
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names_files())
        assert same(load_names(tmp_path), names)


def test_names_folded_in_pieces_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = names_of(made())
    monkeypatch.setattr("tuibrowser.search.index.names._CHUNK", 1)
    assert same(names_of(made()), whole)


def test_a_record_that_says_something_else_is_noticed() -> None:
    documents = made()
    names = names_of(documents)
    assert all(map(names.says, documents))
    changed = Document(1, documents[1].source, "卷一", headings=(Heading(1, 0, 2, "渡口"), Heading(1, 3, 5, "木橋")))
    assert not names.says(changed)
    assert not names.says(Document(0, documents[0].source, "春江", Metadata(author="沈某")))
    assert not names.says(Document(3, documents[0].source, "春江"))
