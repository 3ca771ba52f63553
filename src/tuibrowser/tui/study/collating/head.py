"""Head: which difference the reader is at, which texts are collated, and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.tui.study.collating.drawing import BETWEEN, LEAST_BESIDE, MARGIN, cells_of
from tuibrowser.tui.study.collating.words import article_words, stop_words, variant_words
from tuibrowser.tui.widgets.grounded import Grounded
from tuibrowser.tui.widgets.strips import PLAIN, fit, fit_middle, strip_of

if TYPE_CHECKING:
    from textual.strip import Strip

    from tuibrowser.study.collating.collation import Witness
    from tuibrowser.tui.study.collating.collated import Collated

_MARK: Final = " X "


class CollationHead(Grounded):
    """Two lines, and a third one where articles were changed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"collation-head--title", "collation-head--quiet"}

    DEFAULT_CSS = """
    CollationHead {
        height: 2;
        & > .collation-head--title { text-style: bold; color: $primary; }
        & > .collation-head--quiet { text-style: $quiet; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: Collated | None = None
        self._stop: int | None = None
        self._variants_key = self._articles_key = ""

    def wait(self) -> None:
        """Say that two texts are being collated."""
        self._shown = None
        self.refresh()

    def show(self, shown_: Collated, stop: int | None, variants_key: str, articles_key: str) -> None:
        """Show what is known of a collation, the reader at a stop; with the keys for variants and for articles."""
        self._shown, self._stop = shown_, stop
        self._variants_key, self._articles_key = variants_key, articles_key
        height = 3 if article_words(shown_.made, articles_key) else 2
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def draw_line(self, y: int) -> Strip:
        """Draw a line."""
        if self._shown is None:
            return strip_of([Segment(f"{_MARK}{tr('collating …')}" if y == 0 else "")], self.size.width)
        if y == 0:
            return self._draw_stop(self._shown, self.size.width)
        if y == 1:
            return self._draw_titles(self._shown, self.size.width)
        words = shown(article_words(self._shown.made, self._articles_key))
        return strip_of([Segment(" " + fit(words, self.size.width - 2))], self.size.width)

    def _draw_stop(self, shown_: Collated, width: int) -> Strip:
        quiet = self.get_component_rich_style("collation-head--quiet", partial=True)
        told = len(set(shown_.variants.values()))
        right = shown(variant_words(shown_.made, told, self._variants_key))
        left = shown(stop_words(shown_, self._stop))
        left = fit(left, width - len(_MARK) - cell_width(right) - 3)
        gap = width - len(_MARK) - cell_width(left) - cell_width(right) - 1
        return strip_of(
            [Segment(_MARK, quiet), Segment(left), Segment(" " * max(1, gap)), Segment(right, quiet)], width
        )

    def _draw_titles(self, shown_: Collated, width: int) -> Strip:
        is_beside = width >= LEAST_BESIDE
        cells = cells_of(width, is_beside=True)
        between = BETWEEN if is_beside else 1
        left = self._title("a", shown_.one, shown_.made.aligned[0], cells)
        right = self._title("b", shown_.other, shown_.made.aligned[1], cells)
        return strip_of([Segment(" " * MARGIN), *left, Segment(" " * between), *right], width)

    def _title(self, siglum: str, witness: Witness, share: float, cells: int) -> list[Segment]:
        """The siglum and the title of a text, and how much of it is alike."""
        quiet = self.get_component_rich_style("collation-head--quiet", partial=True)
        alike = tr("{share:.1%} alike", share=share)
        name = harmless(full_title(witness.document))
        if witness.span is not None:
            name = tr("{title}, line {line}", title=name, line=witness.text.line_of(witness.span[0]))
        title = fit_middle(name, cells - cell_width(alike) - 4)
        gap = cells - cell_width(title) - cell_width(alike) - 2
        return [
            Segment(f"{siglum} ", quiet),
            Segment(title, self.get_component_rich_style("collation-head--title", partial=True)),
            Segment(" " * max(1, gap), PLAIN),
            Segment(alike, quiet),
        ]
