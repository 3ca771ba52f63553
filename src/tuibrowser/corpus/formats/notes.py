"""Notes: which spans of a raw text its markup says are notes: small print of block prints, and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.model import Layer, LayerSpan
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.corpus.formats.lines import Line

    Span = tuple[int, int]

_ROUND: Final = late(r"[()]")
_MARKDOWN: Final = late(r"\[\^[^]\s]{1,100}\]:")
_MARKDOWN_INLINE: Final = late(r"\^\[[^][\r\n]{1,2000}\]")
_ORG: Final = late(r"\[fn:[\w-]{1,100}\]")
_ORG_INLINE: Final = late(r"\[fn:[\w-]{0,100}:[^][\r\n]{1,2000}\]")

_LONGEST_SMALL_PRINT: Final = 2_000
"""Code points of a note of small print; brackets farther apart are not a pair."""
_INDENT: Final = 4
"""Spaces before a line that goes on with a Markdown footnote after a blank line."""
_BLANK_LINES: Final = 2
"""Blank lines that end an Org footnote."""


def small_print(raw: str, lines: Sequence[Line]) -> tuple[LayerSpan, ...]:
    """The notes of a mandoku text: what stands in (), over several lines too, but not over a heading."""
    if "(" not in raw:
        return ()
    spans: list[Span] = []
    opened: list[int] = []
    for line in lines:
        if line.role is LineRole.HEADING:
            opened.clear()
        if line.role not in (LineRole.PLAIN, LineRole.HEADING):
            continue
        for found in _ROUND.finditer(raw, line.text_start, line.text_end):
            if found[0] == "(":
                opened.append(found.start())
            elif opened and found.end() - (start := opened.pop()) <= _LONGEST_SMALL_PRINT:
                spans.append((start, found.end()))
        if line.role is LineRole.HEADING:
            opened.clear()
    return _notes(spans)


def markdown_footnotes(raw: str, lines: Sequence[Line]) -> tuple[LayerSpan, ...]:
    """The footnotes of a Markdown text: `[^1]: …` with the lines that go on with it, and `^[…]` in a line."""
    if "[^" not in raw and "^[" not in raw:
        return ()
    return _notes([*_markdown_definitions(raw, lines), *_inline(raw, lines, _MARKDOWN_INLINE)])


def org_footnotes(raw: str, lines: Sequence[Line]) -> tuple[LayerSpan, ...]:
    """The footnotes of an Org text: `[fn:1] …` with the lines that go on with it, and `[fn:: …]` in a line."""
    if "[fn:" not in raw:
        return ()
    return _notes([*_org_definitions(raw, lines), *_inline(raw, lines, _ORG_INLINE)])


def _notes(spans: Iterable[Span]) -> tuple[LayerSpan, ...]:
    """Spans as notes, sorted; one that stands in another belongs to it."""
    notes: list[LayerSpan] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not notes or start >= notes[-1].end:
            notes.append(LayerSpan(start, end, Layer.NOTE))
    return tuple(notes)


def _inline(raw: str, lines: Sequence[Line], pattern: re.Pattern[str]) -> Iterator[Span]:
    for line in lines:
        if line.role in (LineRole.PLAIN, LineRole.HEADING):
            for found in pattern.finditer(raw, line.text_start, line.text_end):
                yield found.span()


def _markdown_definitions(raw: str, lines: Sequence[Line]) -> Iterator[Span]:
    start = end = -1  # of the footnote that the lines go on with
    after_blank = False
    for line in lines:
        if line.role is LineRole.PLAIN and _MARKDOWN.match(raw, line.text_start):
            if start >= 0:
                yield start, end
            start, end = line.text_start, line.text_end
        elif start >= 0 and line.role is not LineRole.BLANK:
            if line.role is LineRole.HEADING or (after_blank and not _is_indented(raw, line)):
                yield start, end
                start = -1
            else:
                end = line.text_end
        after_blank = line.role is LineRole.BLANK
    if start >= 0:
        yield start, end


def _is_indented(raw: str, line: Line) -> bool:
    return raw.startswith(("\t", " " * _INDENT), line.start)


def _org_definitions(raw: str, lines: Sequence[Line]) -> Iterator[Span]:
    start = end = -1  # of the footnote that the lines go on with
    blank = 0
    for line in lines:
        if line.role is LineRole.BLANK:
            blank += 1
            continue
        begins = line.role is LineRole.PLAIN and line.start == line.text_start and _ORG.match(raw, line.start)
        if start >= 0 and (begins or line.role is LineRole.HEADING or blank >= _BLANK_LINES):
            yield start, end
            start = -1
        if begins:
            start = line.start
        if start >= 0:
            end = line.text_end
        blank = 0
    if start >= 0:
        yield start, end
