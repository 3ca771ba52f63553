"""To file: ask for a form and a name, and write what is listed to a file beside the event loop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.host.whole import encoded, write_whole
from tuibrowser.language.i18n import shown, tr
from tuibrowser.tui.browser.desk import NOT_IN_PAGE
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Option, Picker, among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tuibrowser.language.i18n import Message
    from tuibrowser.tui.browser.desk import Browser


def write_to_file(
    browser: Browser,
    rows: Message,
    forms: Mapping[str, tuple[str, Message]],
    stem: str,
    make: Callable[[str], Iterable[str]],
) -> None:
    """Write a file in a form to be chosen, and say how many `rows` it has.

    `forms` have the ending of each and what it is for; `make` gives the text in a form, piece by piece.
    """

    if browser.in_page:
        browser.say(shown(NOT_IN_PAGE), error=True)
        return

    def choose(form: str | None) -> None:
        if form is not None:
            title = tr("Write {rows} to the file", rows=rows)
            browser.ask(NoteDialog(title, _free_name(stem, forms[form][0])), lambda name: write(form, name))

    def write(form: str, name: str | None) -> None:
        if name:
            browser.work(lambda _: _written(Path(name).expanduser(), rows, make(form)), browser.say)

    options = among([Option(form, form, shown(words)) for form, (_, words) in forms.items()])
    title = tr("Write {rows} to a file as", rows=rows)
    browser.ask(Picker(title, tr("Enter asks for the file · Esc cancels"), options), choose)


def _written(file: Path, rows: Message, pieces: Iterable[str]) -> str:
    """Write a file that is not there yet, and return what is to be said."""
    if file.exists():
        return tr("not written: there is a file {file} already", file=str(file))
    write_whole(file, b"".join(map(encoded, pieces)))
    return tr("{rows} written to {file}", rows=rows, file=str(file.resolve()))


def _free_name(stem: str, ending: str) -> str:
    """A name that no file has yet."""
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ending}" for number in range(1, 1000))
    return next((name for name in names if not Path(name).exists()), "")
