"""How far one machine goes: building, memory, opening and searching, by the size of the corpus.

    python benchmarks/scale.py CORPUS [--sizes 0.1 0.5 1 2] [--queries 30] [--keep FOLDER]

For each size in GB texts are made of CORPUS: documents are mixed, each of the beginning of one and the end of another,
and in each round a fifth of the commoner characters stand for one another. Printed are, in a fresh home: seconds of
wall clock and of the processor for `tuibrowser index`, its peak memory (the largest process), the size of the index; in
a pty the milliseconds to the first screen and to a whole answer after a warm start; the private memory (not that of
mapped files) of one process before and after the queries; then for each kind of query, in that process and with the
segments divided between two hosts in it, the 95th percentile of milliseconds of wall clock and of the processor, at
limit 10. At last it is told how many of these queries the hosts answer as one engine does.
5 GB needs 16 GB of disk and an hour; texts are made below the folder for temporary files, or kept in FOLDER.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index import first_text, opened, size_of
from many import private_memory
from tuibrowser.host.vector_sort import avoid_slow_sort
from watched_pty import environment, fresh_home

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from tuibrowser.corpus.corpus import Corpus  # noqa: E402
from tuibrowser.hanzi.fold import fold, fold_table  # noqa: E402
from tuibrowser.hanzi.readings import syllables_of  # noqa: E402
from tuibrowser.search.cluster.asking.transport import Inside  # noqa: E402
from tuibrowser.search.cluster.cluster import Cluster  # noqa: E402
from tuibrowser.search.cluster.host.host import Host  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402
from tuibrowser.search.index.places import kept_listing  # noqa: E402
from tuibrowser.search.opened import find_kept, take_up  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.search.model import SearchResult
    from tuibrowser.search.searcher import Searcher

APP = (sys.executable, "-m", "tuibrowser")
QUERY = "国家"
_HAN = (0x4E00, 0x9FA6)


# The texts


def make_texts(source: Path, folder: Path, megabytes: float) -> None:
    """Write mixed and varied texts of a corpus into a folder."""
    files = sorted(path for path in source.rglob("*") if path.suffix in {".txt", ".md"})
    texts = [_points(path) for path in files]
    counts = sum((np.bincount(text, minlength=_HAN[1])[slice(*_HAN)] for text in texts[::7]), np.zeros(1, np.int64))
    common = _HAN[0] + np.argsort(-counts)[:3000]
    written, turn = 0, 0
    while written < 1e6 * megabytes:
        rng, table = np.random.default_rng(turn), np.arange(0x110000, dtype=np.uint32)
        moved = rng.permutation(common)[: len(common) // 5]
        table[moved] = np.roll(moved, 1)
        for number, path in enumerate(files):
            other = texts[(number + turn) % len(texts)]
            text = texts[number] if not turn else np.concatenate((_cut(texts[number], rng)[0], _cut(other, rng)[1]))
            target = folder / f"{turn:02}" / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            data = (table[text] if turn else text).astype("<u4").tobytes().decode("utf-32-le").encode()
            target.write_bytes(data)
            written += len(data)
            if written >= 1e6 * megabytes:
                break
        turn += 1


def _points(path: Path) -> Any:
    text = path.read_text("utf-8", errors="replace")
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _cut(text: Any, rng: np.random.Generator) -> tuple[Any, Any]:
    """A text in two, at the end of a line."""
    ends = np.flatnonzero(text == ord("\n"))
    at = int(ends[rng.integers(len(ends))]) + 1 if len(ends) else len(text)
    return text[:at], text[at:]


# Building and opening


def built(texts: Path, home: str) -> None:
    """Build the index and print what it took."""
    began = time.perf_counter()
    process = subprocess.Popen([*APP, "index", str(texts)], env=environment(home), stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall, processor = time.perf_counter() - began, used.ru_utime + used.ru_stime
    size, index = size_of(texts), size_of(Path(home) / ".cache")
    print(
        f"  built in {wall:.0f} s ({processor:.0f} s of the processor, {size / wall:.1f} MB/s), "
        f"peak {used.ru_maxrss / 1024:.0f} MB; index {index:.0f} MB, {index / size:.2f} of the text",
        flush=True,
    )


# Searching


def queries(engine: Engine, count: int) -> dict[str, list[str]]:
    """Queries of several kinds from the texts of an index."""
    rng = random.Random(5)

    def phrase(length: int) -> str:
        while True:
            segment = rng.choice(engine.segments)
            at = rng.randrange(len(segment) - length)
            text = segment.text(at, at + length)
            if (fold(text) >= fold_table().bucket_end).all():
                return text

    def read(text: str) -> str:
        return "".join(min(syllables_of(int(identity)), default="") for identity in fold(text))

    def mistaken(text: str) -> str:
        at = rng.randrange(len(text))
        return text[:at] + rng.choice("的一是在不了有和人这") + text[at + 1 :]

    made: dict[str, Callable[[], str]] = {
        "1 character": lambda: phrase(1),
        "2 characters": lambda: phrase(2),
        "4 characters": lambda: phrase(4),
        "8 characters": lambda: phrase(8),
        "1 wrong of 8": lambda: mistaken(phrase(8)),
        "pinyin of 4": lambda: read(phrase(4)),
        "initials of 4": lambda: "".join(read(each)[:1] for each in phrase(4)),
        "keywords": lambda: f"{phrase(2)} {phrase(2)}",
    }
    return {kind: [make() for _ in range(count)] for kind, make in made.items()}


def divided(corpus: Corpus, engine: Engine) -> Cluster | None:
    """The same segments divided between two hosts of this process; None where there is but one."""
    if len(engine.segments) < 2:
        return None
    hosts = {}
    for number in (0, 1):
        holding = Engine(corpus)
        holding.adopt(engine.segments[number::2])
        hosts[number] = Host(holding).answer
    return Cluster(corpus, Inside(hosts), sorted(hosts))


def times(searcher: Searcher, typed: Sequence[str]) -> str:
    """The 95th percentiles of some queries, each asked twice and timed the second time."""
    walls, processor = [], []
    for turn in (0, 1):
        for query in typed:
            began, spent = time.perf_counter(), time.process_time()
            for _ in searcher.search(query, limit=10):
                pass
            if turn:
                walls.append(1000 * (time.perf_counter() - began))
                processor.append(1000 * (time.process_time() - spent))
    return f"{np.percentile(walls, 95):8.1f} {np.percentile(processor, 95):8.1f}"


def answered(searcher: Searcher, query: str) -> SearchResult:
    """The final answer to a query."""
    *_, last = searcher.search(query, limit=100)
    return replace(last, elapsed_ms=0)


def read(texts: str, count: int) -> None:
    """Open the index of this home and print what searching takes: a process of its own."""
    began = time.process_time()
    corpus = Corpus.discover([texts], keeper=kept_listing)
    found = time.process_time()
    kept, engine = find_kept(corpus, None, print), Engine(corpus)
    assert kept.index is not None, "no index that is up to date"
    take_up(engine, corpus, kept.index)
    print(
        f"  {len(corpus.documents):,} documents in {len(engine.segments)} segments: found in {found - began:.2f} s and "
        f"opened in {time.process_time() - found:.2f} s of the processor; {private_memory():.0f} MB of its own"
    )
    asked = queries(engine, count)
    one = {kind: times(engine, typed) for kind, typed in asked.items()}
    for name in ("春江", "chunjiang"):
        spent = time.process_time()
        engine.titles(name)
        print(f"  f {name}: {time.process_time() - spent:.2f} s of the processor")
    print(f"  {private_memory():.0f} MB of its own after queries of all kinds and that")
    cluster = divided(corpus, engine)
    print(f"  {'p95, milliseconds':20}{'one: wall':>10}{'cpu':>7}" + ("   two: wall      cpu" if cluster else ""))
    for kind, typed in asked.items():
        columns = [one[kind]] if cluster is None else [one[kind], times(cluster, typed)]
        print(f"  {kind:20}" + "  ".join(columns), flush=True)
    if cluster is not None:
        every = [query for typed in asked.values() for query in typed]
        same = sum(answered(engine, query) == answered(cluster, query) for query in every)
        print(f"  two hosts answer {same} of {len(every)} queries as one engine does")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.1, 0.5, 1, 2])
    parser.add_argument("--queries", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only-read", action="store_true", help="the texts and the index of this home")
    options = parser.parse_args()
    if options.only_read:
        read(str(options.corpus), options.queries)
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() if options.keep is None else nullcontext(options.keep) as folder:
            texts = Path(folder) / f"{size:g}"
            if not texts.exists():
                make_texts(options.corpus, texts, 1000 * size)
            print(f"{size:g} GB, load of {os.cpu_count()} processors {os.getloadavg()[0]:.1f}", flush=True)
            with fresh_home() as home:
                built(texts, home)
                first, answer, memory = opened(str(texts), home, first_text(str(texts)), QUERY)
                print(f"  warm start: first screen {first:.0f} ms, whole answer {answer:.0f} ms, {memory:.0f} MB")
                command = [sys.executable, __file__, str(texts), "--only-read", "--queries", str(options.queries)]
                subprocess.run(command, env={**os.environ, **environment(home)}, check=True)


if __name__ == "__main__":
    main()
