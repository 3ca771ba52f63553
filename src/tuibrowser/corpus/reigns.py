"""Reigns: the periods that years are counted by, such as 康熙, and the year of the common era that a year in one is.

Years before our era are negative, without a year 0, in the table, and astronomical elsewhere: 1 BC is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LONGEST_NAME: Final = 6
"""Characters of the longest name of a reign, 天授禮法延祚."""

STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"

_DOMINANT, _NEEDS_COURT = "!", "?"
_WESTERN_MONTHS: Final = {"日本": 1873, "滿洲國": 1932}
"""The courts that took the months of the western calendar, and from which year on."""


@dataclass(frozen=True, slots=True)
class Reign:
    """A period of a court: its first year, and how many years it had."""

    court: str
    first: int
    length: int
    mark: str = ""

    def year(self, number: int) -> int | None:
        """The astronomical year that a year of the reign, from 1, mostly fell in; None where it had not so many."""
        return self.first + number - 1 if 1 <= number <= self.length else None

    def number_of(self, cycle: int) -> int | None:
        """The year of the reign that has a place in the cycle of sixty; None where none or more than one has it."""
        number = (cycle - self.first + 4) % 60 + 1
        return number if number <= self.length < number + 60 else None

    def has_western_months(self, year: int) -> bool:
        """Whether the months of a year are those of the western calendar."""
        return self.court in _WESTERN_MONTHS and year >= _WESTERN_MONTHS[self.court]


@dataclass(frozen=True, slots=True)
class _Table:
    courts: Mapping[str, frozenset[str]]
    reigns: Mapping[str, Sequence[Reign]]


def is_court(name: str) -> bool:
    """Whether a name is that of a dynasty or country whose reigns are known."""
    return name in _table().courts


def is_reign(name: str) -> bool:
    """Whether a name is that of a known reign, in either script."""
    return name in _table().reigns


def find_reign(name: str, court: str, number: int) -> Reign | None:
    """The reign that a name stands for, of a court where one is named, and that had a year of this number.

    None where several courts had it and neither the court is named nor one of them is meant by the name alone.
    """
    return _only(name, court, lambda reign: reign.year(number) is not None)


def only_reign(name: str, court: str) -> Reign | None:
    """The one reign that a name stands for, of a court where one is named."""
    return _only(name, court, lambda _: True)


def find_cycle(name: str, court: str, cycle: int) -> tuple[Reign, int] | None:
    """The reign that a name stands for, and its year that has a place, from 0, in the cycle of sixty."""
    reign = _only(name, court, lambda reign: reign.number_of(cycle) is not None)
    number = reign.number_of(cycle) if reign is not None else None
    return (reign, number) if reign is not None and number is not None else None


def _only(name: str, court: str, fits: Callable[[Reign], bool]) -> Reign | None:
    meant = _meant(_table().reigns.get(name, ()), court)
    if len({reign.court for reign in meant}) != 1:
        return None
    fitting = [reign for reign in meant if fits(reign)]
    return fitting[0] if len(fitting) == 1 else None


def _meant(reigns: Sequence[Reign], court: str) -> Sequence[Reign]:
    if court:
        courts = _table().courts[court]
        return [reign for reign in reigns if reign.court in courts]
    if dominant := [reign for reign in reigns if reign.mark == _DOMINANT]:
        return dominant
    return () if any(reign.mark == _NEEDS_COURT for reign in reigns) else reigns


@cache
def _table() -> _Table:
    courts: dict[str, frozenset[str]] = {}
    reigns: dict[str, list[Reign]] = {}
    for line in files("tuibrowser.corpus").joinpath("data/reigns.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        court, names, *rest = line.split("\t")
        if court == "=":
            courts |= dict.fromkeys(names.split(), frozenset(rest[0].split()))
            continue
        first, length, *mark = rest
        reign = Reign(court, astronomical(int(first)), int(length), *mark)
        for name in dict.fromkeys(names.split()):
            reigns.setdefault(name, []).append(reign)
    return _Table(courts, reigns)


def astronomical(year: int) -> int:
    """A year, negative before our era, counted with a year 0."""
    return year + 1 if year < 0 else year
