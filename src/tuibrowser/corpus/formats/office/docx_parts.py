"""The parts of a Word document beside its text: styles, notes and properties, found by their relationships."""

from __future__ import annotations

import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.office.docx_styles import Style, W, styles_of
from tuibrowser.corpus.formats.problems import DAMAGED, NO_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from tuibrowser.corpus.formats.office.package import Package

_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DUBLIN_CORE: Final = "{http://purl.org/dc/elements/1.1/}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_MATH: Final = b"http://purl.oclc.org/ooxml/officeDocument/math"
_USUAL_MATH: Final = b"http://schemas.openxmlformats.org/officeDocument/2006/math"
_DOCUMENT: Final = "word/document.xml"
_HEAD: Final = 16 << 10
"""Bytes at the beginning of a part in which its namespaces stand."""
_LOOKS: Final = re.compile(
    rb"<w:(?:b|bCs|color|highlight|ind|kern|lang|rFonts|shd|snapToGrid|spacing|sz|szCs|u)"
    rb"""(?: w:[A-Za-z]+="[^"<>&]*")+/>"""
)
"""Elements that say how a text looks, which nobody here asks for, and which take half the time to parse a document."""
_REVISIONS: Final = re.compile(rb"""(<w:(?:p|r|tr))(?: w:rsid[A-Za-z]{1,8}="[0-9A-Fa-f]{8}")+(?=[ />])""")
"""The attributes of elements that say in which session they were written."""
_VERBATIM: Final = b"<![CDATA["
"""How a text begins that holds what looks like tags."""


class Parts:
    """The parts of a package, read. Each method raises NotTextError as those of the package do."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = self._related("").get("officeDocument", _DOCUMENT)
        if self._name not in package:
            self._name = _DOCUMENT
        self._others = self._related(self._name)

    def document(self) -> bytes:
        """The XML of the text, without what says how it looks."""
        data = self._package.read(self._name)
        if not data:
            if any(each in self._package for each in ("xl/workbook.xml", "ppt/presentation.xml")):
                raise NotTextError(NO_DOCUMENT)
            raise NotTextError(DAMAGED)
        if _STRICT in data[:_HEAD]:
            data = data.replace(_STRICT, _USUAL).replace(_STRICT_MATH, _USUAL_MATH)
        return data if _VERBATIM in data else _REVISIONS.sub(rb"\1", _LOOKS.sub(b"", data))

    @cached_property
    def styles(self) -> Mapping[str, Style]:
        """The styles by their ids."""
        return styles_of(self._tree("styles"))

    def note(self, tag: str, key: str) -> Element | None:
        """The footnote or endnote that a reference of this tag points to."""
        return self._notes.get((tag.removeprefix(W).removesuffix("Reference"), key))

    def properties(self) -> tuple[str | None, str | None]:
        """The title and the creator in the properties of the file."""
        name = self._related("").get("core-properties", "docProps/core.xml")
        tree = self._package.tree(name)
        if tree is None:
            return None, None
        return tree.findtext(f"{_DUBLIN_CORE}title"), tree.findtext(f"{_DUBLIN_CORE}creator")

    @cached_property
    def _notes(self) -> Mapping[tuple[str, str], Element]:
        notes = {}
        for kind in ("footnote", "endnote"):
            tree = self._tree(f"{kind}s")
            for each in () if tree is None else tree.iter(f"{W}{kind}"):
                if each.get(f"{W}type", "normal") == "normal":
                    notes[kind, each.get(f"{W}id", "")] = each
        return notes

    def _tree(self, kind: str) -> Element | None:
        folder = posixpath.dirname(self._name)
        return self._package.tree(self._others.get(kind, f"{folder}/{kind}.xml"))

    def _related(self, name: str) -> Mapping[str, str]:
        """The parts that a part points to, by the last word of how they are related."""
        folder, base = posixpath.split(name)
        tree = self._package.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            each.get("Type", "").rpartition("/")[2]: posixpath.normpath(
                posixpath.join("/", folder, each.get("Target", ""))
            ).lstrip("/")
            for each in (() if tree is None else tree.iter(_RELATIONSHIPS))
            if each.get("TargetMode") != "External"
        }
