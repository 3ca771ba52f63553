"""Model: the types of a diagnosis: findings about terminal, locale, clipboard, folders and versions, and remedies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.clipboard.tmux import Tmux


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong or will be in the way, and the next step."""

    subject: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TerminalFound:
    """The terminal: `colours` it is sent (0, 16, 256, 16777216), `size` in columns and rows where it is known.

    `program` is what it calls itself beside TERM. `tmux` and `screen` are those the program runs in, None outside.
    """

    term: str
    program: str
    colours: int
    size: tuple[int, int] | None
    remote: bool
    mosh: bool
    tmux: Tmux | None
    screen: str | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class LocaleFound:
    """The locale of characters and its encoding, empty where the environment names none."""

    name: str
    encoding: str


@dataclass(frozen=True, slots=True)
class RouteFound:
    """One route. `known` and `most` are the longest passages, in bytes of UTF-8, seen to arrive and ever tried.

    None stands for no limit. `sure` routes confirm delivery; `advice` is what the others depend on.
    """

    name: str
    command: tuple[str, ...]
    sure: bool
    known: int | None
    most: int | None
    advice: str


@dataclass(frozen=True, slots=True)
class ClipboardFound:
    """The routes in the order they are tried, why these, and the file that keeps every passage."""

    why: str
    routes: tuple[RouteFound, ...]
    file: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderFound:
    """A place on the disk: `state` is one or two words, `healthy` whether it can be used, `size` its bytes."""

    kind: str
    path: str
    healthy: bool
    state: str
    size: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class HostFound:
    """A host of a cluster; of one that does not answer only `address` is known.

    `generation` is the state of the corpus that it has, `shards` are its parts of the index, and `ends` is the day on
    which its certificate ends.
    """

    name: str
    address: str
    healthy: bool
    version: str = ""
    generation: str = ""
    shards: tuple[int, ...] = ()
    ends: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found; `versions` are those of the program, Python and what it stands on.

    `hosts` are those of the cluster that was asked for.
    """

    terminal: TerminalFound
    locale: LocaleFound
    clipboard: ClipboardFound
    folders: tuple[FolderFound, ...]
    versions: Mapping[str, str]
    problems: tuple[Problem, ...]
    hosts: tuple[HostFound, ...] = ()
