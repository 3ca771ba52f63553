"""The program over texts that a server has: what tests see over an engine of its own is there as well.

TUIBROWSER_TESTS_SERVED=1 runs all tests of the screen so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tui import test_analysis as analysis
from tui import test_browsing as browsing
from tui import test_edited_files as edited_files
from tui import test_parallels as parallels
from tui import test_references as references
from tui import test_searching as searching
from tuibrowser.search.machines.served import ServedCorpus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.search.machines.line import Line, Wire

pytestmark = pytest.mark.slow

_previews_soon = analysis._previews_soon
_pairs_of_characters = analysis._pairs_of_characters
folder, eager = edited_files.folder, edited_files.eager

test_steps = searching.test_all_hits_are_stepped_through_across_documents
test_marks = searching.test_all_hits_of_a_document_are_marked_wherever_its_preview_came_from
test_lists = searching.test_the_list_holds_every_hit_in_every_order
test_folding = searching.test_the_hits_of_documents_fold
test_copies = searching.test_marked_hits_are_copied_together
test_go_to = browsing.test_go_to_finds_titles_in_any_script_and_lines_of_files
test_orders = browsing.test_documents_can_be_ordered_by_title_and_date
test_references = references.test_a_pasted_reference_is_gone_to_and_left_again
test_moved = references.test_a_passage_that_moved_is_found_and_that_is_said
test_gone = edited_files.test_a_hit_that_is_gone_is_said_and_nothing_copied_in_its_place
test_read_again = edited_files.test_a_large_file_is_said_to_be_changed_and_read_on_request


class TestFigures:
    texts = staticmethod(analysis.texts)
    test_lines = staticmethod(analysis.test_a_figure_leads_to_its_lines_and_a_line_to_the_text)
    test_views = staticmethod(analysis.test_each_view_says_what_is_counted_before_the_term)
    test_judging = staticmethod(analysis.test_a_rejected_line_is_kept_and_does_not_count_in_figures)


class TestParallels:
    texts = staticmethod(parallels.texts)
    test_paragraph = staticmethod(parallels.test_x_lists_the_parallels_of_the_paragraph)


def line_of(reader: Reader) -> Line:
    texts = reader.browser.parts.corpus
    assert isinstance(texts, ServedCorpus)
    return texts.line


async def gone(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let a reader's server be gone; what is returned brings it back."""
    line = line_of(reader)
    connected = line._connected

    def refused() -> Wire:
        raise ConnectionRefusedError

    monkeypatch.setattr(line, "_connected", refused)
    monkeypatch.setattr("tuibrowser.search.machines.line.PATIENCE", 0.2)
    line.close()
    await reader.until(lambda: line._wire.is_lost)
    return lambda: monkeypatch.setattr(line, "_connected", connected)


async def test_a_server_that_is_gone_is_said_and_gone_on_with_when_it_is_back(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("enter")
        await reader.sees("hit 2/3")
        bring_back = await gone(reader, monkeypatch)
        await reader.press("n")
        await reader.sees("the server of these texts does not answer")
        await reader.press("j")
        bring_back()
        await reader.press("n")
        await reader.sees("hit 3/3")


async def test_a_query_without_an_answer_is_asked_again_when_the_server_is_back(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browse(corpus) as reader:
        bring_back = await gone(reader, monkeypatch)
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("Enter searches again")
        bring_back()
        line_of(reader).wire()  # whatever else asks
        await reader.sees("3 in 2 documents")


async def test_figures_that_could_not_be_counted_say_why_and_are_asked_for_again_by_the_same_key(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高質量")
        await reader.sees("3 in 2 documents")
        await reader.press("escape")
        bring_back = await gone(reader, monkeypatch)
        await reader.press("A")
        await reader.until(lambda: "does not answer" in "".join(reader.screen.splitlines()[1:4]))
        assert "counting" not in reader.screen
        bring_back()
        await reader.press("A")
        await reader.sees("3 in 2 documents: exact 2, variant 1")


async def test_the_dialog_about_the_corpus_names_the_server(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("i")
        await reader.sees("a test")


@pytest.fixture
def is_served() -> bool:
    return True
