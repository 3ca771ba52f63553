"""Giving: a difference with both readings and their citations to the clipboard, and all differences to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.language.i18n import many, plain, tr
from tuibrowser.reading.harmless import file_stem, json_line
from tuibrowser.reading.quoting.citation import cite
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.quoting.quotation import quote
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.study.collating.listed import lines_of
from tuibrowser.study.collating.tei import tei
from tuibrowser.tui.study.to_file import write_to_file

if TYPE_CHECKING:
    from tuibrowser.reading.quoting.citation_style import Style
    from tuibrowser.study.collating.collation import Collation, Witness
    from tuibrowser.tui.browser.desk import Browser
    from tuibrowser.tui.study.collating.collated import Collated

_AROUND: Final = 12
"""Code points of the text that are copied before a reading and after it."""

_FORMS: Final = {
    "text": (".txt", plain("a line a difference, to read")),
    "json": (".json", plain("for programs")),
    "tei": (".xml", plain("the first text with the readings of both, TEI")),
}


class Giving:
    """Gives a collation away."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._style, _ = read_style(browser.config.citation)

    def copy(self, made: Collated, stop: int) -> None:
        """Copy a difference."""
        words = tr("difference {number:,}", number=stop + 1)
        self._browser.copy(lambda: readings(made, stop, self._style), words)

    def export(self, made: Collation, name: str) -> None:
        """Write the differences to a file, in a form to be chosen, when their number is said."""
        count = many(len(made.differences), "difference")
        write_to_file(self._browser, count, _FORMS, name, lambda form: [written(made, form)])


def written(made: Collation, form: str) -> str:
    """A collation in one of the forms."""
    if form == "json":
        return f"{json_line(made.record())}\n"
    return tei(made) if form == "tei" else "".join(f"{line}\n" for line in lines_of(made))


def readings(made: Collated, stop: int, style: Style) -> str:
    """Both readings of a difference in brackets, each with what stands around it and its citation."""
    difference = made.difference(stop)
    parts = (("a", made.one, difference.a), ("b", made.other, difference.b))
    return "".join(
        f"{siglum}: {_reading(witness, span)}  {_cited(witness, span, style)}\n" for siglum, witness, span in parts
    )


def _reading(witness: Witness, span: tuple[int, int]) -> str:
    text, (low, high) = witness.text.repaired, witness.extent
    before, behind = text[max(low, span[0] - _AROUND) : span[0]], text[span[1] : min(high, span[1] + _AROUND)]
    whole = f"{before.rpartition(chr(10))[2]}[{text[slice(*span)]}]{behind.partition(chr(10))[0]}"
    return " ".join(whole.split("\n"))


def _cited(witness: Witness, span: tuple[int, int], style: Style) -> str:
    """The citation of the place; of one at which a text has nothing, that of the character before."""
    low, high = span if span[0] < span[1] else (max(0, span[0] - 1), span[0])
    start, end = witness.text.alignment.source_span(low, high)
    text = ViewedText(witness.text, witness.document.script, View())
    return cite(quote(witness.document, text, start, max(end, start + 1)), style)


def name_of(one: Witness, other: Witness) -> str:
    """A name for files of a collation."""
    return "-".join(file_stem(full_title(each.document)) for each in (one, other))
