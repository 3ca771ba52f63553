"""Measure parallels: plant changes in passages of a corpus, look for them, and say how many come back, and how soon.

    python benchmarks/parallels.py CORPUS [--passages 60] [--seed 7]

For passages of 30, 60, 120 and 400 significant characters, each as it stands, in the other script without punctuation,
with 5 to 40 % of its characters changed, missing or added, and with its clauses in another order: the share whose place
is the best and among the first 50 parallels, and the median, 95th percentile and largest milliseconds, of the clock and
of the processor. The same passages are then searched for as a query, without parallels, as the other side.
"""

from __future__ import annotations

import argparse
import random
import re
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from tuibrowser.host.vector_sort import avoid_slow_sort

avoid_slow_sort()  # as the program does, before NumPy is imported

import numpy as np  # noqa: E402

from tuibrowser.api import open_corpus  # noqa: E402
from tuibrowser.hanzi.convert import convert  # noqa: E402
from tuibrowser.search.engine import Engine  # noqa: E402
from tuibrowser.search.planning.plan import Plan  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuibrowser.search.index.segment import Segment

LENGTHS = (30, 60, 120, 400)
FIRST = 50
PUNCTUATION = re.compile(r"[^\w]")
CLAUSE = re.compile(r"(?<=[，。；、！？,;\n])")


@dataclass(frozen=True)
class Planted:
    document: int
    start: int
    end: int
    text: str


class Planter:
    """Takes passages from the texts, and changes them."""

    def __init__(self, segments: tuple[Segment, ...], rng: random.Random) -> None:
        self.segments, self.rng = segments, rng
        self.sizes = [len(segment) for segment in segments]

    def _segment(self) -> Segment:
        return self.rng.choices(self.segments, self.sizes)[0]

    def character(self) -> str:
        while True:
            segment = self._segment()
            at = self.rng.randrange(1, len(segment) - 1)
            if "\u4e00" <= (character := segment.text(at, at + 1)) <= "\u9fff":
                return character

    def passage(self, length: int) -> Planted:
        """A passage of one document from the beginning of a paragraph on, of Chinese characters nearly all."""
        while True:
            segment = self._segment()
            start = int(segment.para[self.rng.randrange(len(segment.para))])
            codes = segment.codes[start : start + 3 * length]
            held = np.flatnonzero(~segment.gap.take(codes) & (codes != 0))
            if len(held) <= length:
                continue
            low, high = start + int(held[0]), start + int(held[length - 1]) + 1
            text = segment.text(low, high)
            one, other = segment.document_index(np.array([low, high])).tolist()
            if one == other and sum("\u4e00" <= each <= "\u9fff" for each in text) >= 0.9 * length:
                _, first, last = segment.source_spans(np.array([low]), np.array([high]))
                return Planted(int(segment.numbers[one]), int(first[0]), int(last[0]), text)

    def edited(self, text: str, share: float) -> str:
        made = []
        for each in text:
            if not each.isalnum() or self.rng.random() >= share:
                made.append(each)
                continue
            made += self.rng.choice(([self.character()], [each, self.character()], []))
        return "".join(made)

    def reordered(self, text: str) -> str:
        clauses = [clause for clause in CLAUSE.split(text) if clause]
        self.rng.shuffle(clauses)
        return "".join(clauses)


def other_script(text: str) -> str:
    simplified = convert(text, "t2s")[0]
    return PUNCTUATION.sub("", simplified if simplified != text else convert(text, "s2t")[0])


def kinds(planter: Planter) -> dict[str, Callable[[str], str]]:
    made: dict[str, Callable[[str], str]] = {"as it stands": str, "script, no punctuation": other_script}
    for percent in (5, 10, 20, 30, 40):
        made[f"{percent}% changed"] = lambda text, share=percent / 100: planter.edited(text, share)
    return made | {"another order": planter.reordered}


def is_at(planted: Planted, document: int, start: int, end: int) -> bool:
    shared = min(end, planted.end) - max(start, planted.start)
    return document == planted.document and 2 * shared >= planted.end - planted.start


def parallels(engine: Engine, planted: Planted, text: str) -> int | None:
    for rank, row in enumerate(engine.parallels(text, limit=FIRST).rows):
        repeated = any(each == (planted.document, planted.start) for each in row.also)
        if repeated or is_at(planted, row.document, row.start, row.end):
            return rank
    return None


def searched(engine: Engine, planted: Planted, text: str) -> int | None:
    *_, last = engine.search(" ".join(text.split()), limit=FIRST, final_only=True)
    for rank, hit in enumerate(last.hits):
        if hit.document == planted.document and hit.spans and is_at(planted, hit.document, *hit.extent):
            return rank
    return None


def measured(
    find: Callable[[Engine, Planted, str], int | None], engine: Engine, asked: list[tuple[Planted, str]]
) -> str:
    ranks, clock, processor = [], [], []
    for planted, text in asked:
        began, worked = perf_counter(), process_time()
        ranks.append(find(engine, planted, text))
        clock.append((perf_counter() - began) * 1000)
        processor.append((process_time() - worked) * 1000)
    first, listed = sum(rank == 0 for rank in ranks), sum(rank is not None for rank in ranks)
    times = "  ".join(
        f"{name} {np.median(values):5.1f} {np.percentile(values, 95):6.1f} {max(values):6.0f}"
        for name, values in (("ms", clock), ("cpu", processor))
    )
    return f"first {first / len(asked):.3f}  of {FIRST} {listed / len(asked):.3f}  {times}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--passages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    engine = open_corpus(options.corpus).searcher
    assert isinstance(engine, Engine)
    planter = Planter(engine.segments, random.Random(options.seed))
    engine.parallels("學而時習之不亦說乎")  # what is made once
    print(f"{sum(map(len, engine.segments)):,} characters, {options.passages} passages each")
    for length in LENGTHS:
        passages = [planter.passage(length) for _ in range(options.passages)]
        for name, change in kinds(planter).items():
            asked = [(each, change(each.text)) for each in passages]
            print(f"{length:4} {name:24} parallels  {measured(parallels, engine, asked)}", flush=True)
            kept, Plan._parallels = Plan._parallels, lambda *_: iter(())  # type: ignore[method-assign]
            print(f"{'':4} {'':24} search     {measured(searched, engine, asked)}", flush=True)
            Plan._parallels = kept  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
