"""Host side: what one of several hosts answers to all that a gateway sends it, questions and orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuibrowser.search.building.builder import Builder
from tuibrowser.search.building.folder import HostFolder
from tuibrowser.search.building.orders import BUILD
from tuibrowser.search.building.process import make_aside
from tuibrowser.search.cluster.asking.roster import unnoted
from tuibrowser.search.cluster.host.host import Host
from tuibrowser.search.cluster.host.shards import Shards
from tuibrowser.search.machines.frames import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from tuibrowser.search.building.builder import Make
    from tuibrowser.search.building.folder import Share
    from tuibrowser.search.building.making import Made


@dataclass(frozen=True, slots=True)
class _Open:
    """A generation that is open, and what is wrong with its shards."""

    shards: Shards
    problems: list[str]


class HostSide:
    """The shards that a host has, of all generations in use, and what makes the next one. Called from any thread."""

    def __init__(self, folder: Path, make: Make = make_aside, note: Callable[[str], object] = unnoted) -> None:
        """Open what there is in the folder of a host; `note` writes a line into the log.

        Raises OSError where the folder cannot be read.
        """
        self._folder = HostFolder(folder)
        self._note = note
        checked: dict[str, Made] = {}
        self._open = {share.generation: self._opened(share, checked) for share in self._folder.shares()}
        """The newest first."""
        self._builder = Builder(self._folder, self._adopt, self._generations, make, note)

    @property
    def problems(self) -> list[str]:
        """What is wrong with the shards of the newest generation."""
        return next((each.problems for each in self._open.values()), [])

    def answer(self, data: bytes) -> bytes:
        """The answer to a frame as bytes. Raise WireError for what is none."""
        frame = unpacked(data)
        if frame.name == BUILD:
            return self._builder.answer(frame)
        found = self._open.get(frame.generation) or next(iter(self._open.values()), _NOTHING)
        return found.shards.answer(data)

    def end(self) -> None:
        """Make nothing any more."""
        self._builder.end()

    def _opened(self, share: Share, checked: dict[str, Made]) -> _Open:
        engines, problems = self._folder.engines(share, checked)
        self._note(f"generation {share.generation} taken up: parts {', '.join(map(str, engines)) or 'none'}")
        hosts = {number: Host(engine, share.generation) for number, engine in engines.items()}
        return _Open(Shards(hosts, share.generation), problems)

    def _adopt(
        self, share: Share, kept: Collection[str], made: dict[str, Made], begun: Callable[[], Collection[str]]
    ) -> list[str]:
        opened = self._opened(share, made)
        self._folder.take(share, kept, begun)
        others = {name: each for name, each in self._open.items() if name in kept and name != share.generation}
        self._open = {share.generation: opened, **others}
        return opened.problems

    def _generations(self) -> list[str]:
        """The generations that are open as a whole."""
        return [name for name, each in self._open.items() if not each.problems]


_NOTHING = _Open(Shards({}, ""), [])
