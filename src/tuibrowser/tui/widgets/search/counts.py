"""The line that says how much was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.reading.harmless import harmless
from tuibrowser.search.kinds import HIT_KINDS

if TYPE_CHECKING:
    from tuibrowser.search.model import SearchResult

SYNTAX = plain("characters in any script, pinyin, initials · in:PATH by:NAME date:2022 -WORD “…” exactly so")
"""What an empty field is told."""


class Counts(Static):
    """What was found, in as many lines as it takes, up to four."""

    DEFAULT_CSS = """
    Counts { height: auto; max-height: 4; width: 1fr; padding: 0 1; text-style: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__(shown(SYNTAX), id="search-counts", markup=False)
        self._is_long = True

    def say(self, words: str) -> None:
        """Show words; only another number of lines lays the panel out anew."""
        is_long = cell_width(words) > self.size.width
        self.update(harmless(words), layout=is_long or self._is_long)
        self._is_long = is_long


def counted(result: SearchResult, reach: str = "") -> str:
    """The number of hits, in words, after those on how much of the corpus can be searched."""
    if not result.query.strip():
        return shown(SYNTAX)
    kinds = listed(f"{shown(HIT_KINDS[kind])} {count}" for kind, count in result.totals.items() if count)
    total: str | int = tr("at least {count}", count=result.total) if result.at_least else result.total
    if result.missing:
        total = f"≥ {result.total:,}"
    if result.total and result.documents == 1:
        words = tr("{total} in 1 document: {kinds}", total=total, kinds=kinds)
    elif result.total:
        words = tr("{total} in {count} documents: {kinds}", total=total, count=result.documents, kinds=kinds)
    elif result.missing and result.final:
        words = tr("nothing found in the parts that answer")
    elif result.at_least and result.final and not result.bounds:
        words = tr("nothing found in what has been read so far")
    else:
        words = tr("nothing found") if result.final else tr("searching …")
    if result.in_furniture:
        words = tr("{words} (Enter searches page furniture)", words=words)
    bounds = (tr("only the first {limit:,} {what}", limit=each.limit, what=each.what) for each in result.bounds)
    words = "  ".join((words, *map(shown, result.notes), *bounds))
    return f"{reach} · {words}" if reach else words
