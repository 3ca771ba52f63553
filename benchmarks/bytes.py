"""Bytes: what a terminal of 120 × 40 is sent for a key, by tuibrowser with the plain and the lean driver, less and vim.

For each key the median of several presses, in bytes; the text on a page in UTF-8 beside it. Then the time the driver
takes for a frame. The document is made of paragraphs of Chinese characters that fill their lines; less and vim show
the same lines.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from watched_pty import _SEQUENCE, WatchedPty, fresh_home

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

APP = (sys.executable, "-m", "tuibrowser")
QUIET = 0.25
PRESSES = 9
PARAGRAPHS, CHARACTERS, LINE = 120, 640, 58
COMMON = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天"
QUERY = "高质量发展"

# Five ambiguous characters, asked about first, take five cells; no other question is about the place.
ANSWERS = {b"\x1b[6n": b"\x1b[1;6R"}
MARGINS = {**ANSWERS, b"\x1b[?69$p": b"\x1b[?69;2$y"}


class AnsweringPty(WatchedPty):
    """A terminal that answers questions."""

    answers: dict[bytes, bytes] = {}  # noqa: RUF012 - set once, before anything is read

    def _read(self, seconds: float) -> float | None:
        before = len(self.output)
        moment = super()._read(seconds)
        new = bytes(self.output[max(0, before - 8) :])
        for question, answer in self.answers.items():
            for place in re.finditer(re.escape(question), new):
                if max(0, before - 8) + place.end() > before:
                    os.write(self._master, answer)
        return moment


@dataclass(frozen=True, slots=True)
class Side:
    """A program, what it is shown, and the keys that do there what the table is about."""

    name: str
    command: tuple[str, ...]
    first: str
    answers: dict[bytes, bytes]
    keys: dict[str, tuple[str, ...]]


def document(folder: Path) -> tuple[Path, Path, str]:
    """A dense text in paragraphs, the same in lines, and what it begins with."""
    choice = random.Random(7)
    headings = [f"第{number}章 {''.join(choice.choices(COMMON, k=8))}" for number in range(1, 30)]
    paragraphs = []
    for number in range(PARAGRAPHS):
        if number % 4 == 3:
            paragraphs.append(headings[number // 4 % len(headings)])
        text = "".join(choice.choices(COMMON, k=CHARACTERS))
        paragraphs.append("，".join(text[place : place + 14] for place in range(0, len(text), 14)) + QUERY + "。")
    whole, lines = folder / "paragraphs.txt", folder / "lines.txt"
    whole.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    rows = [text[place : place + LINE] for text in paragraphs for place in range(0, len(text), LINE)]
    lines.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return whole, lines, paragraphs[0][:6]


READER = {
    "j beside the outline": ("j",) * PRESSES,
    "outline toggled": ("o", "o", "o", "o", "o"),
    "j": ("j",) * PRESSES,
    "page": (" ",) * PRESSES,
    "message": ("n", "N", "n"),
    "search opened": ("/",),
    "search keystroke": tuple(QUERY),
    "search closed": ("\x1b",),
    "lines of the query": ("A",),
    "a line down, previewed": ("j",) * PRESSES,
    "table of bigrams": ("3", "U", "U"),
    "a row down": ("j",) * PRESSES,
    "table of documents": ("2",),
    "lines and figures closed": ("\x1b",),
    "help opened": ("?",),
}


def sides(whole: Path, lines: Path, first: str) -> list[Side]:
    """The programs that are installed."""
    with_mode = ("env", f"PYTHONPATH={ROOT / 'src'}")
    reader = [
        Side(f"tuibrowser {name}", (*with_mode, *APP, "--lean", mode, str(whole)), first, answers, READER)
        for name, mode, answers in (("plain", "off", ANSWERS), ("lean", "on", ANSWERS), ("margins", "on", MARGINS))
    ]
    vim = ("vim", "-u", "NONE", "-N", "-n", "-R", "-c", "set scrolloff=0 noruler noshowcmd encoding=utf-8", str(lines))
    others = [
        Side("less", ("less", str(lines)), first, {}, {"j": ("j",) * PRESSES, "page": (" ",) * PRESSES}),
        Side("vim", vim, first, {}, {"j": ("\x05",) * PRESSES, "page": ("\x06",) * PRESSES}),
    ]
    return reader + [side for side in others if shutil.which(side.command[0])]


def measure(side: Side) -> dict[str, list[int]]:
    """The bytes of each press, by what it does; those of the start, and of three idle seconds."""
    with fresh_home() as home:
        terminal = AnsweringPty(side.command, home)
        terminal.answers = side.answers
        with terminal:
            terminal.until_text(side.first)
            terminal.settle(1.5)
            found = {"start": [len(terminal.output)]}
            terminal.output.clear()
            terminal.settle(3, 3)
            found["idle"] = [len(terminal.output)]
            for name, keys in side.keys.items():
                found[name] = [pressed(terminal, key) for key in keys]
                if name == "page":
                    found["text of a page"] = [text_bytes(bytes(terminal.output))]
    return found


def pressed(terminal: WatchedPty, key: str) -> int:
    """The bytes of the answer to a key; 0 where there is none."""
    answer = terminal.press(key, QUIET, 1.5)
    return answer[2] if answer else 0


def text_bytes(output: bytes) -> int:
    """The text in what was written, without padding."""
    return sum(len(line.strip()) for line in _SEQUENCE.sub(b"\n", output).splitlines())


def table(results: dict[str, dict[str, list[int]]]) -> None:
    """Print median and greatest, side by side."""
    names = list(dict.fromkeys(name for found in results.values() for name in found))
    print(f"{'median / greatest, bytes':24}" + "".join(f"{side:>20}" for side in results))
    for name in names:
        cells = (found.get(name) for found in results.values())
        print(f"{name:24}" + "".join(f"{cell_text(cell):>20}" for cell in cells))


def cell_text(values: list[int] | None) -> str:
    """Median and greatest."""
    return f"{statistics.median_low(values):,} / {max(values):,}" if values else "–"


def time_driver(path: Path) -> None:
    """Print what the driver adds to a frame."""
    from support.recording import record
    from tuibrowser.terminal.asking.abilities import Abilities
    from tuibrowser.terminal.cells.errors import Unmodelled
    from tuibrowser.terminal.difference.lean import Lean

    keys = [
        *"jjjjjj",
        "space",
        "space",
        "b",
        "o",
        *"jjjjjj",
        "space",
        "space",
        "G",
        "g",
        "o",
        *"jjjjjj",
        "slash",
        *QUERY,
        "escape",
    ]
    written = [
        data for data, _ in asyncio.run(record(path, keys, pause=0.05)) if data.startswith("\x1b[") and "H" in data
    ]
    for name, abilities in (
        ("lean", Abilities(colour_erase=True, ambiguous_settled=True)),
        ("margins", Abilities(colour_erase=True, margins=True, ambiguous_settled=True)),
    ):
        model, times = Lean(120, 40, abilities), []
        model.wipe()
        for data in written:
            before = time.process_time()
            try:
                model.take(data)
                model.changes()
            except Unmodelled:
                model.forget()
                continue
            times.append((time.process_time() - before) * 1000)
        ordered = sorted(times)
        print(
            f"driver, {name}: {statistics.median(times):.1f} ms a frame (median of {len(times)}), "
            f"p95 {ordered[int(len(ordered) * 0.95)]:.1f}, most {ordered[-1]:.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", help="sides whose name holds this")
    options = parser.parse_args()
    with fresh_home() as folder:
        whole, lines, first = document(Path(folder))
        chosen = [side for side in sides(whole, lines, first) if not options.only or options.only in side.name]
        table({side.name: measure(side) for side in chosen})
        time_driver(whole)


if __name__ == "__main__":
    main()
