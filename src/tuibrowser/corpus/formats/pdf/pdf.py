"""PDF files: the text of their pages in paragraphs, with the outline for headings and page labels for places."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.declared_names import borne_out, declared_person, declared_title
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pdf.engine import opened
from tuibrowser.corpus.formats.pdf.furniture import furniture_of, is_page_number, without_numbers
from tuibrowser.corpus.formats.pdf.labels import labels_of
from tuibrowser.corpus.formats.pdf.layout import lines_of, without_spacing
from tuibrowser.corpus.formats.pdf.outline import below_title, headings_of, title_of, titled
from tuibrowser.corpus.formats.pdf.paragraphs import Follows, glue, how_lines_follow, is_row
from tuibrowser.corpus.model import DocumentProblem, Metadata
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.base import Contents, Extracted
    from tuibrowser.corpus.formats.pdf.engine import Bookmark, Page
    from tuibrowser.corpus.formats.pdf.layout import Line
    from tuibrowser.corpus.formats.pdf.outline import Heading

_FEW: Final = 8
"""Characters of a page that has no text to speak of."""
_HYPHEN: Final = "\xad"


def extract(contents: Contents) -> Extracted:
    """Extract the text of a PDF. Raises NotTextError where it is damaged, wants a password or has no text."""
    with opened(contents.data) as pdf:
        size = pdf.size
        pages = list(pdf.pages())
        bookmarks = list(pdf.outline())
        title, author = pdf.property("Title"), pdf.property("Author")
    lines = without_spacing([lines_of(page) for page in pages])
    without_text = sum(sum(len(line.text) for line in each) < _FEW for each in lines)
    if not any(lines):
        raise NotTextError(plain("no text: its pages are pictures (scanned)") if pages else plain("it has no pages"))
    writer = _Writer(pages, lines, bookmarks)
    made = writer.run()
    declared = borne_out(declared_title(title), made.head(), contents.name)
    metadata = Metadata(declared or writer.title, declared_person(author))
    return made.extracted(metadata, marked_up=bool(bookmarks), problems=_problems(size, len(pages), without_text))


def _problems(size: int, read: int, without_text: int) -> list[DocumentProblem]:
    problems = []
    if without_text:
        detail = plain("{count} of {total} pages have no text", count=without_text, total=read)
        problems.append(DocumentProblem("no-text", detail))
    if read < size:
        detail = plain("{count} of {total} pages cannot be read", count=size - read, total=size)
        problems.append(DocumentProblem("left-out", detail))
    return problems


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most characters."""
    sizes = Counter[float]()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class _Writer:
    """Writes the lines of all pages, paragraph by paragraph."""

    def __init__(self, pages: Sequence[Page], lines: Sequence[Sequence[Line]], bookmarks: Sequence[Bookmark]) -> None:
        self._made = Extraction()
        self._pages = pages
        left_out = furniture_of(lines)
        self._furniture = [
            [line for index, line in enumerate(each) if index in own] for each, own in zip(lines, left_out, strict=True)
        ]
        self._lines = [
            [line for index, line in enumerate(each) if index not in own]
            for each, own in zip(lines, left_out, strict=True)
        ]
        self._headings = headings_of(
            bookmarks, {page.number: own for page, own in zip(pages, self._lines, strict=True)}
        )
        self.title: str | None = None
        """What is printed as one above a text whose headings the outline names."""
        if pages and (title := title_of(self._lines[0], _usual_size(self._lines))):
            first = self._headings.get(pages[0].number, [])
            if not self._headings:
                self._headings[pages[0].number] = [title]
            elif page_title := titled(title, first, self._lines[0]):
                self.title = page_title
                self._headings[pages[0].number] = below_title(first, title, self._lines[0])
        self._labels = labels_of(pages, self._furniture)
        self._said: set[str] = set()
        self._waiting: list[str] = []
        """Furniture of the pages on which the paragraph at hand stands."""
        self._label: str | None = None
        """Of the page that nothing is written of yet."""
        self._open: list[tuple[str | None, str]] = []
        """The lines of the paragraph at hand, each with the label of the page that it opens."""

    def run(self) -> Extraction:
        """Write all pages."""
        follows = iter(how_lines_follow([line for lines in self._lines for line in lines]))
        for number, page in enumerate(self._pages):
            self._label = self._labels[number]
            self._take_furniture(number)
            self._page(
                self._lines[number],
                self._headings.get(page.number, ()),
                list(islice(follows, len(self._lines[number]))),
            )
        self._end()
        return self._made

    def _page(self, lines: Sequence[Line], headings: Sequence[Heading], follows: Sequence[Follows]) -> None:
        at: dict[int, list[Heading]] = {}
        within: set[int] = set()
        place = 0
        for heading in headings:
            place = heading.lines[0] if heading.lines else max(place, heading.after)
            at.setdefault(place, []).append(heading)
            within.update(heading.lines)
            place = heading.lines[-1] + 1 if heading.lines else place
        for number, line in enumerate(lines):
            for heading in at.get(number, ()):
                self._heading(heading)
            if number in within:
                continue
            how = Follows.APART if number - 1 in within else follows[number]
            self._line(line, how)
        for number in sorted(at):
            if number >= len(lines):
                for heading in at[number]:
                    self._heading(heading)

    def _line(self, line: Line, how: Follows) -> None:
        if how is not Follows.JOINED:
            self._end()
            if how is Follows.APART:
                self._made.part()
        self._open.append((self._label, line.text))
        self._label = None

    def _heading(self, heading: Heading) -> None:
        self._end()
        self._locate(self._label)
        self._label = None
        self._made.block(heading.title, LineRole.HEADING, heading.level)

    def _end(self) -> None:
        """End the paragraph at hand, and write the furniture of its pages after it."""
        before = ""
        for number, (label, text) in enumerate(self._open):
            divided = text.endswith(_HYPHEN) and number + 1 < len(self._open)
            if before:
                self._made.write(glue(before, text))
            self._locate(label)
            before = "" if divided else text
            self._made.write(
                text.removesuffix(_HYPHEN).replace(_HYPHEN, "-") if divided else text.replace(_HYPHEN, "-")
            )
        if self._open:
            is_table = len(self._open) == 1 and is_row(self._open[0][1])
            role = LineRole.BODY if len(self._open) > 1 else LineRole.ROW if is_table else LineRole.PLAIN
            self._made.end(role)
        self._open.clear()
        waiting, self._waiting = self._waiting, []
        for text in waiting:
            self._made.block(text, LineRole.FURNITURE)

    def _locate(self, label: str | None) -> None:
        if label is not None:
            self._made.locate(label)

    def _take_furniture(self, number: int) -> None:
        """Keep each running head once; a page number is the label of its page."""
        for line in self._furniture[number]:
            key = without_numbers(line.text)
            if not is_page_number(line.text) and key not in self._said:
                self._said.add(key)
                self._waiting.append(line.text)
