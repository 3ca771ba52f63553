"""Pieces: the text between two tags that divide blocks, put together to blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.blocks.block import Block

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.pages.blocks.tags import Tag

_LONGEST_VERSE: Final = 26
"""Code points of a line of verse between two line breaks."""
_LEAST_VERSE: Final = 3
"""Lines that make verse of lines as short as that."""
_NO_VERSE: Final = re.compile(r"[:：|｜/>@]|\d\d|[A-Za-z]{12}|^[\s（(【\[]*(?:\d|[一二三四五六七八九十]+[、.．])")
"""What stands in lines of an address, a table of contents or the head of an article, and in no verse."""
_REFERENCE: Final = re.compile(r"[\[〔【（(［]?[\d*†‡§一二三四五六七八九十百①-⑳注註]{1,5}[\]〕】）)］]?")
"""What refers to a note."""
_BRACKETS: Final = frozenset("[〔【（(［")
_MARKED: Final = frozenset("[〔【［①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""How it begins where nothing else says that it does."""
_EDIT: Final = re.compile(r"(?<=\S)\s*[\[［](?:编辑|編輯|edit)[^\[\]［］]{0,12}[\]］]\s*$", re.IGNORECASE)
"""The button behind a heading of a wiki."""
_SHORTEST_NOTE: Final = 4
"""Code points of a note; a shorter text is the word for one."""
MOSTLY: Final = 0.5
"""Share of a line that is linked above which it is a menu."""
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_HAN_SHARE: Final = 0.3
"""Share of Han characters above which preformatted text is prose or verse, and no code."""


