"""Shards: those of one process, which answers for all of them at once."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Final

from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.host.bundle import Answer, answering, outdated, present, questions_of
from tuibrowser.search.machines.arrays import WireError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.search.cluster.host.bundle import Question
    from tuibrowser.search.cluster.host.host import Host

_AT_ONCE: Final = "session.cancel"
"""What waits for no turn."""


class Shards:
    """Answers the frames that a gateway sends to one host. May be called from any thread.

    As many frames are worked on at a time as there are cores; whether the host is there is answered at once.
    """

    def __init__(self, shards: Mapping[int, Host], generation: str, cores: int | None = None) -> None:
        self._shards = dict(shards)
        self._generation = generation
        self._turns = threading.Semaphore(cores or os.cpu_count() or 1)

    def answer(self, data: bytes) -> bytes:
        """The answer to a frame as bytes. Raise WireError for what is none."""
        asked = questions_of(data)
        if asked is None:
            return present(self._generation, self._shards)
        generation, questions = asked
        if generation != self._generation:
            return outdated(self._generation)
        if all(each.method == _AT_ONCE for each in questions):
            return answering(generation, map(self._answer, questions))
        with self._turns:
            return answering(generation, map(self._answer, questions))

    def _answer(self, question: Question) -> Answer:
        shard = self._shards.get(question.shard)
        if shard is None:
            return Answer(question.shard, None, plain("the host does not have this part of the index"))
        try:
            return Answer(question.shard, shard.answer(question.method, question.data))
        except WireError:
            raise
        except Exception as error:  # the copy of the shard elsewhere may do better
            return Answer(question.shard, None, f"{type(error).__name__}: {error}")
