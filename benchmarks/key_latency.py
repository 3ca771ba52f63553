"""Key latency: from a key press to the screen, tuibrowser beside a minimal Textual app, both through a pty of 120 × 40.

For each kind of key: p50 and p95 of the first byte (the echo) and of the last byte of the answer, in milliseconds, and
the bytes of an answer. An answer is over when nothing was written for 50 ms.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from watched_pty import WatchedPty, fresh_home

MINIMAL = (sys.executable, str(Path(__file__).with_name("minimal_app.py")))
APP = (sys.executable, "-m", "tuibrowser")
QUIET = 0.05
UNANSWERED = 2.0


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of key: what is pressed first, unmeasured, and what is pressed then, in turn."""

    name: str
    keys: tuple[str, ...]
    before: str = ""


def series(presses: int, query: str) -> list[Series]:
    """The kinds of keys that are measured."""
    letters = tuple(query[index % len(query)] for index in range(min(presses, len(query))))
    return [
        Series("j", ("j",) * presses),
        Series("space, b", tuple(" b"[index % 2] for index in range(presses))),
        Series("t", ("t",) * presses),
        Series("/ letters", letters, before="/"),
    ]


def measure(command: tuple[str, ...], text: str, what: list[Series]) -> dict[str, list[tuple[float, float, int]]]:
    """The answers to every key, by series."""
    with fresh_home() as home, WatchedPty(command, home) as terminal:
        terminal.until_text(text)
        terminal.settle(1.0)
        return {each.name: pressed(terminal, each) for each in what}


def pressed(terminal: WatchedPty, what: Series) -> list[tuple[float, float, int]]:
    """The answers to the keys of one series."""
    if what.before:
        terminal.press(what.before, 0.3)
    answers = [terminal.press(key, QUIET, UNANSWERED) for key in what.keys]
    return [answer for answer in answers if answer is not None]


def row(side: str, name: str, answers: list[tuple[float, float, int]], presses: int) -> str:
    """One line of the table."""
    if not answers:
        return f"{side:12} {name:10}  no answer to {presses} presses"
    first, last = ([answer[index] * 1000 for answer in answers] for index in (0, 1))
    size = statistics.median(answer[2] for answer in answers)
    spans = "   ".join(f"{statistics.median(times):7.1f} {percentile(times, 0.95):7.1f}" for times in (first, last))
    missing = f"   {presses - len(answers)} of {presses} unanswered" if len(answers) < presses else ""
    return f"{side:12} {name:10} {spans}   {size:8,.0f}{missing}"


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", help="what to open (the seeds)")
    parser.add_argument("--text", default="第一條經驗", help="what the first screen of it shows, in one style")
    parser.add_argument("--presses", type=int, default=40, help="of each key")
    parser.add_argument("--query", default="gaozhiliangfazhan", help="letters typed into the search field")
    options = parser.parse_args()
    what = series(options.presses, options.query)
    sides = {"tuibrowser": ((*APP, *options.paths), options.text), "minimal app": (MINIMAL, "對照文字第1行")}
    print(f"{'':12} {'key':10} {'first byte':>15}   {'last byte':>15}   {'bytes':>8}")
    print(f"{'':12} {'':10} {'p50':>7} {'p95':>7}   {'p50':>7} {'p95':>7}")
    results = {side: measure(command, text, what) for side, (command, text) in sides.items()}
    for each in what:
        for side, answers in results.items():
            print(row(side, each.name, answers[each.name], len(each.keys)))


if __name__ == "__main__":
    main()
