"""The blocks of a document of a word processor, written to its raw text: paragraphs, headings, titles, notes, rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.declared_names import borne_out, declared_person, declared_title
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.base import Extracted
    from tuibrowser.corpus.model import DocumentProblem

_LONGEST_HEADING: Final = 120
"""Code points; a longer paragraph with the style of a heading is text."""
LONG_CELL: Final = 300
"""Code points of a cell that is a part of a page's layout rather than of a table."""


class Blocks:
    """Writes blocks in their order.

    The lines of a paragraph are written as those of a plain text, so that its rules find verse, headings and lines
    that were broken by hand; a paragraph with line ends in it stands apart from those beside it.
    """

    def __init__(self) -> None:
        self._made = Extraction()
        self._titles: list[list[str]] = []
        self._after_title = False

    def paragraph(self, text: str, *, centred: bool = False) -> None:
        """Write a paragraph; one without text parts those beside it."""
        text = text.strip("\n")
        if not text.strip():
            self._made.part()
            return
        self._after_title = False
        apart = centred or "\n" in text
        if apart:
            self._made.part()
        for line in text.split("\n"):
            if not self._made.block(line, LineRole.PLAIN):
                self._made.part()
        if apart:
            self._made.part()

    def heading(self, text: str, level: int, *, is_title: bool = False) -> None:
        """Write a heading, or a title; what is too long for one is a paragraph."""
        title = " ".join(text.split())
        if not title or len(title) > _LONGEST_HEADING:
            self.paragraph(text)
            return
        self._made.block(title, LineRole.HEADING, level)
        if is_title and self._after_title:
            self._titles[-1].append(title)
        elif is_title:
            self._titles.append([title])
        self._after_title = is_title

    def note(self, text: str) -> None:
        """Write a note as a whole."""
        self._made.block(text, LineRole.NOTE)

    def furniture(self, text: str) -> None:
        """Write what is no part of the text."""
        self._made.block(text, LineRole.FURNITURE)

    def row(self, cells: Iterable[str]) -> None:
        """Write a row of a table."""
        self._after_title = False
        self._made.row(cells)

    def cells(self, cells: Sequence[Sequence[str]]) -> None:
        """Write a row whose cells have paragraphs: as these where it lays out a page."""
        if len(cells) == 1 or any(sum(map(len, cell)) > LONG_CELL for cell in cells):
            for cell in cells:
                for text in cell:
                    self.paragraph(text)
        elif cells:
            self.row([" ".join(cell) for cell in cells])

    def apart(self) -> None:
        """Let the next paragraph stand apart from the one before it."""
        self._made.part()

    def extracted(
        self, name: str, title: str | None, creator: str | None, problems: Sequence[DocumentProblem] = ()
    ) -> Extracted:
        """The raw text. `title` and `creator` are those in the properties of the file called `name`.

        The title is what stands in the style of a title, where there is one such, before what the properties say.
        """
        styled = " ".join(self._titles[0]) if len(self._titles) == 1 else None
        borne = styled or borne_out(declared_title(title), self._made.head(), name)
        return self._made.extracted(Metadata(borne, declared_person(creator)), problems=problems)
