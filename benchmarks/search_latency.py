"""Search latency: from a key in the search field to its echo and to the first results, on the screen of a pty.

    python benchmarks/search_latency.py CORPUS [--queries 50] [--pace 150] [--home FOLDER]

Opens the program on a corpus, first without an index (how long the event loop stands still while one is built), then
with one, and types queries of every kind, drawn from the corpus at random, key by key at the pace of a hand. Prints by
kind the median and the 95th percentile of the milliseconds from a key until the field shows it, until the counts or the
list show something else, and until the list shows its text; and the longest turns of the event loop, with how much of
them the processor worked. A key whose answer is the one before is counted apart, and so is one that got none in time.
"""

from __future__ import annotations

import argparse
import codecs
import json
import os
import random
import re
import sys
from collections import defaultdict
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from key_latency import percentile
from search import kinds
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loading.loader import load
from watched_pty import SIZE, WatchedPty, fresh_home

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from support.vt import Cell, Vt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WATCHED = Path(__file__).with_name("watched_app.py")
STALL = 50
"""Milliseconds of a turn of the event loop that are too long."""

READ = 60
"""Documents from which the queries are drawn."""

_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[ -/]*)?$")
_NOT_YET = re.compile(r"searching …")
_NO_TEXT = re.compile(r"^\s+…\s*$")

Row = list[Cell]


class Screen:
    """What the terminal shows, fed with pieces as they come."""

    def __init__(self) -> None:
        self.vt = Vt(*SIZE)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""

    def feed(self, data: bytes) -> None:
        text = self._held + self._decoder.decode(data)
        cut = _UNFINISHED.search(text)
        self._held = text[cut.start() :] if cut else ""
        self.vt.feed(text[: cut.start()] if cut else text)

    def take(self, pieces: Sequence[tuple[float, bytes]]) -> None:
        for _, data in pieces:
            self.feed(data)

    @property
    def rows(self) -> list[Row]:
        return [list(row) for row in self.vt.cells]

    def panel(self) -> tuple[Row, list[Row]]:
        """The line of the query, and the counts with the list."""
        rows = self.rows
        texts = self.vt.text()
        end = next((at for at, text in enumerate(texts) if at and text and not text.strip("─")), len(rows))
        return rows[0], rows[1:end]


@dataclass(frozen=True, slots=True)
class Key:
    """The milliseconds of one key, None where nothing came."""

    echo: float | None
    results: float | None
    text: float | None


def text_of(rows: Sequence[Row]) -> list[str]:
    return ["".join(cell.text for cell in row) for row in rows]


def answered(screen: Screen, typed: float, pieces: Sequence[tuple[float, bytes]]) -> Key:
    """What became of a key."""
    field, panel = screen.panel()
    echo = results = text = None
    for moment, data in pieces:
        screen.feed(data)
        now_field, now_panel = screen.panel()
        milliseconds = 1000 * (moment - typed)
        lines = text_of(now_panel)
        if echo is None and now_field != field:
            echo = milliseconds
        if results is None and now_panel != panel and not _NOT_YET.search(lines[0]):
            results = milliseconds
        if results is not None and text is None and not any(map(_NO_TEXT.match, lines[1:])):
            text = milliseconds
    return Key(echo, results, text)


def queries(corpus: str, count: int, seed: int) -> list[tuple[str, str]]:
    """Queries by kind, from documents drawn at random."""
    import opencc

    rng = random.Random(seed)
    sources = Corpus.discover([Path(corpus)])
    drawn = rng.sample(sources.documents, min(READ, len(sources.documents)))
    some = Corpus.discover([each.source.path for each in drawn])
    loaded = [each for progress in load(some, lambda: False) for each in progress.loaded]
    by_kind = kinds(loaded, count)
    turned = opencc.OpenCC("s2t")
    by_kind["other script"] = [turned.convert(query) for query in by_kind["4 characters"][::-1]]
    by_kind["mixed"] = [
        query[:1] + pinyin for query, pinyin in zip(by_kind["4 characters"], mixed(by_kind), strict=True)
    ]
    rows = [
        (kind, query) for held in zip(*by_kind.values(), strict=True) for kind, query in zip(by_kind, held, strict=True)
    ]
    return rows[:count]


