"""Attending: a corpus that a server has: all of it can be searched at once, and what becomes of the server is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import said, shown, tr
from tuibrowser.tui.work.messages import (
    DocumentsRead,
    Failed,
    LoadingDone,
    Noted,
    OtherTexts,
    Reconnected,
    SearchReady,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message import Message

    from tuibrowser.search.machines.served import ServedCorpus


def attend(corpus: ServedCorpus, post: Callable[[Message], bool]) -> None:
    """Search what a server has, and post what happens to it from now on; everything may come from any thread."""

    searched = corpus.line.generation

    def changed(is_same: bool) -> None:
        if not is_same:
            post(OtherTexts(is_gone=False))
            return
        try:
            corpus.searcher.reach()  # takes up the newer generation
        except CorpusError as error:
            post(Failed(shown(said(error))))
            return
        taken_up()

    def taken_up() -> None:
        nonlocal searched
        searched = corpus.line.generation
        post(Noted(tr("the texts were changed, and the server has indexed them again")))
        _ready(corpus, post)

    def again() -> None:
        corpus.know_again()
        post(Reconnected())
        if corpus.line.generation != searched:
            taken_up()
            return
        total = len(corpus.documents)
        post(DocumentsRead(range(total), total, total))

    corpus.line.changed = changed
    corpus.line.again = again
    _ready(corpus, post)


def _ready(corpus: ServedCorpus, post: Callable[[Message], bool]) -> None:
    """All documents are known and can be searched."""
    total = len(corpus.documents)
    post(SearchReady(corpus.searcher))
    post(DocumentsRead(range(total), total, total))
    post(LoadingDone())
