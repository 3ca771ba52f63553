"""Time the search engine on a corpus, beside its peers: indexing, and queries of every kind drawn from its own texts.

    python benchmarks/search.py CORPUS [--queries 100] [--limit 10] [--copies 1] [--no-peers]

Prints megabytes of text and of index, seconds to read and to index, peak memory and the load of the machine; then, for
each kind of query, the milliseconds until the last hits are there (median, 95th percentile and slowest, each the median
of three rounds), the 95th percentile until the first are, and that of processor time, which a busy machine changes
least. With `--copies N` the corpus is indexed N times, in each further copy with a fifth of its characters changed.

The peers look for the phrases of 4 characters in the same texts, in the same run: ripgrep, fzf --filter, SQLite's FTS5
with trigrams, and tantivy with pairs of characters. fzf and tantivy are installed into a temporary environment.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from tuibrowser.corpus.corpus import Corpus  # noqa: E402
from tuibrowser.corpus.loading.loader import load  # noqa: E402
from tuibrowser.hanzi.fold import fold, fold_table  # noqa: E402
from tuibrowser.hanzi.readings import syllables_of  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402
from tuibrowser.search.index.store import save_segment, size_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.search.index.segment import Segment


def phrases(loaded: Sequence[LoadedDocument], length: int, count: int, seed: int) -> list[str]:
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


def kinds(loaded: Sequence[LoadedDocument], count: int) -> dict[str, list[str]]:
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


ROUNDS = 3
PERCENTILES = (50, 95, 100)


def changed(loaded: Sequence[LoadedDocument], copy: int) -> Iterator[LoadedDocument]:
    """The documents once more, a fifth of the commoner characters standing for one another."""
    rng = random.Random(copy)
    counts: Counter[str] = Counter()
    for each in loaded[:: max(1, len(loaded) // 200)]:
        counts.update(each.repaired)
    common = [character for character, _ in counts.most_common(3_000) if fold(character)[0] >= fold_table().bucket_end]
    moved = rng.sample(common, len(common) // 5)
    table = str.maketrans("".join(moved), "".join(moved[1:] + moved[:1]))
    for each in loaded:
        document = replace(each.document, number=each.document.number + copy * len(loaded))
        yield replace(each, document=document, repaired=each.repaired.translate(table))


def row(name: str, columns: Sequence[float]) -> str:
    return f"{name:22}" + "".join(f"{value:10.2f}" for value in columns) + "\n"


def of_rounds(rounds: Sequence[Sequence[float]], percentile: float) -> float:
    return float(np.median([np.percentile(times, percentile) for times in rounds]))


def time_engine(engine: Engine, queries: Sequence[str], limit: int) -> list[float]:
    """Median, 95th percentile, slowest; and the 95th percentile of the first answers and of processor time."""
    whole: list[list[float]] = []
    first: list[list[float]] = []
    processor: list[list[float]] = []
    for _ in range(ROUNDS):
        times: list[tuple[float, float, float]] = []
        for query in queries:
            began, began_processor, reached = perf_counter(), process_time(), 0.0
            for result in engine.search(query, limit=limit):
                reached = reached or (perf_counter() - began if result.hits else 0.0)
            ended = perf_counter() - began
            times.append((ended, reached or ended, process_time() - began_processor))
        for column, held in zip((whole, first, processor), zip(*times, strict=True), strict=True):
            column.append([1000 * time for time in held])
    return [*(of_rounds(whole, each) for each in PERCENTILES), of_rounds(first, 95), of_rounds(processor, 95)]


def timed(work: Callable[[str], object], queries: Sequence[str]) -> list[float]:
    rounds = []
    for _ in range(ROUNDS):
        times = []
        for query in queries:
            began = perf_counter()
            work(query)
            times.append((perf_counter() - began) * 1000)
        rounds.append(times)
    return [of_rounds(rounds, each) for each in PERCENTILES]


def time_ripgrep(folder: str, queries: Sequence[str]) -> str:
    ripgrep = shutil.which("rg")
    if ripgrep is None:
        return "ripgrep is not installed: skipped\n"

    def grep(query: str) -> None:
        subprocess.run([ripgrep, "-F", "-c", "--", query, folder], capture_output=True, check=False)

    return row("ripgrep -F", timed(grep, queries[:20]))


def time_sqlite(paragraphs: Sequence[str], queries: Sequence[str]) -> str:
    try:
        with tempfile.TemporaryDirectory() as folder:
            base = sqlite3.connect(Path(folder) / "text.db")
            base.execute("CREATE VIRTUAL TABLE text USING fts5(body, tokenize = 'trigram')")
            began = perf_counter()
            base.executemany("INSERT INTO text VALUES (?)", ((paragraph,) for paragraph in paragraphs))
            base.commit()
            built = perf_counter() - began

            def find(query: str) -> None:
                base.execute("SELECT rowid FROM text WHERE text MATCH ? LIMIT 10", (f'"{query}"',)).fetchall()

            answer = row(f"SQLite FTS5 ({built:.1f} s)", timed(find, queries))
            base.close()
            return answer
    except sqlite3.Error as error:
        return f"SQLite has no trigrams here ({error}): skipped\n"


PEERS = ("tantivy", "iterfzf")
"""Of PyPI; iterfzf brings fzf along."""

IN_TANTIVY = """
import json, sys, time
import tantivy

