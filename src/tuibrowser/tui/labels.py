"""What the program says of scripts, views, orders and formats, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Script
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.reading.quoting.write import Format
from tuibrowser.reading.selecting.selection import By
from tuibrowser.reading.views.view import HANS, HANT, ORIGINAL
from tuibrowser.search.model import Order
from tuibrowser.tui.widgets.outline.tree import DocumentOrder

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.views.render import ViewedText
    from tuibrowser.reading.views.view import View

SCRIPTS: Final = {Script.HANS: plain("简"), Script.HANT: plain("繁"), Script.MIXED: plain("简繁"), Script.NONE: "–"}

HIT_ORDERS: Final = {
    Order.RELEVANCE: plain("by relevance"),
    Order.DATE: plain("by date"),
    Order.PATH: plain("by path"),
    Order.HITS: plain("by hits in the document"),
}

DOCUMENT_ORDERS: Final = {
    DocumentOrder.PATH: plain("documents by path"),
    DocumentOrder.TITLE: plain("documents by title"),
    DocumentOrder.DATE: plain("documents by date"),
}

FORMATS: Final = {
    Format.TEXT: plain("text"),
    Format.CITED: plain("cited"),
    Format.ORIGINAL: plain("original"),
    Format.BOTH: plain("both"),
    Format.MARKDOWN: plain("markdown"),
    Format.ORG: plain("org"),
    Format.LATEX: plain("latex"),
    Format.FOOTNOTE: plain("footnote"),
    Format.BIBTEX: plain("bibtex"),
    Format.RIS: plain("ris"),
    Format.CSL_JSON: plain("csl-json"),
    Format.CSV: plain("csv"),
    Format.TSV: plain("tsv"),
    Format.JSON_LINES: plain("jsonl"),
    Format.REFERENCE: plain("reference"),
}
"""The names of what a quotation may be copied as."""


def script_label(script: str) -> str:
    """One or two characters for a script."""
    try:
        return shown(SCRIPTS[Script(script)])
    except ValueError:
        return script


def view_words(document: Document, text: ViewedText) -> str:
    """The script of the document and that shown, and whether it is shown repaired: `繁→简 repaired`."""
    script = conversion_words(document, text)
    return tr("{script} repaired", script=script) if text.view.repaired else tr("{script} raw", script=script)


def conversion_words(document: Document, text: ViewedText) -> str:
    """The script of the document and, where it is another, that shown."""
    own = script_label(document.script)
    if text.view.script not in {ORIGINAL, HANS, HANT}:
        return f"{own}→{text.view.script}"
    other = script_label(text.shown_script)
    return own if other == own else f"{own}→{other}"


def choice_words(view: View) -> str:
    """Say in which script a view shows a text."""
    names = {ORIGINAL: plain("the original script"), HANS: plain("简体"), HANT: plain("繁體")}
    return tr("shown in {script}", script=names.get(view.script, view.script))


def selection_words(by: By | None) -> str:
    """How the reader is selecting; empty where nothing is selected."""
    words = {None: "", By.CHARACTER: plain("selecting"), By.PARAGRAPH: plain("selecting paragraphs")}
    return shown(words[by])
