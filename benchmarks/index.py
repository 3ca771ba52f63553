"""The index on disk: what it takes to build, how large it is, and how soon a corpus opens with and without it.

    python benchmarks/index.py CORPUS [--query 高质量发展] [--runs 3]

Printed are, for the corpus: megabytes of text, seconds and MB/s of `tuibrowser index` with reading, its peak memory,
the size of the index; then the milliseconds that `tuibrowser search` takes from start to end with the index, and those
from the start of the reader, in a pty of 120 × 40, to its first screen and to the answer to the query, with the index
and without it (medians), with the private memory the reader then has. For comparison the first screen of the texts
that come with the program. A fresh home holds the index, which is removed afterwards.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from watched_pty import WatchedPty, environment, fresh_home

APP = (sys.executable, "-m", "tuibrowser")
SEED_TEXT = "第一條經驗"


def private_memory(pid: int) -> float:
    """Megabytes of a process that are its own: not the pages of mapped files, which all who read them share.

    (The kernel counts those as private too as long as only one process has touched them.)
    """
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def size_of(folder: Path, pattern: str = "*") -> float:
    """Megabytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 1e6


def first_text(corpus: str) -> str:
    """What the first screen of a corpus shows: the title of its first document."""
    from tuibrowser.corpus.corpus import Corpus

    return Corpus.discover([corpus]).document(0).title[:12]


def opened(corpus: str, home: str, shown: str, query: str) -> tuple[float, float, float]:
    """Milliseconds to the first screen and to the whole answer to a query typed at once; private megabytes then."""
    with WatchedPty((*APP, corpus), home) as terminal:
        painted = terminal.until_text(shown)
        terminal.press("/", 0.05, 0.2)
        terminal.press(query, 0.01, 0.05)
        while True:
            found = terminal.until_text(" in ")
            screen = terminal.output.decode(errors="replace")
            if "at least" not in screen.rpartition(" in ")[0][-200:]:
                break
            terminal.output.clear()
        return (painted - terminal.started) * 1000, (found - terminal.started) * 1000, private_memory(terminal.pid)


def painted(home: str) -> float:
    with WatchedPty(APP, home) as terminal:
        return (terminal.until_text(SEED_TEXT) - terminal.started) * 1000


def searched(corpus: str, home: str, query: str) -> float:
    began = time.perf_counter()
    subprocess.run([*APP, "search", query, corpus], env=environment(home), stdout=subprocess.DEVNULL, check=False)
    return (time.perf_counter() - began) * 1000


def medians(rows: list[tuple[float, ...]]) -> str:
    first, answer, memory = (statistics.median(column) for column in zip(*rows, strict=True))
    return f"first screen {first:.0f} ms, whole answer {answer:.0f} ms, private memory {memory:.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("--query", default="高质量发展")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    corpus = str(Path(options.corpus).absolute())
    shown = first_text(corpus)
    with fresh_home() as home:
        print(f"seeds       first screen {statistics.median(painted(home) for _ in range(options.runs + 1)):.0f} ms")
        print(f"no index    {medians([opened(corpus, home, shown, options.query)])}", flush=True)
        text = size_of(Path(corpus))
        cache = Path(home) / ".cache"
        subprocess.run(["rm", "-r", str(cache)], check=False)
        began = time.perf_counter()
        subprocess.run([*APP, "index", corpus], env=environment(home), stdout=subprocess.DEVNULL, check=True)
        taken = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        arrays, all_files = size_of(cache, "*.npy"), size_of(cache)
        print(
            f"index       {text:.1f} MB of text read and indexed in {taken:.1f} s ({text / taken:.1f} MB/s), "
            f"peak {peak:.0f} MB; index {arrays:.1f} MB ({arrays / text:.2f} of the text), "
            f"with the catalogue {all_files:.1f} MB",
            flush=True,
        )
        print(f"warm        {medians([opened(corpus, home, shown, options.query) for _ in range(options.runs)])}")
        times = [searched(corpus, home, options.query) for _ in range(options.runs)]
        print(f"warm        tuibrowser search from start to end {statistics.median(times):.0f} ms")


if __name__ == "__main__":
    main()
