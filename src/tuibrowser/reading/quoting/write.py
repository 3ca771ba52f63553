"""Formats: quotations as text, as quotations of markup languages, as entries of bibliographies and as tables."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.chronology import before_our_era
from tuibrowser.language.i18n import plain
from tuibrowser.reading.quoting.citation import (
    DATE,
    chinese_date,
    cite,
    dated,
    difference,
    entered_title,
    guesses,
    place,
)
from tuibrowser.reading.quoting.citation_style import ENGLISH, Style
from tuibrowser.reading.quoting.escape import cell, latex, markdown, one_line, org
from tuibrowser.reading.tables import csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tuibrowser.reading.quoting.quotation import Quotation


class Format(StrEnum):
    """The formats that a quotation may be copied in."""

    TEXT = "text"
    CITED = "cited"
    ORIGINAL = "original"
    BOTH = "both"
    MARKDOWN = "markdown"
    ORG = "org"
    LATEX = "latex"
    FOOTNOTE = "footnote"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CSV = "csv"
    TSV = "tsv"
    JSON_LINES = "jsonl"
    REFERENCE = "reference"


DESCRIPTIONS: Final[Mapping[Format, str]] = {
    Format.TEXT: plain("as shown"),
    Format.CITED: plain("as shown, with its citation"),
    Format.ORIGINAL: plain("the document's own wording, neither repaired nor converted"),
    Format.BOTH: plain("the original above what is shown, with the citation"),
    Format.MARKDOWN: plain("a quotation in Markdown"),
    Format.ORG: plain("a quotation in Org"),
    Format.LATEX: plain("a quotation in LaTeX"),
    Format.FOOTNOTE: plain("the citation alone, for a footnote"),
    Format.BIBTEX: plain("the document as an entry for BibTeX"),
    Format.RIS: plain("the document as an entry for EndNote, Zotero and their kind"),
    Format.CSL_JSON: plain("the document as an entry for Zotero and pandoc"),
    Format.CSV: plain("a table for spreadsheets"),
    Format.TSV: plain("a table, divided by tabs"),
    Format.JSON_LINES: plain("all fields as JSON, a line each"),
    Format.REFERENCE: plain("what opens the passage again"),
}
"""What each format gives, for a menu."""

ENDINGS: Final[Mapping[str, Format]] = {
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".jsonl": Format.JSON_LINES,
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".org": Format.ORG,
    ".tex": Format.LATEX,
    ".bib": Format.BIBTEX,
    ".ris": Format.RIS,
    ".json": Format.CSL_JSON,
}
"""The formats that endings of file names stand for."""

_NOTE: Final = re.compile(r"\{\s*note\s*\}")
_URL: Final = re.compile(r"https?://\S+")
_AUTHORS: Final = re.compile(r"\s*[、;；]\s*")
_LANGUAGES: Final = {"Hans": "zh-Hans", "Hant": "zh-Hant", "Jpan": "ja"}
_COLUMNS: Final = ("text", "original", "author", "title", "date", "section", "place", "note", "document", "reference")


def write(form: Format, quotations: Sequence[Quotation], style: Style | None = None) -> str:
    """Quotations in a format, without a line end after the last line. A bibliography has each document once."""
    return _WRITERS[form](quotations, style or Style())


def _each(one: Callable[[Quotation, Style], str], between: str = "\n\n") -> Callable[[Sequence[Quotation], Style], str]:
    return lambda quotations, style: between.join(one(quotation, style) for quotation in quotations)


def _noted(quotation: Quotation, style: Style, template: str = "") -> str:
    """The citation, and how the passage differs from the original unless the template says that itself."""
    template = template or style.template
    note = difference(quotation, style.language)
    citation = cite(quotation, style, template)
    if not note or _NOTE.search(template):
        return citation
    return f"{citation} ({note})" if style.language == ENGLISH else f"{citation}（{note}）"


def _signed(quotation: Quotation, style: Style) -> str:
    """The citation as it stands under a quotation."""
    return f"{'— ' if style.language == ENGLISH else '——'}{_noted(quotation, style)}"


def _at(quotation: Quotation, style: Style) -> str:
    """What an entry of a bibliography has no field for: a date by a reign, the place, how the passage differs."""
    between = ", " if style.language == ENGLISH else "，"
    early = before_our_era(quotation.date) is not None
    date = dated(quotation, style) if early or quotation.dated else ""
    said = (date, place(quotation, style), guesses(quotation, style.language), difference(quotation, style.language))
    return between.join(filter(None, said))


def _text(quotation: Quotation, _: Style) -> str:
    return quotation.text


def _cited(quotation: Quotation, style: Style) -> str:
    return f"{quotation.text}\n{_signed(quotation, style)}"


def _original(quotation: Quotation, _: Style) -> str:
    return quotation.original


def _both(quotation: Quotation, style: Style) -> str:
    if quotation.original == quotation.text:
        return _cited(quotation, style)
    return f"{quotation.original}\n\n{quotation.text}\n{_signed(quotation, style)}"


def _markdown(quotation: Quotation, style: Style) -> str:
    # A backslash at the end of a line keeps the lines of verse apart.
    paragraphs = ["\\\n".join(markdown(paragraph).split("\n")) for paragraph in quotation.paragraphs]
    lines = "\n\n".join([*paragraphs, markdown(_signed(quotation, style))]).split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _org(quotation: Quotation, style: Style) -> str:
    paragraphs = ["\\\\\n".join(org(paragraph).split("\n")) for paragraph in quotation.paragraphs]
    body = "\n\n".join([*paragraphs, org(_signed(quotation, style))])
    return f"#+begin_quote\n{body}\n#+end_quote"


def _latex(quotation: Quotation, style: Style) -> str:
    paragraphs = ["\\\\\n".join(latex(paragraph).split("\n")) for paragraph in quotation.paragraphs]
    body = "\n\n".join([*paragraphs, f"\\hfill {latex(_signed(quotation, style))}"])
    return f"\\begin{{quotation}}\n{body}\n\\end{{quotation}}"


def _footnote(quotation: Quotation, style: Style) -> str:
    return f"{_noted(quotation, style, style.footnote)}{'.' if style.language == ENGLISH else '。'}"


def _reference(quotation: Quotation, _: Style) -> str:
    return quotation.reference


# Bibliographies


def _documents(quotations: Sequence[Quotation]) -> list[Quotation]:
    """One quotation of each document, the first."""
    return list({(quotation.path, quotation.document): quotation for quotation in reversed(quotations)}.values())[::-1]


def _key(quotation: Quotation) -> str:
    """A key for a bibliography: the year, and a hash of the document's name, in letters, digits and a hyphen."""
    name = quotation.document.encode("utf-8", "surrogatepass")
    return f"tb{_year(quotation) or 'nd'}-{blake2b(name, digest_size=4).hexdigest()}"