class Pieces:
    """The block at hand: the pieces of its text, which of them are linked, and those of its lines that have ended.

    `texts` and `lines` are the same lists for good, so that one looks at them without a call.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._links: list[tuple[int, int]] = []
        self._link = -1
        self._may_refer = self._is_named = False
        self._raised = 0
        self._raised_at = -1
        self._refs: list[tuple[int, int]] = []
        self._labels: list[tuple[int, str]] = []
        self.lines: list[Block] = []

    @property
    def is_idle(self) -> bool:
        """Whether nothing is open between blocks that may tell on the next one."""
        return self._link < 0 and not self._labels

    def open_link(self, _: Tag) -> None:
        """Begin a link that leads to another page."""
        if self._link >= 0:
            self.close_link()
        self._link = len(self.texts)
        self._may_refer = False

    def open_link_within(self, tag: Tag) -> None:
        """Begin a link that leads to a place within the page or book, and may refer to a note."""
        self.open_link(tag)
        self._may_refer, self._is_named = True, False

    def open_reference(self, tag: Tag) -> None:
        """Begin a link that is named a reference to a note."""
        self.open_link(tag)
        self._may_refer = self._is_named = True

    def close_link(self, _: Tag | None = None) -> None:
        """End the link that is open, if any is."""
        if self._link < 0:
            return
        span = (self._link, len(self.texts))
        self._link = -1
        if self._may_refer and self._refers(span[0]):
            self._bracket(span[0])
            self._refs.append(span)
        else:
            self._links.append(span)

    def _bracket(self, start: int) -> None:
        """Set what refers to a note in brackets, across which a search looks."""
        sign = "".join(self.texts[start:])
        bare = sign.strip()
        if bare[0] not in _BRACKETS:
            self.texts[start:] = [f"[{bare}]", *[""] * (len(self.texts) - start - 1)]

    def _refers(self, start: int) -> bool:
        text = "".join(self.texts[start:]).strip()
        raised = self._raised > 0 or self._raised_at >= start
        return _REFERENCE.fullmatch(text) is not None and (self._is_named or raised or text[0] in _MARKED)

    def note(self, text: str) -> None:
        """Add a note in brackets, unless it is but the sign of one."""
        if len(text.strip()) >= _SHORTEST_NOTE:
            self._refs.append((len(self.texts), len(self.texts) + 1))
            self.texts.append(f"（{text.strip()}）")

    def open_raised(self, _: Tag) -> None:
        """Begin raised text."""
        self._raised += 1
        self._raised_at = len(self.texts)

    def close_raised(self, _: Tag) -> None:
        """End raised text."""
        self._raised = max(0, self._raised - 1)

    def label(self, label: str) -> None:
        """Say that a page begins here, unless its label is empty."""
        if label:
            self._labels.append((len(self.texts), label))

    def break_line(self, box: int) -> bool:
        """End a line; return whether a paragraph ends, since there was no text since the last line break."""
        return not self._end_line(box) and bool(self.lines)

    def end(self, box: int, level: int = 0, *, preformatted: bool = False) -> list[Block]:
        """End the block at hand, which stands in a box; return its lines, or none where it has no text."""
        self._end_line(box)
        if not self.lines:
            return []
        lines = self.lines[:]
        self.lines.clear()
        if level:
            return [_joined(lines, level)]
        if preformatted:
            return _preformatted(lines)
        if len(lines) > 1:
            role = _role([line.text for line in lines])
            for line in lines:
                line.role, line.apart = role, False
            lines[0].apart = True
        return lines

    def _end_line(self, box: int) -> bool:
        texts, links = self.texts, self._links
        if not texts:
            return False
        text = texts[0] if len(texts) == 1 else "".join(texts)
        if not text or text.isspace():
            self._blank()
            return False
        if self._link >= 0:
            links.append((self._link, len(texts)))
            self._link = 0
        linked = 0
        if links:
            if len(links) == 1 and links[0] == (0, len(texts)):
                linked = len("".join(text.split()))
            else:
                linked = sum([len("".join("".join(texts[start:end]).split())) for start, end in links])
            if linked > MOSTLY * len(text.strip()) and not self._refs:
                text = self._apart()
            links.clear()
        line = Block(text, linked, box)
        if self._refs or self._labels:
            self._place(line)
        self.lines.append(line)
        self._raised_at = -1
        texts.clear()
        return True

    def _blank(self) -> None:
        """Begin a line anew that has no text so far."""
        self._links.clear()
        self._refs.clear()
        self._labels = [(0, label) for _, label in self._labels]
        if self._link >= 0:
            self._link = 0
        self.texts.clear()

    def _apart(self) -> str:
        """The text with a space around each link, as a menu has them."""
        parts: list[str] = []
        at = 0
        for start, end in self._links:
            parts += ("".join(self.texts[at:start]), "".join(self.texts[start:end]))
            at = end
        return " ".join([*parts, "".join(self.texts[at:])])

    def _place(self, line: Block) -> None:
        """Give a line its references and labels, by offsets into its text."""
        starts = [0]
        for text in self.texts:
            starts.append(starts[-1] + len(text))
        line.refs = tuple((starts[first], starts[last]) for first, last in self._refs)
        line.labels = tuple((starts[at], label) for at, label in self._labels)
        self._refs.clear()
        self._labels.clear()


def _joined(lines: list[Block], level: int) -> Block:
    """A heading of several lines."""
    text, refs = lines[0].text, list(lines[0].refs)
    for line in lines[1:]:
        refs += [(start + len(text) + 1, end + len(text) + 1) for start, end in line.refs]
        text += f" {line.text}"
    linked = sum(line.linked for line in lines)
    if button := _EDIT.search(text):
        text, linked = text[: button.start()], max(0, linked - len(button[0]))
    return Block(text, linked, lines[0].box, LineRole.HEADING, level, refs=tuple(refs), labels=lines[0].labels)


def _preformatted(lines: list[Block]) -> list[Block]:
    """The lines of preformatted text: code, or plain lines where it is Chinese. Empty lines part the plain ones."""
    text = "".join(line.text for line in lines)
    han = sum(map(len, _HAN.findall(text)))
    role = LineRole.PLAIN if han > _HAN_SHARE * len("".join(text.split())) else LineRole.CODE
    made: list[Block] = []
    apart = True
    for line in text.expandtabs().split("\n"):
        if role is LineRole.CODE or (not line.isspace() and line):
            made.append(Block(line.rstrip(), 0, lines[0].box, role, apart=apart))
        apart = role is LineRole.PLAIN and not line.strip()
    while made and not made[0].text:
        made.pop(0)
    while made and not made[-1].text:
        made.pop()
    if made:
        made[0].apart = True
        made[0].labels = tuple((0, label) for line in lines for _, label in line.labels)
    return made


def _role(lines: list[str]) -> LineRole:
    """The role of lines that line breaks divide and no blank line: verse where they are short, plain lines else."""
    if len(lines) < _LEAST_VERSE or any(len(line.strip()) > _LONGEST_VERSE or _NO_VERSE.search(line) for line in lines):
        return LineRole.PLAIN
    return LineRole.VERSE
