"""Stop lists: units that are shown in no row, as far as they are read from the reader's files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_LARGEST: Final = 4_000_000
"""Bytes of a stop list."""

_COMMENT: Final = "#"


@dataclass(frozen=True)
class StopList:
    """Units that are shown in no row, the names of the files that they come from, and why others were not used."""

    words: frozenset[str]
    names: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @cached_property
    def _keys(self) -> frozenset[bytes]:
        return frozenset(map(_key_of, self.words))

    def __bool__(self) -> bool:
        return bool(self.words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def holds(self, unit: str, *, exact: bool) -> bool:
        """Whether a unit is in the list: in any script, unless written forms are told apart."""
        return unit in self.words if exact else _key_of(unit) in self._keys


def _key_of(unit: str) -> bytes:
    from tuibrowser.search.index.words.layer import key_of  # loads arrays, which few commands need

    return key_of(unit)


NO_WORDS: Final = StopList(frozenset())


def stop_list_of(words: Iterable[str]) -> StopList:
    """The list of some words."""
    return StopList(frozenset(filter(None, map(str.strip, words))))


def read_stop_lists(paths: Sequence[Path]) -> StopList:
    """The words of some files in UTF-8, one a line; a line that begins with # is none."""
    words: set[str] = set()
    names, problems = [], []
    for path in paths:
        try:
            text = read_regular(path, _LARGEST).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = system_reason(error) if isinstance(error, OSError) else plain("not UTF-8")
            problems.append(plain("{name} was not used: {reason}", name=path.name, reason=reason))
            continue
        words.update(line for line in map(str.strip, text.splitlines()) if line and not _is_comment(line))
        names.append(path.name)
    return StopList(frozenset(words), tuple(names), tuple(problems))


def _is_comment(line: str) -> bool:
    return len(line) > 1 and line.startswith(_COMMENT)