def _year(quotation: Quotation) -> str:
    """The year of the document as ISO 8601 has it."""
    found = DATE.match(quotation.date)
    return found[1] if found is not None else ""


def _authors(quotation: Quotation) -> list[str]:
    return [author for author in _AUTHORS.split(quotation.author) if author]


def _url(quotation: Quotation) -> str:
    found = _URL.search(quotation.source)
    return found.group() if found is not None else ""


def _bibtex(quotations: Sequence[Quotation], style: Style) -> str:
    return "\n\n".join(_bibtex_entry(quotation, style) for quotation in _documents(quotations))


def _bibtex_entry(quotation: Quotation, style: Style) -> str:
    url, early = _url(quotation), before_our_era(quotation.date)
    fields = {
        "author": " and ".join(f"{{{latex(author)}}}" for author in _authors(quotation)),
        "title": f"{{{latex(entered_title(quotation, style))}}}",
        "date": latex(quotation.date.partition("T")[0]),
        "year": latex(_year(quotation) if early is None else f"前{early}"),
        "publisher": latex(quotation.publisher),
        "howpublished": "" if url else latex(quotation.source),
        "url": url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C"),
        "note": latex(one_line(_at(quotation, style))),
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(quotation)},", *lines, "}"])


def _ris(quotations: Sequence[Quotation], style: Style) -> str:
    return "\n\n".join(_ris_entry(quotation, style) for quotation in _documents(quotations))


def _ris_entry(quotation: Quotation, style: Style) -> str:
    date = DATE.match(quotation.date)
    if before_our_era(quotation.date) is not None:
        date = None  # The tags have four figures: such a year is in the note.
    year, month, day = date.groups() if date is not None else ("", None, None)
    tags = [
        ("TY", "STAT" if quotation.articles else "GEN"),
        ("ID", _key(quotation)),
        *(("AU", author) for author in _authors(quotation)),
        ("TI", entered_title(quotation, style)),
        ("PY", year),
        ("DA", f"{year}/{month or ''}/{day or ''}/" if year else ""),
        ("PB", quotation.publisher),
        ("DP", "" if _url(quotation) else quotation.source),
        ("UR", _url(quotation)),
        ("LA", _LANGUAGES.get(quotation.script, "zh")),
        ("N1", _at(quotation, style)),
        ("AB", quotation.text),
    ]
    return "\n".join([*(f"{tag}  - {one_line(value)}" for tag, value in tags if value), "ER  - "])


