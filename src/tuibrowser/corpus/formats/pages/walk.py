"""The walk through the markup of a page, which divides its text into blocks."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks import Page
from tuibrowser.corpus.formats.pages.markup import STEP, attributes, spelled_out, tokens
from tuibrowser.corpus.formats.pages.open_boxes import LIKE, OpenBoxes
from tuibrowser.corpus.formats.pages.pieces import Pieces
from tuibrowser.corpus.formats.pages.tables import join_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Action = Callable[[str, str, int], int]

_BOXES: Final = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p section summary"
        " table tbody td tfoot th thead tr ul",
    )
)
"""Elements that begin a line of their own."""
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_DROPPED: Final = frozenset(["annotation", "button", "datalist", "noscript", "select", "svg", "template", "title"])
"""Elements whose text is none of the page's."""
_READINGS: Final = frozenset(("rt", "rp", "rtc"))
"""Elements of ruby that are not its base."""
_AFTER_HEADINGS: Final = frozenset(_HEADINGS) | frozenset(["blockquote", "dl", "ol", "p", "pre", "table", "ul"])
"""Elements that end a heading with text which has no end tag."""
_NAMED_REFERENCE: Final = re.compile(r"noteref|footnote")


def walk(markup: str, *, watched: Collection[str] | None = None) -> Page:
    """Divide the text of a page into blocks; rows of tables are one each, and ruby is left out.

    Takes time linear in the text. `watched` are names (`id`) of elements to keep the places of, for XHTML, whose
    page breaks are kept too; it is None for HTML.
    """
    made = _Walk(watched)
    return made.run(tokens(markup if watched is None else spelled_out(markup)))


