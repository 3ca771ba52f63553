"""EPUB: the pages of an e-book in reading order as one document, with the headings that its contents name."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import said_date
from tuibrowser.corpus.errors import CorpusError, NotTextError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.formats.books.contents_page import Entry, read_nav, read_ncx
from tuibrowser.corpus.formats.books.opf import Opf, elements, persons, read_opf, root_file
from tuibrowser.corpus.formats.books.sections import is_contents, mark_headings
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.office.package import Package
from tuibrowser.corpus.formats.pages.blocks.walk import walk
from tuibrowser.corpus.formats.pages.encoding import decode_page
from tuibrowser.corpus.formats.pages.losses import losses
from tuibrowser.corpus.formats.pages.notes import in_notes
from tuibrowser.corpus.formats.pages.writing import write_block
from tuibrowser.corpus.formats.problems import DECLARED_DATE, no_date
from tuibrowser.corpus.model import DocumentProblem, Metadata
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.formats.base import Extracted
    from tuibrowser.corpus.formats.pages.blocks.block import Lost

_CONTAINER: Final = "META-INF/container.xml"
_ENCRYPTION: Final = "META-INF/encryption.xml"
_FIELDS: Final = {"trl": "translator", "edt": "editor", "ill": "illustrator"}


def extract(contents: Contents) -> Extracted:
    """Extract the text of an e-book. Raises NotTextError where it is none, or locked, or has no text."""
    package = Package(contents.data)
    book = _book(package)
    locked = _locked(package)
    if locked.intersection(path.lower() for path in book.spine):
        raise NotTextError(plain("it is locked by digital rights management"))
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in _entries(package, book):
        entries[entry.path.lower()].append(entry)
    made = Extraction()
    problems: list[DocumentProblem] = []
    lost: list[Lost] = []
    for path in dict.fromkeys(book.spine):
        if path not in package:
            problems.append(_left_out(path, plain("the book does not have it")))
            continue
        try:
            markup = decode_page(Contents(package.read(path), path)).text
        except CorpusError as error:
            problems.append(_left_out(path, error))
            continue
        lost.append(_write(made, markup, entries[path.lower()], is_nav=path == book.nav))
    problems += losses(lost)
    metadata = _metadata(book)
    if book.published and metadata.published is None:
        problems.append(no_date(DECLARED_DATE, book.published))
    extracted = made.extracted(metadata, problems=problems, fields=_fields(book))
    if not extracted.raw:
        raise NotTextError(plain("a book without text"))
    return extracted


def _left_out(path: str, reason: object) -> DocumentProblem:
    return DocumentProblem("left-out", plain("{name} is left out: {reason}", name=path, reason=reason))


def _text(package: Package, path: str | None) -> str:
    """The text of a part; empty where there is none."""
    data = package.read(path) if path else b""
    return decode_page(Contents(data)).text if data else ""


def _book(package: Package) -> Opf:
    """What the package document says; where there is none, all pages of the archive in the order of their names."""
    path = root_file(_text(package, _CONTAINER)) or next(
        (name for name in package.names if name.endswith(".opf")), None
    )
    if path is None and "mimetype" not in package:
        raise NotTextError(plain("it is no e-book"))
    book = read_opf(_text(package, path), path) if path else Opf()
    if book.spine:
        return book
    pages = sorted(name for name in package.names if name.lower().endswith((".xhtml", ".html", ".htm")))
    return Opf(book.title, book.people, book.publisher, book.published, book.isbn, tuple(pages), book.nav, book.ncx)


def _locked(package: Package) -> set[str]:
    """The paths of encrypted parts, in lower case."""
    markup = _text(package, _ENCRYPTION)
    return {said["uri"].lower() for name, said, _ in elements(markup) if name == "cipherreference" and "uri" in said}


def _entries(package: Package, book: Opf) -> Sequence[Entry]:
    """The entries of the contents: of the ncx or the nav, whichever names more."""
    ncx = read_ncx(_text(package, book.ncx), book.ncx) if book.ncx else []
    nav = read_nav(_text(package, book.nav), book.nav) if book.nav else []
    return nav if len(nav) >= len(ncx) else ncx


def _write(made: Extraction, markup: str, entries: Sequence[Entry], *, is_nav: bool) -> Lost:
    """Add a page of the book; return what it lost."""
    page = walk(markup, watched=frozenset(entry.place for entry in entries))
    if is_nav or is_contents(page):
        for block in page.blocks:
            write_block(made, block, LineRole.FURNITURE)
        return page.lost
    noted = in_notes(page)
    for block in mark_headings(page, entries):
        made_note = id(block) in noted and block.role is not LineRole.HEADING
        write_block(made, block, LineRole.NOTE if made_note else None)
    return page.lost


def _metadata(book: Opf) -> Metadata:
    authors = [name for each in book.people.get("aut", ()) for name in persons(each)]
    date = said_date(book.published) if book.published else None
    return Metadata(
        title=book.title,
        author="、".join(dict.fromkeys(authors)) or None,
        published=date.iso if date else None,
        publisher=book.publisher,
        dated=date.words if date else None,
    )


def _fields(book: Opf) -> Mapping[str, str]:
    """Who else made the book, and its number."""
    fields = {
        name: "、".join(chain.from_iterable(map(persons, people)))
        for role, name in _FIELDS.items()
        if (people := book.people.get(role))
    }
    return {**fields, **({"isbn": book.isbn} if book.isbn else {})}
