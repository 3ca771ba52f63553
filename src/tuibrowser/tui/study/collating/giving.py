"""Giving: a difference with both readings and their citations to the clipboard, and all differences to a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.works.naming import full_title
from tuibrowser.host.whole import encoded, write_whole
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import file_stem, json_line
from tuibrowser.reading.quoting.citation import cite
from tuibrowser.reading.quoting.citation_style import read_style
from tuibrowser.reading.quoting.quotation import quote
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View
from tuibrowser.study.collating.listed import lines_of
from tuibrowser.study.collating.tei import tei
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Option, Picker, among

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
        options = among([Option(form, form, shown(words)) for form, (_, words) in _FORMS.items()])
        title = tr("Write {rows} to a file as", rows=count)
        hint = tr("Enter asks for the file · Esc cancels")
        self._browser.ask(Picker(title, hint, options), partial(self._name, made, name))

    def _name(self, made: Collation, name: str, form: str | None) -> None:
        if form is not None:
            title = tr("Write {rows} to the file", rows=many(len(made.differences), "difference"))
            self._browser.ask(NoteDialog(title, _free_name(name, _FORMS[form][0])), partial(self._write, made, form))

    def _write(self, made: Collation, form: str, name: str | None) -> None:
        if not name:
            return

        def job(_: object) -> str:
            file = Path(name).expanduser()
            if file.exists():
                return tr("not written: there is a file {file} already", file=name)
            write_whole(file, encoded(written(made, form)))
            rows = many(len(made.differences), "difference")
            return tr("{rows} written to {file}", rows=rows, file=str(file.resolve()))

        self._browser.work(job, self._browser.say)


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


def _free_name(stem: str, ending: str) -> str:
    """A name that no file has yet."""
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ending}" for number in range(1, 1000))
    return next((name for name in names if not Path(name).exists()), "")
