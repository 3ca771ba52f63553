"""What a format makes of contents, as tests look at it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.structure import structure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.corpus.formats.base import Extracted

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def extracted(data: bytes, name: str) -> Extracted:
    """What the format of a name makes of some bytes."""
    kind = format_for(name, data[:4096])
    assert kind is not None
    return kind.extract(Contents(data, name))


def lines(made: Extracted) -> list[tuple[str, str]]:
    """The roles and texts of the lines that have text; a heading's role has its level."""
    return [
        (f"{line.role}{line.level or ''}", made.raw[line.text_start : line.text_end])
        for line in made.parsed.lines
        if line.role is not LineRole.BLANK
    ]


def survives(names: str, versions: Iterable[bytes]) -> int:
    """How many damaged versions are refused; each other one has a sound raw text and structure."""
    refused = 0
    for data in versions:
        try:
            made = extracted(data, names)
        except NotTextError:
            refused += 1
            continue
        if made.encoding is None:  # else it is a plain text, whose controls are told of instead
            assert not _CONTROL.search(made.raw)
        last = 0
        for line in made.parsed.lines:
            assert last <= line.start <= line.text_start <= line.text_end <= line.end <= len(made.raw)
            last = line.end
        assert all(0 <= each.offset <= len(made.raw) for each in made.parsed.locators)
        assert all(0 <= each.start < each.end <= len(made.raw) for each in made.parsed.layers)
        structure(made.raw, made.parsed, names)
    return refused
