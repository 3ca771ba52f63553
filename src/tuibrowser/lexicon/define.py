"""Define: what a word and each of its characters is, and how often it stands in a corpus, in which forms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tuibrowser.language.frozen import frozen
from tuibrowser.lexicon.characters import Character, character
from tuibrowser.search.model import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tuibrowser.lexicon.entries import Entry
    from tuibrowser.lexicon.lexicon import Lexicon
    from tuibrowser.search.searcher import Searcher

_LOOKED_AT: Final = 20_000
"""Places of a word whose forms are counted."""
_AT_ONCE: Final = 2_000


@frozen
class Usage:
    """How often a word stands in a corpus, in any script, and its forms in the first `looked_at` of these places.

    There may be more places where it is `at_least` so many: not all texts were searched.
    """

    count: int = 0
    forms: Mapping[str, int] | None = None
    looked_at: int = 0
    at_least: bool = False


@frozen
class Definition:
    """What is known of a word: entries of dictionaries, its characters, and its usage in a corpus, if one is asked."""

    word: str
    entries: tuple[Entry, ...]
    characters: tuple[Character, ...]
    usage: Usage | None = None
    has_dictionaries: bool = True
    """Whether there is a dictionary that may have an entry."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the word, and it stands nowhere."""
        return not self.entries and not self.characters and not (self.usage is not None and self.usage.count)

    def record(self) -> dict[str, object]:
        """The definition as JSON has it."""
        usage = self.usage or Usage()
        return {
            "word": self.word,
            "entries": [entry.record() for entry in self.entries],
            "count": usage.count,
            "forms": dict(usage.forms or {}),
            "forms_of": usage.looked_at,
            "characters": [each.record() for each in self.characters],
        }


def define(word: str, lexicon: Lexicon, usage: Usage | None = None) -> Definition:
    """What the dictionaries say of a word, and what is known of each of its characters."""
    known = (character(letter) for letter in dict.fromkeys(word))
    characters = tuple(each for each in known if each is not None)
    return Definition(word, lexicon.define(word), characters, usage, bool(lexicon.dictionaries))


def usage_of(word: str, searcher: Searcher, cancelled: Callable[[], bool] = lambda: False) -> Usage:
    """How often a word stands in the corpus of a searcher, as it is and in other forms."""
    words = word.replace('"', "")
    if not words.strip():
        return Usage(0, {})
    matches = searcher.matches(f'"{words}"', Scope(exact=True), cancelled)
    looked_at = min(len(matches), _LOOKED_AT)

    def nodes() -> Iterator[str]:
        for start in range(0, looked_at, _AT_ONCE):
            if cancelled():
                return
            yield from (found.node for found in matches.contexts(start, min(start + _AT_ONCE, looked_at), 0))

    forms = Counter("".join(node.split()) for node in nodes())
    return Usage(len(matches), dict(forms.most_common()), looked_at, matches.at_least)
