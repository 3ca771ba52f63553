"""Lines: the head of the panel, and the pair of passages under the cursor below the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment

from tuibrowser.corpus.chronology import shown_date
from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.study.reuse.words import count_words
from tuibrowser.tui.study.reusing.rows import marked_words
from tuibrowser.tui.study.reusing.words import bound_words, how_words, title_of
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.strips import PLAIN, fit, fit_middle, strip_of

if TYPE_CHECKING:
    from textual.strip import Strip

    from tuibrowser.corpus.model import Document
    from tuibrowser.search.reuse.model import Standing
    from tuibrowser.study.reuse.placed import PlacedPassage, PlacedReuse
    from tuibrowser.tui.study.reusing.asked import Asked

_MARK: Final = " S "
_APART: Final = 2
"""Cells between parts of the head."""
_TITLE: Final = 8
"""Cells that a title has at least, where it is as long: what does not fit then is the order."""
_BEFORE: Final = 4
"""Code points that are shown before a passage."""


class ReuseHead(Grounded):
    """What is compared and what was found, and a second line where that was bounded."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reuse-head--title", "reuse-head--quiet"}

    DEFAULT_CSS = """
    ReuseHead {
        height: 1;
        & > .reuse-head--title { text-style: bold; color: $primary; }
        & > .reuse-head--quiet { text-style: $quiet; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: Asked | None = None
        self._found: PlacedReuse | None = None

    def show(self, asked: Asked, found: PlacedReuse | None) -> None:
        """Show what is asked for, and what was found so far."""
        self._asked, self._found = asked, found
        height = 2 if bound_words(found) else 1
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def draw_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        quiet = self.get_component_rich_style("reuse-head--quiet", partial=True)
        if self._asked is None:
            return strip_of([], width)
        if y == 1:
            return strip_of([Segment(f"   {fit(bound_words(self._found), width - 4)}", quiet)], width)
        found = tr("comparing …") if self._found is None else shown(count_words(self._found))
        count, how = f"  {found}", how_words(self._asked)
        room = width - len(_MARK) - cell_width(count) - 1
        title = fit_middle(title_of(self._asked), max(room - cell_width(how) - _APART, min(_TITLE, room)))
        how = fit(how, max(0, room - cell_width(title) - _APART))
        gap = room - cell_width(title) - cell_width(how)
        return strip_of(
            [
                Segment(_MARK, quiet),
                Segment(title, self.get_component_rich_style("reuse-head--title", partial=True)),
                Segment(count),
                Segment(" " * max(0, gap)),
                Segment(how, quiet),
            ],
            width,
        )


class Pair(Grounded):
    """The passage under the cursor in both documents, one below the other, with the equal characters marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pair--match", "pair--quiet"}

    DEFAULT_CSS = """
    Pair {
        height: 3; border-top: solid $primary;
        & > .pair--match { text-style: bold underline; color: $warning; }
        & > .pair--quiet { text-style: $quiet; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._passage: PlacedPassage | None = None

    def show(self, passage: PlacedPassage | None) -> None:
        """Show a pair, or none."""
        self._passage = passage
        self.refresh()

    def draw_line(self, y: int) -> Strip:
        """Draw one of the two."""
        if (passage := self._passage) is None:
            return strip_of([], self.size.width)
        if y == 0:
            return self._draw(passage.document, passage.line, passage.shared.own)
        return self._draw(passage.other, passage.other_line, passage.shared.other)

    def _draw(self, document: Document, line: int | None, standing: Standing) -> Strip:
        width = self.size.width
        quiet, match = (self.get_component_rich_style(f"pair--{name}", partial=True) for name in ("quiet", "match"))
        cells = max(12, width // 4)
        date = shown_date(document.metadata.date)
        place = f":{line}" + (f" {date}" if date and cells > _BEFORE * 6 else "")
        name = fit_middle(harmless(full_title(document)), cells - cell_width(place) - 2) + place
        gap = " " * max(1, cells - cell_width(name) - 1)
        return strip_of([Segment(f" {name}{gap}", quiet), *marked_words(standing, PLAIN, match, width, _BEFORE)], width)
