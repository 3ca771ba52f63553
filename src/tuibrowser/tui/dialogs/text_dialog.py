"""A dialog that shows text: the help, and what is known of a document."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.settings.commands import MOUSE, PLACE_TITLES, Place, commands_of, first_hour, keys_label
from tuibrowser.tui.widgets.line_list import LineList
from tuibrowser.tui.widgets.strips import PLAIN, strip_of, take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from tuibrowser.language.i18n import Message
    from tuibrowser.settings.commands import Command

HEADER = "# "
"""A line that begins so is a heading."""

LABEL_CELLS = 24

_PIECE = re.compile(r"[“‘（「『《【]*(?:[!-~]+|[^!-~])[”’，。、；：！？）」』》】]*\s*")
"""What no line is broken in: a word or a Chinese character, with the marks that may not be apart from it."""


class TextRows(LineList, can_focus=True):
    """Lines of text: headings, and pairs of a label and words, wrapped beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_rows(1)", show=False),
        Binding("k,up", "scroll_rows(-1)", show=False),
        Binding("space,pagedown,ctrl+f,d,ctrl+d", "scroll_pages(1)", show=False),
        Binding("b,pageup,u,ctrl+u", "scroll_pages(-1)", show=False),
        Binding("g,home", "scroll_pages(-1000)", show=False),
        Binding("G,end", "scroll_pages(1000)", show=False),
    ]

    DEFAULT_CSS = """
    TextRows { height: 1fr; padding: 0 1; }
    """

    def __init__(self, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        # File names, metadata and what other programs say of themselves come from outside.
        self._lines = [(harmless(label), harmless(words)) for label, words in lines]
        self._laid: list[tuple[str, str]] = []

    def add(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show more lines below."""
        self._lines += [(harmless(label), harmless(words)) for label, words in lines]
        self.on_resize()

    @property
    def row_count(self) -> int:
        """How many lines there are."""
        return len(self._laid)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._laid = [row for label, words in self._lines for row in self._wrap(label, words)]
        self._top = min(self._top, max(0, len(self._laid) - self.size.height))
        self.refresh()

    def _wrap(self, label: str, words: str) -> list[tuple[str, str]]:
        if label.startswith(HEADER) or not words:
            return [(label, "")]
        indent = label[: len(label) - len(label.lstrip())]
        labels = _lines_of(label.strip(), self._label_cells - 1 - len(indent))
        room = max(10, self.size.width - self._label_cells - 1)
        rows = zip_longest((indent + line for line in labels), _lines_of(words, room), fillvalue="")
        return [(label, words or " ") for label, words in rows]

    @property
    def _label_cells(self) -> int:
        return min(LABEL_CELLS, self.size.width // 2)

    def draw_row(self, row: int, width: int, cursor: bool) -> Strip:  # noqa: ARG002
        """Draw a line."""
        label, words = self._laid[row]
        if label.startswith(HEADER):
            return strip_of([Segment(label[len(HEADER) :], self.style("header"))], width)
        gap = " " * (self._label_cells - cell_width(label))
        return strip_of([Segment(label + gap, self.style("match") if words else PLAIN), Segment(words)], width)

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll by lines."""
        self.scroll_rows(rows)

    def action_scroll_pages(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_rows(pages * max(1, self.size.height - 1))


def _lines_of(words: str, room: int) -> list[str]:
    """Words in lines of so many cells, broken at blanks and between Chinese characters; what fits in none is cut."""
    lines, room = [""], max(2, room)
    for piece in _PIECE.findall(words):
        if lines[-1] and cell_width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        left = piece
        while cell_width(left.rstrip()) > room:
            lines[-1] = take(left, room)
            left = left[len(lines[-1]) :]
            lines.append("")
        lines[-1] += left
    return [line.strip() for line in lines]


class TextDialog(ModalScreen[None]):
    """Shows pairs of labels and words until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+g,ctrl+c,question_mark,f1,i,enter", "close", "Close", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    TextDialog {
        align: center middle;
        background: transparent;
        & > Vertical { width: 90%; max-width: 92; height: 90%; border: round $primary; background: $background; }
        & TextRows > .line-list--match { color: $primary; text-style: none; }
    }
    """

    def __init__(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = tr("Esc closes · j k scroll")
            yield TextRows(self._lines)

    def add(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show more lines below, unless it is closed."""
        if self.is_attached:
            self.query_one(TextRows).add(lines)

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)


SEARCH_SYNTAX = (
    (plain("高质量 gaozhiliang gzl"), plain("characters in any script; pinyin; initials")),
    (plain("“高质量”"), plain("no near matches")),
    ('="爲"', plain("exactly these characters")),
    (plain("-WORD"), plain("leave out paragraphs with this word")),
    ("in: by:", plain("path or title; author; each also with - before it")),
    ("date:2022", plain("date:2022, date:2021-06..2023, date:..2020; also with - before it")),
    ("layer:note", plain("what begins in a note, as far as markup tells; layer:text the text alone; also with -")),
    ("genre:序", plain("any field that documents have from a table beside the files or a record; also with -")),
    ("in:furniture", plain("page furniture alone: menus, notices, running heads; it is left out otherwise")),
    (plain("several pasted lines"), plain("the passage, wherever its lines end")),
)

_TEXT_PLACES = (Place.READING, Place.EVERYWHERE, Place.OUTLINE)


def help_lines(
    first: str, commands: tuple[Command, ...], titles: Mapping[str, Message] = PLACE_TITLES
) -> list[tuple[str, str]]:
    """The help: the keys of the first hour, those of each place, that of the focused part first, and how to search.

    `titles` are what the places are called. In a list, a field, a panel or a selection the keys of that place come
    before those of the first hour.
    """
    places = sorted(titles, key=lambda place: place != first)
    blocks = [_place_lines(place, titles[place], commands) for place in places]
    blocks.insert(0 if first in _TEXT_PLACES else 1, _first_lines(commands))
    blocks.append(_block(tr("The mouse in the text"), MOUSE))
    blocks.append(_block(tr("What can be searched for"), SEARCH_SYNTAX))
    return [line for block in blocks for line in [*block, ("", "")]][:-1]


def _first_lines(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    return _block(tr("The first hour"), [(" ".join(keys), words) for keys, words in first_hour(commands)])


def _place_lines(place: str, title: Message, commands: tuple[Command, ...]) -> list[tuple[str, str]]:
    return _block(title, [(keys_label(each), each.help) for each in commands_of(place, commands)])


def _block(title: str, rows: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A heading, and below it pairs of a label and words."""
    return [(HEADER + shown(title), ""), *(("  " + shown(label), shown(words)) for label, words in rows)]
