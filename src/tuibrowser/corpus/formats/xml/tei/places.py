"""Places of an edition: the lines of its first witness, or its pages, by which citations name a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.xml.tags import attributes

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.xml.tei.writer import Start, Writer


class Places:
    """Notes where the lines of an edition begin, or its pages where it has no numbered lines."""

    def __init__(self, writer: Writer, *, has_lines: bool) -> None:
        self._writer = writer
        self._has_lines = has_lines
        self._edition: str | None = None

    def starts(self) -> dict[str, Start]:
        """The functions that start its elements, by name."""
        return {"lb": self._line, "pb": self._page}

    def _line(self, written: str) -> None:
        said = attributes(written)
        edition = said.get("ed", "")
        if self._edition is None:
            self._edition = edition
        if "n" in said and edition == self._edition:
            self._writer.locate(said["n"])

    def _page(self, written: str) -> None:
        number = attributes(written).get("n", "")
        if number and not self._has_lines:
            self._writer.locate(number)