paragraphs, queries, rounds = json.load(open(sys.argv[1], encoding="utf-8"))
pairs = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build()
schema = tantivy.SchemaBuilder().add_text_field("body", stored=False, tokenizer_name="pairs").build()
index = tantivy.Index(schema)
index.register_tokenizer("pairs", pairs)
began = time.perf_counter()
writer = index.writer(400_000_000)
for paragraph in paragraphs:
    writer.add_document(tantivy.Document(body=paragraph))
writer.commit()
index.reload()
built = time.perf_counter() - began
searcher, answers = index.searcher(), []
for _ in range(rounds):
    times = []
    for query in queries:
        began = time.perf_counter()
        found = tantivy.Query.phrase_query(schema, "body", [query[at : at + 2] for at in range(len(query) - 1)])
        searcher.search(found, 10)
        times.append((time.perf_counter() - began) * 1000)
    answers.append(times)
json.dump([built, answers], sys.stdout)
"""


def time_installed(paragraphs: Sequence[str], queries: Sequence[str]) -> str:
    """What tantivy and fzf take, each in a temporary environment."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "env", with_pip=True)
        python = str(folder / "env" / "bin" / "python")
        answers = []
        for peer, work in zip(PEERS, (time_tantivy, time_fzf), strict=True):
            run = subprocess.run([python, "-m", "pip", "-q", "install", peer], capture_output=True, check=False)
            try:
                answers.append(work(python, folder, paragraphs, queries) if run.returncode == 0 else "")
            except (OSError, subprocess.CalledProcessError, ValueError) as error:
                answers.append(f"{peer}: {error}: skipped\n")
            if not answers[-1]:
                answers[-1] = f"{peer} cannot be installed here: skipped\n"
        return "".join(answers)


def time_tantivy(python: str, folder: Path, paragraphs: Sequence[str], queries: Sequence[str]) -> str:
    given = folder / "given.json"
    given.write_text(json.dumps([paragraphs, queries, ROUNDS]), encoding="utf-8")
    run = subprocess.run([python, "-c", IN_TANTIVY, str(given)], capture_output=True, check=True)
    built, rounds = json.loads(run.stdout)
    return row(f"tantivy, pairs ({built:.1f} s)", [of_rounds(rounds, each) for each in PERCENTILES])


def time_fzf(python: str, folder: Path, paragraphs: Sequence[str], queries: Sequence[str]) -> str:
    where = "import iterfzf, pathlib; print(pathlib.Path(iterfzf.__file__).with_name('fzf'))"
    fzf = subprocess.run([python, "-c", where], capture_output=True, check=True, text=True).stdout.strip()
    lines = folder / "lines.txt"
    lines.write_text("\n".join(paragraphs), encoding="utf-8", errors="replace")

    def find(query: str) -> None:
        with lines.open("rb") as file:
            subprocess.run([fzf, "--filter", query], stdin=file, capture_output=True, check=False)

    return row("fzf --filter", timed(find, queries[:3]))


def size_on_disk(segments: Sequence[Segment]) -> int:
    """Bytes of the segments as they are kept."""
    with tempfile.TemporaryDirectory() as folder:
        for number, segment in enumerate(segments):
            save_segment(Path(folder), f"s{number}", segment)
        return size_of(Path(folder))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus")
    arguments.add_argument("--queries", type=int, default=100)
    arguments.add_argument("--limit", type=int, default=10)
    arguments.add_argument("--copies", type=int, default=1)
    arguments.add_argument("--no-peers", action="store_true")
    options = arguments.parse_args()
    began = perf_counter()
    corpus = Corpus.discover([options.corpus])
    loaded = [each for progress in load(corpus, lambda: False) for each in progress.loaded]
    read = perf_counter() - began
    size = sum(document.source.size for document in corpus.documents) / 1e6 * options.copies
    queries = kinds(loaded, options.queries)
    engine, indexed = Engine(corpus), 0.0
    for copy in range(options.copies):
        more = list(changed(loaded, copy)) if copy else loaded
        if copy:
            corpus.documents.extend(each.document for each in more)
        began = perf_counter()
        engine.add(more)
        indexed += perf_counter() - began
    began = perf_counter()
    engine.complete()
    indexed += perf_counter() - began
    index = size_on_disk(engine.segments) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{size:.1f} MB in {len(corpus.documents)} documents, read in {read:.1f} s, indexed in {indexed:.2f} s "
        f"({size / indexed:.0f} MB/s); index {index:.1f} MB ({index / size:.2f} of the text), "
        f"{len(engine.segments)} segments, peak {peak:.0f} MB\n"
        f"load of {os.cpu_count()} processors: {os.getloadavg()[0]:.1f}\n"
        f"{'milliseconds a query':22}" + "".join(f"{name:>10}" for name in COLUMNS) + "\n"
    )
    for kind, typed in queries.items():
        time_engine(engine, typed[:5], options.limit)
        sys.stdout.write(row(kind, time_engine(engine, typed, options.limit)))
        sys.stdout.flush()
    if not options.no_peers:
        phrases = queries["4 characters"]
        paragraphs = [line for each in loaded for line in each.repaired.split("\n") if line]
        sys.stdout.write(time_ripgrep(options.corpus, phrases) + time_sqlite(paragraphs, phrases))
        sys.stdout.write(time_installed(paragraphs, phrases))
    sys.stdout.write(f"load of {os.cpu_count()} processors: {os.getloadavg()[0]:.1f}\n")


COLUMNS = ("median", "p95", "slowest", "first p95", "cpu p95")

if __name__ == "__main__":
    main()
