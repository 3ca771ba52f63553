"""Judging: lines rejected or given a code by a key, kept for the reader, and figures counted by what was decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tuibrowser.analysis.judging.model import REJECTED
from tuibrowser.language.i18n import many, tr
from tuibrowser.tui.analysis.making.made import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.judging.model import Judgement
    from tuibrowser.tui.analysis.making.asked import Asked
    from tuibrowser.tui.analysis.panel.panel import AnalysisPanel
    from tuibrowser.tui.browser.desk import Browser


class Judged(Protocol):
    """What lines are judged in."""

    @property
    def panel(self) -> AnalysisPanel:
        """The panel, with its rows."""

    @property
    def asked(self) -> Asked:
        """What is asked for, or shown."""

    def ask(self, asked: Asked) -> None:
        """Have something else made."""

    def count_again(self, asked: Asked) -> None:
        """Have made again what was asked for, and the figures below it, since other lines count now."""


class Judgements:
    """Keeps judgements, and has counted by them."""

    def __init__(self, browser: Browser, work: Judged) -> None:
        self._browser = browser
        self._work = work

    def known(self, queries: Sequence[str]) -> Sequence[Judgement]:
        """The judgements of the lines of some queries; to be asked for off the event loop."""
        data = self._browser.memory.data
        return [each for query in dict.fromkeys(queries) for each in data.judgements(query)]

    def reject(self) -> None:
        """Reject the marked lines or this one, or take that back; of a figure, count the rejected too, or not."""
        rows = self._work.panel.rows
        if isinstance(rows.made, Lines):
            is_rejected = rows.line is not None and rows.line.code == REJECTED
            self._keep(rows.made, None if is_rejected else REJECTED)
        else:
            asked = self._work.asked
            self._work.ask(replace(asked, has_rejected=not asked.has_rejected))
            words = (
                tr("rejected lines are counted too") if not asked.has_rejected else tr("rejected lines do not count")
            )
            self._browser.say(words)

    def ask_code(self) -> None:
        """Ask for a letter."""
        self._work.panel.is_coding = True
        if isinstance(self._work.panel.rows.made, Lines):
            self._browser.say(tr("a letter is the code of the line; another key takes its code away"))
        else:
            self._browser.say(tr("only lines with the letter as their code are counted; another key: all"))

    def judge(self, code: str) -> None:
        """Give the marked lines or this one a code, or take it away; of a figure, count lines of a code alone."""
        made = self._work.panel.rows.made
        if isinstance(made, Lines):
            self._keep(made, code or None)
        else:
            self._work.ask(self._work.asked.of_code(code) if code else replace(self._work.asked, codes=""))

    def _keep(self, made: Lines, code: str | None) -> None:
        chosen, panel, asked = self._work.panel.rows.chosen, self._work.panel, made.asked
        if not asked.queries:
            self._browser.say(tr("lines of a word list or of keywords are not judged: search for the word first"))
            return

        def keep(judged: tuple[list[Judgement], list[Judgement]]) -> None:
            new, gone = judged
            self._browser.memory.write(
                lambda data: data.judge(new, gone), lambda trouble: panel.call_later(self._show, asked, trouble)
            )

        if chosen:
            self._browser.work(lambda _: made.lines.judge(chosen, code), keep)
            if code is not None:
                self._browser.say(tr("{lines} judged as {code}", lines=many(len(chosen), "line"), code=code))

    def _show(self, asked: Asked, trouble: str) -> None:
        """Show the lines with what was decided, which is on the disk now or cannot be written there."""
        if trouble:
            self._browser.say(tr("judged in memory only: {reason}", reason=trouble), error=True)
        self._work.count_again(asked)
