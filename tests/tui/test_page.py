"""A reader in a web page: it asks the server alone, and writes no files and starts no programs where that runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from support.serving import serving_at
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.machines.library import Library
from tuibrowser.terminal.page import PageDriver
from tuibrowser.tui.app import find_corpus
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.start import StartRequest
from tuibrowser.tui.study.collating.panel import CollationPanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.reader import Browse

REFUSED = "a reader in a web page writes no files and starts no programs"


@contextmanager
def served(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server of a folder, which a reader in a page is told to ask."""
    library = Library([str(corpus)], None, None, Listener(), "a test")
    with serving_at(lambda: library.current) as running:
        monkeypatch.setenv("TUIBROWSER_PAGE", "1")
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        yield


@pytest.mark.slow
async def test_what_touches_the_machine_is_refused(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(corpus, monkeypatch):
        async with browse(corpus) as reader:
            assert reader.app.driver_class is PageDriver
            for key in ("E", "ctrl+z"):
                await reader.press(key)
                assert REFUSED in reader.status
                await reader.press("escape")
                assert REFUSED not in reader.status
            await reader.press("slash", *"高質量", "enter", "A")
            await reader.sees("3 in 2 documents: exact 2")
            await reader.press("e")
            await reader.sees(REFUSED)
            await reader.press("q", "X")
            await reader.until(lambda: isinstance(reader.app.screen, Picker))
            await reader.press("enter")
            await reader.until(lambda: reader.browser.query(CollationPanel))
            await reader.until(lambda: reader.browser.query_one(CollationPanel).has_focus_within)
            await reader.press("e")
            await reader.sees(REFUSED)


@pytest.mark.slow
async def test_it_is_neither_in_the_help_nor_among_the_forms_of_hits(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(corpus, monkeypatch):
        async with browse(corpus) as reader:
            named = {command.id for command in reader.app.commands}
            assert "cite" in named
            assert not named & {"editor", "suspend", "doctor", "analysis-export"}
            await reader.press("slash", *"高質量")
            await reader.sees("in 2 documents")
            await reader.press("tab", "e")
            await reader.sees("bibtex")
            assert "all of them, in the format that its name ends in" not in reader.screen


def test_without_its_server_a_page_opens_nothing(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUIBROWSER_PAGE", "1")
    monkeypatch.delenv("TUIBROWSER_SERVER", raising=False)
    with pytest.raises(Exception, match="the server does not answer"):
        find_corpus(StartRequest((str(corpus),)))
