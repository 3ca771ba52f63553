"""Transport: what carries questions to shards and hosts, and their answers back; bytes alone pass through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future


def never() -> bool:
    """Whether something is no longer wanted that always is."""
    return False


class HostTransport(Protocol):
    """Carries frames to hosts, which go by their names. May be called from any thread."""

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """Send each host a frame for its `Shards`, and return at once.

        A future fails where its host cannot be reached (OSError) or is refused (CorpusError, which says why). It may be
        never done: whoever asks has a deadline, and cancels what is no longer wanted.
        """


class Transport(Protocol):
    """Asks shards, which go by numbers. May be called from any thread."""

    @property
    def version(self) -> int:
        """Another one after a host was lost or came back."""

    def hosts(self) -> Mapping[str, str]:
        """Why each host cannot be asked, by its name; "" where it can."""

    def absent(self) -> Mapping[int, str]:
        """Why shards cannot be asked that no host has which is there."""

    def ask(
        self, method: str, asked: Mapping[int, bytes], deadline: float, cancelled: Callable[[], bool] = never
    ) -> Mapping[int, bytes]:
        """Ask several shards at once; return what those answered that did so within so many seconds.

        Raise StoppedError soon after `cancelled` says so.
        """


class Inside:
    """The transport to shards of this process."""

    def __init__(self, shards: Mapping[int, Callable[[str, bytes], bytes]]) -> None:
        self.shards = dict(shards)
        self.version = 0

    def hosts(self) -> Mapping[str, str]:
        """No host has a name."""
        return {}

    def absent(self) -> Mapping[int, str]:
        """No shard is known to be absent before it is asked."""
        return {}

    def ask(
        self,
        method: str,
        asked: Mapping[int, bytes],
        deadline: float,  # noqa: ARG002
        cancelled: Callable[[], bool] = never,  # noqa: ARG002
    ) -> Mapping[int, bytes]:
        """Ask those that are there, one after another."""
        return {number: self.shards[number](method, data) for number, data in asked.items() if number in self.shards}
