"""Time patterns on a corpus: with the help of the index, by a scan of all texts, and by grep -P and ripgrep -P.

    python benchmarks/patterns.py CORPUS [--patterns 100] [--seed 9]

The patterns are made of characters drawn from the corpus: gaps, alternatives, classes, unknown characters, repetition.
Prints for each side the median, 95th percentile and largest milliseconds of the patterns that the index helps with, how
many of these give the very matches of the scan, and what share of the others' time they take; then the same for hostile
ones, and how soon the first match is there. grep and ripgrep read the files as they are, and fold nothing.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
from time import perf_counter
from typing import TYPE_CHECKING

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from tuibrowser.api import open_corpus  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402
from tuibrowser.search.patterns import find  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.search.index.segment import Segment

HOSTILE = (
    *(
        "不.不.",
        r"(.)\1\1",
        "[零一二三四五六七八九十]+萬元以[上下]",
        "非.{0,6}不可",
        r"\d{4}年\d{1,2}月\d{1,2}日",
        "為.{1,4}所.{1,3}",
    ),
    *(
        "《[^》]{2,8}》",
        "A[A-Z]+",
        "(不+)+好",
        "(?:.+)+則$",
        "^第.{1,3}章",
        "人.{0,2}我.{0,2}人",
        "以.{1,3}为.{1,3}",
        "春.秋.",
    ),
)


def words(segment: Segment, rng: random.Random) -> Iterator[str]:
    """Two Chinese characters in a row, at random."""
    while True:
        at = rng.randrange(1, len(segment) - 2)
        text = segment.text(at, at + 2)
        if all("\u4e00" <= each <= "\u9fff" for each in text):
            yield text


def drawn(segment: Segment, count: int, seed: int) -> list[str]:
    take = words(segment, random.Random(seed))
    forms = (
        "{a}.{{0,8}}{b}",
        "{a}|{b}|{c}",
        "[{a}]{b[0]}{b[1]}",
        "{a}(?:{b}|{c})?",
        "(?:{a}|{b}).{{1,20}}{c}",
        "{a}.{b}",
        "{a}{{1,2}}",
    )
    return [forms[number % len(forms)].format(a=next(take), b=next(take), c=next(take)) for number in range(count)]


def timed(work: Callable[[], object]) -> tuple[float, object]:
    began = perf_counter()
    answer = work()
    return (perf_counter() - began) * 1000, answer


def by_index(engine: Engine, source: str) -> Callable[[], object]:
    return lambda: list(engine.occurrences(f're:"{source}"'))


def by_scan(engine: Engine, source: str) -> Callable[[], object]:
    def work() -> object:
        kept, find.paragraphs_of = find.paragraphs_of, lambda *_: None  # type: ignore[assignment]
        engine._answers.clear()
        try:
            return list(engine.occurrences(f're:"{source}"'))
        finally:
            find.paragraphs_of = kept

    return work


def first_match(engine: Engine, source: str) -> Callable[[], object]:
    def work() -> object:
        engine._answers.clear()
        return next((each for each in engine.search(f're:"{source}"', limit=10) if each.total), None)

    return work


def outside(tool: str, source: str, paths: list[str]) -> Callable[[], object]:
    command = [tool, "-rcPh" if tool == "grep" else "-cP", "-e", source, *paths]
    return lambda: subprocess.run(command, capture_output=True, check=False).returncode


def row(name: str, values: list[float]) -> None:
    if values:
        print(f"{name:34} {np.median(values):8.1f} {np.percentile(values, 95):8.1f} {max(values):8.1f}")


def compare(mine: list[float], name: str, theirs: list[float]) -> None:
    median, most = (np.percentile(mine, share) / np.percentile(theirs, share) for share in (50, 95))
    print(f"{'':34} the same patterns by the index take {median:.3f} of {name} (p95 {most:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--patterns", type=int, default=100)
    parser.add_argument("--seed", type=int, default=9)
    options = parser.parse_args()
    engine = open_corpus(options.corpus).searcher
    assert isinstance(engine, Engine)
    largest = max(engine.segments, key=len)
    tools = [tool for tool in ("grep", "rg") if shutil.which(tool)]
    timed(by_index(engine, "甲乙丙"))  # what is made once
    print(f"{sum(map(len, engine.segments)):,} characters{'':14} median      p95     most, ms")
    for title, sources in (("drawn", drawn(largest, options.patterns, options.seed)), ("hostile", list(HOSTILE))):
        ours = [timed(by_index(engine, source)) for source in sources]
        scans = [timed(by_scan(engine, source)) for source in sources[::5]]
        alike = sum(mine[1] == scan[1] for mine, scan in zip(ours[::5], scans, strict=True))
        row(f"{title}: {len(sources)} by the index", [each[0] for each in ours])
        row(f"{title}: {len(scans)} by a scan", [each[0] for each in scans])
        print(f"{'':34} {alike} of {len(scans)} give the matches of the scan")
        row(f"{title}: first match", [timed(first_match(engine, source))[0] for source in sources])
        mine = [each[0] for each in ours[::5]]
        compare(mine, "the scan", [each[0] for each in scans])
        for tool in tools:
            theirs = [timed(outside(tool, source, options.corpus))[0] for source in sources[::5]]
            row(f"{title}: {tool} -P", theirs)
            compare(mine, f"{tool} -P", theirs)


if __name__ == "__main__":
    main()
