"""Pens: how a character is drawn (attributes, colours, hyperlink), as small numbers, and the way between two."""

from __future__ import annotations

from typing import NamedTuple

from tuibrowser.terminal.cells.errors import Unmodelled

DEFAULT = 0
"""The pen after SGR 0."""

MOST_PENS = 4096
"""Random hyperlink ids would make the table grow for ever."""

_ENDED_BY = {1: 22, 2: 22, 3: 23, 4: 24, 21: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 51: 54, 52: 54, 53: 55}
"""SGR that sets an attribute, and the one that takes it away (ECMA-48)."""

_SEEN_ON_BLANKS = frozenset({4, 5, 6, 7, 9, 21, 51, 52, 53})
_LINK_END = "\x1b]8;;\x1b\\"


class Pen(NamedTuple):
    """One way to draw; colours are the SGR parameters that set them, empty for the terminal's own."""

    attributes: frozenset[int]
    foreground: str
    background: str
    link: str


class Pens:
    """The pens met so far. A pen is an index; `DEFAULT` is the first."""

    def __init__(self) -> None:
        self._numbers: dict[Pen, int] = {}
        self._pens: list[Pen] = []
        self._blanks: dict[int, int] = {}
        self._changes: dict[tuple[int, int], str] = {}
        self._set: dict[tuple[int, str], int] = {}
        self.number(Pen(frozenset(), "", "", ""))

    def __len__(self) -> int:
        return len(self._pens)

    def number(self, pen: Pen) -> int:
        """The number of a pen."""
        known = self._numbers.get(pen)
        if known is None:
            known = self._numbers[pen] = len(self._pens)
            self._pens.append(pen)
        return known

    def sgr(self, pen: int, parameters: str) -> int:
        """The pen after an SGR sequence with these parameters. Raises Unmodelled for one that is not known."""
        key = (pen, parameters)
        known = self._set.get(key)
        if known is None:
            known = self._set[key] = self.number(_after(self._pens[pen], parameters))
        return known

    def linked(self, pen: int, link: str) -> int:
        """The pen with another hyperlink: the parameters of OSC 8, `;` or nothing for none."""
        return self.number(self._pens[pen]._replace(link="" if link == ";" else link))

    def blank(self, pen: int) -> int:
        """The pen of a space drawn with `pen`, without what does not show on it."""
        known = self._blanks.get(pen)
        if known is None:
            known = self._blanks[pen] = self._blank(pen)
        return known

    def _blank(self, pen: int) -> int:
        attributes, _, background, link = self._pens[pen]
        if link or attributes & _SEEN_ON_BLANKS:
            return pen
        return self.number(Pen(frozenset(), "", background, ""))

    def erases(self, pen: int, colour_erase: bool) -> bool:
        """Whether an erasure with this pen leaves what a space would; with colours only where the terminal does so."""
        attributes, foreground, background, link = self._pens[pen]
        return not attributes and not foreground and not link and (colour_erase or not background)

    def change(self, old: int, new: int) -> str:
        """The shortest sequences that lead from one pen to another."""
        key = (old, new)
        known = self._changes.get(key)
        if known is None:
            known = self._changes[key] = _change(self._pens[old], self._pens[new])
        return known


def _after(pen: Pen, parameters: str) -> Pen:
    attributes, foreground, background, link = pen
    values = iter(parameters.split(";"))
    for value in values:
        code = int(value or 0)
        if code == 0:
            attributes, foreground, background = frozenset(), "", ""
        elif code in _ENDED_BY:
            attributes |= {code}
        elif 30 <= code <= 37 or 90 <= code <= 97:
            foreground = value
        elif 40 <= code <= 47 or 100 <= code <= 107:
            background = value
        elif code == 38:
            foreground = _colour(value, values)
        elif code == 48:
            background = _colour(value, values)
        elif code == 39:
            foreground = ""
        elif code == 49:
            background = ""
        else:
            raise Unmodelled(f"SGR {code}")
    return Pen(attributes, foreground, background, link)


def _colour(first: str, rest: object) -> str:
    """The parameters of an extended colour, taken from the iterator they stand in."""
    values: list[str] = [first]
    wanted = 2
    while len(values) <= wanted:
        value = next(rest, None)  # type: ignore[call-overload]  # an iterator of strings
        if value is None:
            raise Unmodelled("a colour cut short")
        values.append(value)
        if len(values) == 2 and value == "2":
            wanted = 4
    if values[1] not in {"2", "5"}:
        raise Unmodelled(f"a colour of kind {values[1]}")
    return ";".join(values)


def _change(old: Pen, new: Pen) -> str:
    sgr = min(_from_nothing(new), _difference(old, new), key=len)
    if old.link == new.link:
        return sgr
    return sgr + (f"\x1b]8;{new.link}\x1b\\" if new.link else _LINK_END)


def _from_nothing(new: Pen) -> str:
    parts = [str(code) for code in sorted(new.attributes)]
    parts += [colour for colour in (new.foreground, new.background) if colour]
    return f"\x1b[{';'.join(['0', *parts]) if parts else ''}m"


def _difference(old: Pen, new: Pen) -> str:
    gone = {_ENDED_BY[code] for code in old.attributes - new.attributes}
    parts = [str(code) for code in sorted(gone)]
    parts += [str(code) for code in sorted(new.attributes) if code not in old.attributes or _ENDED_BY[code] in gone]
    if old.foreground != new.foreground:
        parts.append(new.foreground or "39")
    if old.background != new.background:
        parts.append(new.background or "49")
    return f"\x1b[{';'.join(parts)}m" if parts else ""
