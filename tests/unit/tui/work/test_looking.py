"""Looking at the files of a corpus in a thread."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.tui.work.looking import Looking

if TYPE_CHECKING:
    from tuibrowser.corpus.corpus import Corpus

LONGEST_WAIT = 60.0


@pytest.mark.filterwarnings("error")
def test_after_a_look_that_failed_there_is_another() -> None:
    asked = [threading.Event(), threading.Event()]
    threads: list[threading.Thread] = []

    def looks(number: int) -> Any:
        threads.append(threading.current_thread())
        asked[number].set()
        raise CorpusError(plain("gone"))

    sources = [SimpleNamespace(path=Path(name), member="") for name in "ab"]
    looking = Looking(lambda _: True, cast("Corpus", SimpleNamespace(sources=sources, looks=looks)))
    looking.look(0, None, (), sweep=False)
    assert asked[0].wait(LONGEST_WAIT)
    threads[0].join(0.1)  # so that one that ends has ended
    looking.look(1, None, (), sweep=False)
    assert asked[1].wait(LONGEST_WAIT)
