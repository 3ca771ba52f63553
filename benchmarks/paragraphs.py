"""How often the joining of hard-wrapped lines errs.

    python benchmarks/paragraphs.py [--failures N] [--files N] PATH…

Each PATH is a folder of texts that hold one paragraph a line. They are read as they are (any join is wrong, but for
sentences that links tore apart), and again hard-wrapped in several ways: cut after so many characters, or broken at
so many cells without a mark at a line's start; paragraphs indented, divided by blank lines, or not marked at all; and
longer texts at three widths, with a blank line after every line, or with page numbers and running heads between.
Prints, for each way, the line ends that were rightly and wrongly joined and kept, the share of wrong ones among all,
and the CPU time that all of the structure took.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLOSING = "。，、；：？！…—·”’」』）》〉】〕.,:;?!)"
OPENING = "“‘「『（《〈【〔(["


def cut(text: str, width: int) -> Iterator[str]:
    """Lines of exactly so many characters."""
    yield from (text[at : at + width] for at in range(0, len(text), width))


def broken(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many full-width characters, no mark at their start, no opening mark at their end."""
    start = 0
    while start < len(text):
        at, room = start, width * 2
        while at < len(text) and room >= (cells := 1 if text[at] < "\u0100" else 2):
            room -= cells
            at += 1
        while start + 1 < at < len(text) and (
            text[at] in CLOSING
            or text[at - 1] in OPENING
            or (text[at].isascii() and text[at].isalnum() and text[at - 1].isascii() and text[at - 1].isalnum())
        ):
            at -= 1
        yield text[start:at]
        start = at
        while start < len(text) and text[start] == " ":
            start += 1


TABLE = re.compile("[ \u3000]{2}|[\u2500-\u257f]")
WRAPS: dict[str, Callable[[str, int], Iterator[str]]] = {"cut": cut, "broken": broken}
MARKS = {
    "indented": ("\u3000\u3000", ""),
    "apart": ("", "\n"),
    "indented and apart": ("\u3000\u3000", "\n"),
    "unmarked": ("", ""),
}


@dataclass
class Score:
    """Line ends within paragraphs that were joined or missed, and ends of paragraphs that were kept or joined."""

    joined: int = 0
    missed: int = 0
    kept: int = 0
    wrong: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    size: int = 0

    def print(self, label: str, failures: int) -> None:
        total = self.joined + self.missed + self.kept + self.wrong
        share = (self.missed + self.wrong) / max(1, total)
        print(
            f"{label}: {share:.2%} of {total} line ends wrong (joined {self.joined}, missed {self.missed},"
            f" kept {self.kept}, wrongly joined {self.wrong}); {self.seconds / max(1, self.size) * 1e6:.3f} s/MB"
        )
        for failure in self.failures[:failures]:
            print("   ", failure)


def compare(name: str, raw: str, within: set[int], score: Score, aside: frozenset[int] = frozenset()) -> None:
    """Score the paragraphs of a raw text.

    `within` are the lines, from 1, that go on with the paragraph before them, and those `aside` belong to none.
    """
    parsed = PLAIN.parse(raw)
    started = time.process_time()
    text = structure(raw, parsed, name).text
    score.seconds += time.process_time() - started
    score.size += len(raw.encode("utf-8", "surrogatepass"))
    starts = {text.line_of(paragraph.raw_start) for paragraph in text.paragraphs}
    lines = raw.split("\n")
    for paragraph in text.paragraphs:
        if "\n" in text.repaired[paragraph.start : paragraph.end]:
            starts.update(range(text.line_of(paragraph.raw_start), text.line_of(paragraph.raw_end) + 1))
    for number, line in enumerate(lines, 1):
        if number == 1 or not line.strip() or number in aside:
            continue
        if number in within:
            score.joined += number not in starts
            score.missed += number in starts
        else:
            score.kept += number in starts
            score.wrong += number not in starts
        if (number in within) == (number in starts):
            kind = "missed" if number in within else "wrong"
            score.failures.append(f"{kind} {name}:{number}: {lines[number - 2][-24:]!r} + {line[:24]!r}")


