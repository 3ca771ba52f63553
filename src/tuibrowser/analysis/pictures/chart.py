"""Chart: what a picture shows, as numbers and words, however it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.analysis.basis import Basis


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with its label, perhaps within an interval. `said` is all that is to be known of it, in words.

    `at` is its place on an axis of time, in years. It is `faint` where its base is so small that it says little.
    """

    label: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None
    at: float = 0.0
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a query; its name is empty where it is the only one."""

    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Values over time. Those that are further apart than `step` years are not joined."""

    series: tuple[Series, ...]
    step: float

    def marks(self) -> Iterator[Mark]:
        """All values."""
        return (mark for series in self.series for mark in series.marks)


@dataclass(frozen=True, slots=True)
class Bars:
    """Values from top to bottom; with several series, those of a label stand together."""

    series: tuple[Series, ...]

    def marks(self) -> Iterator[Mark]:
        """All values."""
        return (mark for series in self.series for mark in series.marks)


@dataclass(frozen=True, slots=True)
class Strip:
    """The counts in equal stretches of a text, from its beginning to its end."""

    label: str
    counts: tuple[int, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Strips:
    """Texts from top to bottom, each as a strip."""

    rows: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: its title, the name of its values, what it shows, and what that is of. `notes` stand below it."""

    title: str
    axis: str
    shows: Lines | Bars | Strips
    basis: Basis
    notes: tuple[str, ...] = ()
