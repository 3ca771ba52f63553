"""Time the search engine on a corpus: reading, indexing, and queries of every kind drawn from its own texts.

    python benchmarks/search.py CORPUS [--queries 100] [--limit 10]

Prints megabytes of text and of index, seconds to read and to index, peak memory, and the milliseconds a query takes
(median, 95th percentile, slowest) for each kind, until the hits are there. Where ripgrep is installed it looks for the
exact phrases in the same files, in the same run.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.loader import load
from tuibrowser.hanzi.fold import fold, fold_table
from tuibrowser.hanzi.readings import syllables_of
from tuibrowser.search.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.loaded import Loaded

ARRAYS = ("codes", "beyond", "post", "keys", "offs", "para", "heads", "docs", "numbers", "edits", "first_edit")


def phrases(loaded: Sequence[Loaded], length: int, count: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    table = fold_table()
    texts = [each.repaired for each in loaded if len(each.repaired) > length]
    weights = [len(text) for text in texts]
    found: list[str] = []
    while len(found) < count:
        text = rng.choices(texts, weights)[0]
        at = rng.randrange(len(text) - length)
        piece = text[at : at + length]
        if (fold(piece) >= table.bucket_end).all():
            found.append(piece)
    return found


def pinyin(phrase: str) -> str:
    return "".join(min(syllables_of(int(identity)), default="") for identity in fold(phrase))


def mistaken(phrase: str, rng: random.Random) -> str:
    at = rng.randrange(len(phrase))
    return phrase[:at] + rng.choice("的一是在不了有和人这") + phrase[at + 1 :]


def kinds(loaded: Sequence[Loaded], count: int) -> dict[str, list[str]]:
    rng = random.Random(1)
    four, eight = phrases(loaded, 4, count, 2), phrases(loaded, 8, count, 3)
    return {
        "1 character": phrases(loaded, 1, count, 4),
        "2 characters": phrases(loaded, 2, count, 5),
        "4 characters": four,
        "8 characters": eight,
        "1 wrong of 8": [mistaken(phrase, rng) for phrase in eight],
        "2 wrong of 8": [mistaken(mistaken(phrase, rng), rng) for phrase in eight],
        "pinyin of 4": [pinyin(phrase) for phrase in four],
        "initials of 4": ["".join(pinyin(character)[:1] for character in phrase) for phrase in four],
        "abbreviation": [phrase[:2] + phrase[3:] for phrase in four],
        "keywords": [f"{phrase[5:7]} {phrase[:2]}" for phrase in eight],
    }


def timed(work: Callable[[str], object], queries: Sequence[str]) -> str:
    times = []
    for query in queries:
        began = perf_counter()
        work(query)
        times.append((perf_counter() - began) * 1000)
    return f"{np.median(times):9.2f} {np.percentile(times, 95):9.2f} {max(times):9.2f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("--queries", type=int, default=100)
    arguments.add_argument("--limit", type=int, default=10)
    options = arguments.parse_args()
    began = perf_counter()
    corpus = Corpus.discover([options.corpus])
    loaded = [each for progress in load(corpus, lambda: False) for each in progress.loaded]
    read = perf_counter() - began
    began = perf_counter()
    engine = Engine(corpus)
    engine.add(loaded)
    engine.complete()
    indexed = perf_counter() - began
    size = sum(document.source.size for document in corpus.documents) / 1e6
    index = sum(getattr(segment, name).nbytes for segment in engine.segments for name in ARRAYS) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{size:.1f} MB in {len(loaded)} documents, read in {read:.1f} s, indexed in {indexed:.2f} s "
        f"({size / indexed:.0f} MB/s); index {index:.1f} MB ({index / size:.2f} of the text), peak {peak:.0f} MB\n"
        f"{'milliseconds a query':20} {'median':>9} {'p95':>9} {'slowest':>9}\n"
    )

    def search(query: str) -> None:
        for _ in engine.search(query, limit=options.limit):
            pass

    queries = kinds(loaded, options.queries)
    for kind, typed in queries.items():
        search(typed[0])
        sys.stdout.write(f"{kind:20} {timed(search, typed)}\n")
    if (ripgrep := shutil.which("rg")) is None:
        sys.stdout.write("ripgrep is not installed: skipped\n")
        return

    def grep(query: str) -> None:
        subprocess.run([ripgrep, "-F", "-c", "--", query, options.corpus], capture_output=True, check=False)

    sys.stdout.write(f"{'ripgrep, 4 exact':20} {timed(grep, queries['4 characters'][:20])}\n")


if __name__ == "__main__":
    main()
