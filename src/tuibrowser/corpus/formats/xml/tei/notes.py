"""Notes of an edition: those on its text, and its variants as apparatus, kept until the end of their block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.xml.tags import attributes
from tuibrowser.corpus.formats.xml.tei.apparatus import Entry, Variants, signs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.xml.tei.writer import End, Start, Writer

_EDITORS: Final = frozenset(["orig", "orig_biao", "orig_ke", "mod", "add"])
"""Types of notes in which editors compare editions. Notes of any other type are the author's or explain the text."""
_REPEATS: Final = re.compile(r"cf\d*|equivalent|rest|star")
"""Types of notes that repeat a part of another note, or refer to another place."""
_BRACKETED: Final = re.compile(r"[（(].*[）)]")


class Notes:
    """Starts and ends the notes and variants of an edition; `witnesses` are the signs of those that it declares."""

    def __init__(self, writer: Writer, witnesses: Mapping[str, str]) -> None:
        self._writer = writer
        self._witnesses = witnesses
        self._variants: list[Variants] = []
        self._notes: list[str] = []
        self._apparatus: list[Entry] = []

    def starts(self) -> dict[str, Start]:
        """The functions that start its elements, by name."""
        return {"note": self._note, "app": self._app, "lem": self._lem, "rdg": self._rdg}

    def end(self) -> None:
        """Add the notes and variants of what ended."""
        for note in self._notes:
            self._writer.add_note(note)
        said = {entry.number for entry in self._apparatus if entry.is_note}
        for entry in self._apparatus:
            if entry.is_note or not entry.number or entry.number not in said:
                self._writer.add_apparatus(entry.text)
        self._notes.clear()
        self._apparatus.clear()

    def _note(self, written: str) -> End:
        said = attributes(written)
        place, kind = said.get("place", ""), said.get("type", "")
        if "inline" in place or "interlinear" in place or kind == "inline":
            return self._writer.bracket()
        is_apparatus = kind in _EDITORS or "text" in place or self._writer.in_back

        def then(text: str) -> None:
            note = " ".join(text.split())
            if not note or _REPEATS.fullmatch(kind):
                return
            if is_apparatus:
                self._apparatus.append(Entry(said.get("n", ""), note, is_note=True))
            elif not place and _BRACKETED.fullmatch(note):  # it has the brackets of a note in the line
                self._writer.add_in_line(note)
            else:
                self._notes.append(note)

        return self._writer.take(then)

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
        variants.lemma_witness = self._signs(written)
        keep = self._writer.divert if self._writer.in_back else self._writer.copy
        return keep(variants.lemma)

    def _rdg(self, written: str) -> End:
        def then(text: str) -> None:
            if self._variants:
                self._variants[-1].readings.append((text, self._signs(written)))

        return self._writer.take(then)

    def _signs(self, written: str) -> str:
        return signs(attributes(written).get("wit", ""), self._witnesses)
