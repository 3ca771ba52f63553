"""Transport: what carries questions to hosts and their answers back; bytes alone pass through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Transport(Protocol):
    """Asks hosts, which go by numbers."""

    def ask(self, method: str, asked: Mapping[int, bytes], deadline: float) -> Mapping[int, bytes]:
        """Ask several hosts at once; return what those answered that did so within so many seconds."""


class Inside:
    """The transport to hosts of this process."""

    def __init__(self, hosts: Mapping[int, Callable[[str, bytes], bytes]]) -> None:
        self.hosts = dict(hosts)

    def ask(self, method: str, asked: Mapping[int, bytes], deadline: float) -> Mapping[int, bytes]:  # noqa: ARG002
        """Ask those that are there, one after another."""
        return {number: self.hosts[number](method, data) for number, data in asked.items() if number in self.hosts}
