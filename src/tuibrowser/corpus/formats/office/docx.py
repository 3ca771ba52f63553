"""Word documents (DOCX): text with headings, tables and notes, as it stands when all changes are accepted."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.office.body import Body, within
from tuibrowser.corpus.formats.office.docx_parts import Parts
from tuibrowser.corpus.formats.office.docx_styles import VALUE, Style, W, is_centred, is_on, outline_level
from tuibrowser.corpus.formats.office.fields import Field
from tuibrowser.corpus.formats.office.package import BrokenError, Package, children
from tuibrowser.corpus.formats.problems import BREAKS_OFF
from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from tuibrowser.corpus.formats.base import Contents, Extracted

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


class _What(Enum):
    """What an element within a paragraph is, where it is not just something that holds others."""

    TEXT = auto()
    RUN = auto()
    LINE_END = auto()
    TAB = auto()
    HYPHEN = auto()
    NOTE = auto()
    BOX = auto()
    FIELD = auto()
    INSTRUCTION = auto()
    ALTERNATIVES = auto()
    PLACEHOLDER = auto()
    SKIPPED = auto()


_WHAT: Final = {
    f"{W}t": _What.TEXT,
    f"{_MATH}t": _What.TEXT,
    f"{W}r": _What.RUN,
    f"{W}br": _What.LINE_END,
    f"{W}cr": _What.LINE_END,
    f"{W}tab": _What.TAB,
    f"{W}ptab": _What.TAB,
    f"{W}noBreakHyphen": _What.HYPHEN,
    f"{W}footnoteReference": _What.NOTE,
    f"{W}endnoteReference": _What.NOTE,
    f"{W}txbxContent": _What.BOX,
    f"{W}fldChar": _What.FIELD,
    f"{W}instrText": _What.INSTRUCTION,
    f"{_MC}AlternateContent": _What.ALTERNATIVES,
    f"{W}sdt": _What.PLACEHOLDER,
} | dict.fromkeys(
    [
        *(
            f"{W}{name}"
            for name in (
                *("rPr", "pPr", "sdtPr", "rubyPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"),
                *("del", "moveFrom", "delText", "delInstrText", "rt"),
                *("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak"),
            )
        ),
        f"{_MC}Fallback",
    ],
    _What.SKIPPED,
)

_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc"))
_PARAGRAPH_PROPERTIES, _RUN_PROPERTIES, _STYLE = f"{W}pPr", f"{W}rPr", f"{W}pStyle"
_TEXT, _CONTROL = f"{W}t", f"{W}sdt"
_VANISH, _RUN_STYLE = f"{W}vanish", f"{W}rStyle"
_JOINED: Final = f"{W}rPr/{W}del"
_NO_STYLE: Final = Style()


def extract(contents: Contents) -> Extracted:
    """Extract the text of a Word document. Raises NotTextError where it is damaged, encrypted or a bomb."""
    parts = Parts(Package(contents.data))
    document = parts.document()
    reader = _Reader(parts, may_hide=b"vanish" in document or any(each.hidden for each in parts.styles.values()))
    problems = []
    try:
        for child in children(document, f"{W}body"):
            reader.write(child)
    except BrokenError:
        problems.append(BREAKS_OFF)
    reader.finish()
    if reader.missing_notes:
        detail = plain("notes that the file refers to and does not have: {count}", count=reader.missing_notes)
        problems.append(DocumentProblem("left-out", detail))
    return reader.blocks.extracted(contents.name, *parts.properties(), problems)


class _Reader(Body):
    """Goes through a document and writes its blocks."""

    def __init__(self, parts: Parts, *, may_hide: bool) -> None:
        super().__init__()
        self._parts = parts
        self._may_hide = may_hide
        self._withheld: list[str] = []
        """The text of a field that makes a table of contents, until the field is closed."""
        self._fields: list[Field] = []
        self._in_contents = 0
        self.missing_notes = 0
        """How many notes the text refers to that the file does not have."""

    def finish(self) -> None:
        """Write what a field holds back that is never closed, which makes no table of contents."""
        if self._in_contents:
            self.blocks.paragraph("".join([*self._withheld, *self._written]))

    def _block(self, block: Element) -> None:
        if block.tag == _TABLE:
            self._table(block)
        elif block.tag == _CONTROL:
            self._cover_date(block)
        else:
            self._paragraph(block)

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph[0] if len(paragraph) and paragraph[0].tag == _PARAGRAPH_PROPERTIES else None
        style = self._style(properties)
        if not style.hidden:
            self._inline(paragraph)
        if properties is not None and properties.find(_JOINED) is not None:
            return  # its end is deleted: the next one goes on with it
        text = self._taken()
        if self._in_contents:
            self._withheld.append("\n")
        own = outline_level(properties)
        level = style.level if own is None else own
        if style.contents:
            self._notes.clear()
        elif level or style.title:
            self.blocks.heading(text, level or 1, is_title=not level)
        else:
            centred = is_centred(properties)
            self.blocks.paragraph(text, centred=style.centred if centred is None else centred)
        self._write_notes()

    def _cover_date(self, control: Element) -> None:
        for paragraph in self._paragraphs(control):
            self._inline(paragraph)
            self.blocks.furniture(self._taken())

    def _style(self, properties: Element | None) -> Style:
        found = None if properties is None else properties.find(_STYLE)
        return _NO_STYLE if found is None else self._parts.styles.get(found.get(VALUE, ""), _NO_STYLE)

    def _table(self, table: Element) -> None:
        rows = [row for row in within(table, (_ROW,), _NOT_IN_TABLES) if not _is_deleted(row)]
        self._write_rows([cells for row in rows if (cells := list(within(row, (_CELL,), _NOT_IN_TABLES)))])

    def _paragraphs(self, element: Element) -> Iterator[Element]:
        return within(element, (_PARAGRAPH,), _LEFT_OUT)

    def _blocks_of(self, element: Element) -> Iterator[Element]:
        return _blocks(element)

    def _length(self, cell: Element) -> int:
        return sum(len(each.text or "") for each in cell.iter(_TEXT))

    def _inline(self, paragraph: Element) -> None:
        """Write what a paragraph holds."""
        stack = [iter(paragraph)]
        while stack:
            for child in stack[-1]:
                what = _WHAT.get(child.tag)
                if what is _What.RUN:
                    if self._may_hide and self._is_hidden(child):
                        continue
                    if len(child) != 2 or child[1].tag != _TEXT or child[0].tag != _RUN_PROPERTIES:
                        stack.append(iter(child))
                        break
                    if child[1].text:  # as most runs are
                        (self._withheld if self._in_contents else self._written).append(child[1].text)
                elif what is _What.TEXT:
                    if child.text:
                        (self._withheld if self._in_contents else self._written).append(child.text)
                elif what is None:
                    if len(child):
                        stack.append(iter(child))
                        break
                elif what is not _What.SKIPPED and (within := self._special(child, what)) is not None:
                    stack.append(iter(within))
                    break
            else:
                stack.pop()

    def _special(self, element: Element, what: _What) -> Sequence[Element] | None:
        """Deal with an element that is neither text nor a run; return what is to be gone through in its place."""
        written = self._withheld if self._in_contents else self._written
        if what is _What.LINE_END:
            written.append("\n")
        elif what is _What.TAB:
            written.append("\t")
        elif what is _What.HYPHEN:
            written.append("-")
        elif what is _What.FIELD:
            self._field(element.get(f"{W}fldCharType"))
        elif what is _What.INSTRUCTION:
            if self._fields and element.text and not self._fields[-1].separated:
                self._fields[-1].add(element.text)
        elif what is _What.NOTE:
            note = self._parts.note(element.tag, element.get(f"{W}id", ""))
            if note is None:
                self.missing_notes += 1
            elif not self._in_contents:
                self._notes.append(note)
        elif what is _What.BOX:
            self._boxes.append(element)
        elif what is _What.ALTERNATIVES:
            return _chosen(element)
        elif what is _What.PLACEHOLDER:
            return None if _is_left_out(element) else list(element)
        return None

    def _field(self, kind: str | None) -> None:
        """Follow the beginnings and ends of fields."""
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._in_contents -= self._fields[-1].makes_contents
            self._fields[-1].separated = True
            self._in_contents += self._fields[-1].makes_contents
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            self._written.append(field.base)
            if field.makes_contents:
                self._in_contents -= 1
                self._withheld.clear()

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(_RUN_PROPERTIES)
        if properties is None:
            return False
        own = is_on(properties.find(_VANISH))
        if own is not None:
            return own
        style = properties.find(_RUN_STYLE)
        return style is not None and self._parts.styles.get(style.get(VALUE, ""), _NO_STYLE).hidden


_LEFT_OUT: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}sectPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr"})
_NOT_IN_TABLES: Final = _LEFT_OUT | {_TABLE, _PARAGRAPH}
"""Elements in which no row or cell is one of the table at hand."""


def _blocks(element: Element) -> Iterator[Element]:
    """The paragraphs, tables and dates of covers at an element or within it, without what is within them."""
    stack = [element]
    while stack:
        at = stack.pop()
        if at.tag in (_PARAGRAPH, _TABLE):
            yield at
        elif at.tag == f"{_MC}AlternateContent":
            stack += reversed(_chosen(at))
        elif at.tag == _CONTROL and _is_cover_date(at):
            yield at
        elif at.tag not in _LEFT_OUT and not (at.tag == _CONTROL and _is_left_out(at)):
            stack += reversed(at)


def _chosen(alternatives: Element) -> Sequence[Element]:
    """The children of the first of several ways to say the same."""
    found = alternatives.find(f"{_MC}Choice")
    if found is None:
        found = alternatives.find(f"{_MC}Fallback")
    return () if found is None else list(found)


def _is_left_out(control: Element) -> bool:
    """Whether a content control holds a table of contents, or a hint what to fill in."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    if gallery is not None and gallery.get(VALUE) == "Table of Contents":
        return True
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")) is True


def _is_cover_date(control: Element) -> bool:
    """Whether a content control holds the date that a cover has, which is when the file was made."""
    properties = control.find(f"{W}sdtPr")
    if properties is None or properties.find(f"{W}date") is None:
        return False
    binding = properties.find(f"{W}dataBinding")
    return binding is not None and "PublishDate" in binding.get(f"{W}xpath", "")


def _is_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None
