"""What the program says of scripts, views and passages, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.corpus.model import Script
from tuibrowser.reading.view import HANS, HANT, ORIGINAL

if TYPE_CHECKING:
    from tuibrowser.corpus.model import Document
    from tuibrowser.reading.render import ViewedText
    from tuibrowser.reading.view import View

SCRIPTS = {Script.HANS: "简", Script.HANT: "繁", Script.MIXED: "简繁", Script.NONE: "–"}


def script_label(script: str) -> str:
    """One or two characters for a script."""
    try:
        return SCRIPTS[Script(script)]
    except ValueError:
        return script


def view_words(document: Document, text: ViewedText) -> str:
    """The script of the document and that shown, and whether it is shown repaired: `繁→简 repaired`."""
    return f"{conversion_words(document, text)} {'repaired' if text.view.repaired else 'raw'}"


def conversion_words(document: Document, text: ViewedText) -> str:
    """The script of the document and, where it is another, that shown."""
    own = script_label(document.script)
    if text.view.script not in {ORIGINAL, HANS, HANT}:
        return f"{own}→{text.view.script}"
    shown = script_label(text.shown_script)
    return own if shown == own else f"{own}→{shown}"


def choice_words(view: View) -> str:
    """The script of a view, for a message."""
    return {ORIGINAL: "the original script", HANS: "简体", HANT: "繁體"}.get(view.script, view.script)
