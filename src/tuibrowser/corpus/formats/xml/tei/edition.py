"""Text of an edition in TEI: its tags in order, each handed to what starts or ends its element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.xml.tags import Markup, attributes, tags
from tuibrowser.corpus.formats.xml.tei.apparatus import witnesses
from tuibrowser.corpus.formats.xml.tei.gaiji import character_starts, declared_characters
from tuibrowser.corpus.formats.xml.tei.notes import Notes
from tuibrowser.corpus.formats.xml.tei.places import Places
from tuibrowser.corpus.formats.xml.tei.sections import Sections
from tuibrowser.corpus.formats.xml.tei.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.extraction import Extraction
    from tuibrowser.corpus.formats.xml.tei.writer import End, Start

_SKIPPED: Final = frozenset(["teiHeader", "charDecl", "del", "figDesc", "fw", "listWit", "standOff"])
"""Elements that are none of the text."""
_SECOND: Final = frozenset(["sic", "expan", "reg"])
"""What stands in a choice beside the reading that is shown."""
_LINE_END: Final = re.compile(r"\s*\n\s*(?=<(?:\w+:)?(?:lb|pb|cb|milestone)\b)")
"""The end of a line of the file before one of the page, which is no space."""
_SCROLL: Final = re.compile(r"<(?:\w+:)?juan\b[^<>]*\bfun=\"open\"")
_LINES: Final = re.compile(r"<(?:\w+:)?lb\b[^<>]*\bn=")
_NEAR: Final = 64
"""How many open elements an end tag may close."""


def write_tei(made: Extraction, markup: Markup) -> None:
    """Add the text of a TEI edition to a raw text: lines and pages as places, notes, and variants as apparatus."""
    writer = Writer(made)
    _Elements(writer, _starts(writer, markup.text)).read(markup._replace(text=_LINE_END.sub("", markup.text)))
    writer.end_block()


def _starts(writer: Writer, text: str) -> dict[str, Start]:
    """The functions that start the elements of an edition, by name."""
    declared = witnesses(text)
    has_lines = _LINES.search(text) is not None
    notes = Notes(writer, declared)
    sections = Sections(
        writer,
        notes.end,
        has_scrolls=len(_SCROLL.findall(text)) > 1,
        lists_variants=bool(declared) or has_lines,
    )
    return {
        **sections.starts(),
        **notes.starts(),
        **Places(writer, has_lines=has_lines).starts(),
        **character_starts(writer, declared_characters(text)),
    }


class _Elements:
    """The elements of an edition: those that are open, and whether they are skipped."""

    def __init__(self, writer: Writer, starts: Mapping[str, Start]) -> None:
        self._writer = writer
        self._starts = starts
        self._open: list[tuple[str, End | None]] = []
        self._skipped = 0

    def read(self, markup: Markup) -> None:
        """Read all of them."""
        for before, name, written, ends in tags(markup):
            if before and not self._skipped:
                self._writer.add(before)
            if not name:
                continue
            if ends:
                self._close(name)
            else:
                self._start(name, written)
        while self._open:
            self._close(self._open[-1][0])

    def _start(self, name: str, written: str) -> None:
        end: End | None = None
        if not self._skipped:
            if self._is_skipped(name, written):
                self._skipped = len(self._open) + 1
            elif start := self._starts.get(name):
                end = start(written)
        self._open.append((name, end))

    def _is_skipped(self, name: str, written: str) -> bool:
        if name in _SKIPPED:
            return True
        if name in _SECOND:
            return bool(self._open) and self._open[-1][0] == "choice"
        if name == "t":
            said = attributes(written)
            return "foot" in said.get("place", "") or said.get("xml:lang", "").startswith(("sa-", "x-"))
        return name == "foreign" and "foot" in written

    def _close(self, name: str) -> None:
        """Close an element and all that is open in it; an end tag without an element is passed over."""
        if not self._open or (self._open[-1][0] != name and not any(each == name for each, _ in self._open[-_NEAR:])):
            return
        while self._open:
            closed, end = self._open.pop()
            if self._skipped > len(self._open):
                self._skipped = 0
            elif end is not None and not self._skipped:
                end()
            if closed == name:
                return
