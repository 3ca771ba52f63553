"""The header of a TEI text: its title, its author, and where it stands in a canon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.formats.problems import DECLARED_DATE, no_date
from tuibrowser.corpus.formats.xml.tags import Markup, attributes, tags
from tuibrowser.corpus.model import Metadata
from tuibrowser.corpus.names import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.model import DocumentProblem

_HEADER: Final = re.compile(r"<(?:\w+:)?(?:teiHeader|teiheader)\b")
_ROOT: Final = re.compile(r"<(?:\w+:)?(?:TEI(?:\.2)?|teiCorpus|div)\b([^<>]*)>")
_NUMBERED: Final = re.compile(r"^.*?\bNos?\.\s?[A-Za-z]?\d+[A-Za-z]?(?:[-,\d]*)\s*")
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_PLACE: Final = re.compile(r"\b([A-Z]{1,3})(\d{2,3})n([A-Z]?\d{3,4}[A-Za-z]?)")
"""How CBETA names a text: canon, volume, number."""
_IDNO: Final = re.compile(r"<(?:\w+:)?idno\b[^<>]*>([^<>]{1,40})</")
_PARTS: Final = re.compile(r"<(?:\w+:)?idno\b[^<>]*\btype=[\"'](canon|vol|no)[\"'][^<>]*>([^<>]{1,10})</")
_LONGEST_HEADER: Final = 100_000
_CREATION: Final = re.compile(
    r"<(?:\w+:)?(?:creation\b[^<>]*>[^<>]{0,200}<(?:\w+:)?(?:date|origDate)|origDate)\b([^<>]*?)/?>([^<>]{0,100})"
)
"""The date of the text: that of its creation, or of its origin."""
_BRACKETED: Final = re.compile(r"[（(\[〔【][^（）()\[\]〔〕【】]*[）)\]〕】]")
_DYNASTY: Final = re.compile("^[\u4e00-\u9fff]{1,3}[ \u3000]+(?=\\S)")
_ROLES: Final = re.compile(
    r"(?<=\S\S)(?:等?奉?[詔敕勅制]?(?:共?[譯译]|[并並竝]?序|[主點点記编編纂][編编校錄录次]|整理|校勘|[撰述集編编說说著輯辑錄录造註注疏校纂記记作解頌评評]"
    r"|結集|口授|筆受|重編|重刊|校訂|原著|侍者))+$"
)
_NOBODY: Final = re.compile(r"失譯|闕譯|不詳|未詳|佚名|Revision|卷數")
_OTHER: Final = frozenset(["sub", "subordinate", "alt", "alternative", "short", "desc", "parallel", "translated"])
"""Types of titles that are not that of the work itself."""
_LONGEST: Final = 60


class Header(NamedTuple):
    """The metadata in the header of a text, the rest of it as fields, and the dates in it that cannot be read."""

    metadata: Metadata
    fields: Mapping[str, str]
    problems: tuple[DocumentProblem, ...] = ()


def read_header(markup: Markup, name: str) -> Header:
    """Read the header; `name` is that of the file, which may name canon, volume and number too."""
    start = _HEADER.search(markup.text)
    titles: list[str] = []
    authors: list[str] = []
    if start:
        close = markup.text.find("eader>", start.end())
        _read(
            Markup(markup.text[start.start() : close if close > 0 else None], markup.entities, False), titles, authors
        )
    header = markup.text[start.start() : start.start() + _LONGEST_HEADER] if start else ""
    fields = _place(markup, header, name)
    if "canon" in fields and authors and (dynasty := _DYNASTY.match(authors[0])):
        fields["dynasty"] = dynasty[0].strip()
    source = f"CBETA {fields['canon']}{fields['volume']}, no. {fields['number']}" if "canon" in fields else None
    created = _created(header)
    date = said_date(created) if created else None
    metadata = Metadata(
        _title(titles),
        _author(authors),
        published=date.iso if date else None,
        source=source,
        dated=date.words if date else None,
    )
    return Header(metadata, fields, (no_date(DECLARED_DATE, created),) if created and date is None else ())


def _created(header: str) -> str:
    """When the text was written, which is not when its file or its print was made; empty where nothing says so."""
    found = _CREATION.search(header)
    return (attributes(found[1]).get("when", "") or found[2]).strip() if found else ""


def _read(header: Markup, titles: list[str], authors: list[str]) -> None:
    """Add the titles and authors of the statement of titles; the title of the source goes last."""
    path: list[str] = []
    text: list[str] = []
    told: str | None = None
    is_other = False
    for tag in tags(header):
        text.append(tag.before)
        if not tag.name:
            continue
        if not tag.ends:
            path.append(tag.name)
            if tag.name in ("title", "author"):
                said = attributes(tag.written)
                told, text = said.get("level", ""), []
                is_other = said.get("type", "") in _OTHER
            continue
        if tag.name in ("title", "author") and (value := _BLANKS.sub(" ", "".join(text)).strip()):
            within = "titleStmt" in path
            if tag.name == "author" and within:
                authors.append(value)
            elif tag.name == "title" and not is_other and (within or ("sourceDesc" in path and told == "m")):
                titles.append(value)
        while path and path.pop() != tag.name:
            pass


def _title(titles: Sequence[str]) -> str | None:
    """The last title in Chinese, without the canon and the number before it."""
    chinese = [title for title in titles if _HAN.search(title)]
    title = next(iter(reversed(chinese or titles[:1])), None)
    return (_NUMBERED.sub("", title) or title) if title else None


def _author(authors: Sequence[str]) -> str | None:
    """The persons, without dynasties and roles; the first alone where one element names several by what they did."""
    names = [name for author in authors if (name := _name(author))]
    return "、".join(dict.fromkeys(names)) or None


def _name(author: str) -> str | None:
    """The first person that an element names, without dynasty and role; None for nobody."""
    if len(author) > _LONGEST or _NOBODY.search(author):
        return None
    name = _DYNASTY.sub("", _BRACKETED.sub("", author).strip())
    name = re.split(r"[\u3000;；]|(?<=[譯撰述集說著]) ", name)[0].strip()
    return _ROLES.sub("", name) or name or None


def _place(markup: Markup, header: str, name: str) -> dict[str, str]:
    """Canon, volume and number, by the name of the text, what its header says, or the name of the file."""
    root = _ROOT.search(markup.text, 0, 10_000)
    said = attributes(root[1]) if root else {}
    numbers = [words.strip() for words in _IDNO.findall(header)]
    found = _PLACE.search(said.get("xml:id") or said.get("id") or "")
    found = found or next(filter(None, map(_PLACE.fullmatch, numbers)), None) or _PLACE.match(stem(name))
    if found is None:
        parts = {kind: value.strip() for kind, value in _PARTS.findall(header)}
        found = _PLACE.fullmatch(f"{parts.get('canon')}{parts.get('vol')}n{parts.get('no', '').zfill(4)}")
    if found is None:
        return {}
    return {"canon": found[1], "volume": found[2], "number": found[3].lstrip("0") or "0"}
