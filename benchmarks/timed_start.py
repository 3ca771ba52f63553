"""The program with a clock on its start: when each step of it is reached is written down.

    python benchmarks/timed_start.py LOG ARGUMENTS…

LOG gets a line of JSON for each step: its name, when it was reached (seconds of the monotonic clock), and how much the
process had computed by then (milliseconds). The rest is the program's command line. A step is reached when a function
begins or ends, which is wrapped once its module is imported; nothing else is changed.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import reduce, wraps
from importlib.abc import Loader, MetaPathFinder
from importlib.util import find_spec
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the start: the function by which it is known, and its names when that begins and ends."""

    module: str
    function: str
    begins: str = ""
    ends: str = ""


STEPS = (
    Step("tuibrowser.cli.run", "run", begins="command line imported"),
    Step("tuibrowser.cli.read", "read", begins="command line understood"),
    Step("tuibrowser.corpus.corpus", "Corpus.read", begins="(ahead) document found", ends="(ahead) document read"),
    Step("tuibrowser.tui.app", "run", begins="interface imported"),
    Step("tuibrowser.tui.app", "BrowserApp.run", begins="app made"),
    Step("tuibrowser.tui.browser.screen", "BrowserScreen.compose", begins="composing"),
    Step("tuibrowser.tui.browser.screen", "BrowserScreen.on_mount", begins="composed", ends="mounted"),
    Step("tuibrowser.corpus.loading.ahead", "Ahead.corpus", ends="corpus read ahead"),
    Step("tuibrowser.tui.browser.screen", "BrowserScreen.on_corpus_found", begins="corpus found", ends="outline shown"),
    Step("tuibrowser.tui.widgets.pane.reading_pane", "ReadingPane.show", "document opened", "document shown"),
    Step("tuibrowser.terminal.driver", "LeanDriver._draw", begins="frame drawn"),
    Step("tuibrowser.terminal.driver", "LeanDriver._transmit", begins="frame sent"),
)


class Clock(MetaPathFinder):
    """Writes down the steps, whose functions it wraps in what is imported."""

    def __init__(self, log: str) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(self, name: str) -> None:
        """A step is reached. Several processes write, each a line at once."""
        os.write(self._log, (json.dumps([name, monotonic(), 1000 * process_time()]) + "\n").encode())

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Find a module with steps as ever, to wrap its functions."""
        steps = [step for step in STEPS if step.module == name]
        if not steps:
            return None
        sys.meta_path.remove(self)
        try:
            spec = find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None and spec.loader is not None:
            spec.loader = Wrapping(spec.loader, steps, self.note)
        return spec


class Wrapping(Loader):
    """Loads a module and wraps its steps."""

    def __init__(self, loader: Loader, steps: list[Step], note: Callable[[str], None]) -> None:
        self._loader = loader
        self._steps = steps
        self._note = note

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        for step in self._steps:
            *owner, name = step.function.split(".")
            holder = reduce(getattr, owner, module)
            setattr(holder, name, self._wrapped(getattr(holder, name), step))

    def _wrapped(self, function: Callable[..., Any], step: Step) -> Callable[..., Any]:
        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            if step.begins:
                self._note(step.begins)
            try:
                return function(*given, **named)
            finally:
                if step.ends:
                    self._note(step.ends)

        return timed


def main() -> None:
    log, *sys.argv[1:] = sys.argv[1:]
    clock = Clock(log)
    clock.note("Python started")
    sys.meta_path.insert(0, clock)
    from tuibrowser.__main__ import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
