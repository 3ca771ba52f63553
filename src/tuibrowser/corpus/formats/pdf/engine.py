"""PDFium: the pages of a PDF as pieces of text with their places, its outline, page labels and properties."""

from __future__ import annotations

import ctypes
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FONTS: Final = Path(__file__).parent / "data"
"""The folder of the font that stands for all those which are not embedded."""
_LOCK: Final = Lock()
"""PDFium does one thing at a time in a process."""
_MOST_PAGES: Final = 50_000
_MOST_MISSING: Final = 1_000
"""Pages that cannot be read, after which no further one is tried."""
_DEEPEST: Final = 16
"""Levels of an outline; deeper ones count as the last."""
_LONGEST_NAME: Final = 4_000
"""Bytes of a title, a label or a property."""
_LETTERS: Final = "\u2e7f"
_FEWEST_STACKED: Final = 3
"""Characters below one another that are a line."""
_ASIDE: Final = 0.2
"""Widths of a character by which those of a vertical line stand beside each other at most."""
_STEPS: Final = (0.5, 1.45)
"""Heights of a character from one to the next in a vertical line."""
_BLANK: Final = " \t\r\n\u3000\xa0\0"
_PASSWORD, _SECURITY = 4, 5
"""Errors of PDFium."""


class Piece(NamedTuple):
    """A run of text on one line, with its place on the page.

    The place is given in the direction of reading, so that it means the same for horizontal and vertical lines:
    `start` and `end` are along the line, `at` is how far the line is from the first edge of the page, and `size` is
    the height of a character, all in points.
    """

    text: str
    start: float
    end: float
    at: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its pieces in the order of the file, its label if any, and whether most of its lines are vertical."""

    number: int
    label: str
    pieces: tuple[Piece, ...]
    is_vertical: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading of the outline: its level from 1, its title, and the number of its page from 0, if any."""

    level: int
    title: str
    page: int | None


@cache
def _pdfium() -> Any:
    """The library with fonts of its own, so that a file gives the same text on every machine.

    PDFium leaves out text in a font that is neither embedded nor found on the machine.
    """
    import pypdfium2_raw as raw  # loading it takes 20 ms, which only PDF files are worth

    folder = ctypes.create_string_buffer(os.fsencode(_FONTS))
    folders = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.cast(folder, ctypes.POINTER(ctypes.c_char)))
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders, m_pIsolate=None, m_v8EmbedderSlot=0)
    raw.FPDF_InitLibraryWithConfig(config)
    raw.kept = (folder, folders, config)  # the library refers to them as long as it lives
    return raw


@contextmanager
def opened(data: bytes) -> Iterator[Pdf]:
    """Open a PDF; no other one is read in the process meanwhile.

    Raises NotTextError where it is damaged or wants a password.
    """
    with _LOCK:
        raw = _pdfium()
        document = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            error = raw.FPDF_GetLastError()
            if error in (_PASSWORD, _SECURITY):
                raise NotTextError(plain("it is encrypted: a password is needed"))
            raise NotTextError(plain("it is damaged and cannot be opened"))
        try:
            yield Pdf(raw, document)
        finally:
            raw.FPDF_CloseDocument(document)


