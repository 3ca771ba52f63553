"""Quotations: a passage with all that a citation says of it, in the script it is shown in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import HeadingKind
from tuibrowser.corpus.works.naming import cited_title
from tuibrowser.corpus.works.untitled import numbered_record
from tuibrowser.reading.quoting.prints import edition_of
from tuibrowser.reading.quoting.reference import refer
from tuibrowser.reading.sections import locator_at, section_path
from tuibrowser.reading.views.passage import damage_within, original_passage, repairs_within, shown_paragraphs
from tuibrowser.reading.views.render import ViewedText, shown_title
from tuibrowser.reading.views.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.model import Document, DocumentText, Edit, Heading


_CITED: Final = frozenset(("title", "author", "date"))


@dataclass(frozen=True, slots=True)
class Change:
    """A repair: the text of the document, and the text that stands, or is only supposed, in its place."""

    original: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage and its source. A field that is not known is empty; dates are ISO 8601, `dated` is how a reign has it.

    `paragraphs` are its paragraphs as shown, the lines of verse divided by a newline; `original` is its wording in the
    document. `title` has the work and the volume before it; of an untitled record it is that of its file or work, and
    `record` its number. `section` holds the titles it stands under, outermost
    first; `articles` the labels of the first and the last article that it is of, `locators` those of its first and
    last page or line in `edition`, a canon with its volume and number; `numbers` the first and the last paragraph, from
    1. `script` is that shown, `own_script` the document's; `conversion` the view's script where the passage was
    converted. `guessed` are those of title, author and date that nothing but the file's name says.
    """

    paragraphs: tuple[str, ...]
    original: str
    title: str
    record: str
    author: str
    date: str
    dated: str
    publisher: str
    source: str
    section: tuple[str, ...]
    articles: tuple[str, ...]
    locators: tuple[str, ...]
    edition: str
    numbers: tuple[int, int]
    document: str
    path: str
    reference: str
    script: str
    own_script: str
    conversion: str
    guessed: frozenset[str]
    repairs: tuple[Change, ...]
    damage: tuple[Change, ...]

    @property
    def text(self) -> str:
        """The passage as shown, its paragraphs divided by a newline."""
        return "\n".join(self.paragraphs)


def quote(document: Document, text: ViewedText, start: int, end: int) -> Quotation:
    """The quotation of what is shown from `start` to `end` of the raw text."""
    source, view, metadata = text.source, text.view, document.metadata

    def shown(title: str | None) -> str:
        return " ".join(shown_title(title, document.script, view).split()) if title else ""

    last = max(start, end - 1)
    plain = ViewedText(source, text.script, View(repaired=view.repaired))
    paragraphs, unconverted = shown_paragraphs(text, start, end), shown_paragraphs(plain, start, end)
    path, last_path = section_path(document.headings, start), section_path(document.headings, last)
    sections = tuple(
        shown(heading.title) for heading in _shared(path, last_path) if heading.kind is HeadingKind.SECTION
    )
    locators = _ends(locator_at(document.locators, start) or "", locator_at(document.locators, last) or "")
    return Quotation(
        paragraphs=paragraphs,
        original=original_passage(source, start, end) if view.repaired else "\n".join(unconverted),
        title=shown(cited_title(document, is_placed=bool(sections or locators))),
        record=record[1] if (record := numbered_record(document)) is not None else "",
        author=shown(metadata.author),
        date=metadata.date or "",
        dated=shown(metadata.dated),
        publisher=shown(metadata.publisher),
        source=shown(metadata.source),
        section=sections,
        articles=tuple(map(shown, _ends(_article(path), _article(last_path)))),
        locators=locators,
        edition=edition_of(document),
        numbers=(text.paragraph_at(start) + 1, text.paragraph_at(last) + 1),
        document=document.name,
        path=document.source.address,
        reference=str(refer(document.name, source, start, end)),
        script=text.shown_script,
        own_script=str(document.script),
        conversion="" if paragraphs == unconverted else view.script,
        guessed=document.by_name & _CITED,
        repairs=_repairs(source, start, end) if view.repaired else (),
        damage=tuple(Change(edit.original, edit.replacement) for edit in damage_within(source, start, end)),
    )


def _shared(first: Sequence[Heading], last: Sequence[Heading]) -> Sequence[Heading]:
    """The sections in which the whole of a passage stands: those that its beginning and its end have in common."""
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[: length if length is not None else min(len(first), len(last))]


def _article(path: Sequence[Heading]) -> str:
    return path[-1].title if path and path[-1].kind is HeadingKind.ARTICLE else ""


def _ends(first: str, last: str) -> tuple[str, ...]:
    """The labels of the first and the last place, one where they are the same, none where the first has none."""
    if not first:
        return ()
    return (first,) if last in {first, ""} else (first, last)


def _repairs(text: DocumentText, start: int, end: int) -> tuple[Change, ...]:
    return tuple(_change(text, edit, start) for edit in repairs_within(text, start, end))


def _change(text: DocumentText, edit: Edit, start: int) -> Change:
    """A repair; what is only taken out is shown with the character before it, for nothing else could be."""
    if edit.replacement or edit.start <= start:
        return Change(edit.original, edit.replacement)
    before = text.raw[edit.start - 1]
    return Change(before + edit.original, before)
