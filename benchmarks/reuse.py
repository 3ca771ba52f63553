"""Measure reuse: what a document and all documents share, beside plain ways to find it and beside chinesetextreuse.

    python benchmarks/reuse.py CORPUS [--document NAME] [--minimum 10] [--chinesetextreuse FOLDER]

For the longest document, or the one that is named, and for all: seconds of the clock and of the processor, those of
processes aside included, and what was found. The plain ways hash every gram of the corpus: of 5 characters, looked up
among those of the document, and of 8, all sorted at once and joined to runs, without rows, places or texts.

FOLDER is a checkout of https://github.com/vierth/chinesetextreuse, whose detect_intertexuality.py (seeds of 4
characters, 10 or more, .8 alike) is run on the same texts, the files of each folder of the corpus as one; it needs the
package Levenshtein. Both then say which share of the quotes of the other they have too, where 5 characters or more
overlap in both texts. passim is not run: it needs Spark.
"""

from __future__ import annotations

import argparse
import os
import pickle
import subprocess
import sys
from collections import defaultdict
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from tuibrowser.api import open_corpus  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402
from tuibrowser.search.reuse.stream import TextStream  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.api import OpenCorpus

    Quote = tuple[int, int, int, int, int]
    """Two texts, where a quote begins in the significant characters of each, and its length."""

FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
COMMON: Final = 32
"""Places of a gram up to which the plain way joins every two of them."""
OVERLAP: Final = 5


