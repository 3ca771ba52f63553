"""OpenDocument texts (ODT, and FODT, the same in one XML file)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.office.body import Body, within
from tuibrowser.corpus.formats.office.package import BrokenError, Package, children
from tuibrowser.corpus.formats.problems import BREAKS_OFF, DAMAGED, ENCRYPTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from tuibrowser.corpus.formats.base import Contents, Extracted

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _STYLE, _FORMAT, _TABLES, _DRAW, _META = (
    f"{{{_NAMES}{each}:1.0}}" for each in ("office", "text", "style", "xsl-fo-compatible", "table", "drawing", "meta")
)
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_BODY: Final = f"{_OFFICE}text"
_STYLES: Final = (f"{_OFFICE}styles", f"{_OFFICE}automatic-styles")
_MOST_BLANKS: Final = 1_000
"""Blanks that one element may stand for."""
_DEEPEST: Final = 20
"""Styles based on one another that are followed."""


class _What(Enum):
    """What an element within a paragraph is, where it is not just something that holds others."""

    BLANKS = auto()
    TAB = auto()
    LINE_END = auto()
    NOTE = auto()
    BOX = auto()
    SPAN = auto()
    SKIPPED = auto()


_WHAT: Final = {
    f"{_TEXT}s": _What.BLANKS,
    f"{_TEXT}tab": _What.TAB,
    f"{_TEXT}line-break": _What.LINE_END,
    f"{_TEXT}note": _What.NOTE,
    f"{_DRAW}text-box": _What.BOX,
    f"{_TEXT}span": _What.SPAN,
} | dict.fromkeys(
    [
        f"{_TEXT}ruby-text",
        f"{_TEXT}note-citation",
        f"{_TEXT}hidden-text",
        f"{_TEXT}hidden-paragraph",
        f"{_OFFICE}annotation",
        f"{_TEXT}tracked-changes",
        f"{{{_NAMES}svg-compatible:1.0}}title",
        f"{{{_NAMES}svg-compatible:1.0}}desc",
    ],
    _What.SKIPPED,
)
_LEFT_OUT: Final = frozenset(
    f"{_TEXT}{name}"
    for name in (
        *("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "table-of-content"),
        *("illustration-index", "table-index", "object-index", "user-index", "alphabetical-index"),
    )
) | {f"{_OFFICE}forms", f"{_TABLES}shapes"}
_HEADING, _PARAGRAPH, _TABLE = f"{_TEXT}h", f"{_TEXT}p", f"{_TABLES}table"
_ROW, _CELL = f"{_TABLES}table-row", f"{_TABLES}table-cell"
_NOT_IN_TABLES: Final = frozenset({_TABLE, _PARAGRAPH, _HEADING})
"""Elements in which no row or cell is one of the table at hand."""
_LEVEL_IN_NAME: Final = re.compile(r"(?:heading|标题|標題)(?:_20_| )?([1-9])", re.IGNORECASE)
_TITLES: Final = frozenset({"Title", "标题", "標題"})
_CONTENTS: Final = re.compile(r"Contents(?:_20_| )", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str = ""
    level: int = 0
    hidden: bool = False
    centred: bool = False


def extract(contents: Contents) -> Extracted:
    """Extract the text of an OpenDocument text. Raises NotTextError where it is damaged, encrypted or a bomb."""
    if contents.data.startswith(b"PK"):
        package = Package(contents.data)
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise NotTextError(ENCRYPTED)
        parts = [package.read(name) for name in ("styles.xml", "content.xml", "meta.xml")]
    else:
        head = contents.data.partition(b"</office:meta>")[0]
        parts = [b"", contents.data, head if len(head) < len(contents.data) else b""]
    if not parts[1]:
        raise NotTextError(DAMAGED)
    reader = _Reader()
    if parts[0]:
        reader.styles(parts[0])
    problems = []
    try:
        for child in children(parts[1], *_STYLES, _BODY):
            reader.write(child)
    except BrokenError:
        problems.append(BREAKS_OFF)
    return reader.blocks.extracted(contents.name, *_properties(parts[2]), problems)


def _properties(data: bytes) -> tuple[str | None, str | None]:
    """The title and the first author in the properties."""
    found: dict[str, str] = {}
    try:
        for each in children(data, f"{_OFFICE}meta"):
            found.setdefault(each.tag, each.text or "")
    except (BrokenError, NotTextError):
        pass
    creator = found.get(f"{_META}initial-creator") or found.get(f"{_DUBLIN_CORE}creator")
    return found.get(f"{_DUBLIN_CORE}title"), creator


class _Reader(Body):
    """Goes through a document and writes its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._styles: dict[str, _Style] = {}

    def styles(self, data: bytes) -> None:
        """Learn the styles of another part."""
        try:
            for each in children(data, _STYLES[0]):
                self._learn(each)
        except (BrokenError, NotTextError):
            pass

    def write(self, element: Element) -> None:
        """Write a child of the body, or learn the style that it is."""
        if element.tag == f"{_STYLE}style":
            self._learn(element)
            return
        super().write(element)

    def _block(self, block: Element) -> None:
        if block.tag == _TABLE:
            self._table(block)
        else:
            self._paragraph(block)

    def _learn(self, element: Element) -> None:
        if element.tag != f"{_STYLE}style":
            return
        level = element.get(f"{_STYLE}default-outline-level", "")
        text = element.find(f"{_STYLE}text-properties")
        paragraph = element.find(f"{_STYLE}paragraph-properties")
        self._styles[element.get(f"{_STYLE}name", "")] = _Style(
            element.get(f"{_STYLE}parent-style-name", ""),
            int(level) if level.isascii() and level.isdecimal() and len(level) == 1 else 0,
            text is not None and text.get(f"{_TEXT}display") == "none",
            paragraph is not None and paragraph.get(f"{_FORMAT}text-align") == "center",
        )

    def _lineage(self, element: Element) -> list[str]:
        """The names of the style of an element and of those it is based on."""
        names = [element.get(f"{_TEXT}style-name", "")]
        while len(names) < _DEEPEST and (style := self._styles.get(names[-1])) and style.parent:
            names.append(style.parent)
        return names

    def _paragraph(self, paragraph: Element) -> None:
        lineage = self._lineage(paragraph)
        styles = [self._styles[name] for name in lineage if name in self._styles]
        if any(_CONTENTS.match(name) for name in lineage):
            return
        if not (styles and styles[0].hidden):
            self._inline(paragraph)
        text = self._taken()
        level = _level(paragraph, lineage, styles)
        if level or _TITLES.intersection(lineage):
            self.blocks.heading(text, level or 1, is_title=not level)
        else:
            self.blocks.paragraph(text, centred=any(style.centred for style in styles[:1]))
        self._write_notes()

    def _table(self, table: Element) -> None:
        rows = within(table, (_ROW,), _NOT_IN_TABLES)
        self._write_rows([cells for row in rows if (cells := list(within(row, (_CELL,), _NOT_IN_TABLES)))])

    def _paragraphs(self, element: Element) -> Iterator[Element]:
        return within(element, (_PARAGRAPH, _HEADING), _LEFT_OUT)

    def _blocks_of(self, element: Element) -> Iterator[Element]:
        return _blocks(element)

    def _length(self, cell: Element) -> int:
        return sum(len(each) for each in cell.itertext())

    def _inline(self, paragraph: Element) -> None:
        """Write what a paragraph holds, and what stands between the elements in it."""
        self._said(paragraph.text)
        stack = [(iter(paragraph), paragraph)]
        while stack:
            for child in stack[-1][0]:
                what = _WHAT.get(child.tag)
                if (what is None or (what is _What.SPAN and not self._is_hidden(child))) and (len(child) or child.text):
                    self._said(child.text)
                    if len(child):
                        stack.append((iter(child), child))
                        break
                elif what is not None:
                    self._special(child, what)
                self._said(child.tail)
            else:
                _, done = stack.pop()
                if stack:
                    self._said(done.tail)

    def _said(self, text: str | None) -> None:
        """Write text of the file, in which the end of a line is a blank."""
        if text:
            self._written.append(text.replace("\n", " ") if "\n" in text else text)

    def _special(self, element: Element, what: _What) -> None:
        if what is _What.BLANKS:
            count = element.get(f"{_TEXT}c", "1")
            self._written.append(" " * min(int(count) if count.isascii() and count.isdecimal() else 1, _MOST_BLANKS))
        elif what is _What.TAB:
            self._written.append("\t")
        elif what is _What.LINE_END:
            self._written.append("\n")
        elif what is _What.NOTE:
            self._notes.append(element)
        elif what is _What.BOX:
            self._boxes.append(element)

    def _is_hidden(self, span: Element) -> bool:
        style = self._styles.get(span.get(f"{_TEXT}style-name", ""))
        return style is not None and style.hidden


def _level(paragraph: Element, lineage: list[str], styles: list[_Style]) -> int:
    """The level of a heading, 0 for another paragraph."""
    if paragraph.tag == _HEADING:
        level = paragraph.get(f"{_TEXT}outline-level", "1")
        return int(level) if level.isascii() and level.isdecimal() and len(level) < 3 else 1
    named = next((found for name in lineage if (found := _LEVEL_IN_NAME.fullmatch(name))), None)
    return int(named[1]) if named else next((style.level for style in styles if style.level), 0)


def _blocks(element: Element) -> Iterator[Element]:
    """The paragraphs, headings and tables at an element or within it."""
    stack = [element]
    while stack:
        at = stack.pop()
        if at.tag in (_PARAGRAPH, _HEADING, _TABLE):
            yield at
        elif at.tag not in _LEFT_OUT:
            stack += reversed(at)
