"""A document as the reader looks at it: its paragraphs in a view, each with offsets mapped to the raw text."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.kept import Kept
from tuibrowser.corpus.model import Layer, ParagraphKind, Script
from tuibrowser.hanzi.alignment import IDENTITY, Alignment
from tuibrowser.hanzi.convert import convert
from tuibrowser.language.frozen import frozen
from tuibrowser.reading.harmless import harmless
from tuibrowser.reading.views.script import configuration, conversion_for, next_script, shown_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.corpus.model import DocumentText, Edit, Paragraph
    from tuibrowser.reading.views.view import View

_KEPT: Final = 512
"""Paragraphs kept as shown; more than two screens of short ones."""
_KEPT_CODE_POINTS: Final = 4_000_000
"""Code points of them that are kept at most, the paragraph last asked for aside."""
_KEPT_TITLES: Final = 4_096

_LINE_END: Final = re.compile(r"[\r\n]")
_START: Final = attrgetter("start")
_BLANK_LINES: Final = re.compile(r"(?:[^\S\r\n]*(?:\r\n?|\n))*")


class MarkKind(StrEnum):
    """Why a stretch of a paragraph is marked."""

    DAMAGE = "damage"
    """A broken place whose likely text is only a suggestion."""
    REPAIR = "repair"
    """In the raw view, a stretch that the repaired view changes."""
    NOTE = "note"
    """A note on the text, or a reading that another edition has."""


@frozen
class Mark:
    """A marked stretch of a paragraph, in code points of its shown text, and what stands or might stand there.

    That is empty for a note.
    """

    start: int
    end: int
    kind: MarkKind
    suggestion: str


@frozen
class _Stretch:
    """The stretch of a document's text that a paragraph is: of the repaired text, or of the raw one."""

    start: int
    raw_start: int
    raw_end: int
    to_repaired: Alignment
    """From the raw text to the text the stretch is of; the identity where that is the raw text."""


