"""Any XML: the texts of its elements, one after the other, and what its names say is a title, a date or an author."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.records.fields import NAMES, plain_name
from tuibrowser.corpus.formats.xml.tags import tags
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tuibrowser.corpus.formats.extraction import Extraction
    from tuibrowser.corpus.formats.xml.tags import Markup, Tag

_FIELDS: Final = {
    plain_name(name): field for field in ("title", "author", "date", "source", "publisher") for name in NAMES[field]
}
_DATES: Final = ("異動日期", "异动日期", "修正日期", "公布日期", "發布日期", "发布日期")
_TITLES: Final = ("法規名稱", "法规名称")
"""Ends of the names of elements that hold a title; one in another language may stand beside it."""
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LONGEST: Final = 200
"""Code points of a value that says something of the text."""
_NOTES: Final = frozenset(["endnote", "fn", "footnote", "note", "注", "註", "注释", "註釋"])
"""Elements within a paragraph that hold a note on it."""
_WHOLE: Final = frozenset(["name", "persName", "personname"])
_OF_PERSONS: Final = _WHOLE | {"firstname", "forename", "given-names", "givenname", "surname"}
"""Elements within that for an author that hold the name, or a part of it."""
_ROWS: Final = frozenset(["row", "tr"])
_CELLS: Final = frozenset(["cell", "entry", "td", "th"])
_WITHIN: Final = 0.5
"""Share of the elements of a name beside text above which they are parts of paragraphs."""


def write_any(made: Extraction, markup: Markup) -> Metadata:
    """Add the text of an XML file; return what its first elements with telling names say of it.

    Each element that holds text is a line, or several, with the elements that stand amid text; rows of tables are a
    line each. They are read as those of a plain text, whose rules find headings among them.
    """
    found = list(tags(markup))
    writer = _Writer(made, _within(found))
    for tag in found:
        writer.add(tag)
    return writer.metadata()


def _within(found: Sequence[Tag]) -> frozenset[str]:
    """The names of the elements that mostly stand amid text: directly behind some, or with some behind them."""
    every: Counter[str] = Counter()
    amid: Counter[str] = Counter()
    for number, tag in enumerate(found[:-1]):
        if tag.name and tag.ends:
            every[tag.name] += 1
            amid[tag.name] += bool(found[number + 1].before.strip())
        elif tag.name and tag.before.strip():
            amid[tag.name] += 1
    return frozenset(name for name, count in amid.items() if count > _WITHIN * every[name])


class _Writer:
    """Adds the text between tags to a raw text; `said` is what the first elements with telling names say."""

    def __init__(self, made: Extraction, within: Collection[str]) -> None:
        self._made = made
        self._within = within
        self._pieces: list[tuple[str, bool]] = []
        self._open: list[str] = []
        self._notes = 0
        self._cells: list[str] | None = None
        self._authors: list[str] = []
        self._said: dict[str, str] = {}
        self._titled = 0
        """The depth of the element with the title while the one around it is open, from 1."""

    def add(self, tag: Tag) -> None:
        """Add the text before a tag, and do what the tag says."""
        if tag.before:
            self._pieces.append((tag.before, self._notes > 0))
        if tag.name in _NOTES and tag.name in self._within:
            self._notes = max(0, self._notes + (-1 if tag.ends else 1))
        if tag.name and (tag.name in self._within or self._notes):
            return
        if self._cells is None or not tag.name:
            self._end()
        else:
            self._end_cell()
        if tag.ends:
            self._close(tag.name)
        elif tag.name:
            self._start(tag.name)

    def _start(self, name: str) -> None:
        if self._cells is None and name in _CELLS and self._open and self._open[-1] in _ROWS:
            self._cells = []
        self._open.append(name)
        if _FIELDS.get(plain_name(name)) == "author":
            self._authors.append("")

    def _close(self, name: str) -> None:
        while self._open and self._open.pop() != name:
            pass
        if len(self._open) < self._titled - 1:
            self._titled = 0
        if name in _ROWS and self._cells is not None:
            self._made.row(self._cells)
            self._cells = None

    def _end_cell(self) -> None:
        """End a part of a cell."""
        text = "".join([text for text, _ in self._pieces]).strip()
        self._pieces.clear()
        if self._cells is not None and text:
            self._cells.append(text)

    def _end(self) -> None:
        """End the element at hand."""
        pieces, self._pieces = self._pieces, []
        text = "".join([text for text, _ in pieces]).strip()
        if not text or self._tells(text):
            return
        self._made.part()
        if any(is_note for _, is_note in pieces):
            self._write_noted(pieces)
            return
        for line in text.splitlines():
            if line.strip():
                self._made.block(line, LineRole.PLAIN)
            else:
                self._made.part()

    def _write_noted(self, pieces: Sequence[tuple[str, bool]]) -> None:
        """Add a paragraph in which notes stand."""
        for is_note, run in groupby(pieces, itemgetter(1)):
            text = "".join([text for text, _ in run])
            if is_note:
                self._made.write_note(text.strip())
            else:
                self._made.write(text)
        self._made.end(LineRole.PLAIN)

    def _tells(self, text: str) -> bool:
        """Whether a text says something of the whole, and is taken for that; a title is shown as one, too."""
        if len(text) > _LONGEST or "\n" in text or not self._open:
            return False
        name = self._open[-1]
        if (
            name in _OF_PERSONS
            and any(_FIELDS.get(plain_name(each)) == "author" for each in self._open)
            and (not self._authors[-1] or name not in _WHOLE)
        ):
            self._authors[-1] = f"{self._authors[-1]}{'' if _HAN.search(text) else ' '}{text}".strip()
            return True
        field = _field(name, text)
        if field == "author" and self._authors and not self._authors[-1]:
            self._authors[-1] = text
            return True
        known = self._said.get(field)
        is_beside = field == "title" and len(self._open) == self._titled
        if not field or (known and (not is_beside or _HAN.search(known) or not _HAN.search(text))):
            return False
        self._said[field] = text
        if field == "title":
            self._titled = len(self._open)
            self._made.block(text, LineRole.HEADING, 1)
        return True

    def metadata(self) -> Metadata:
        """What the elements said."""
        said = self._said
        date = said_date(said["date"]) if "date" in said else None
        return Metadata(
            said.get("title"),
            "、".join(dict.fromkeys(filter(None, self._authors))) or None,
            published=date.iso if date else None,
            publisher=said.get("publisher"),
            source=said.get("source"),
            dated=date.words if date else None,
        )


def _field(name: str, text: str) -> str:
    """The field that an element gives by its name; empty for none, and for a date that cannot be read."""
    ending = "title" if name.endswith(_TITLES) else "date" if name.endswith(_DATES) else ""
    field = _FIELDS.get(plain_name(name), ending)
    return "" if field == "date" and said_date(text) is None else field
