"""Seconds per MB of UTF-8 that breaking lines takes, by width, with ICU's break opportunities beside it if installed.

python benchmarks/linebreak.py [PATH…]      text files and folders of them; without one, the texts in seeds/
"""

from __future__ import annotations

import importlib
import sys
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from tuibrowser.reading.harmless import harmless
from tuibrowser.reading.lines.linebreak import break_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WIDTHS = (20, 40, 80, 120)
SEEDS = Path(__file__).resolve().parents[1] / "seeds"
LEAST_MB = 1.0
RUNS = 3


def main(paths: list[str]) -> int:
    lines = read(Path(path) for path in paths or [str(SEEDS)])
    if not lines:
        print("no text found", file=sys.stderr)
        return 2
    megabytes = sum(len(line.encode("utf-8", "replace")) for line in lines) / 1e6
    times = max(1, round(LEAST_MB / megabytes + 0.5))
    lines, megabytes = lines * times, megabytes * times
    print(f"{megabytes:.1f} MB in {len(lines):,} paragraphs, longest {max(map(len, lines)):,}; best of {RUNS}")
    for width in WIDTHS:
        seconds = best(lines, partial(break_lines, width=width))
        rows = sum(len(break_lines(line, width)) for line in lines)
        print(f"{width:4} cells  {seconds / megabytes:.4f} s/MB  {rows / seconds:12,.0f} lines/s")
    if (opportunities := icu_opportunities()) is not None:
        print(f" ICU zh     {best(lines, opportunities) / megabytes:.4f} s/MB  where lines may end, none fitted")
    one = "".join(lines)[:1_000_000]
    print(f"{len(one):,} code points as one paragraph, 80 cells: {best([one], partial(break_lines, width=80)):.3f} s")
    return 0


def read(paths: Iterable[Path]) -> list[str]:
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    texts = [file.read_text("utf-8", "replace") for file in files if file.is_file()]
    return [harmless(line) for text in texts for line in text.splitlines() if line]


def best(lines: list[str], work: Callable[[str], object]) -> float:
    return min(timed(lines, work) for _ in range(RUNS))


def timed(lines: list[str], work: Callable[[str], object]) -> float:
    began = perf_counter()
    for line in lines:
        work(line)
    return perf_counter() - began


def icu_opportunities() -> Callable[[str], object] | None:
    try:
        icu: Any = importlib.import_module("icu")
    except ImportError:
        return None
    iterator = icu.BreakIterator.createLineInstance(icu.Locale("zh"))

    def opportunities(line: str) -> list[int]:
        iterator.setText(icu.UnicodeString(line))
        return list(iterator)

    return opportunities


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