class _Walk:
    """A walk: the block at hand, what stands before it, and what is known of tags by their names as written."""

    def __init__(self, watched: Collection[str] | None) -> None:
        self._page = Page()
        self._opened = OpenBoxes(self._page.boxes)
        self._pieces = pieces = Pieces()
        self._texts, self._lines = pieces.texts, pieces.lines
        self._watched = watched
        self._tokens: list[str | None] = []
        self._level = self._heading = 0
        self._is_ruled = False
        self._anchors: list[str] = []
        self._unclosed: set[str] = set()
        self._known: dict[str, tuple[Action | None, str]] = {}

    def run(self, given: list[str | None]) -> Page:
        """Go through tokens."""
        self._tokens = given
        texts, known, opened = self._texts, self._known, self._opened
        at, last = 0, len(given) - 1
        while at < last:
            if (text := given[at]) and (texts or not text.isspace() or opened.preformatted):
                texts.append(unescape(text) if "&" in text else text)
            if (name := given[at + 1]) is not None:
                action, tag = known.get(name) or self._learn(name)
                if action is not None:
                    at = action(tag, given[at + 2] or "", at)
            at += STEP
        texts.append(unescape(given[last] or ""))
        self._end_block()
        join_rows(self._page)
        return self._page

    def _learn(self, name: str) -> tuple[Action | None, str]:
        """What to do at a tag, and the name of its element."""
        tag = name.lower()
        action = self._at_end(tag[1:]) if tag[0] == "/" else self._at_start(tag)
        self._known[name] = made = (action, tag.lstrip("/"))
        return made

    def _at_start(self, tag: str) -> Action | None:
        action = self._starts.get(tag)
        if self._watched is None or tag in _DROPPED:
            return action
        return self._watch if action is None else lambda name, written, at: self._also_watch(action, name, written, at)

    @cached_property
    def _starts(self) -> dict[str, Action]:
        """What to do where an element begins, by its tag."""
        return {
            **dict.fromkeys(_BOXES, self._start_box),
            **dict.fromkeys(LIKE, self._start_like),
            **dict.fromkeys(_HEADINGS, self._start_heading),
            **dict.fromkeys(_DROPPED, self._drop),
            **dict.fromkeys(_READINGS, self._skip_reading),
            "pre": self._start_pre,
            "a": self._start_link,
            "br": self._break,
            "hr": self._rule,
            "sup": self._raise,
            "img": self._picture,
        }

    def _at_end(self, tag: str) -> Action | None:
        if tag in _HEADINGS:
            return self._end_heading
        if tag in _BOXES:
            return self._end_box
        return {"a": self._end_link, "sup": self._lower, "pre": self._end_pre}.get(tag)

    def _start_box(self, tag: str, written: str, at: int) -> int:
        if self._texts or self._lines:
            self._end_block()
        if self._level and tag in _AFTER_HEADINGS and len(self._page.blocks) > self._heading:
            self._end_heading(f"h{self._level}", "", at)
        self._opened.begin(tag, written)
        return at

    def _start_like(self, tag: str, written: str, at: int) -> int:
        if self._texts or self._lines:
            self._end_block()
        self._opened.end_like(tag)
        return self._start_box(tag, written, at)

    def _start_heading(self, tag: str, written: str, at: int) -> int:
        self._start_box(tag, written, at)
        self._level, self._heading = _HEADINGS[tag], len(self._page.blocks)
        return at

    def _start_pre(self, tag: str, written: str, at: int) -> int:
        self._start_box(tag, written, at)
        self._opened.preformatted += 1
        return at

    def _end_box(self, tag: str, _: str, at: int) -> int:
        if self._texts or self._lines:
            self._end_block()
        self._opened.end(tag)
        return at

    def _end_heading(self, tag: str, written: str, at: int) -> int:
        self._end_box(tag, written, at)
        self._level = 0
        return at

    def _end_pre(self, tag: str, written: str, at: int) -> int:
        self._end_box(tag, written, at)
        self._opened.end_preformatted()
        return at

    def _end_block(self) -> None:
        opened = self._opened
        blocks = self._pieces.end(opened.box, self._level, preformatted=opened.preformatted > 0)
        if blocks:
            blocks[0].ruled, self._is_ruled = self._is_ruled, False
            self._page.blocks += blocks
            if self._anchors:
                for name in self._anchors:
                    self._page.anchors.setdefault(name, blocks[0])
                self._anchors.clear()

    def _drop(self, tag: str, _: str, at: int) -> int:
        """Pass over an element with all that it holds; one that does not end is not passed over."""
        if tag in self._unclosed:
            return at
        depth, start, end = 0, tag, f"/{tag}"
        for number in range(at + 1, len(self._tokens), STEP):
            name = self._tokens[number]
            if name is None or len(name) > len(end):
                continue
            name = name.lower()
            if name == start:
                depth += 1
            elif name == end:
                depth -= 1
                if not depth:
                    return number - 1
        self._unclosed.add(tag)
        return at

    def _skip_reading(self, tag: str, _: str, at: int) -> int:
        """Pass over the reading of a ruby text, whose end tag may be missing."""
        for number in range(at + 1 + STEP, len(self._tokens), STEP):
            name = (self._tokens[number] or "").lower()
            if name == f"/{tag}":
                return number - 1
            if name in _READINGS or name in ("/ruby", "rb") or name.lstrip("/") in _BOXES:
                self._tokens[number - 1] = ""
                return number - 1 - STEP
        return at

    def _start_link(self, tag: str, written: str, at: int) -> int:
        if "backlink" in written:
            return self._drop(tag, written, at)
        if "href" in written.lower() or "filepos" in written:
            within = "#" in written
            self._pieces.open_link(within=within, named=within and _NAMED_REFERENCE.search(written) is not None)
        return at

    def _picture(self, _: str, written: str, at: int) -> int:
        """Take in the note that an e-book keeps as the description of its sign."""
        if "footnote" in written:
            said = attributes(written)
            self._pieces.note(said.get("zy-footnote") or said.get("alt", ""))
        return at

    def _end_link(self, _tag: str, _written: str, at: int) -> int:
        self._pieces.close_link()
        return at

    def _raise(self, _tag: str, _written: str, at: int) -> int:
        self._pieces.open_raised()
        return at

    def _lower(self, _tag: str, _written: str, at: int) -> int:
        self._pieces.close_raised()
        return at

    def _break(self, _tag: str, _written: str, at: int) -> int:
        if self._opened.preformatted:
            self._texts.append("\n")
        elif self._pieces.break_line(self._opened.box) and not self._level:
            self._end_block()
        return at

    def _rule(self, _tag: str, _written: str, at: int) -> int:
        self._end_block()
        self._is_ruled = True
        return at

    def _also_watch(self, action: Action, tag: str, written: str, at: int) -> int:
        after = action(tag, written, at)
        return self._watch(tag, written, at) if after == at and written else after

    def _watch(self, _: str, written: str, at: int) -> int:
        """Keep the place of an element by its name, and that of the page that begins there."""
        if "id=" not in written and "pagebreak" not in written:
            return at
        said = attributes(written)
        name = said.get("id", "")
        if name in (self._watched or ()):
            self._anchors.append(name)
        if "pagebreak" in f"{said.get('epub:type')} {said.get('role')}":
            self._pieces.label((said.get("title") or said.get("aria-label") or "").strip())
        return at
