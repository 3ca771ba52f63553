"""Readings: the desk that shows how characters are read, above the text: rare ones, or all of the current paragraph."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.kept import Kept
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.lexicon.errors import LexiconError
from tuibrowser.lexicon.spoken import LONGEST, LONGEST_RARE, Spoken
from tuibrowser.reading.lines.above import NO_READINGS, Readings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.language.i18n import Message
    from tuibrowser.reading.views.render import ViewedParagraph
    from tuibrowser.tui.browser.desk import Browser
    from tuibrowser.tui.work.tasks import Progress

_KEPT: Final = 256
"""Paragraphs whose readings are kept."""


class Shown(IntEnum):
    """Which readings are shown."""

    NONE = 0
    RARE = 1
    PARAGRAPH = 2


_WORDS: Final[Mapping[Shown, Message]] = {
    Shown.NONE: plain("no readings"),
    Shown.RARE: plain("rare characters read · underlined: unsure · 1–5% wrong"),
    Shown.PARAGRAPH: plain("the paragraph read · underlined: unsure · 1–5% wrong"),
}


class Pronunciation:
    """Has the readings that are wanted shown; what is loaded for them is loaded once, beside the event loop."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._spoken: Spoken | None = None
        self._shown = Shown.NONE
        self._known: Kept[tuple[Shown, str], Readings] = Kept(_KEPT)
        self._is_loading = False

    def cycle(self) -> None:
        """Show the readings of rare characters, then those of the current paragraph, then none."""
        if self._spoken is not None:
            self._show(Shown((self._shown + 1) % len(Shown)))
        elif not self._is_loading:
            self._is_loading = True
            self._browser.work(self._load, self._loaded, self._given_up)

    def _load(self, _: Progress) -> Spoken | LexiconError:
        try:
            return Spoken(self._browser.config.dictionary)
        except LexiconError as error:
            return error

    def _loaded(self, spoken: Spoken | LexiconError) -> None:
        self._is_loading = False
        if isinstance(spoken, LexiconError):
            self._browser.say(shown(spoken), error=True)
        else:
            self._spoken = spoken
            self._show(Shown.RARE)

    def _given_up(self) -> None:
        self._is_loading = False

    def _show(self, wanted: Shown) -> None:
        self._shown = wanted
        self._browser.set_readings(None if wanted is Shown.NONE else self._readings)
        passage = self._browser.passage
        longest = LONGEST if wanted is Shown.PARAGRAPH else LONGEST_RARE
        if wanted is not Shown.NONE and passage is not None and self._length(passage.start) > longest:
            self._browser.say(tr("no readings: the paragraph has more than {count:,} characters", count=longest))
        else:
            self._browser.say(shown(_WORDS[wanted]))

    def _length(self, offset: int) -> int:
        """The characters of the paragraph at an offset into the raw text shown."""
        passage = self._browser.passage
        return 0 if passage is None else len(passage.text[passage.text.paragraph_at(offset)].text)

    def _readings(self, paragraph: ViewedParagraph, is_current: bool) -> Readings:
        """The readings of a paragraph that are to be shown."""
        wanted, text = self._shown, paragraph.text
        if self._spoken is None or (wanted is Shown.PARAGRAPH and not is_current):
            return NO_READINGS
        if len(text) > (LONGEST if wanted is Shown.PARAGRAPH else LONGEST_RARE):
            return NO_READINGS
        if (known := self._known.get((wanted, text))) is None:
            read = self._spoken.all if wanted is Shown.PARAGRAPH else self._spoken.rare
            known = self._known.put((wanted, text), Readings(text, found) if (found := read(text)) else NO_READINGS)
        return known