class Pdf:
    """An open PDF."""

    def __init__(self, raw: Any, document: Any) -> None:
        self._raw = raw
        self._document = document
        self.size: int = raw.FPDF_GetPageCount(document)
        """How many pages there are, which may be more than are read."""

    def pages(self) -> Iterator[Page]:
        """The pages that can be read, in order, as far as no honest file has more."""
        missing = 0
        for number in range(min(self.size, _MOST_PAGES)):
            page = self._raw.FPDF_LoadPage(self._document, number)
            if not page:
                missing += 1
                if missing > _MOST_MISSING:
                    return
                continue
            try:
                yield self._page(page, number)
            finally:
                self._raw.FPDF_ClosePage(page)

    def property(self, name: str) -> str:
        """A property of the file, such as Title; empty where it is not given."""
        return self._text(self._raw.FPDF_GetMetaText, self._document, name.encode("ascii"))

    def outline(self) -> Iterator[Bookmark]:
        """The headings of the outline, in order."""
        raw = self._raw
        stack = [(raw.FPDFBookmark_GetFirstChild(self._document, None), 1)]
        seen: set[int] = set()
        while stack:
            bookmark, level = stack.pop()
            key = ctypes.cast(bookmark, ctypes.c_void_p).value
            if key is None or key in seen:
                continue
            seen.add(key)
            stack.append((raw.FPDFBookmark_GetNextSibling(self._document, bookmark), level))
            below = min(level + 1, _DEEPEST)
            stack.append((raw.FPDFBookmark_GetFirstChild(self._document, bookmark), below))
            yield Bookmark(level, self._text(raw.FPDFBookmark_GetTitle, bookmark), self._target(bookmark))

    def _target(self, bookmark: Any) -> int | None:
        """The page that a bookmark leads to."""
        raw = self._raw
        found = raw.FPDFBookmark_GetDest(self._document, bookmark)
        if not found and (action := raw.FPDFBookmark_GetAction(bookmark)):
            found = raw.FPDFAction_GetDest(self._document, action)
        number: int = raw.FPDFDest_GetDestPageIndex(self._document, found) if found else -1
        return number if 0 <= number < self.size else None

    def _text(self, get: Any, *of: Any) -> str:
        """What a function of the library writes in UTF-16."""
        size = min(get(*of, None, 0), _LONGEST_NAME)
        if size <= 2:
            return ""
        buffer = ctypes.create_string_buffer(size)
        get(*of, buffer, size)
        return buffer.raw[: size - size % 2].decode("utf-16-le", "replace").rstrip("\0")

    def _page(self, page: Any, number: int) -> Page:
        raw = self._raw
        label = self._text(raw.FPDF_GetPageLabel, self._document, number)
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return Page(number, label, ())
        try:
            boxes = list(_stacked(self._boxes(text_page)))
        finally:
            raw.FPDFText_ClosePage(text_page)
        vertical = sum([len(box.text) for box in boxes if _is_vertical(box)])
        width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
        if 2 * vertical > sum([len(box.text) for box in boxes if len(box.text) > 1]):
            return Page(number, label, tuple(_vertical(box, width, height) for box in boxes), is_vertical=True)
        return Page(number, label, tuple(_horizontal(box, height) for box in boxes))

    def _boxes(self, page: Any) -> Iterator[_Box]:
        """The lines of a page, as far as the library finds them, with the boxes of their first and last character."""
        raw = self._raw
        box, other = raw.FS_RECTF(), raw.FS_RECTF()
        first, last = ctypes.byref(box), ctypes.byref(other)
        at = 0
        for line in self._characters(page).split("\r\n"):
            text = line.strip(_BLANK)
            if text:
                start = at + line.index(text[0])
                raw.FPDFText_GetLooseCharBox(page, start, first)
                raw.FPDFText_GetLooseCharBox(page, start + len(text) - 1, last)
                yield _Box(text, _corners(box), _corners(other))
            at += len(line) + 2

    def _characters(self, page: Any) -> str:
        """The characters of a page, each at its index."""
        raw = self._raw
        count = raw.FPDFText_CountChars(page)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (2 * count + 1))()
        written = raw.FPDFText_GetText(page, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        codes = (raw.FPDFText_GetUnicode(page, index) for index in range(count))
        return "".join(chr(code) if 0 < code <= 0x10FFFF else "\ufffd" for code in codes)


Corners = tuple[float, float, float, float]
"""Left, bottom, right and top, from the lower left corner of the page."""


class _Box(NamedTuple):
    text: str
    first: Corners
    last: Corners


def _corners(box: Any) -> Corners:
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    if right < left:
        left, right = right, left
    return (left, top, right, bottom) if top < bottom else (left, bottom, right, top)


def _stacked(boxes: Iterable[_Box]) -> Iterator[_Box]:
    """The lines of a page, with Han characters that are drawn one below the other, each by itself, as one."""
    run: list[_Box] = []
    for box in boxes:
        if run and not _stands_below(run[-1], box):
            yield from _one(run)
            run = []
        run.append(box)
    yield from _one(run)


def _one(run: list[_Box]) -> list[_Box]:
    if len(run) < _FEWEST_STACKED:
        return run
    return [_Box("".join([box.text for box in run]), run[0].first, run[-1].last)]


def _stands_below(above: _Box, box: _Box) -> bool:
    """Whether two lines are single Han characters, the second directly below the first."""
    if len(above.text) > 1 or len(box.text) > 1 or above.text < _LETTERS or box.text < _LETTERS:
        return False
    (left, bottom, right, top), (other_left, _, other_right, other_top) = above.last, box.first
    step = top - other_top
    aside = abs(left + right - other_left - other_right) / 2
    return aside < _ASIDE * (right - left) and _STEPS[0] < step / max(top - bottom, 1.0) < _STEPS[1]


def _is_vertical(box: _Box) -> bool:
    """Whether the last character of a line stands below the first one rather than beside it."""
    if len(box.text) < 2:
        return False
    (left, bottom, right, _), (last_left, _, last_right, last_top) = box.first, box.last
    return last_top < bottom + (right - left) / 2 and last_left < right and left < last_right


def _horizontal(box: _Box, height: float) -> Piece:
    (left, bottom, _, top), last = box.first, box.last
    sizes = (top - bottom, last[3] - last[1])
    # The font of digits and letters may have other measures, so a Chinese character tells the size.
    size = sizes[0] if box.text[0] > _LETTERS else sizes[1] if box.text[-1] > _LETTERS else max(sizes)
    return Piece(box.text, left, max(left, last[2]), height - (bottom + top) / 2, size)


def _vertical(box: _Box, width: float, height: float) -> Piece:
    (left, _, right, top), last = box.first, box.last
    start = height - top
    return Piece(box.text, start, max(start, height - last[1]), width - (left + right) / 2, right - left)
