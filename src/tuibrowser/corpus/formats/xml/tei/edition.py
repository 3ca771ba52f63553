"""TEI: the text of an edition, with its lines and pages as places, its notes, and its variants as apparatus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.xml.tags import Markup, attributes, tags
from tuibrowser.corpus.formats.xml.tei.apparatus import Entry, Variants, signs, witnesses
from tuibrowser.corpus.formats.xml.tei.gaiji import character, declared_characters
from tuibrowser.corpus.model import Layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.corpus.formats.extraction import Extraction

    End = Callable[[], None]
    Start = Callable[[str], End | None]

_BODY: Final = re.findall(
    r"\S+", "p ab byline item trailer dateline closer opener salute signed speaker argument label"
)
_BLOCKS: Final = {
    **dict.fromkeys(_BODY, LineRole.BODY),
    "l": LineRole.VERSE,
    "row": LineRole.ROW,
    "docNumber": LineRole.FURNITURE,
}
"""Elements that are a block each, and its role."""
_APART: Final = frozenset(
    re.findall(r"\S+", "lg list table div div1 div2 div3 div4 div5 div6 div7 body front back text quote sp juan")
)
"""Elements before and after which a block ends."""
_DIVISIONS: Final = frozenset(["div", *(f"div{level}" for level in range(1, 8))])
_SKIPPED: Final = frozenset(["teiHeader", "charDecl", "figDesc", "fw", "listWit", "standOff"])
"""Elements that are none of the text."""
_SECOND: Final = frozenset(["sic", "expan", "reg"])
"""What stands in a choice beside the reading that is shown."""
_KEPT_NOTES: Final = frozenset(["orig", "mod", "add", ""])
"""Types of the notes of an apparatus that say something; the others repeat or refer."""
_DEEPEST: Final = 6
_LINE_END: Final = re.compile(r"\s*\n\s*(?=<(?:\w+:)?(?:lb|pb|cb|milestone)\b)")
"""The end of a line of the file before one of the page, which is no space."""
_JUAN: Final = re.compile(r"<(?:\w+:)?juan\b[^<>]*\bfun=\"open\"")
_LINES: Final = re.compile(r"<(?:\w+:)?lb\b[^<>]*\bn=")
_UNREADABLE: Final = "□"


def write_tei(made: Extraction, markup: Markup) -> None:
    """Add the text of a TEI edition to a raw text."""
    _Edition(made, markup).write(markup._replace(text=_LINE_END.sub("", markup.text)))


class _Edition:
    """An edition being read: what is open, where text off the page goes, and what waits for a block's end."""

    def __init__(self, made: Extraction, markup: Markup) -> None:
        self._made = made
        self._declared = declared_characters(markup.text)
        self._witnesses = witnesses(markup.text)
        self._has_lines = _LINES.search(markup.text) is not None
        self._juan = int(len(_JUAN.findall(markup.text)) > 1)
        self._edition: str | None = None
        self._open: list[tuple[str, End | None]] = []
        self._skipped = 0
        self._sinks: list[list[str]] = []
        self._variants: list[Variants] = []
        self._copies: list[list[str]] = []
        self._depth = 0
        self._title: tuple[str, int] | None = None
        self._in_head = self._is_begun = self._in_back = self._in_row = False
        self._notes: list[str] = []
        self._apparatus: list[Entry] = []
        self._starts: dict[str, Start] = {
            **{name: self._block_start(role) for name, role in _BLOCKS.items()},
            **dict.fromkeys(_APART, self._apart),
            **dict.fromkeys(_DIVISIONS, self._division),
            "lb": self._line,
            "pb": self._page,
            "head": self._head,
            "mulu": self._mulu,
            "note": self._note,
            "app": self._app,
            "lem": self._lem,
            "rdg": self._rdg,
            "g": self._character,
            "space": self._space,
            "unclear": self._unclear,
            "caesura": self._caesura,
            "back": self._back,
            "cell": self._cell,
            "jhead": self._jhead,
        }

    def write(self, markup: Markup) -> None:
        """Read all of it."""
        for before, name, written, ends in tags(markup):
            if before and not self._skipped:
                self._add(before)
            if not name:
                continue
            if ends:
                self._close(name)
            else:
                self._start(name, written)
        while self._open:
            self._close(self._open[-1][0])
        self._end_block()

    def _start(self, name: str, written: str) -> None:
        end: End | None = None
        if not self._skipped:
            if self._is_skipped(name, written):
                self._skipped = len(self._open) + 1
            elif start := self._starts.get(name):
                end = start(written)
        self._open.append((name, end))

    def _is_skipped(self, name: str, written: str) -> bool:
        if name in _SKIPPED:
            return True
        if name in _SECOND:
            return bool(self._open) and self._open[-1][0] == "choice"
        if name == "t":
            said = attributes(written)
            return "foot" in said.get("place", "") or said.get("xml:lang", "").startswith(("sa-", "x-"))
        return name == "foreign" and "foot" in written

    def _close(self, name: str) -> None:
        """Close an element and all that is open in it; an end tag without an element is passed over."""
        if not self._open or (self._open[-1][0] != name and not any(each == name for each, _ in self._open[-64:])):
            return
        while self._open:
            closed, end = self._open.pop()
            if self._skipped > len(self._open):
                self._skipped = 0
            elif end is not None and not self._skipped:
                end()
            if closed == name:
                return

    def _add(self, text: str) -> None:
        """Add text to where it belongs."""
        for copy in self._copies:
            copy.append(text)
        if self._sinks:
            self._sinks[-1].append(text)
            return
        if not self._is_begun and not text.isspace():
            self._begin()
        self._made.write(text)

    def _begin(self) -> None:
        """Begin a block; the title of a section that has no heading goes before it."""
        self._is_begun = True
        if self._title is not None and not self._in_head:
            self._made.end()
            self._made.block(self._title[0], LineRole.HEADING, self._title[1])
            self._title = None

    def _end_block(self, role: LineRole = LineRole.BODY, level: int = 0) -> None:
        self._made.end(LineRole.FURNITURE if self._in_back else role, 0 if self._in_back else level)
        self._is_begun = False

    def _end_notes(self) -> None:
        """Add the notes and variants of what ended."""
        for note in self._notes:
            self._made.block(note, LineRole.NOTE)
        said = {entry.number for entry in self._apparatus if entry.is_note}
        for entry in self._apparatus:
            if entry.is_note or not entry.number or entry.number not in said:
                self._made.write(entry.text)
                self._made.end(LineRole.FURNITURE, layer=Layer.APPARATUS)
        self._notes.clear()
        self._apparatus.clear()

    def _block_start(self, role: LineRole) -> Start:
        def start(_: str) -> End | None:
            if self._sinks:
                return None
            self._end_block()
            self._in_row = False
            return end

        def end() -> None:
            self._end_block(role)
            if role is LineRole.BODY:
                self._end_notes()

        return start

    def _apart(self, _: str) -> End | None:
        if self._sinks:
            return None
        self._end_block()
        self._made.part()
        return self._end_apart

    def _end_apart(self) -> None:
        self._end_block()
        self._made.part()
        self._end_notes()

    def _division(self, written: str) -> End | None:
        self._apart(written)
        self._depth += 1
        return self._end_division

    def _end_division(self) -> None:
        self._end_apart()
        self._depth -= 1
        self._title = None

    def _back(self, written: str) -> End | None:
        """What follows the text; in an edition with variants it is those, and no text."""
        self._apart(written)
        self._in_back = bool(self._witnesses) or self._has_lines
        return self._end_back

    def _end_back(self) -> None:
        self._end_apart()
        self._in_back = False

    def _line(self, written: str) -> None:
        said = attributes(written)
        edition = said.get("ed", "")
        if self._edition is None:
            self._edition = edition
        if "n" in said and edition == self._edition and not self._sinks:
            self._made.locate(said["n"])

    def _page(self, written: str) -> None:
        number = attributes(written).get("n", "")
        if number and not self._has_lines and not self._sinks:
            self._made.locate(number)

    def _head(self, written: str) -> End | None:
        if self._sinks:
            return None
        self._end_block()
        self._in_head = True
        is_number = 'type="no"' in written
        level = self._title[1] if self._title else min(_DEEPEST, max(1, self._depth) + self._juan)

        def end() -> None:
            self._in_head = False
            if self._is_begun and not is_number:
                self._title = None
            self._end_block(LineRole.FURNITURE if is_number else LineRole.HEADING, 0 if is_number else level)
            self._end_notes()

        return end

    def _jhead(self, _: str) -> End | None:
        """The title of a scroll, which is a heading where there are several."""
        if self._sinks:
            return None
        self._end_block()

        def end() -> None:
            self._end_block(LineRole.HEADING if self._juan else LineRole.BODY, self._juan)
            self._end_notes()

        return end

    def _mulu(self, written: str) -> End:
        """An entry of the contents: the heading of a section where the text has none."""
        said = attributes(written)
        text: list[str] = []
        self._sinks.append(text)

        def end() -> None:
            self._sinks.pop()
            title = "".join("".join(text).split()) or said.get("label", "")
            if title and said.get("type") != "卷" and not self._in_head:
                number = said.get("level", "")
                level = int(number) if number.isascii() and number.isdigit() else max(1, self._depth)
                self._title = (title, min(_DEEPEST, max(1, level) + self._juan))

        return end

    def _note(self, written: str) -> End | None:
        said = attributes(written)
        if "inline" in said.get("place", "") or "interlinear" in said.get("place", ""):
            return self._inline_note()
        text: list[str] = []
        self._sinks.append(text)
        is_apparatus = "type" in said or "text" in said.get("place", "") or self._in_back

        def end() -> None:
            self._sinks.pop()
            note = " ".join("".join(text).split())
            if note and is_apparatus and said.get("type", "") in _KEPT_NOTES:
                self._apparatus.append(Entry(said.get("n", ""), note, is_note=True))
            elif note and not is_apparatus:
                self._notes.append(note)

        return end

    def _inline_note(self) -> End:
        """A note within a line of the page, in brackets."""
        on_page = not self._sinks
        if on_page:
            if not self._is_begun:
                self._begin()
            self._made.enter(Layer.NOTE)
        self._add("（")

        def end() -> None:
            self._add("）")
            if on_page:
                self._made.leave()

        return end

    def _app(self, written: str) -> End:
        variants = Variants(attributes(written).get("n", ""))
        self._variants.append(variants)

        def end() -> None:
            self._variants.pop()
            if shown := variants.shown():
                self._apparatus.append(Entry(variants.number, shown))

        return end

    def _lem(self, written: str) -> End | None:
        if not self._variants:
            return None
        variants = self._variants[-1]
        variants.lemma_witness = signs(attributes(written).get("wit", ""), self._witnesses)
        held = self._sinks if self._in_back else self._copies
        held.append(variants.lemma)

        def end() -> None:
            held.pop()

        return end

    def _rdg(self, written: str) -> End:
        text: list[str] = []
        self._sinks.append(text)

        def end() -> None:
            self._sinks.pop()
            if self._variants:
                self._variants[-1].readings.append(
                    ("".join(text), signs(attributes(written).get("wit", ""), self._witnesses))
                )

        return end

    def _character(self, written: str) -> End:
        text: list[str] = []
        copies, self._copies = self._copies, []
        self._sinks.append(text)

        def end() -> None:
            self._sinks.pop()
            self._copies = copies
            self._add(character(attributes(written).get("ref", ""), "".join(text), self._declared))

        return end

    def _unclear(self, _: str) -> End:
        text: list[str] = []
        copies, self._copies = self._copies, []
        self._sinks.append(text)

        def end() -> None:
            self._sinks.pop()
            self._copies = copies
            self._add("".join(text) or _UNREADABLE)

        return end

    def _space(self, written: str) -> None:
        if attributes(written).get("quantity") != "0":
            self._add("\u3000")

    def _caesura(self, _: str) -> None:
        self._add("\u3000")

    def _cell(self, _: str) -> None:
        if self._in_row:
            self._add("\u3000")
        self._in_row = True
