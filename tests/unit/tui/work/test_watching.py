"""What is watched of a server: another generation is another state, though its records count alike."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from tuibrowser.search.values import Reach
from tuibrowser.tui.work.watching import Watching

if TYPE_CHECKING:
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
