"""Org and mandoku: starred headings, #+KEYWORDS, comments, and the page breaks of the Kanseki Repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.base import TextFormat
from tuibrowser.corpus.formats.declared import declared
from tuibrowser.corpus.formats.inline import hide
from tuibrowser.corpus.formats.lines import Line, LineRole, Parsed, split_lines
from tuibrowser.corpus.formats.notes import org_footnotes, small_print
from tuibrowser.corpus.model import Locator, Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.model import LayerSpan

_KEYWORD: Final = re.compile(r"#\+([A-Za-z_]{1,40}):(.*)")
_PROPERTY: Final = re.compile(r"\s*([A-Za-z_]{1,40})\s+(.*)")
_BLOCK: Final = re.compile(r"#\+(begin|end)_(src|example)\b", re.IGNORECASE)
_DRAWER: Final = re.compile(r":[A-Za-z_-]{1,40}:(?:[ \t].*)?$")
_STARS: Final = re.compile(r"(\*+)[ \t]+(?=\S)")
_LINK: Final = re.compile(r"\[\[[^][\r\n]{1,500}\](?:\[(?=[^][\r\n]{1,500}\]\])|(?=\]))")
_PAGE: Final = re.compile(r"<pb:([^<>\s]{1,100})>")
_MARK: Final = re.compile(r"<md:[^<>\s]{1,100}>")
"""Where a page of another edition begins."""
_LINE_END: Final = "¶"
_MODE: Final = re.compile(rb"(?:\xef\xbb\xbf)?# -\*- mode: mandoku-view")


def parse_org(raw: str) -> Parsed:
    """The lines of an org text, its keywords as metadata; of a link its description is shown."""
    lines, fields = _outlined(raw)
    spans: list[tuple[int, int]] = []
    if "[[" in raw:
        for found in _LINK.finditer(raw):
            if raw[found.end() - 1] == "[":
                end = raw.index("]]", found.end())
                spans += (found.span(), (end, end + 2))
    metadata, problems = declared(fields)
    return _parsed(raw, lines, metadata, (), spans, org_footnotes(raw, lines))._replace(problems=problems)


def parse_mandoku(raw: str) -> Parsed:
    """The lines of a mandoku text: pages as locators, ¶ hidden, small print as notes, the edition as its source.

    A file is a scroll (JUAN) of the work that #+TITLE names. #+DATE is when the digital file was made and says nothing
    of the text, so it is left out.
    """
    lines, fields = _outlined(raw)
    for index, line in enumerate(lines):
        if line.role is LineRole.PLAIN and raw[line.text_start : line.text_end] == _LINE_END:
            lines[index] = line._replace(role=LineRole.BLANK, text_start=line.end, text_end=line.end)
    pages = list(_PAGE.finditer(raw))
    locators = tuple(Locator(page.start(), page[1].rpartition("_")[2]) for page in pages)
    marks = [mark.span() for mark in _MARK.finditer(raw)]
    spans = sorted([page.span() for page in pages] + marks + _places(raw, _LINE_END))
    edition = ", ".join(filter(None, (fields.get("id"), fields.get("baseedition"))))
    work = fields.get("title") if "juan" in fields else None
    metadata = Metadata(fields.get("title"), source=f"Kanseki Repository {edition}" if edition else None, work=work)
    return _parsed(raw, lines, metadata, locators, spans, small_print(raw, lines))


def _parsed(
    raw: str,
    lines: list[Line],
    metadata: Metadata,
    locators: tuple[Locator, ...],
    spans: Sequence[tuple[int, int]],
    notes: tuple[LayerSpan, ...],
) -> Parsed:
    hidden = hide(raw, lines, spans)
    marked_up = any(line.role is LineRole.HEADING for line in lines)
    return Parsed(tuple(lines), metadata, locators, tuple(hidden), marked_up, notes)


def _outlined(raw: str) -> tuple[list[Line], Mapping[str, str]]:
    """The lines with headings, comments, drawers and code in their roles, and the first value of each keyword."""
    lines = list(split_lines(raw))
    fields: dict[str, str] = {}
    last_end = max(raw.rfind("#+end_"), raw.rfind("#+END_"))
    in_code = in_drawer = False
    for index, line in enumerate(lines):
        if not in_code and line.role is LineRole.BLANK:
            continue
        text = raw[line.text_start : line.text_end]
        block = _BLOCK.match(text)
        if in_code and not block:
            lines[index] = line._replace(role=LineRole.CODE, text_start=line.start, text_end=line.end)
        elif block:
            in_code = block[1].lower() == "begin" and line.end < last_end
            lines[index] = line._replace(role=LineRole.MARKUP)
        elif text.startswith(("#+", "# ")) or text == "#":
            _keep(fields, text)
            lines[index] = line._replace(role=LineRole.MARKUP)
        elif text.startswith(":") and (in_drawer or text.upper() == ":PROPERTIES:") and _DRAWER.match(text):
            in_drawer = text.upper() != ":END:"
            lines[index] = line._replace(role=LineRole.MARKUP)
        elif text.startswith("*") and line.text_start == line.start and (stars := _STARS.match(text)):
            start = line.start + stars.end()
            lines[index] = line._replace(role=LineRole.HEADING, level=len(stars[1]), text_start=start)
    return lines, fields


def _keep(fields: dict[str, str], text: str) -> None:
    found = _KEYWORD.match(text)
    if found is None:
        return
    key, value = found[1].lower(), found[2].strip()
    if key == "property" and (inner := _PROPERTY.match(value)):
        key, value = inner[1].lower(), inner[2].strip()
    fields.setdefault(key, value)


def _places(raw: str, mark: str) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    at = raw.find(mark)
    while at >= 0:
        places.append((at, at + 1))
        at = raw.find(mark, at + 1)
    return places


MANDOKU: Final = TextFormat("mandoku", "mandoku", (), parse_mandoku, lambda head: _MODE.match(head) is not None)
ORG: Final = TextFormat("org", "Org", (".org",), parse_org)