def spent() -> float:
    """Seconds of the processor, those of processes that have ended included."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def measured(name: str) -> Iterator[list[str]]:
    """Print what is put into a list with the seconds that it took."""
    told: list[str] = []
    began, worked = perf_counter(), spent()
    yield told
    print(
        f"{name:44} {perf_counter() - began:7.2f} s  processor {spent() - worked:7.2f} s  {' '.join(told)}", flush=True
    )


def stream_of(engine: Engine) -> Any:
    """The fold ids of all significant characters; documents end with 0."""
    parts = []
    for segment in engine.segments:
        codes = segment.codes[:]
        parts.append(segment.fold.take(codes.compress(~segment.gap.take(codes))))
    return np.concatenate([*parts, np.zeros(1, np.uint16)])


def hashes(ids: Any, size: int) -> Any:
    made = ids[: len(ids) - size + 1].astype(np.uint64)
    for at in range(1, size):
        made *= FACTOR
        made ^= made >> np.uint64(29)
        made += ids[at : len(ids) - size + 1 + at]
    return made * FACTOR


def plain_document(ids: Any, low: int, high: int) -> int:
    """How many places of the corpus have a gram of a document."""
    wanted = np.unique(hashes(ids[low:high], 5))
    at = wanted.searchsorted(every := hashes(ids, 5))
    return int(np.count_nonzero(wanted.take(at, mode="clip") == every))


def plain_all(ids: Any, size: int = 8) -> int:
    """How many runs two documents have, of grams of few places."""
    keys = hashes(ids, size) >> np.uint64(25) << np.uint64(25)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    grams, ranks = keys >> np.uint64(25), (keys & np.uint64((1 << 25) - 1)).astype(np.uint32)
    begins = np.flatnonzero(np.concatenate(([True], grams[1:] != grams[:-1])))
    counts = np.diff(np.append(begins, len(grams)))
    pairs = []
    for count in range(2, COMMON + 1):
        group = begins[counts == count]
        pairs += [(ranks[group + i], ranks[group + j]) for i in range(count) for j in range(i + 1, count)]
    one, other = (np.concatenate(each).astype(np.uint64) for each in zip(*pairs, strict=True))
    runs = np.sort((other - one) << np.uint64(32) | one)
    starts = np.flatnonzero(np.concatenate(([True], np.diff(runs) != 1)))
    first = runs[starts] & np.uint64((1 << 32) - 1)
    ends = np.flatnonzero(ids == 0)
    apart = ends.searchsorted(first) != ends.searchsorted(first + (runs[starts] >> np.uint64(32)))
    return int(np.count_nonzero(apart))


def on_one_corpus(paths: Sequence[str], name: str | None, minimum: int) -> None:
    corpus = open_corpus(paths)
    engine = corpus.searcher
    assert isinstance(engine, Engine)
    longest = max(corpus.documents, key=lambda each: each.characters)
    document = longest if name is None else corpus.corpus.find(name)
    assert document is not None
    ids = stream_of(engine)
    if len(ids) >= 1 << 25:
        print("the plain way to compare all is for 33 million characters at most")
    print(f"{len(ids):,} significant characters, {len(corpus.documents):,} documents; {document.name}")
    with measured("a document") as told:
        found = engine.reuse(document.number, minimum=minimum)
        told.append(f"{len(found):,} passages, {found.total():,} places")
    with measured("  its first 1,000 rows with their texts") as told:
        told.append(f"{len(found.rows(0, 1_000)):,}")
    low = int(np.flatnonzero(ids == 0)[position(engine, document.number)]) if len(engine.segments) == 1 else 0
    with measured("  plainly") as told:
        told.append(f"{plain_document(ids, low, low + max(10, document.characters)):,} grams")
    with measured("all documents") as told:
        every = engine.reuse_among(minimum=minimum)
        assert every is not None
        told.append(f"{len(every):,} passages, {every.total():,} places")
    if len(ids) < 1 << 25:
        with measured("  plainly") as told:
            told.append(f"{plain_all(ids):,} runs")


def position(engine: Engine, number: int) -> int:
    return int(np.flatnonzero(engine.segments[0].numbers == number)[0])


def works_of(corpus: OpenCorpus) -> dict[str, str]:
    """The texts of the files of each folder as one, without blanks and line ends."""
    works: dict[str, list[str]] = defaultdict(list)
    for document in corpus.documents:
        works[document.name.rpartition("/")[0] or document.name].append(corpus.text(document.number).repaired)
    return {name.replace("/", "_"): "\n".join(texts) for name, texts in works.items()}


def beside_chinesetextreuse(paths: Sequence[str], peer: Path, minimum: int) -> None:
    if find_spec("Levenshtein") is None:
        print("chinesetextreuse: not run, it needs the package Levenshtein")
        return
    works = works_of(open_corpus(paths))
    streams = {name: TextStream(text).ids[1:-1] for name, text in works.items()}
    folded = ["".join(map(chr, ids.tolist())) for ids in streams.values()]
    with TemporaryDirectory() as folder:
        for name, text in works.items():
            (Path(folder) / f"{name}.txt").write_text(text, encoding="utf-8")
        with measured(f"all of {len(works)} works, read and compared") as told:
            ours = own_quotes(folder, list(works), minimum)
            told.append(f"{len(ours):,} quotes")
    with TemporaryDirectory() as folder:
        (Path(folder) / "corpus.pickle").write_bytes(pickle.dumps([list(works), folded]))
        (Path(folder) / "detect.py").write_bytes((peer / "detect_intertexuality.py").read_bytes())
        with measured("  chinesetextreuse") as told:
            subprocess.run([sys.executable, "detect.py"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            theirs = peer_quotes(Path(folder) / "results", list(works))
            told.append(f"{len(theirs):,} quotes")
    exact = [each for each in theirs if longest_run(folded, each) >= minimum]
    print(
        f"of ours chinesetextreuse has {share(ours, theirs):.3f}; of its quotes we have {share(theirs, ours):.3f}, of"
    )
    print(f"  those {len(exact):,} with a run of {minimum} equal characters {share(exact, ours):.3f}")


def own_quotes(folder: str, names: Sequence[str], minimum: int) -> list[Quote]:
    """The runs of every two texts that the program finds; of rows of several places those of every two of them."""
    corpus = open_corpus(folder)
    ranks = [TextStream(corpus.text(document.number).repaired).at[1:-1] for document in corpus.documents]
    number = [names.index(document.name.removesuffix(".txt")) for document in corpus.documents]
    quotes: list[Quote] = []
    found = corpus.searcher.reuse_among(minimum=minimum)
    assert found is not None
    for row in found.rows(0, len(found)):
        spots = [(each.document or 0, each.start) for each in (row.own, row.other)] + list(row.also)
        begins = [(each, int(ranks[each].searchsorted(at))) for each, at in spots]
        length = int(ranks[begins[0][0]].searchsorted(row.own.end)) - begins[0][1]
        quotes += [
            (number[one], number[other], low, high, length)
            for at, (one, low) in enumerate(begins)
            for other, high in begins[at + 1 :]
            if one != other
        ]
    return quotes


def peer_quotes(results: Path, names: Sequence[str]) -> list[Quote]:
    quotes = []
    for file in results.iterdir():
        own = names.index(file.name.removesuffix(".txt")) if file.name.removesuffix(".txt") in names else None
        for line in file.read_text(encoding="utf-8").split("\n"):
            cells = line.split("\t")
            if own is not None and len(cells) > OVERLAP and cells[0] in names:
                quotes.append((own, names.index(cells[0]), int(cells[3]), int(cells[4]), int(cells[1])))
    return quotes


def longest_run(folded: Sequence[str], quote: Quote) -> int:
    """The longest run of equal characters of a quote, in the same places of both."""
    one, other, low, high, length = quote
    best = 0
    text, there = folded[one][low : low + length], folded[other][high : high + length]
    lengths = np.zeros(len(there) + 1, int)
    for character in text:
        equal = np.array([character == each for each in there], bool)
        lengths[1:] = np.where(equal, lengths[:-1] + 1, 0)
        best = max(best, int(lengths.max()))
    return best


def share(quotes: Sequence[Quote], others: Sequence[Quote]) -> float:
    """The share of some quotes of which another one has a part in both texts."""
    known: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for one, other, low, high, length in others:
        known[one, other].append((low, high, length))
        known[other, one].append((high, low, length))

    def is_known(quote: Quote) -> bool:
        one, other, low, high, length = quote
        return any(
            min(low + length, a + n) - max(low, a) >= OVERLAP and min(high + length, b + n) - max(high, b) >= OVERLAP
            for a, b, n in known[one, other]
        )

    return sum(map(is_known, quotes)) / max(1, len(quotes))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--document")
    parser.add_argument("--minimum", type=int, default=10)
    parser.add_argument("--chinesetextreuse", type=Path)
    options = parser.parse_args()
    on_one_corpus(options.corpus, options.document, options.minimum)
    if options.chinesetextreuse is not None:
        beside_chinesetextreuse(options.corpus, options.chinesetextreuse, options.minimum)
    print("passim: not run, it needs Spark")


if __name__ == "__main__":
    main()
