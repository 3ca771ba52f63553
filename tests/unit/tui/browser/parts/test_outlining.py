"""Outlining: very many documents are ordered beside the event loop, and the newest order wins."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from tuibrowser.tui.browser.parts.outlining import Outlining
from tuibrowser.tui.labels import DOCUMENT_ORDERS
from tuibrowser.tui.widgets.outline import ordering
from tuibrowser.tui.widgets.outline.tree import DocumentOrder
from tuibrowser.tui.work.tasks import Progress, Task

if TYPE_CHECKING:
    from collections.abc import Callable

TITLES = ("甲", "丙", "乙")


class Shown:
    """An outline that notes what it is told to show."""

    def __init__(self) -> None:
        self.orders: list[tuple[DocumentOrder, list[int]]] = []

    def show(self, _: object, order: DocumentOrder, numbers: Any) -> None:
        self.orders.append((order, list(numbers)))

    def show_titles(self, _: object) -> None:
        pass


class Browser:
    """A browser whose jobs wait until they are told to run."""

    def __init__(self) -> None:
        documents = [SimpleNamespace(title=title, metadata=SimpleNamespace(date=None)) for title in TITLES]
        self.corpus = SimpleNamespace(documents=documents)
        self.said: list[str] = []
        self.waiting: list[tuple[Task, Callable[[], None]]] = []

    def say(self, words: str) -> None:
        self.said.append(words)

    def work(self, job: Any, done: Any, failed: Any) -> Task:
        task = Task()

        def run() -> None:
            result = job(Progress(task, lambda: None))
            if task.is_cancelled:
                failed()
            else:
                done(result)

        self.waiting.append((task, run))
        return task


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(ordering, "AT_ONCE", 2)
    return Browser()


def outlining(browser: Browser) -> tuple[Outlining, Shown]:
    part = Outlining(cast("Any", browser), cast("Any", SimpleNamespace(position=None)), 30)
    shown = Shown()
    part.sidebar = cast("Any", SimpleNamespace(outline=shown))
    part.show()
    return part, shown


def test_the_order_is_shown_and_said_when_it_is_known(browser: Browser) -> None:
    part, shown = outlining(browser)
    part.cycle_order()
    assert [order for order, _ in shown.orders] == [DocumentOrder.PATH]
    assert browser.said == []
    browser.waiting[0][1]()
    assert shown.orders[-1] == (DocumentOrder.TITLE, [1, 2, 0])
    assert browser.said == [DOCUMENT_ORDERS[DocumentOrder.TITLE]]


def test_the_newest_order_wins(browser: Browser) -> None:
    part, shown = outlining(browser)
    part.cycle_order()
    part.cycle_order()
    for _, run in browser.waiting:
        run()
    assert [order for order, _ in shown.orders] == [DocumentOrder.PATH, DocumentOrder.DATE]


def test_an_order_that_was_given_up_is_the_next_one_again(browser: Browser) -> None:
    part, shown = outlining(browser)
    part.cycle_order()
    task, run = browser.waiting[0]
    task.cancel()
    run()
    part.cycle_order()
    browser.waiting[1][1]()
    assert [order for order, _ in shown.orders] == [DocumentOrder.PATH, DocumentOrder.TITLE]
