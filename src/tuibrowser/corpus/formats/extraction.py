"""Extraction: the raw text of a document that is no plain text, put together block by block with its structure."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from itertools import accumulate, count, repeat
from operator import add, sub
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.formats.base import Extracted
from tuibrowser.corpus.formats.lines import Line, LineRole, Parsed
from tuibrowser.corpus.model import Layer, LayerSpan, Locator, Metadata
from tuibrowser.hanzi.alike import blanks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tuibrowser.corpus.model import DocumentProblem

_SPACE: Final = r"\t\n\f\v\r\x85\xa0\u2028\u2029"
_UNWANTED: Final = re.compile(
    rf" [{_SPACE} ]+|[{_SPACE}][{_SPACE} ]*|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]+"
)
"""White space that is not one space, and what no text holds: controls and halves of characters."""
_UNSPACED: Final = re.compile(
    r"[\u2e80-\u303f\u3041-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffee"
    r"\U00020000-\U0003ffff]"
)
"""Characters of scripts without spaces, and their punctuation."""
_GROUPED: Final = frozenset({LineRole.PLAIN, LineRole.VERSE, LineRole.ROW, LineRole.CODE, LineRole.FURNITURE})
"""Roles of lines that stand together with those of the same role beside them."""
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_CELLS: Final = "\u3000"
"""What stands between the cells of a row."""
_JOINER: Final = "\u034f"
"""The one character that is not drawn and counts as printable."""


_LINE: Final[Callable[[Iterable[Any]], Line]] = partial(tuple.__new__, Line)  # without a call of Python for each line
_NO_LEVELS: Final = repeat(0)


class Extraction:
    """The raw text of a document in the making.

    `write` and its like add to the block at hand, and `end` ends it with its role: PLAIN for a line as a plain text
    has it, which may be part of a paragraph; BODY for a whole paragraph; HEADING with its level; VERSE, ROW, NOTE,
    FURNITURE. Each block becomes a line. White space within a block is what HTML makes of it: a run of it is one
    space, or none where it holds the end of a line and stands between two Han characters; control characters are left
    out. A block without text leaves nothing behind; locators within it hold for the next.
    """

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._roles: list[LineRole] = []
        self._levels: list[int] = []
        self._at = 0
        self._role: LineRole | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._labels: list[tuple[int, str]] = []
        self._open: list[tuple[int, Layer]] = []
        self._spans: list[tuple[int, int, Layer]] = []
        self._locators: list[Locator] = []
        self._layers: list[LayerSpan] = []

    def write(self, text: str) -> None:
        """Add text to the block at hand."""
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def locate(self, label: str) -> None:
        """Say that the place which citations name by `label` begins here."""
        self._labels.append((self._length, label))

    def enter(self, layer: Layer) -> None:
        """Let what is written belong to another layer, until `leave`; layers may stand in each other."""
        self._open.append((self._length, layer))

    def leave(self) -> None:
        """Leave the layer entered last."""
        start, layer = self._open.pop()
        if not self._open and start < self._length:
            self._spans.append((start, self._length, layer))

    def write_note(self, text: str) -> None:
        """Add a note within the block at hand, in brackets."""
        if text.strip():
            self.enter(Layer.NOTE)
            self.write(f"（{text}）")
            self.leave()

    def part(self) -> None:
        """Let the next line stand apart from the one before it, as after a blank line."""
        self._role = None

    def block(self, text: str, role: LineRole = LineRole.BODY, level: int = 0) -> bool:
        """Add a block that consists of `text`; return whether it has any."""
        bare = text.strip()
        if self._pieces or self._labels or self._open or role is LineRole.NOTE or not is_clean(bare):
            self.write(text)
            return self.end(role, level)
        if bare:
            self._divide(role)
            self._add(bare, role, level)
        return bool(bare)

    def row(self, cells: Iterable[str]) -> None:
        """Add a row of a table."""
        self.block(_CELLS.join([" ".join(cell.split()) for cell in cells]), LineRole.ROW)

    def code(self, text: str) -> None:
        """Add a line of code, whose white space is kept, after the block at hand."""
        self.end()
        self._divide(LineRole.CODE)
        self._add(_CONTROLS.sub("", text.expandtabs()).rstrip(), LineRole.CODE, 0)

    def end(self, role: LineRole = LineRole.BODY, level: int = 0, layer: Layer | None = None) -> bool:
        """End the block at hand; return whether it has text.

        A block of role NOTE is of the layer of notes, unless `layer` says otherwise.
        """
        for number, (_, kind) in enumerate(self._open):
            if number == 0:
                self._spans.append((self._open[0][0], self._length, kind))
            self._open[number] = (0, kind)
        text, labels, spans = self._normal()
        self._pieces, self._length, self._spans = [], 0, []
        if not text:
            self._labels = [(0, label) for _, label in labels]
            return False
        self._labels = []
        self._divide(role)
        start = self._at
        self._locators += [Locator(start + at, label) for at, label in labels]
        if layer is None and role is LineRole.NOTE:
            layer = Layer.NOTE
        if layer is not None:
            spans = [(0, len(text), layer)]
        self._layers += [LayerSpan(start + first, start + last, kind) for first, last, kind in spans if first < last]
        self._add(text, role, level)
        return True

    def head(self, size: int = 4_000) -> str:
        """The beginning of what was made so far: about so many code points of it."""
        texts: list[str] = []
        for text in self._texts:
            texts.append(text)
            size -= len(text) + 1
            if size <= 0:
                break
        return "\n".join([*texts, ""])

    def extracted(
        self,
        metadata: Metadata | None = None,
        *,
        encoding: str | None = None,
        marked_up: bool | None = None,
        problems: Sequence[DocumentProblem] = (),
        fields: Mapping[str, str] | None = None,
    ) -> Extracted:
        """The raw text with what is known of it. Where `marked_up` is None, it is whether there are headings."""
        self.end()
        if marked_up is None:
            marked_up = LineRole.HEADING in self._roles
        locators = self._locators + [Locator(max(0, self._at - 1), label) for _, label in self._labels if self._at]
        parsed = Parsed(
            lines_of(self._texts, self._roles, self._levels),
            metadata or Metadata(),
            tuple(locators),
            (),
            marked_up,
            tuple(_merged(self._layers)),
        )
        return Extracted("\n".join([*self._texts, ""]), parsed, encoding, tuple(problems), fields)

    def _divide(self, role: LineRole) -> None:
        """Put a blank line before a block unless it stands together with the one before it."""
        if self._texts and not (role is self._role and role in _GROUPED):
            self._add("", LineRole.BLANK, 0)
        self._role = role

    def _add(self, text: str, role: LineRole, level: int) -> None:
        self._texts.append(text)
        self._roles.append(role)
        self._levels.append(level)
        self._at += len(text) + 1

    def _normal(self) -> tuple[str, list[tuple[int, str]], list[tuple[int, int, Layer]]]:
        """The block at hand with its white space as it should be, and its labels and layers by offset into that."""
        written = "".join(self._pieces)
        if not self._labels and not self._spans:
            if is_clean(bare := written.strip()):
                return bare, [], []
            text = _UNWANTED.sub(_wanted, written)
            return text.strip(blanks(text)), [], []
        text, moves = _moved(written)
        unseen = blanks(text)
        lead = len(text) - len(text.lstrip(unseen))
        text = text.strip(unseen)

        def at(offset: int) -> int:
            found = bisect_right(moves, offset, key=lambda move: move[0]) - 1
            moved = offset if found < 0 else max(moves[found][2], offset - moves[found][1])
            return min(max(0, moved - lead), len(text))

        labels = [(at(offset), label) for offset, label in self._labels]
        return text, labels, [(at(first), at(last), layer) for first, last, layer in self._spans]


def lines_of(texts: Sequence[str], roles: Iterable[LineRole], levels: Iterable[int] = _NO_LEVELS) -> tuple[Line, ...]:
    """The lines of a raw text that consists of some texts, a line each, without white space around them."""
    sizes = list(map(len, texts))
    ends = list(map(add, accumulate(sizes), range(len(sizes))))
    starts = list(map(sub, ends, sizes))
    return tuple(map(_LINE, zip(count(1), starts, ends, roles, levels, starts, ends)))


def is_clean(text: str) -> bool:
    """Whether a text surely has no white space but single spaces and wide ones, and nothing that no text holds."""
    return (text.isprintable() or _is_wide(text)) and "  " not in text


def _is_wide(text: str) -> bool:
    """Whether a text has but the ideographic space among what is not printable, and nothing else that is not drawn."""
    return _CELLS in text and text.replace(_CELLS, "").isprintable() and _JOINER not in text


def _wanted(found: re.Match[str]) -> str:
    """What stands for a run of white space or of characters that no text holds."""
    run = found[0]
    if run[0] >= "\ud800" and run[0] <= "\udfff":
        return "\ufffd"
    if not run[0].isspace():
        return ""
    text, start, end = found.string, found.start(), found.end()
    is_line_end = "\n" in run or "\r" in run
    if is_line_end and start and end < len(text) and _UNSPACED.match(text[start - 1]) and _UNSPACED.match(text[end]):
        return ""
    return " "


def _moved(written: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text with its white space as it should be, and how offsets move.

    A move holds from an offset into what was written: how much to take away, and the least offset to come out.
    """
    pieces: list[str] = []
    moves: list[tuple[int, int, int]] = []
    last = at = 0
    for found in _UNWANTED.finditer(written):
        wanted = _wanted(found)
        if wanted == found[0]:
            continue
        pieces += (written[last : found.start()], wanted)
        at += found.start() - last
        moves.append((found.start(), found.end() - at - len(wanted), at))
        at += len(wanted)
        last = found.end()
    pieces.append(written[last:])
    return "".join(pieces), moves


def _merged(layers: Sequence[LayerSpan]) -> list[LayerSpan]:
    """Layers in order, without those that stand within another one."""
    kept: list[LayerSpan] = []
    for span in sorted(layers, key=lambda each: (each.start, -each.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