def mixed(by_kind: dict[str, list[str]]) -> list[str]:
    from search import pinyin

    return [pinyin(query[1:]) for query in by_kind["4 characters"]]


def type_all(
    terminal: WatchedPty, screen: Screen, asked: Sequence[tuple[str, str]], pace: float
) -> dict[str, list[Key]]:
    """The keys of all queries, by kind."""
    keys: dict[str, list[Key]] = defaultdict(list)
    for kind, query in asked:
        for character in query:
            typed = terminal.type(character)
            terminal.read_until(typed + pace)
            keys[kind].append(answered(screen, typed, terminal.pieces))
        typed = terminal.type("\x15")  # ctrl+u: an empty field
        terminal.read_until(typed + 2 * pace)
        answered(screen, typed, terminal.pieces)
    return keys


def turns(log: Path, began: float, ended: float) -> list[tuple[float, float, float, str]]:
    """The long turns of the event loop between two moments, the longest first."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    held = [(when, took, worked, whose) for when, took, worked, whose in rows if began <= when < ended]
    return sorted(held, key=lambda row: -row[1])


def say_turns(name: str, held: Sequence[tuple[float, float, float, str]]) -> None:
    longest = ", ".join(f"{took:.0f} ms ({worked:.0f} worked, {whose})" for _, took, worked, whose in held[:3])
    above = sum(row[1] > STALL for row in held)
    print(f"event loop while {name}: {longest or 'no turn above 10 ms'}; {above} above {STALL} ms")


def say_keys(name: str, keys: Sequence[Key]) -> None:
    columns: list[Callable[[Key], float | None]] = [lambda key: key.echo, lambda key: key.results, lambda key: key.text]
    cells = ""
    for column in columns:
        times = [time for key in keys if (time := column(key)) is not None]
        cells += f"   {percentile(times, 0.5):7.1f} {percentile(times, 0.95):7.1f}" if times else " " * 18
    same = sum(key.results is None for key in keys)
    print(f"{name:16} {len(keys):5}{cells}   {same:8}")


def opened(corpus: str, home: str, log: Path) -> WatchedPty:
    return WatchedPty((sys.executable, str(WATCHED), str(log), corpus), home)


def watch_indexing(corpus: str, home: str, log: Path) -> None:
    """Have the index built, and move about meanwhile."""
    with opened(corpus, home, log) as terminal:
        terminal.until_text("¶")
        began = perf_counter()
        cache = Path(home) / ".cache" / "tuibrowser" / "index"
        while not list(cache.glob("*/manifest.json")) and perf_counter() - began < 120:
            typed = terminal.type("j")
            terminal.read_until(typed + 0.1)
        terminal.read_until(perf_counter() + 1.0)
        print(f"an index after {perf_counter() - began - 1:.1f} s")
        say_turns("indexing", turns(log, began, perf_counter()))


def watch_searching(corpus: str, home: str, log: Path, asked: Sequence[tuple[str, str]], pace: float) -> None:
    """Type the queries where an index is there."""
    screen = Screen()
    with opened(corpus, home, log) as terminal:
        terminal.until_text("¶")
        terminal.settle(1.0)
        screen.take(terminal.pieces)
        began = terminal.type("/")
        terminal.read_until(began + 0.5)
        screen.take(terminal.pieces)
        keys = type_all(terminal, screen, asked, pace)
        ended = perf_counter()
    print(f"{'':16} {'':5} {'key to echo':>17} {'to results':>17} {'to their text':>17}   the same")
    print(f"{'':16} {'keys':>5} " + f"  {'p50':>7} {'p95':>7} " * 3)
    for kind, held in keys.items():
        say_keys(kind, held)
    say_keys("all", [key for held in keys.values() for key in held])
    say_turns("searching", turns(log, began, ended))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--pace", type=float, default=150, help="milliseconds from key to key")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", help="a home that has an index of the corpus already; none is built then")
    options = parser.parse_args()
    asked = queries(options.corpus, options.queries, options.seed)
    print(f"load {os.getloadavg()[0]:.1f} before")
    with nullcontext(options.home) if options.home else fresh_home() as home, fresh_home() as logs:
        if not options.home:
            watch_indexing(options.corpus, home, Path(logs) / "indexing")
        watch_searching(options.corpus, home, Path(logs) / "searching", asked, options.pace / 1000)
    print(f"load {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
