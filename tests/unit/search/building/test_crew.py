"""The hosts of an index in the making: who is there, and who is given up."""

from __future__ import annotations

import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.building.crew import Crew
from tuibrowser.search.building.orders import About, done, order_of
from tuibrowser.search.machines.frames import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping


class Answers:
    """Carries orders to hosts of which one does not answer, one refuses, and one is of another version."""

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """What each says of itself."""
        return {name: self._answer(name, data) for name, data in asked.items()}

    def _answer(self, name: str, data: bytes) -> Future[bytes]:
        answer: Future[bytes] = Future()
        if name == "other":
            answer.set_exception(CorpusError("no certificate"))
        elif name != "silent":
            order, _ = order_of(unpacked(data))
            answer.set_result(done(order, About("new" if name == "newer" else "this", 1, [])))
        return answer


def test_a_host_with_nothing_to_do_is_not_taken_for_lost() -> None:
    crew = Crew(Answers(), ["idle", "silent", "newer", "other"], "this", patience=0.2)
    end = time.monotonic() + 0.6
    while time.monotonic() < end:
        crew.step({})
    assert crew.there == ["idle"]
    assert {name: worker.problem for name, worker in crew.workers.items()} == {
        "idle": "",
        "silent": "it does not answer",
        "newer": "it has another version of the program",
        "other": "no certificate",
    }


def test_a_host_that_nobody_asked_for_a_while_is_not_taken_for_lost() -> None:
    crew = Crew(Answers(), ["idle"], "this", patience=0.1)
    for _ in range(2):
        crew.step({})
    time.sleep(0.3)  # as long as records are fetched
    crew.step({})
    assert crew.there == ["idle"]
