"""Twenty readers of one server beside readers with an engine of their own: how long a query takes, and what memory.

    python benchmarks/readers.py CORPUS [--readers 20] [--seconds 20] [--own 2]

Every reader is a process that asks a query a second, at a time of its own, as the screen does: the first 200 hits with
the text of those that are shown. Printed are the median, the 95th percentile and the slowest of all queries in
milliseconds, of the readers of the server and, after that in the same run, of `--own` readers with engines of their
own; then the memory of the server and of a reader of each kind before and after its queries, in MB: what is its own
(USS), and its share of all that it has mapped (PSS). Queries are phrases of the corpus itself, pinyin and keywords.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

READER = "reader"


def memory(process: int) -> tuple[float, float]:
    """USS and PSS in MB."""
    found: dict[str, int] = {}
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
        name, size, *_ = line.split()
        found[name] = int(size)
    return (found["Private_Clean:"] + found["Private_Dirty:"]) / 1024, found["Pss:"] / 1024


def read(paths: list[str], queries: list[str], seconds: float, own: bool) -> None:
    """Ask a query a second and print what it took: a process of its own."""
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.search.model import Scope

    if own:
        from tuibrowser.search.index.refresh import Listener
        from tuibrowser.search.opened import open_engine

        searcher = open_engine(Corpus.discover(paths), None, Listener())
    else:
        from tuibrowser.search.machines.finding import find_served

        served = find_served(paths, None)
        assert served is not None, "no server"
        searcher = served.searcher
    rng = random.Random(os.getpid())
    before, took = memory(os.getpid()), []
    print("ready", flush=True)
    sys.stdin.readline()
    time.sleep(rng.random())
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        *_, last = searcher.search(rng.choice(queries), Scope(), 200)
        searcher.excerpts(last.hits[:30])
        took.append((time.monotonic() - began) * 1000)
        time.sleep(max(0.0, 1 - (time.monotonic() - began)))
    print(json.dumps({"took": took, "before": before, "after": memory(os.getpid())}))


def queries_of(paths: list[str]) -> list[str]:
    """Phrases of some documents, as they stand, by their sound, and as keywords."""
    from tuibrowser.corpus.corpus import Corpus
    from tuibrowser.hanzi.fold import fold, fold_table
    from tuibrowser.hanzi.readings import syllables_of

    corpus, rng, table = Corpus.discover(paths), random.Random(7), fold_table()
    found: list[str] = []
    while len(found) < 300:
        text = corpus.text(rng.randrange(len(corpus.documents))).repaired
        if len(text) < 100:
            continue
        phrases = [text[at : at + 4] for at in (rng.randrange(len(text) - 4) for _ in range(9))]
        whole = [each for each in phrases if (fold(each) >= table.bucket_end).all()][:3]
        if len(whole) == 3:
            sound = "".join(min(syllables_of(int(each)), default="") for each in fold(whole[1]))
            found += [whole[0], sound, f"{whole[2][:2]} {whole[0][2:]}"]
    return found


def run(paths: list[str], queries: Path, seconds: float, count: int, own: bool) -> list[dict[str, list[float]]]:
    """Let readers ask at the same time."""
    command = [sys.executable, __file__, *paths, "--as", READER, "--queries", str(queries), "--seconds", str(seconds)]
    readers = [
        subprocess.Popen([*command, *(["--engine"] if own else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    for each in readers:
        assert each.stdout is not None
        assert each.stdout.readline() == b"ready\n"
    return [json.loads(each.communicate(b"\n")[0]) for each in _started(readers)]


def _started(readers: list[subprocess.Popen[bytes]]) -> list[subprocess.Popen[bytes]]:
    for each in readers:
        assert each.stdin is not None
        each.stdin.write(b"\n")
        each.stdin.flush()
    return readers


def told(name: str, found: list[dict[str, list[float]]]) -> None:
    took = sorted(each for reader in found for each in reader["took"])
    last = quantiles(took, n=20)[-1]
    print(f"{name}: {len(found)} readers, {len(took)} queries: median {median(took):.0f} ms, ", end="")
    print(f"95th percentile {last:.0f} ms, slowest {took[-1]:.0f} ms")
    for state in ("before", "after"):
        uss, pss = (median(each[state][at] for each in found) for at in (0, 1))
        print(f"  a reader {state} its queries: USS {uss:.0f} MB, PSS {pss:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--own", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--as", dest="role", default="")
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--engine", action="store_true")
    given = parser.parse_args()
    if given.role == READER:
        read(given.paths, json.loads(given.queries.read_text()), given.seconds, given.engine)
        return
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        queries = Path(folder) / "queries.json"
        queries.write_text(json.dumps(queries_of(given.paths)))
        server = subprocess.Popen(
            [sys.executable, "-m", "tuibrowser", "serve", *given.paths], stderr=subprocess.PIPE, text=True
        )
        assert server.stderr is not None
        while " served at " not in (line := server.stderr.readline()):
            assert line, "the server has ended"
        try:
            print("server at first: USS {:.0f} MB, PSS {:.0f} MB".format(*memory(server.pid)))
            told("server", run(given.paths, queries, given.seconds, given.readers, own=False))
            print("server after that: USS {:.0f} MB, PSS {:.0f} MB".format(*memory(server.pid)))
        finally:
            server.terminate()
            server.communicate()
        told("own engine", run(given.paths, queries, given.seconds, given.own, own=True))


if __name__ == "__main__":
    main()
