"""Rich Text Format (RTF): text with headings, tables, notes and the results of fields."""

from __future__ import annotations

import re
from collections import deque
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.office.blocks import Blocks
from tuibrowser.corpus.formats.office.fields import Field
from tuibrowser.corpus.formats.office.rtf_styles import Fonts, Style, Styles
from tuibrowser.corpus.formats.problems import BREAKS_OFF, DAMAGED

if TYPE_CHECKING:
    from tuibrowser.corpus.formats.base import Contents, Extracted

_TOKEN: Final = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\", re.DOTALL
)
_BEGINS: Final = b"{\\rtf"

_CHARACTERS: Final = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u3000",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "",
    "zwnj": "",
}
_SYMBOLS: Final = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
_PARAGRAPH_ENDS: Final = frozenset({"par", "sect", "page"})
_SKIPPED: Final = frozenset(
    (
        *(
            "colortbl",
            "generator",
            "filetbl",
            "listtable",
            "listoverridetable",
            "revtbl",
            "rsidtbl",
            "xmlnstbl",
            "themedata",
        ),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep", "aftnsep"),
        *("annotation", "atnid", "atnauthor", "atnicn", "atntime", "atnref", "atrfstart", "atrfend", "atndate"),
        *("pict", "object", "nonshppict", "shp", "shprslt", "do", "background", "sp", "sn", "sv", "datafield"),
        *("bkmkstart", "bkmkend", "xe", "tc", "tcn", "txe", "rxe", "info", "upr", "fchars", "lchars", "template"),
        *(
            "themedata",
            "latentstyles",
            "datastore",
            "colorschememapping",
            "private",
            "formfield",
            "pgdsctbl",
            "userprops",
            "docvar",
        ),
    )
)
"""Groups that begin with these words are no text, except for some groups within them."""
_KNOWN: Final = frozenset({"fldinst", "footnote", "shptxt", "ud", "result", "fldrslt", "listtext", "pntext"})
"""Groups that are read, though their words be marked as ones that a program may not know."""
_SETTINGS: Final = frozenset({"ansicpg", "mac", "uc", "deff", "f"})
_ENDS: Final = _PARAGRAPH_ENDS | {"cell", "nestcell", "row", "nestrow"}
_MOST_SKIPPED: Final = 10
_DEEPEST: Final = 100_000
"""Groups in one another; no honest file has a hundred."""
_LEVELS: Final = 9
_HALF: Final = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _State:
    """What holds within a group, and ends with it."""

    target: list[str] | None
    """Where its text goes, if anywhere."""
    skip: int = 1
    """How many characters stand for one in Unicode where that is not known."""
    font: int | None = None
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    level: int | None = None
    in_table: bool = False
    centred: bool = False
    begins: bool = True
    """Whether nothing of the group was read yet."""
    optional: bool = False
    r"""Whether the group begins with \*."""
    kind: str = ""
    """What the group is: a table, a field's instruction, a note; empty for text."""
    outer: list[str] | None = None
    """Where the text around a group goes that is skipped."""
    field: Field | None = None


def extract(contents: Contents) -> Extracted:
    """Extract the text of an RTF file. Raises NotTextError where it is none."""
    data = contents.data.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if not data.startswith(_BEGINS):
        raise NotTextError(DAMAGED)
    blocks = Blocks()
    reader = _Reader(blocks)
    problems = [] if reader.read(data) else [BREAKS_OFF]
    title, author = ("".join(reader.info[each]) for each in ("title", "author"))
    return blocks.extracted(contents.name, _joined(title), _joined(author), problems)


