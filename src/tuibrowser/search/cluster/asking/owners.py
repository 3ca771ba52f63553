"""Owners: the hosts that have documents, each of which is asked about its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from tuibrowser.search.cluster.asking.hosts import Hosts


class Owners:
    """The hosts of documents, which go by their numbers."""

    def __init__(self, hosts: Hosts, again: Callable[[Callable[[], Any]], Any]) -> None:
        """`again` does something, and once more where a host is lost."""
        self._hosts = hosts
        self._again = again

    def owner(self, document: int) -> int:
        """The host that has a document, -1 where none is known."""
        return int(self._hosts.owners[document]) if 0 <= document < len(self._hosts.owners) else -1

    def lacks(self, document: int, asked: Collection[int]) -> bool:
        """Whether the host that has a document, or may have it, is not among those `asked`."""
        owner = self.owner(document)
        return owner not in asked and (owner >= 0 or len(self._hosts.holdings) < len(self._hosts.numbers))

    def of_each(self, name: str, argument: str, given: Sequence[Any], documents: Sequence[int]) -> list[Any]:
        """What the hosts of some documents answer about something in each; None where a host is not there."""

        def work() -> list[Any]:
            there = self._hosts.there
            together: dict[int, list[int]] = {}
            for at, document in enumerate(documents):
                if (owner := self.owner(document)) in there:
                    together.setdefault(owner, []).append(at)
            found: list[Any] = [None] * len(given)
            questions = {owner: (None, {argument: [given[at] for at in rows]}) for owner, rows in together.items()}
            for owner, answers in self._hosts.each(f"kept.{name}", questions).items():
                for at, answer in zip(together[owner], answers, strict=True):
                    found[at] = answer
            return found

        answered: list[Any] = self._again(work)
        return answered

    def of_one(self, name: str, otherwise: Any, *, document: int, **arguments: Any) -> Any:
        """What the host of a document answers about it; `otherwise` where the host is not there."""

        def work() -> Any:
            there = self._hosts.there
            if (owner := self.owner(document)) not in there:
                return otherwise
            return self._hosts.all(f"kept.{name}", None, {"document": document, **arguments}, [owner])[owner]

        return self._again(work)
