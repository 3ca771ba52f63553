"""The dictionary of words that the text is selected by: loaded beside the event loop when it is first wanted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tuibrowser.hanzi.words import Words
from tuibrowser.tui.work.messages import WordsReady

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.message import Message


class WordList:
    """Owns the words, with those of the reader's own dictionaries; `post` sends messages to the screen."""

    def __init__(self, dictionaries: Sequence[Path], post: Callable[[Message], bool]) -> None:
        self._words = Words(*dictionaries)
        self._post = post
        self._is_wanted = False

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """The words of a text, as spans; its characters as long as the dictionary is not loaded."""
        return self._words.spans(text)

    def want(self) -> None:
        """Load the dictionary, once."""
        if not self._is_wanted:
            self._is_wanted = True
            threading.Thread(target=self._load, name="words", daemon=True).start()

    def _load(self) -> None:
        self._words.load()
        self._post(WordsReady(self._words.problem))
