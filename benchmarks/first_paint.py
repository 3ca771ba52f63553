"""First paint: from starting the process to the text on the screen, tuibrowser beside a minimal Textual app.

The two start in turn, each in a pty of 120 × 40; printed are the medians of all runs and their ratio, in milliseconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

from watched_pty import WatchedPty, fresh_home

MINIMAL = (sys.executable, str(Path(__file__).with_name("minimal_app.py")))
APP = (sys.executable, "-m", "tuibrowser")
MINIMAL_TEXT = "對照文字第1行"
SEED_TEXT = "第一條經驗"


def first_paint(command: tuple[str, ...], text: str, home: str) -> float:
    """Milliseconds until `text` is written."""
    with WatchedPty(command, home) as terminal:
        return (terminal.until_text(text) - terminal.started) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", help="what to open (the seeds)")
    parser.add_argument("--text", default=SEED_TEXT, help="what the first screen of it shows, in one style")
    parser.add_argument("--runs", type=int, default=11)
    options = parser.parse_args()
    sides = {"tuibrowser": ((*APP, *options.paths), options.text), "minimal app": (MINIMAL, MINIMAL_TEXT)}
    times: dict[str, list[float]] = {side: [] for side in sides}
    with fresh_home() as home:
        # The first start of each fills Python's and the system's caches.
        for run in range(options.runs + 1):
            for side, (command, text) in sides.items():
                taken = first_paint(command, text, home)
                if run:
                    times[side].append(taken)
    for side, taken_times in times.items():
        low, high = min(taken_times), max(taken_times)
        print(f"{side:12}  median {statistics.median(taken_times):6.0f} ms   from {low:.0f} to {high:.0f}")
    ratio = statistics.median(times["tuibrowser"]) / statistics.median(times["minimal app"])
    print(f"ratio         {ratio:.2f}   ({options.runs} runs each, in turn)")


if __name__ == "__main__":
    main()
