"""Diagnosis: the output of `tuibrowser doctor` as a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.language.i18n import shown, tr
from tuibrowser.tui.dialogs.text_dialog import HEADER, TextDialog

if TYPE_CHECKING:
    from textual.app import App


def show_diagnosis(app: App[None]) -> None:
    """Look at terminal, clipboard, folders and versions beside the event loop, then show what was found."""
    size = (app.size.width, app.size.height)

    def show(lines: list[tuple[str, str]]) -> None:
        app.push_screen(TextDialog(tr("How copying works here"), lines))

    def look() -> None:
        app.call_from_thread(show, diagnosis_lines(size))

    app.run_worker(look, thread=True, group="doctor")


def diagnosis_lines(size: tuple[int, int]) -> list[tuple[str, str]]:
    """The diagnosis as lines of a dialog; `size` is the terminal's, in columns and rows."""
    from tuibrowser.doctor.examine import examine  # Not before the first frame.
    from tuibrowser.doctor.lines import sections

    lines: list[tuple[str, str]] = []
    for heading, pairs in sections(examine(size=size)):
        lines.append((HEADER + shown(heading), ""))
        lines += [(f"  {shown(label)}", shown(words)) for label, words in pairs]
        lines.append(("", ""))
    return lines
