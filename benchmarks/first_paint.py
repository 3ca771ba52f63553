"""First paint: from starting the process to the text on the screen, tuibrowser beside a minimal Textual app.

The two start in turn, each in a pty of 120 × 40 and with a home without settings and state; printed are the medians of
all runs and their ratio, in milliseconds, and how much the process itself computed by then, which other programs on the
machine change less. `--timeline` prints when the steps of the start were reached, by a program with a clock on it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from watched_pty import WatchedPty, fresh_home

MINIMAL = (sys.executable, str(Path(__file__).with_name("minimal_app.py")))
APP = (sys.executable, "-m", "tuibrowser")
TIMED = (sys.executable, str(Path(__file__).with_name("timed_start.py")))
MINIMAL_TEXT = "對照文字第1行"
SEED_TEXT = "分管日常工作的副書記"


@dataclass(frozen=True, slots=True)
class Paint:
    """A first paint: milliseconds until the text was written and computed by then, and the bytes of the start."""

    milliseconds: float
    computed: float
    size: int


def first_paint(command: tuple[str, ...], text: str, *, whole: bool = False) -> Paint:
    """Start a program and wait until `text` is written; with `whole`, until nothing more is, for the bytes."""
    with fresh_home() as home, WatchedPty(command, home) as terminal:
        moment = terminal.until_text(text)
        computed = terminal.processor_time()
        if whole:
            terminal.settle(1.0)
        return Paint((moment - terminal.started) * 1000, computed, len(terminal.output))


def compare(app: tuple[str, ...], text: str, runs: int) -> None:
    """Print the medians of both programs and their ratios."""
    sides = {"tuibrowser": (app, text), "minimal app": (MINIMAL, MINIMAL_TEXT)}
    # The first start of each fills Python's and the system's caches, and tells the bytes.
    sizes = {side: first_paint(command, text, whole=True).size for side, (command, text) in sides.items()}
    paints: dict[str, list[Paint]] = {side: [] for side in sides}
    for _ in range(runs):
        for side, (command, text) in sides.items():
            paints[side].append(first_paint(command, text))
    times = {side: [paint.milliseconds for paint in each] for side, each in paints.items()}
    computed = {side: statistics.median(paint.computed for paint in each) for side, each in paints.items()}
    for side, each in times.items():
        print(
            f"{side:12}  median {statistics.median(each):6.0f} ms   from {min(each):.0f} to {max(each):.0f}"
            f"   computed {computed[side]:5.0f} ms   {sizes[side]:,} bytes"
        )
    ratio = statistics.median(times["tuibrowser"]) / statistics.median(times["minimal app"])
    ratio_computed = computed["tuibrowser"] / computed["minimal app"]
    print(f"ratio         {ratio:.2f}   computed {ratio_computed:.2f}   ({runs} runs each, in turn)")


def timeline(paths: list[str], text: str, runs: int) -> None:
    """Print when the steps of the start are reached, in the order of the medians."""
    reached: dict[str, list[tuple[float, float]]] = {}
    for run in range(runs + 1):
        for name, moment, computed in steps(paths, text):
            if run:
                reached.setdefault(name, []).append((moment, computed))
    medians = {
        name: [statistics.median(column) for column in zip(*each, strict=True)] for name, each in reached.items()
    }
    print(f"{'ms':>7} {'computed':>8}")
    for name, (moment, computed) in sorted(medians.items(), key=lambda item: item[1]):
        print(f"{moment:7.0f} {computed:8.0f}  {name}")


def steps(paths: list[str], text: str) -> list[tuple[str, float, float]]:
    """The steps of one start: name, milliseconds since it, and milliseconds computed by then; of frames the number."""
    with tempfile.TemporaryDirectory() as folder, fresh_home() as home:
        log = Path(folder) / "log"
        clocks = time.monotonic() - time.perf_counter()
        with WatchedPty((*TIMED, str(log), *paths), home) as terminal:
            painted = terminal.until_text(text) - terminal.started
            computed = terminal.processor_time()
            lines = [json.loads(line) for line in log.read_text().splitlines()]
        began = terminal.started + clocks
    found: list[tuple[str, float, float]] = []
    for name, moment, worked in lines:
        count = sum(each == name or each.startswith(f"{name}, ") for each, _, _ in found)
        found.append((f"{name}, {count + 1}" if count else name, 1000 * (moment - began), worked))
    return [*found, ("the text is on the screen", 1000 * painted, computed)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", help="what to open (the seeds)")
    parser.add_argument("--text", default=SEED_TEXT, help="what the first screen of it shows, in one style")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--timeline", action="store_true", help="print the steps of the start instead")
    options = parser.parse_args()
    if options.timeline:
        timeline(options.paths, options.text, options.runs)
    else:
        compare((*APP, *options.paths), options.text, options.runs)


if __name__ == "__main__":
    main()