def _csl_json(quotations: Sequence[Quotation], style: Style) -> str:
    items = [_csl_item(quotation, style) for quotation in _documents(quotations)]
    return _surrogates_replaced(json.dumps(items, ensure_ascii=False, indent=1))


def _csl_item(quotation: Quotation, style: Style) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _key(quotation),
        "type": "legislation" if quotation.articles else "document",
        "title": entered_title(quotation, style),
        "author": [{"literal": author} for author in _authors(quotation)],
        "issued": _issued(quotation),
        "publisher": quotation.publisher,
        "source": "" if _url(quotation) else quotation.source,
        "URL": _url(quotation),
        "language": _LANGUAGES.get(quotation.script, "zh"),
        "note": _at(quotation, style),
    }
    return {name: value for name, value in item.items() if value}


def _issued(quotation: Quotation) -> dict[str, Any] | None:
    """The date for CSL, whose programs do not agree on how years before our era are counted: these are words."""
    date = DATE.match(quotation.date)
    if date is None:
        return None
    if before_our_era(quotation.date) is not None:
        return {"literal": chinese_date(quotation.date)}
    return {"date-parts": [[int(part) for part in date.groups() if part]]}


# Tables


def _rows(quotations: Sequence[Quotation], style: Style) -> Iterator[list[str]]:
    """The head of a table, and a row a quotation."""
    yield list(_COLUMNS)
    for quotation in quotations:
        record = _record(quotation, style)
        yield [_flat(record[column]) for column in _COLUMNS]


def _csv(quotations: Sequence[Quotation], style: Style) -> str:
    return csv_text(_rows(quotations, style)).removesuffix("\n")


def _tsv(quotations: Sequence[Quotation], style: Style) -> str:
    return "\n".join("\t".join(map(cell, row)) for row in _rows(quotations, style))


def _json_lines(quotations: Sequence[Quotation], style: Style) -> str:
    lines = (json.dumps(_record(quotation, style), ensure_ascii=False) for quotation in quotations)
    return _surrogates_replaced("\n".join(lines))


def _record(quotation: Quotation, style: Style) -> dict[str, Any]:
    """All that is known of a quotation; what is not known is null or an empty list."""
    return {
        "text": quotation.text,
        "original": quotation.original,
        "author": quotation.author or None,
        "title": entered_title(quotation, style),
        "date": quotation.date or None,
        "publisher": quotation.publisher or None,
        "source": quotation.source or None,
        "section": list(quotation.section),
        "articles": list(quotation.articles),
        "locators": list(quotation.locators),
        "edition": quotation.edition or None,
        "paragraphs": list(quotation.numbers),
        "place": place(quotation, style),
        "citation": cite(quotation, style),
        "note": difference(quotation, style.language) or None,
        "repairs": [[change.original, change.replacement] for change in quotation.repairs],
        "guessed": sorted(quotation.guessed),
        "damage": [[change.original, change.replacement] for change in quotation.damage],
        "script": quotation.script,
        "document": quotation.document,
        "path": quotation.path,
        "reference": quotation.reference,
    }


def _flat(value: str | list[str] | None) -> str:
    return " › ".join(value) if isinstance(value, list) else value or ""


def _surrogates_replaced(text: str) -> str:
    """A text that UTF-8 can carry."""
    return text.encode("utf-8", "replace").decode()


_WRITERS: Final[Mapping[Format, Callable[[Sequence[Quotation], Style], str]]] = {
    Format.TEXT: _each(_text),
    Format.CITED: _each(_cited),
    Format.ORIGINAL: _each(_original),
    Format.BOTH: _each(_both),
    Format.MARKDOWN: _each(_markdown),
    Format.ORG: _each(_org),
    Format.LATEX: _each(_latex),
    Format.FOOTNOTE: _each(_footnote, "\n"),
    Format.BIBTEX: _bibtex,
    Format.RIS: _ris,
    Format.CSL_JSON: _csl_json,
    Format.CSV: _csv,
    Format.TSV: _tsv,
    Format.JSON_LINES: _json_lines,
    Format.REFERENCE: _each(_reference, "\n"),
}