def wrapped(paragraphs: list[str], way: str, mark: str, width: int) -> tuple[str, set[int]]:
    """A text wrapped in one way, and its lines that go on with the paragraph before them."""
    indent, blank = MARKS[mark]
    lines: list[str] = []
    within: set[int] = set()
    for paragraph in paragraphs:
        for index, line in enumerate(WRAPS[way](indent + paragraph, width)):
            lines.append(line)
            if index:
                within.add(len(lines))
        if blank:
            lines.append("")
    return "\n".join(lines) + "\n", within


@dataclass(frozen=True)
class Layout:
    """How a longer text is set: parts of several widths, blank lines after every line, furniture after so many."""

    widths: tuple[int, ...] = (36,)
    blanks: bool = False
    page: int = 0


LAYOUTS = {
    "three widths": Layout((30, 35, 40)),
    "three widths, falling": Layout((40, 35, 30)),
    "blank line after every line": Layout(blanks=True),
    "blank line after every line, two widths": Layout((30, 36), blanks=True),
    "pages": Layout(page=25),
}
SHORTEST = 1500
"""Code points of a text that is set in these ways."""


def laid_out(paragraphs: list[str], way: str, mark: str, layout: Layout) -> tuple[str, set[int], frozenset[int]]:
    """A text set in one way, its lines that go on with the paragraph before them, and those of furniture."""
    indent, blank = MARKS[mark]
    lines: list[str] = []
    within: set[int] = set()
    aside: set[int] = set()
    count = 0
    for place, paragraph in enumerate(paragraphs):
        width = layout.widths[place * len(layout.widths) // len(paragraphs)]
        for index, line in enumerate(WRAPS[way](indent + paragraph, width)):
            if layout.page and count and count % layout.page == 0:
                lines += ["", f"- {count // layout.page} -", "春江花月　卷上", ""]
                aside |= {len(lines) - 2, len(lines) - 1}
            lines.append(line)
            count += 1
            if index:
                within.add(len(lines))
            if layout.blanks:
                lines.append("")
        if blank:
            lines.append("")
    return "\n".join(lines) + "\n", within, frozenset(aside)


def paragraphs_of(raw: str) -> list[str]:
    """The paragraphs of a text that has one a line, sentences torn at links made whole; tables are left out."""
    text = structure(raw, PLAIN.parse(raw), "").text
    return [line.strip() for line in text.repaired.split("\n") if line.strip() and not TABLE.search(line.strip())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--failures", type=int, default=0, help="print so many of each way")
    parser.add_argument("--files", type=int, default=300, help="take so many files of each folder, at random")
    arguments = parser.parse_args()
    chance = random.Random(1)
    for path in arguments.paths:
        files = sorted(each for each in path.rglob("*") if each.suffix in (".txt", ".md") and each.is_file())
        files = sorted(chance.sample(files, min(arguments.files, len(files))))
        texts = {file: file.read_text(encoding="utf-8", errors="replace")[:200_000] for file in files}
        print(f"{path}: {len(files)} files")
        whole = {file: paragraphs_of(raw) for file, raw in texts.items()}
        asis = Score()
        for file, raw in texts.items():
            compare(file.name, raw, set(), asis)
        asis.print("  as they are", arguments.failures)
        for way in WRAPS:
            for mark in MARKS:
                score = Score()
                for file, paragraphs in whole.items():
                    made, within = wrapped(paragraphs, way, mark, chance.randint(35, 40))
                    compare(file.name, made, within, score)
                score.print(f"  {way}, {mark}", arguments.failures)
        long = {file: paragraphs for file, paragraphs in whole.items() if sum(map(len, paragraphs)) > SHORTEST}
        for label, layout in LAYOUTS.items():
            for mark in MARKS:
                score = Score()
                for way in WRAPS:
                    for file, paragraphs in long.items():
                        raw, within, aside = laid_out(paragraphs, way, mark, layout)
                        compare(file.name, raw, within, score, aside)
                score.print(f"  {label}, {mark}", arguments.failures)


if __name__ == "__main__":
    main()
