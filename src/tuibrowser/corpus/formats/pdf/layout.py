"""The layout of a page: pieces of text become lines in reading order, in columns too."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tuibrowser.corpus.formats.pdf.engine import Page, Piece

_SAME_LINE: Final = 0.6
"""Sizes by which the middles of pieces on one line differ; marks have small boxes."""
_BLANK: Final = 0.3
"""Sizes between two pieces of a line that are a blank."""
_FAR: Final = 4.0
"""Sizes between two pieces of a line that divide cells of a table."""
_OVERLAP: Final = 0.3
"""Sizes by which blocks may run into each other."""
_SMALL: Final = 2
"""Lines of a block that may have been drawn apart from the one it stands in."""
_MOST_BLOCKS: Final = 150
"""Blocks of a page that are put in order; a page of more is left in the order of the file."""

_VERTICAL_FORM: Final = re.compile("[\ufe10-\ufe19\ufe30-\ufe48]")
_DOUBLED: Final = re.compile(r"(?:([^\W\d_A-Za-z]|[，。；：、])\1(?!\1)){6,}")
"""So many characters in a row that stand there twice each are no words: verse doubles five, laughter one more often."""
_HAN: Final = "\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_BETWEEN_HAN: Final = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_BESIDE_HAN: Final = re.compile(f"(?<=[{_HAN}]) +(?=[,.;:?!、。，；：？！“”‘’（）《》])|(?<=[,.;:?!]) +(?=[{_HAN}])")
_RUN: Final = re.compile(f"[{_HAN}]{{2,}}")
_SPACED_SHARE: Final = 0.15
"""Of the neighbouring Han characters of a text are apart where blanks say nothing, as in layers of OCR."""


class Line(NamedTuple):
    """A line of a page: its text, where it is (as of a piece), and the number of its page."""

    text: str
    start: float
    end: float
    at: float
    size: float
    page: int


class _Block(NamedTuple):
    """Lines below one another, and the box around them."""

    lines: list[Line]
    start: float
    end: float
    top: float
    bottom: float


def lines_of(page: Page) -> list[Line]:
    """The lines of a page in reading order."""
    blocks = _with_small_ones_in_place(_blocks(_joined(page)))
    return [line for block in _ordered(blocks) for line in block.lines]


def without_spacing(pages: Sequence[list[Line]]) -> Sequence[list[Line]]:
    """The lines of all pages, without the blanks that a layer of OCR has between characters."""
    texts = [line.text for lines in pages for line in lines]
    apart = sum([len(_BETWEEN_HAN.findall(text)) for text in texts if " " in text])
    if not apart:
        return pages
    together = sum([len(run) - 1 for text in texts for run in _RUN.findall(text)])
    if apart < _SPACED_SHARE * (apart + together):
        return pages
    return [[line._replace(text=_closed(line.text)) for line in lines] for lines in pages]


def _closed(text: str) -> str:
    return _BESIDE_HAN.sub("", _BETWEEN_HAN.sub("", text))


def _joined(page: Page) -> list[Line]:
    """The pieces that stand beside each other on one line as one."""
    lines: list[Line] = []
    for piece in page.pieces:
        last = lines[-1] if lines else None
        if last is not None and _goes_on(last, piece):
            size = max(last.size, piece.size)
            gap = (piece.start - last.end) / size
            between = "" if gap < _BLANK else " " if gap < _FAR else "\u3000"
            lines[-1] = last._replace(text=last.text + between + _usual(piece.text), end=piece.end, size=size)
        else:
            lines.append(Line(_usual(piece.text), piece.start, piece.end, piece.at, piece.size, page.number))
    return lines


def _goes_on(line: Line, piece: Piece) -> bool:
    size = max(line.size, piece.size)
    return abs(line.at - piece.at) < _SAME_LINE * size and piece.start > line.end - _OVERLAP * size


def _usual(text: str) -> str:
    """The text with usual marks for those of vertical lines, and hyphens for what the library puts in their place.

    Characters drawn twice, to look bold, stand in it once.
    """
    text = text.replace("\ufffe", "\xad").replace("\x02", "\xad")
    text = _DOUBLED.sub(lambda found: found[0][::2], text)
    if _VERTICAL_FORM.search(text):
        text = _VERTICAL_FORM.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text


def _blocks(lines: Iterable[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        half = line.size / 2
        last = blocks[-1] if blocks else None
        if last and line.at > last.lines[-1].at - half and line.start < last.end and last.start < line.end:
            last.lines.append(line)
            blocks[-1] = _Block(
                last.lines,
                min(last.start, line.start),
                max(last.end, line.end),
                min(last.top, line.at - half),
                max(last.bottom, line.at + half),
            )
        else:
            blocks.append(_Block([line], line.start, line.end, line.at - half, line.at + half))
    return blocks


def _with_small_ones_in_place(blocks: list[_Block]) -> list[_Block]:
    """The blocks, with headings drawn apart put between the lines they stand between, and labels before theirs."""
    hosts = [block for block in blocks if len(block.lines) > _SMALL]
    if not hosts or not len(hosts) < len(blocks) <= _MOST_BLOCKS:
        return blocks
    return [block for block in blocks if len(block.lines) > _SMALL or not any(_taken_in(block, host) for host in hosts)]


def _taken_in(block: _Block, host: _Block) -> bool:
    """Put the lines of a small block among those of a large one, where it belongs there; return whether it does."""
    if host.top < block.top and block.bottom < host.bottom and host.start <= block.start and block.end <= host.end:
        if any(_is_level(line, own) for line in block.lines for own in host.lines):
            return False
        for line in block.lines:
            host.lines.insert(bisect_right(host.lines, line.at, key=lambda own: own.at), line)
        return True
    labelled = [(line, _labelled(line, host)) for line in block.lines]
    if any(number is None for _, number in labelled):
        return False
    for line, number in labelled:
        if number is not None:
            own = host.lines[number]
            host.lines[number] = own._replace(text=f"{line.text} {own.text}")
    return True


def _labelled(label: Line, host: _Block) -> int | None:
    """The number of the line that a label stands directly to the left of."""
    for number, line in enumerate(host.lines):
        if _is_level(label, line) and 0 <= line.start - label.end < _FAR * line.size:
            return number
    return None


def _is_level(one: Line, other: Line) -> bool:
    return abs(one.at - other.at) < _SAME_LINE * max(one.size, other.size)


def _ordered(blocks: list[_Block]) -> Iterable[_Block]:
    """The blocks in the order of the file, except that one which stands above another one goes before it."""
    if not 1 < len(blocks) <= _MOST_BLOCKS:
        return blocks
    left = list(blocks)
    ordered: list[_Block] = []
    while left:
        chosen = next(
            (block for block in left if not any(_precedes(other, block) for other in left if other is not block)),
            left[0],
        )
        ordered.append(chosen)
        left.remove(chosen)
    return ordered


def _precedes(one: _Block, other: _Block) -> bool:
    """Whether a block must be read before another: it is above it, or the label on the left of its first line."""
    slack = _OVERLAP * min(one.lines[-1].size, other.lines[0].size)
    if one.bottom <= other.top + slack and one.top < other.top:
        return one.start < other.end and other.start < one.end
    return len(one.lines) == 1 and one.end <= other.start and abs(one.top - other.top) < slack
