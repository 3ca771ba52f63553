"""How fast each format is read, beside other programs that read it.

    python benchmarks/extraction.py [--seconds S] [--only FORMAT] [--others] PATH…

Reads the files below each PATH into memory. For each format it extracts them again and again for S seconds, and prints
the files, the MB of them, the MB and files a second on one core, and the same with paragraphs, repairs and outline. A
speed is taken by the processor's clock. With --others, each other program that is installed and reads the format is run
once over each file; its time is that of its process, start-up included, so it is right for large files alone.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.formats.base import Format

HEAD = 4096
OTHERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "html": (("pandoc", "-f", "html", "-t", "plain", "{}"),),
    "epub": (("pandoc", "-f", "epub", "-t", "plain", "{}"),),
    "docx": (("pandoc", "-f", "docx", "-t", "plain", "{}"),),
    "odt": (("pandoc", "-f", "odt", "-t", "plain", "{}"),),
    "rtf": (("pandoc", "-f", "rtf", "-t", "plain", "{}"),),
    "pdf": (("pdftotext", "{}", "-"),),
}
"""Commands that print the text of a file, by the key of its format."""


def found(paths: Sequence[Path]) -> dict[str, list[tuple[Path, Format, Contents]]]:
    """The files below paths that have a format which is extracted, by its key."""
    made: dict[str, list[tuple[Path, Format, Contents]]] = defaultdict(list)
    for root in paths:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if not path.is_file():
                continue
            data = path.read_bytes()
            kind = format_for(path.name, data[:HEAD])
            if kind is not None and kind.is_extracted:
                made[kind.key].append((path, kind, Contents(data, path.name)))
    return made


def rate(read: Callable[[], int], seconds: float) -> float:
    """How often a second of the processor something is done, at least once, and after once to warm up."""
    read()
    start, count = time.process_time(), 0
    while (spent := time.process_time() - start) < seconds or not count:
        read()
        count += 1
    return count / spent if spent else float("inf")


def extract_all(files: Sequence[tuple[Path, Format, Contents]], *, whole: bool) -> int:
    """Extract files, with their structure if `whole`; return how many could not be read."""
    failed = 0
    for path, kind, contents in files:
        try:
            extracted = kind.extract(contents)
            if whole:
                structure(extracted.raw, extracted.parsed, path.name)
        except CorpusError:
            failed += 1
    return failed


def other_seconds(command: Sequence[str], files: Sequence[tuple[Path, Format, Contents]]) -> float:
    """The processor's seconds that another program takes for files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path, _, _ in files:
        subprocess.run([part.format(path) for part in command], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--only", default="", metavar="FORMAT", help="the key of one format")
    parser.add_argument("--others", action="store_true", help="run other programs too")
    arguments = parser.parse_args()
    print(f"{'':12}{'files':>7}{'MB':>9}{'MB/s':>9}{'files/s':>9}{'whole MB/s':>12}{'unread':>8}")
    for key, files in sorted(found(arguments.paths).items()):
        if arguments.only not in ("", key):
            continue
        size = sum(len(contents.data) for _, _, contents in files) / 1e6
        failed = extract_all(files, whole=False)
        alone = rate(lambda files=files: extract_all(files, whole=False), arguments.seconds)
        whole = rate(lambda files=files: extract_all(files, whole=True), arguments.seconds)
        counts = f"{alone * size:9.1f}{alone * len(files):9.0f}{whole * size:12.1f}{failed:8}"
        print(f"{key:12}{len(files):7}{size:9.2f}{counts}")
        for command in OTHERS.get(key, ()) if arguments.others else ():
            if shutil.which(command[0]):
                seconds = other_seconds(command, files)
                print(f"  {command[0]:10}{'':16}{size / seconds:9.1f}{len(files) / seconds:9.0f}")


if __name__ == "__main__":
    main()