class _Reader:
    """Goes through the tokens of a file and writes its blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self.info: dict[str, list[str]] = {"title": [], "author": []}
        self._blocks = blocks
        self._fonts = Fonts()
        self._styles = Styles()
        self._written: list[str] = []
        self._state = _State(self._written)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        """Bytes of text that are not decoded yet."""
        self._left = 0
        """Characters left to skip that stand for one in Unicode."""
        self._notes: deque[list[str]] = deque()
        self._boxes: deque[list[str]] = deque()
        self._cells: list[list[str]] = []
        self._cell: list[str] = []
        self._style: Style | None = None
        self._style_number = 0

    def read(self, data: bytes) -> bool:
        """Read a file; return whether it is whole."""
        at = 0
        match = _TOKEN.match
        while found := match(data, at):
            at = found.end()
            word, number, code, symbol, brace, text = found.groups()
            if text is not None:
                self._text(text)
            elif word is not None:
                name = word.decode("ascii")
                value = int(number) if number is not None else None
                if name == "bin":
                    at += max(0, value or 0)
                else:
                    self._word(name, value)
            elif code is not None:
                self._text(bytes((int(code, 16),)))
            elif brace == b"{":
                self._open()
            elif brace == b"}":
                if not self._close():
                    break
            elif symbol is not None:
                self._symbol(symbol.decode("latin-1"))
        return self._finish()

    def _finish(self) -> bool:
        """Write what is left; return whether all groups were ended."""
        is_whole = not self._stack
        self._flush()
        if not is_whole and self._state.target is self._written:
            self._paragraph()
        while self._stack:
            self._close()
        self._paragraph()
        self._row()
        self._follow()
        return is_whole

    def _open(self) -> None:
        """Begin a group."""
        self._flush()
        self._left = 0
        if len(self._stack) > _DEEPEST:
            raise NotTextError(DAMAGED)
        self._state.begins = False
        self._stack.append(self._state)
        self._state = copy(self._state)
        self._state.begins, self._state.optional = True, False
        if self._state.kind == "stylesheet":
            self._style, self._style_number = Style(), 0
            self._state.kind, self._state.target = "style", self._style.name
        elif self._state.kind == "style":
            self._state.target = None

    def _close(self) -> bool:
        """End a group; return whether it is not the outermost one."""
        self._flush()
        self._left = 0
        if not self._stack:
            return False
        done, self._state = self._state, self._stack.pop()
        if done.kind != self._state.kind:
            self._end_of_kind(done)
        if done.field is not None and done.field is not self._state.field:
            self._put(done.field.base)
        return bool(self._stack)

    def _end_of_kind(self, done: _State) -> None:
        if done.kind == "style" and self._style is not None:
            self._styles.add(self._style_number, self._style)
        elif done.kind == "footnote" and done.target is not None:
            self._notes.append(done.target)
        elif done.kind == "shptxt" and done.target is not None:
            self._boxes.append(done.target)

    def _text(self, data: bytes) -> None:
        """Take bytes of text."""
        self._state.begins = False
        if self._left:
            skipped = min(self._left, len(data))
            self._left -= skipped
            data = data[skipped:]
        if self._state.target is not None:
            self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes taken so far, before something changes what they mean."""
        if self._bytes:
            text = self._fonts.decode(bytes(self._bytes), self._state.font)
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        if state.kind == "fldinst" and state.field is not None:
            state.field.add(text)
        elif text and state.target is not None and not state.hidden and not state.deleted:
            state.target.append(text)

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self._state.optional = True
            return
        self._state.begins = False
        if self._left:
            self._left -= 1
        elif symbol in "\r\n":
            self._end("par")
        else:
            self._put(_SYMBOLS.get(symbol, ""))

    def _word(self, name: str, value: int | None) -> None:
        """Follow a control word."""
        state = self._state
        self._flush()
        self._left = 0
        if name == "u":
            if value is not None and -0x10000 < value < 0x110000:
                self._put(chr(value % 0x10000 if value < 0 else value))
            self._left = state.skip
            state.begins = False
            return
        opens, state.begins = state.begins, False
        if opens and self._destination(name):
            return
        if state.kind == "fonttbl" and name in ("f", "fcharset"):
            state.font = value if name == "f" else state.font
            self._fonts.charset(state.font, value or 0 if name == "fcharset" else 0)
        elif state.kind == "style":
            self._style_word(name, value)
        elif name in _SETTINGS:
            self._setting(name, value)
        elif state.target is not None:
            self._formatting(name, value)

    def _destination(self, name: str) -> bool:
        """Begin a group of another kind by its first word; return whether the word says no more."""
        state = self._state
        outer = state.target if state.target is not None else state.outer
        if name in ("fonttbl", "stylesheet"):
            state.kind, state.target = name, None
        elif name in self.info and state.kind == "info":
            state.target = self.info[name]
        elif name == "field":
            state.field = Field()
        elif name == "fldinst":
            state.kind, state.target = name, []
        elif name == "fldrslt" and state.field is not None:
            contents = Field(state.field.instruction, separated=True).makes_contents
            state.target = None if contents else state.target
        elif name in ("footnote", "shptxt"):
            state.kind, state.target = name, (None if outer is None else [])
        elif name in ("ud", "result"):
            state.target = outer
        elif name in _SKIPPED or (state.optional and name not in _KNOWN):
            if state.kind == "style":
                self._style = None
            state.kind = name if name == "info" else state.kind
            state.outer, state.target = outer, None
        else:
            return False
        return True

    def _style_word(self, name: str, value: int | None) -> None:
        if self._style is None or value is None:
            return
        if name == "s":
            self._style_number = value
        elif name == "sbasedon":
            self._style.based_on = value
        elif name == "outlinelevel":
            self._style.level = value

    def _setting(self, name: str, value: int | None) -> None:
        """Follow a word on how the text is written down."""
        state = self._state
        if name == "ansicpg":
            self._fonts.page(value or 0)
        elif name == "mac":
            self._fonts.page(10_000)
        elif name == "uc":
            state.skip = min(max(0, value or 0), _MOST_SKIPPED)
        elif name == "deff":
            self._fonts.default_font = state.font = value
        elif name == "f":
            state.font = value

    def _formatting(self, name: str, value: int | None) -> None:
        """Follow a word that is a character, ends something or says how it is set."""
        state = self._state
        if name in _CHARACTERS:
            self._put(_CHARACTERS[name])
        elif name in _ENDS:
            self._end(name)
        elif name == "pard":
            state.style, state.level, state.in_table, state.centred = 0, None, False, False
        elif name == "plain":
            state.hidden = state.deleted = False
            state.font = self._fonts.default_font
        elif name in ("v", "deleted"):
            setattr(state, "hidden" if name == "v" else "deleted", value != 0)
        elif name == "s":
            state.style = value or 0
        elif name == "outlinelevel":
            state.level = value
        elif name == "intbl":
            state.in_table = True
        elif name in ("qc", "ql", "qr", "qj"):
            state.centred = name == "qc"

    def _end(self, name: str) -> None:
        """End a paragraph, a cell or a row."""
        if self._state.target is not self._written:
            self._put("\n")
        elif name in _PARAGRAPH_ENDS:
            self._paragraph()
        elif name in ("cell", "nestcell"):
            self._cells.append([*self._cell, _joined("".join(self._written))])
            self._cell.clear()
            self._written.clear()
        else:
            self._row()
            self._follow()

    def _paragraph(self) -> None:
        text = _joined("".join(self._written))
        self._written.clear()
        state = self._state
        if state.in_table:
            self._cell.append(text)
            return
        self._row()
        level = self._styles.level(state.style)
        if state.level is not None:
            level = state.level + 1 if 0 <= state.level < _LEVELS else 0
        if level or self._styles.is_title(state.style):
            self._blocks.heading(text, level or 1, is_title=not level)
        elif not self._styles.is_contents(state.style):
            self._blocks.paragraph(text, centred=state.centred)
        self._follow()

    def _row(self) -> None:
        """Write the row at hand."""
        if self._cell:
            self._cells.append(list(self._cell))
            self._cell.clear()
        self._blocks.cells(self._cells)
        self._cells.clear()

    def _follow(self) -> None:
        """Write the notes and text boxes of what was just written."""
        while self._notes:
            for text in _joined("".join(self._notes.popleft())).split("\n"):
                self._blocks.note(text)
        while self._boxes:
            self._blocks.paragraph(_joined("".join(self._boxes.popleft())))


def _joined(text: str) -> str:
    """Text with the halves of characters beyond the first plane put together."""
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
