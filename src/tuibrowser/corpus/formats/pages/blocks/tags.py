"""Tags: what is known of each tag of a page by its text, learnt once for all tags that are written alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.markup import is_open

if TYPE_CHECKING:
    from collections.abc import Callable

    Act = Callable[["Tag"], None]
    Skip = Callable[["Tag", int, str], tuple[int, str]]

_NAME: Final = re.compile(r"(/?[a-zA-Z][^\s/<>]*+)")
_HIDDEN: Final = re.compile(r"""display\s*:\s*none|\shidden(?=$|[\s/=])""", re.IGNORECASE)
_PREFORMATTED: Final = re.compile(r"white-space\s*:\s*pre\b|\bbbs-screen\b")
"""What an element says whose line ends are shown; that of a bulletin board says so by its class."""


@dataclass(slots=True)
class Tag:
    """A tag: the name of its element in lower case, its attributes as written, and what is done where it stands.

    `act` is done; or `skip` with the number of its chunk of the markup and the text after it in that chunk, which
    returns the number of the chunk to go on with and the text that stands before that. `end` is the beginning of the
    chunk that ends the element. An element that is hidden is not shown; in one that is preformatted line ends are.
    """

    name: str
    written: str
    act: Act
    skip: Skip | None = None
    end: str = ""
    is_hidden: bool = False
    is_preformatted: bool = False


def tag_of(name: str, written: str, act: Act, skip: Skip | None) -> Tag:
    """The tag of an element by its name, before which a / stands where it ends, and its attributes."""
    if not written:
        return Tag(name.lstrip("/"), "", act, skip, f"/{name}>")
    is_hidden = ("isplay" in written or "hidden" in written) and _HIDDEN.search(written) is not None
    is_preformatted = ("pre" in written or "bbs-" in written) and _PREFORMATTED.search(written) is not None
    return Tag(name.lstrip("/"), written, act, skip, f"/{name}>", is_hidden, is_preformatted)


def nothing(_: Tag) -> None:
    """Do nothing."""


PAGE: Final = Tag("body", "", nothing)
"""What stands for the tag of a page as a whole."""


class Tags(dict[str, "Tag | None"]):
    """The tags of a page by their texts, between < and >; None for one at which nothing is done."""

    def __init__(self, learn: Callable[[str, str], Tag | None], whole: Tag) -> None:
        """Learn a tag by its name and attributes; `whole` stands for texts that are no whole tag, or none at all."""
        super().__init__()
        self._learn, self._whole = learn, whole

    def __missing__(self, text: str) -> Tag | None:
        """Learn a tag."""
        if (text[-1:] != '"' or text[-2:] == '="' or "'" in text or text[:1] == "!") and self._is_odd(text):
            return self._whole
        self[text] = tag = self.learn(text)
        return tag

    def _is_odd(self, text: str) -> bool:
        """Whether a tag may go on behind the text, or is a comment that does."""
        if text.startswith("!--"):
            return not text.endswith("--")
        return is_open(text)

    def learn(self, text: str) -> Tag | None:
        """What is known of a whole tag."""
        name, space, written = text.partition(" ")
        if not space or not name.isalnum() or not name.isascii() or not name[0].isalpha():
            if (found := _NAME.match(text)) is None:
                return None if text.startswith(("!", "?", "/")) else self._whole
            name = found[0]
            written = text[len(name) :]
        return self._learn(name.lower(), written)
