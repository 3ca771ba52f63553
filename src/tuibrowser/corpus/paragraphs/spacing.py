"""Spacing: how paragraphs are set apart on the page, by the blank lines between them and by their indents."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Paragraph

_SAMPLES: Final = 400
"""Paragraphs that tell what is usual in a text."""
_PROSE: Final = 30
"""Code points of a paragraph that is no heading, item or line of verse."""
_OUT_OF_LINE: Final = 2
"""Cells of indent by which a line differs from the text around it."""


class Spacing:
    """The gaps between the paragraphs of a text, in line ends, and their indents, in cells."""

    def __init__(self, raw: str, paragraphs: Sequence[Paragraph]) -> None:
        self._raw = raw
        self._paragraphs = paragraphs
        self._end = "\n" if "\n" in raw else "\r"

    def before(self, number: int) -> int:
        """The line ends between a paragraph and the one before it; those above the first one and one more."""
        start = self._paragraphs[number].raw_start
        above = self._paragraphs[number - 1].raw_end if number else 0
        return self._raw.count(self._end, above, start) + (not number)

    def after(self, number: int) -> int:
        """The line ends between a paragraph and the next one, 0 at the end."""
        return self.before(number + 1) if number + 1 < len(self._paragraphs) else 0

    def indent(self, number: int) -> int:
        """The cells of white space before a paragraph."""
        at = self._paragraphs[number].raw_start
        cells = 0
        while at > 0 and (character := self._raw[at - 1]) in " \t\u3000":
            cells += 2 if character == "\u3000" else 1
            at -= 1
        return cells

    @cached_property
    def usual_gap(self) -> int:
        """The gap between most paragraphs of prose, or between most of any kind where there is little prose."""
        total = len(self._paragraphs)
        sample = range(1, total, max(1, total // _SAMPLES))
        prose = Counter(self.before(number) for number in sample if self._is_prose(number - 1, number))
        gaps = prose or Counter(map(self.before, sample))
        return gaps.most_common(1)[0][0] if gaps else 1

    def _is_prose(self, *numbers: int) -> bool:
        return all(
            each.kind is ParagraphKind.BODY and each.end - each.start >= _PROSE
            for each in (self._paragraphs[number] for number in numbers)
        )

    def is_apart(self, number: int) -> bool:
        """Whether a paragraph has more space than is usual both before and after it."""
        usual = self.usual_gap
        return self.before(number) > usual and self.after(number) > usual

    def is_led(self, number: int) -> bool:
        """Whether a paragraph has more space than is usual before it."""
        return self.before(number) > self.usual_gap

    def clings(self, number: int) -> bool:
        """Whether the next paragraph follows with less space than is usual."""
        return self.after(number) < self.usual_gap

    def is_out_of_line(self, number: int) -> bool:
        """Whether a paragraph stands further in or out than the next one."""
        return abs(self.indent(number) - self.indent(number + 1)) >= _OUT_OF_LINE
