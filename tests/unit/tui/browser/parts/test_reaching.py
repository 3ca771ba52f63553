"""What is said of hosts that are lost and back, without a screen."""

from __future__ import annotations

from typing import Any

from tuibrowser.search.values import HostState, Missing, Reach
from tuibrowser.tui.browser.parts.reaching import Reaching
from tuibrowser.tui.work.messages import ReachChanged

LOST = "does not answer"
PART = (Missing("1", 0.25, "h2 does not answer"),)


class Stage:
    """A browser that remembers what is said; its texts are on the hosts h1 and h2."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.is_warned = False
        self.asked: list[Any] = []
        self.corpus = None
        browser: Any = self
        self.reaching = Reaching(browser, lambda _: True)

    def say(self, words: str, *, error: bool = False) -> None:
        self.said.append(words)
        self.is_warned = error

    def note(self, words: str) -> None:
        if not self.is_warned:
            self.said.append(words)

    def unsay(self, words: str | None = None) -> None:
        self.is_warned = self.is_warned and words != self.said[-1]

    def ask(self, dialog: Any, done: Any) -> None:
        self.asked.append(done)

    def change(self, reason: str, missing: tuple[Missing, ...] = ()) -> bool:
        """Whether other parts are missing once h2 cannot be asked for a reason."""
        reach = Reach(4, 4, missing, hosts=(HostState("h1"), HostState("h2", reason)))
        searcher: Any = None
        return self.reaching.change(ReachChanged(searcher, reach))


def test_a_host_that_is_back_before_its_part_is_named_with_the_part() -> None:
    stage = Stage()
    assert not stage.change("")
    assert stage.change(LOST, PART)
    assert not stage.change("", PART)
    assert stage.change("")
    assert stage.said == ["25% of the text is not searched: h2 does not answer", "h2 back: all of the text is searched"]


def test_where_other_hosts_have_the_same_parts_that_is_said() -> None:
    stage = Stage()
    assert [stage.change(reason) for reason in ("", LOST, "")] == [False, False, False]
    assert stage.said == ["h2 lost: other hosts have the same parts", "h2 back: all of the text is searched"]


def test_a_yes_holds_while_the_same_parts_are_missing() -> None:
    stage, done = Stage(), list[str]()
    stage.reaching.partly(lambda: done.append("whole"))
    stage.change(LOST, PART)
    stage.reaching.partly(lambda: done.append("no"))
    stage.asked.pop()(False)
    stage.reaching.partly(lambda: done.append("yes"))
    stage.asked.pop()(True)
    stage.reaching.partly(lambda: done.append("again"))
    assert done == ["whole", "yes", "again"]
    stage.change("")
    stage.reaching.partly(lambda: done.append("counted before"), PART)
    assert len(stage.asked) == 1
