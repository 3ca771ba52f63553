"""Questions: what the desk asks the reader for: an order, words to filter by, a sample, a second query, groups."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.language.i18n import shown, tr
from tuibrowser.tui.analysis.making.asked import View
from tuibrowser.tui.analysis.making.columns import DEFAULT_SORT, columns_of
from tuibrowser.tui.analysis.panel.words import LINE_ORDERS, MEASURES
from tuibrowser.tui.dialogs.bookmarks import NoteDialog
from tuibrowser.tui.dialogs.picker import Option, Picker, among

if TYPE_CHECKING:
    from tuibrowser.tui.analysis.making.asked import Asked
    from tuibrowser.tui.browser.desk import Browser

_SAMPLE: Final = 100
_SEED: Final = 1


class Asking(Protocol):
    """Where answers go."""

    @property
    def asked(self) -> Asked:
        """What is asked for, or shown."""

    def ask(self, asked: Asked) -> None:
        """Have something else made."""


class Questions:
    """Asks in dialogs."""

    def __init__(self, browser: Browser, work: Asking) -> None:
        self._browser = browser
        self._work = work

    def order(self) -> None:
        """Ask for an order of the lines, or a column; the one that rows are ordered by turns them round."""
        asked = self._work.asked
        if asked.view is View.LINES:
            options = [Option(order, shown(words), order) for order, words in LINE_ORDERS.items()]
            at = list(LINE_ORDERS).index(asked.line_order)
        else:
            columns = [each for each in columns_of(asked) if each.value is not None]
            options = [Option(each.key, shown(each.heading), shown(MEASURES.get(each.key, ""))) for each in columns]
            now = asked.sort or DEFAULT_SORT[asked.view]
            at = next((place for place, each in enumerate(columns) if each.key == now), 0)
        hint = tr("Enter orders by it; a column by which rows are ordered already turns them round")
        self._browser.ask(Picker(tr("Order by"), hint, among(options), at), self._order_chosen)

    def _order_chosen(self, key: str | None) -> None:
        if key is not None:
            self._work.ask(self._work.asked.ordered_by(key))

    def groups(self) -> None:
        """Ask for what texts are grouped by in the last view."""
        asked = self._work.asked
        words = tr("By year, month, decade, folder, folder:1, author, document, a field")
        dialog = NoteDialog(words, asked.by, is_selected=True)
        self._browser.ask(dialog, self._groups_chosen)

    def _groups_chosen(self, by: str | None) -> None:
        if by is not None and (group := by.strip().replace("：", ":")):
            asked = self._work.asked
            self._work.ask(replace(asked if asked.view is View.TIME else asked.of_view(View.TIME), by=group))

    def filter(self) -> None:
        """Ask for words that rows must have."""
        asked = self._work.asked
        self._browser.ask(
            NoteDialog(tr("Only rows with these words; nothing: all rows"), asked.rows_with),
            lambda words: None if words is None else self._work.ask(replace(self._work.asked, rows_with=words)),
        )

    def sample(self) -> None:
        """Ask for a number of lines and a seed."""
        asked = self._work.asked
        if asked.view is not View.LINES:
            self._browser.say(tr("only lines can be sampled"))
            return
        count, seed = asked.sample or (_SAMPLE, _SEED)
        words = tr("How many lines at random, and a seed; nothing: all lines")
        self._browser.ask(NoteDialog(words, f"{count} {seed}", is_selected=True), self._sample_chosen)

    def _sample_chosen(self, words: str | None) -> None:
        if words is None:
            return
        numbers = [int(each) for each in re.findall(r"\d{1,9}", words)]
        sample = (numbers[0], numbers[1] if len(numbers) > 1 else _SEED) if numbers and numbers[0] else None
        self._work.ask(replace(self._work.asked, sample=sample))

    def second(self) -> None:
        """Ask for a second query over time, or for the groups that are compared."""
        asked = self._work.asked
        if asked.view is View.KEYNESS:
            words = tr("Texts to look at: in:PATH by:NAME date:2022 or another field")
            self._browser.ask(NoteDialog(words, asked.target, is_selected=True), self._target_chosen)
        else:
            words = tr("A second query beside {query}, over time; nothing: none", query=asked.query)
            self._browser.ask(NoteDialog(words, asked.also, is_selected=True), self._also_chosen)

    def _also_chosen(self, query: str | None) -> None:
        if query is not None:
            asked = self._work.asked
            self._work.ask(replace(asked if asked.view is View.TIME else asked.of_view(View.TIME), also=query))

    def _target_chosen(self, target: str | None) -> None:
        if target is not None:
            words = tr("Compared with: in:PATH by:NAME date:2022; nothing: all others")
            dialog = NoteDialog(words, self._work.asked.against, is_selected=True)
            self._browser.ask(dialog, partial(self._against_chosen, target))

    def _against_chosen(self, target: str, against: str | None) -> None:
        if against is not None:
            self._work.ask(replace(self._work.asked, target=target, against=against))