@frozen
class ViewedParagraph:
    """A paragraph as shown.

    `text` has a newline where a line must end, and nothing in it can harm a terminal; `marks` are sorted by start.
    The raw view shows what is no paragraph, such as markup, with the paragraph after it.
    """

    number: int
    kind: ParagraphKind
    tight: bool
    text: str
    marks: tuple[Mark, ...]
    _stretch: _Stretch
    _conversion: Alignment

    def to_raw(self, offset: int) -> int:
        """The offset into the document's raw text of the character at an offset into `text`; at its end, the end."""
        if offset >= len(self.text):
            return self._stretch.raw_end
        source = self._conversion.to_source(max(0, offset)) + self._stretch.start
        return self._within(self._stretch.to_repaired.to_source(source))

    def from_raw(self, offset: int) -> int:
        """The offset into `text` of the character at an offset into the raw text, kept between 0 and its length."""
        stretch = self._stretch
        if offset <= stretch.raw_start:
            return 0
        if offset >= stretch.raw_end:
            return len(self.text)
        target = stretch.to_repaired.to_target(offset) - stretch.start
        return max(0, min(self._conversion.to_target(max(0, target)), len(self.text)))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the raw text from which the characters of `text` from `start` to `end` were made."""
        if start <= 0 and end >= len(self.text):
            return self._stretch.raw_start, self._stretch.raw_end
        first, last = self._conversion.source_span(start, end)
        shift = self._stretch.start
        raw_start, raw_end = self._stretch.to_repaired.source_span(first + shift, last + shift)
        return self._within(raw_start), self._within(raw_end)

    def shown_span(self, raw_start: int, raw_end: int) -> tuple[int, int] | None:
        """The stretch of `text` made from a stretch of the raw text; None where that does not touch the paragraph."""
        stretch = self._stretch
        if raw_end <= stretch.raw_start or raw_start >= stretch.raw_end:
            return None
        first, last = stretch.to_repaired.target_span(self._within(raw_start), self._within(raw_end))
        shift = stretch.start
        start, end = self._conversion.target_span(max(0, first - shift), max(0, last - shift))
        return min(start, len(self.text)), min(end, len(self.text))

    def _within(self, raw_offset: int) -> int:
        return max(self._stretch.raw_start, min(raw_offset, self._stretch.raw_end))


class ViewedText:
    """The paragraphs of a document as a view shows them; one is made when it is asked for, and kept for a while."""

    def __init__(self, text: DocumentText, script: Script, view: View) -> None:
        """Take a document's texts and script. Raise ValueError for a view whose script is not known."""
        configuration(view.script)
        self.source = text
        self.script = Script(script)
        self.view = view
        self._kept: Kept[int, ViewedParagraph] = Kept(_KEPT, limit=_KEPT_CODE_POINTS, cost=_characters)
        self._edit_starts = [edit.start for edit in text.edits]
        self._unfolded: set[int] = set()

    def __len__(self) -> int:
        return len(self.source.paragraphs)

    def __iter__(self) -> Iterator[ViewedParagraph]:
        for number in range(len(self)):
            yield self._make(number)

    def __getitem__(self, number: int) -> ViewedParagraph:
        if not 0 <= number < len(self):
            raise IndexError(f"no paragraph {number} among {len(self)}")
        kept = self._kept.get(number)
        if kept is not None:
            return kept
        return self._kept.put(number, self._make(number))

    def kind(self, number: int) -> ParagraphKind:
        """The kind of a paragraph, without making it."""
        return self.source.paragraphs[number].kind

    def is_shown(self, number: int) -> bool:
        """Whether a paragraph is on the page: the repaired view folds furniture away, as far as it is not unfolded."""
        is_folded = self.view.repaired and self.kind(number) is ParagraphKind.FURNITURE
        return not is_folded or number in self._unfolded

    def is_apparatus(self, number: int) -> bool:
        """Whether a paragraph begins with a reading of another edition."""
        start = self.source.paragraphs[number].raw_start
        return any(span.layer is Layer.APPARATUS for span in self.source.layers_in(start, start + 1))

    def unfold(self, number: int) -> bool:
        """Show the furniture that is folded away with a paragraph; return whether there is any."""
        first = end = number
        while first > 0 and not self.is_shown(first - 1):
            first -= 1
        while end < len(self) and not self.is_shown(end):
            end += 1
        is_folded = first <= number < end
        if is_folded:
            self._unfolded.update(range(first, end))
        return is_folded

    def shown_beside(self, number: int, step: int) -> int:
        """Return the paragraph so many shown ones after another, or before it; as far as there are any."""
        direction = 1 if step > 0 else -1
        for _ in range(abs(step)):
            beyond = number + direction
            while 0 <= beyond < len(self) and not self.is_shown(beyond):
                beyond += direction
            if not 0 <= beyond < len(self):
                break
            number = beyond
        return number

    def start_of(self, number: int) -> int:
        """The raw offset at which a paragraph begins; the raw view may show its markup before that."""
        return self.source.paragraphs[number].raw_start

    def raw_bounds(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the raw text that holds paragraphs from one to another."""
        (start, _), (_, end) = (self[number].raw_span(0, len(self[number].text)) for number in (first, last))
        return start, end

    def paragraph_at(self, raw_offset: int) -> int:
        """The number, from 0, of the paragraph that shows an offset into the raw text, else of the one before it."""
        number = self.source.paragraph_at(raw_offset)
        following = number + 1
        if not self.view.repaired and following < len(self) and raw_offset >= self._raw_bounds(following)[0]:
            return following
        return number

    @property
    def shown_script(self) -> str:
        """The script of what is shown: `Hans`, `Hant`, `mixed`, `none` or `Jpan`."""
        return shown_script(self.script, self.view.script)

    def _make(self, number: int) -> ViewedParagraph:
        paragraph = self.source.paragraphs[number]
        own, stretch = self._stretch(number)
        text, conversion = shown_text(own, self.script, self.view)
        bare = ViewedParagraph(number, paragraph.kind, paragraph.tight, text, (), stretch, conversion)
        marks = tuple(sorted(self._marks(bare, paragraph), key=_START))
        if not marks:
            return bare
        return ViewedParagraph(number, paragraph.kind, paragraph.tight, text, marks, stretch, conversion)

    def _stretch(self, number: int) -> tuple[str, _Stretch]:
        if self.view.repaired:
            paragraph = self.source.paragraphs[number]
            own = self.source.repaired[paragraph.start : paragraph.end]
            return own, _Stretch(paragraph.start, paragraph.raw_start, paragraph.raw_end, self.source.alignment)
        raw_start, raw_end = self._raw_bounds(number)
        return self.source.raw[raw_start:raw_end], _Stretch(raw_start, raw_start, raw_end, IDENTITY)

    def _raw_bounds(self, number: int) -> tuple[int, int]:
        """What the raw view shows as a paragraph, so that it leaves out nothing but the white space between.

        To a paragraph belong its indentation, the lines before it that are no paragraph, such as markup, and the rest
        of its last line; to the last one all that follows.
        """
        raw, paragraph = self.source.raw, self.source.paragraphs[number]
        blank = _BLANK_LINES.match(raw, self._line_end(number - 1), paragraph.raw_start)
        start = blank.end() if blank is not None else paragraph.raw_start
        rest = raw[paragraph.raw_end : self._line_end(number)].rstrip()
        return start, paragraph.raw_end + len(rest)

    def _line_end(self, number: int) -> int:
        """The end of the last line of a paragraph, or the beginning of the next on that line; 0 before the first."""
        if number < 0:
            return 0
        paragraphs, raw = self.source.paragraphs, self.source.raw
        if number + 1 == len(paragraphs):
            return len(raw)
        following = paragraphs[number + 1].raw_start
        newline = _LINE_END.search(raw, paragraphs[number].raw_end, following)
        return newline.start() if newline is not None else following

    def _marks(self, shown: ViewedParagraph, paragraph: Paragraph) -> Iterator[Mark]:
        for layer in self.source.layers_in(paragraph.raw_start, paragraph.raw_end) if self.source.layers else ():
            if (span := shown.shown_span(layer.start, layer.end)) is not None:
                yield Mark(*span, MarkKind.NOTE, "")
        for edit in self._edits_in(paragraph):
            if edit.certain and self.view.repaired:
                continue
            span = shown.shown_span(edit.start, edit.end)
            if span is not None:
                kind = MarkKind.REPAIR if edit.certain else MarkKind.DAMAGE
                yield Mark(*span, kind, _suggestion(edit, self.script, self.view.script))

    def _edits_in(self, paragraph: Paragraph) -> Iterator[Edit]:
        """The edits that touch a paragraph; they are sorted and do not overlap."""
        edits = self.source.edits
        at = max(0, bisect_left(self._edit_starts, paragraph.raw_start) - 1)
        while at < len(edits) and edits[at].start < paragraph.raw_end:
            if edits[at].end > paragraph.raw_start:
                yield edits[at]
            at += 1


def _characters(paragraph: ViewedParagraph) -> int:
    return len(paragraph.text)


def shown_text(text: str, script: Script | str, view: View) -> tuple[str, Alignment]:
    """A text of a document in `script` as a view shows it, with nothing that can harm a terminal; and how it came."""
    shown = harmless(text)
    name = conversion_for(text, Script(script), view.script)
    return (shown, IDENTITY) if name is None else convert(shown, name)


def shown_title(title: str, script: Script | str, view: View) -> str:
    """A title of a document in `script`, or of a heading of it, as a view shows it."""
    return _title(title, Script(script), view.script)


def cycle(view_script: str, script: Script | str) -> str:
    """The view's script after this one, for a document in `script`: original, hans, hant, skipping what looks alike."""
    return next_script(view_script, Script(script))


def _suggestion(edit: Edit, script: Script, view_script: str) -> str:
    return _title(edit.replacement, script, view_script)


@lru_cache(_KEPT_TITLES)
def _title(title: str, script: Script, view_script: str) -> str:
    name = conversion_for(title, script, view_script)
    text = harmless(title)
    return text if name is None else convert(text, name)[0]
