"""The panel of corpus work, and whether the text below it shows the line under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.tui.analysis.panel.panel import AnalysisPanel

if TYPE_CHECKING:
    from support.reader import Reader


def panel_of(reader: Reader) -> AnalysisPanel:
    return reader.browser.query_one(AnalysisPanel)


async def opened(reader: Reader, query: str) -> AnalysisPanel:
    """The panel with the lines of a query, the first of them shown in the text."""
    await reader.press("slash")
    await reader.type(query)
    await reader.until(lambda: reader.browser.parts.query == query and reader.browser.parts.walk.is_known)
    await reader.press("tab")
    # What is counted for the reader's own folder depends on the text that is shown now.
    await reader.until(lambda: _shows_hit(reader))
    await reader.press("A")
    panel = panel_of(reader)
    await reader.until(lambda: panel.has_focus_within and follows(reader, panel))
    return panel


def follows(reader: Reader, panel: AnalysisPanel) -> bool:
    """Whether the text shows the line under the cursor, which it does a while after; a low screen has no text."""
    line = panel.rows.line
    if line is None or panel.has_class("alone"):
        return line is not None
    return panel.previewed == line and _is_at(reader, line.number)


def _shows_hit(reader: Reader) -> bool:
    hit = reader.browser.parts.searching.panel.hits.current
    return hit is not None and _is_at(reader, hit.document)


def _is_at(reader: Reader, number: int) -> bool:
    document = reader.pane.document
    return document is not None and document.number == number and not reader.browser.is_waiting
