"""Any XML: the texts of its elements, one after the other, and what its names say is a title, a date or an author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.records.fields import NAMES, plain_name
from tuibrowser.corpus.formats.xml.tags import tags
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.extraction import Extraction
    from tuibrowser.corpus.formats.xml.tags import Markup

_FIELDS: Final = {
    plain_name(name): field for field in ("title", "author", "date", "source", "publisher") for name in NAMES[field]
}
_DATES: Final = ("異動日期", "异动日期", "修正日期", "公布日期", "發布日期", "发布日期")
_LONGEST: Final = 200
"""Code points of a value that says something of the text."""


def write_any(made: Extraction, markup: Markup) -> Metadata:
    """Add the text of an XML file; return what its first elements with telling names say of it.

    Each element that holds text is a line, or several. They are read as those of a plain text, whose rules find
    headings among them.
    """
    said: dict[str, str] = {}
    name = ""
    for tag in tags(markup):
        text = tag.before.strip()
        if text:
            field = _field(name, text)
            if field and field not in said and len(text) <= _LONGEST and "\n" not in text:
                said[field] = text
                if field == "title":
                    made.block(text, LineRole.HEADING, 1)
            else:
                made.part()
                for line in text.splitlines():
                    if line.strip():
                        made.block(line, LineRole.PLAIN)
                    else:
                        made.part()
        name = "" if tag.ends or not tag.name else tag.name
    return _metadata(said)


def _field(name: str, text: str) -> str:
    """The field that an element gives by its name; empty for none, and for a date that cannot be read."""
    field = _FIELDS.get(plain_name(name), "date" if name.endswith(_DATES) else "")
    return "" if field == "date" and said_date(text) is None else field


def _metadata(said: Mapping[str, str]) -> Metadata:
    date = said_date(said["date"]) if "date" in said else None
    return Metadata(
        said.get("title"),
        said.get("author"),
        published=date.iso if date else None,
        publisher=said.get("publisher"),
        source=said.get("source"),
        dated=date.words if date else None,
    )
