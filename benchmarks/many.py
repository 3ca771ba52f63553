"""What a corpus of very many documents costs: seconds of wall clock and of the processor, and megabytes.

    python benchmarks/many.py [--query 山水] [--name 春江] PATH…

For each PATH, in a fresh home that is removed afterwards: `tuibrowser index` with the peak of its largest process;
then, in a process of its own, what a reader does after a warm start: find the files, take up the index, search a query
and one with `in:`, find a name, twice each; and the private memory that the process then has.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, TypeVar

from watched_pty import environment, fresh_home

if TYPE_CHECKING:
    from collections.abc import Callable

APP = (sys.executable, "-m", "tuibrowser")

T = TypeVar("T")


def private_memory() -> float:
    """Megabytes of this process that are not pages of mapped files."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def timed(what: str, work: Callable[[], T]) -> T:
    """Do some work and print what it took."""
    began, spent = perf_counter(), process_time()
    answer = work()
    wall, processor = perf_counter() - began, process_time() - spent
    print(f"  {what:24} {wall:8.3f} s {processor:8.3f} s processor {private_memory():7.0f} MB", flush=True)
    return answer


def indexed(path: str, home: str) -> None:
    """Build the index and print what it took."""
    began = perf_counter()
    process = subprocess.Popen([*APP, "index", path], env=environment(home), stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)  # with the processes that it has started
    wall, processor = perf_counter() - began, used.ru_utime + used.ru_stime
    print(f"  {'index':24} {wall:8.3f} s {processor:8.3f} s processor, peak {used.ru_maxrss / 1024:.0f} MB", flush=True)


def opened(path: str, query: str, name: str) -> None:
    """Print what a warm start and the first searches take in this process."""
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.index.places import kept_listing
    from tuibrowser.search.index.refresh import Listener
    from tuibrowser.search.opened import open_engine

    print(f"  {'before':24} {private_memory():43.0f} MB")
    corpus = timed("discovery", lambda: Corpus.discover([path], keeper=kept_listing))
    engine = timed("take up the index", lambda: open_engine(corpus, None, Listener()))
    for what in ("first", "next"):
        for asked in (query, f"{query} in:{name}"):
            result = timed(f"{what} {asked}", lambda asked=asked: list(engine.search(asked))[-1])
        titles = timed(f"{what} f {name}", lambda: engine.titles(name))
    print(f"  {len(corpus.documents):,} documents, {sum(result.totals.values()):,} matches, {len(titles)} names")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--query", default="山水")
    parser.add_argument("--name", default="春江")
    parser.add_argument("--only-open", action="store_true", help="with the index of this home, and keep it")
    options = parser.parse_args()
    for path in options.paths:
        if options.only_open:
            opened(path, options.query, options.name)
            continue
        print(path)
        with fresh_home() as home:
            indexed(path, home)
            asked = ["--only-open", "--query", options.query, "--name", options.name, path]
            subprocess.run([sys.executable, __file__, *asked], env={**os.environ, **environment(home)}, check=True)


if __name__ == "__main__":
    main()
