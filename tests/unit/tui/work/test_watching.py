"""What is watched of a server: another generation, whose records count alike, is another state; other texts end it."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from tuibrowser.search.machines.line import OtherTextsError
from tuibrowser.search.values import Reach
from tuibrowser.tui.work.messages import OtherTexts, ServerLost
from tuibrowser.tui.work.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from textual.message import Message

    from tuibrowser.tui.work.messages import ReachChanged


def test_another_generation_of_as_many_documents_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.Thread.start", lambda _: None)
    posted: list[Message] = []
    line: Any = SimpleNamespace(is_lost=False, generation="before")
    searcher: Any = SimpleNamespace(reach=lambda: Reach(3, 3))

    def post(message: Message) -> bool:
        posted.append(message)
        return True

    watched = Watching(post, searcher, line)
    watched._look()
    watched._look()
    assert len(posted) == 1
    line.generation = "after"
    watched._look()
    first, second = (cast("ReachChanged", each).reach for each in posted)
    assert first == second
    assert first.version != second.version


class Line:
    """A line to a server that has other texts now."""

    is_lost = True

    def __init__(self) -> None:
        self.asked = 0

    def wire(self, cancelled: Callable[[], bool]) -> None:
        self.asked += 1
        raise OtherTextsError


def test_a_server_that_has_other_texts_now_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.tui.work.watching.LOOK_SECONDS", 0.001)
    posted: list[Message] = []
    line = Line()

    def post(message: Message) -> bool:
        posted.append(message)
        return True

    before = set(threading.enumerate())
    Watching(post, cast("Any", None), cast("Any", line))
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
        assert not thread.is_alive()
    assert line.asked == 1
    assert [type(message) for message in posted] == [ServerLost, OtherTexts]
