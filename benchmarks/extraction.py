"""How fast each format is read, beside the bare library that parses it and beside other programs.

    python benchmarks/extraction.py [--seconds S] [--only FORMAT] [--others] PATH…

Reads the files below each PATH into memory. For each format it prints the files, the MB of them, and the MB and files a
second on one core by the processor's clock: extracted, and whole, which is with paragraphs, repairs and outline. PDF
files are counted by their pages, too.

Below it stand bare libraries that do less: they parse a file, or take its text as it comes, without layout, headings,
notes or metadata. `ours` is how much of their speed the extraction here has; it tells the same on a slow machine as on
a fast one. A file of records is listed, and each record is extracted, 64 read together as where all of a corpus is
read. The readers take turns, a fifth of S seconds each, so that what else the machine does falls on all alike. Lexbor
is measured where selectolax is installed. With --others, each other program that is installed and reads the format is
run once over each file; its time is that of its process, start-up included, so it is right for large files alone.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib.util
import json
import resource
import shutil
import subprocess
import time
import zipfile
from collections import defaultdict
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from tuibrowser.corpus.containers import container_for
from tuibrowser.corpus.containers.json_lines import Records
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.structure import structure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tuibrowser.corpus.formats.base import Format

    File = tuple[Path, Format, Contents]

HEAD = 4096
ROUNDS = 5
BLOCK = 64
"""Records read at once."""
OTHERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "html": (("pandoc", "-f", "html", "-t", "plain", "{}"),),
    "epub": (("pandoc", "-f", "epub", "-t", "plain", "{}"),),
    "docx": (("pandoc", "-f", "docx", "-t", "plain", "{}"),),
    "odt": (("pandoc", "-f", "odt", "-t", "plain", "{}"),),
    "rtf": (("pandoc", "-f", "rtf", "-t", "plain", "{}"),),
    "pdf": (("pdftotext", "{}", "-"),),
}
"""Commands that print the text of a file, by the key of its format."""


def pdfium(data: bytes) -> int:
    """Load each page of a PDF and its text; return how many there are. The library is as the reader here set it up."""
    import pypdfium2_raw as raw

    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    size: int = raw.FPDF_GetPageCount(document) if document else 0
    for number in range(size):
        page = raw.FPDF_LoadPage(document, number)
        text = raw.FPDFText_LoadPage(page)
        count = raw.FPDFText_CountChars(text)
        raw.FPDFText_GetText(text, 0, count, (ctypes.c_ushort * (count + 1))())
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    if document:
        raw.FPDF_CloseDocument(document)
    return size


def packed_xml(data: bytes) -> int:
    """Unpack the largest part of an office document and parse it; return its bytes."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            part = archive.read(max(archive.infolist(), key=lambda each: each.filename.endswith("l") * each.file_size))
        ET.fromstring(part)
    except (zipfile.BadZipFile, ET.ParseError):
        return 0
    return len(part)


def lexbor(data: bytes) -> int:
    """Parse a page."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(data).root is not None


def lexbor_text(data: bytes) -> int:
    """Parse a page and take its text, menus and all."""
    from selectolax.lexbor import LexborHTMLParser

    return len(LexborHTMLParser(data).text())


def json_lines(data: bytes) -> int:
    """Parse each line."""
    parsed = 0
    for line in data.splitlines():
        try:
            json.loads(line)
        except ValueError:
            continue
        parsed += 1
    return parsed


def bare() -> Mapping[str, Mapping[str, Callable[[bytes], int]]]:
    """What takes in the bytes of a file and does the least there is to do, by the key of the format."""
    has_lexbor = importlib.util.find_spec("selectolax") is not None
    packed = {"zip, XML": packed_xml}
    return {
        "html": {"lexbor": lexbor, "lexbor, text": lexbor_text} if has_lexbor else {},
        "docx": packed,
        "odt": packed,
        "jsonl": {"json": json_lines},
        "pdf": {"PDFium": pdfium},
    }


def found(paths: Sequence[Path]) -> dict[str, list[File]]:
    """The files below paths that have a format which is extracted, by its key."""
    made: dict[str, list[File]] = defaultdict(list)
    for root in paths:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if not path.is_file():
                continue
            data = path.read_bytes()
            kind = format_for(path.name, data[:HEAD])
            if kind is not None and kind.is_extracted:
                made[kind.key].append((path, kind, Contents(data, path.name)))
    return made


def costs(readers: Mapping[str, Callable[[], Any]], seconds: float) -> dict[str, float]:
    """The processor's seconds that each of some readers takes, which take turns: the middle of their rounds."""
    rounds: dict[str, list[float]] = {name: [] for name in readers}
    for read in readers.values():
        read()
    for _ in range(ROUNDS):
        for name, read in readers.items():
            start, count = time.process_time(), 0
            while (spent := time.process_time() - start) < seconds / ROUNDS or not count:
                read()
                count += 1
            rounds[name].append(spent / count)
    return {name: sorted(each)[len(each) // 2] for name, each in rounds.items()}


def documents(contents: Contents) -> Iterator[Contents]:
    """The contents of the documents of a file: its own, or those of its records."""
    container = container_for(contents.name)
    file = BytesIO(contents.data)
    opened = container.open(file, contents.name) if container is not None and container.holds_records else None
    if opened is None:
        yield contents
        return
    assert isinstance(opened, Records)
    total = len(opened.sizes())
    for number in range(0, total, BLOCK):
        yield from opened.several(number + 1, min(BLOCK, total - number))


def extract_all(files: Sequence[File], *, whole: bool) -> int:
    """Extract files, with their structure if `whole`; return how many documents could not be read."""
    failed = 0
    for path, kind, contents in files:
        for document in documents(contents):
            try:
                extracted = kind.extract(document)
                if whole:
                    structure(extracted.raw, extracted.parsed, path.name)
            except CorpusError:
                failed += 1
    return failed


def other_seconds(command: Sequence[str], files: Sequence[File]) -> float:
    """The processor's seconds that another program takes for files."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path, _, _ in files:
        subprocess.run([part.format(path) for part in command], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def show(key: str, files: Sequence[File], seconds: float, *, others: bool) -> None:
    """Measure a format and print its lines."""
    size = sum(len(contents.data) for _, _, contents in files) / 1e6
    unread = extract_all(files, whole=False)
    data = [contents.data for _, _, contents in files]
    beside = bare().get(key, {})
    taken = costs(
        {
            "": lambda: extract_all(files, whole=False),
            "whole": lambda: extract_all(files, whole=True),
            **{name: lambda read=read: sum(map(read, data)) for name, read in beside.items()},
        },
        seconds,
    )
    if others:
        for command in OTHERS.get(key, ()):
            if shutil.which(command[0]):
                taken[command[0]] = other_seconds(command, files)
    pages = sum(map(pdfium, data)) if key == "pdf" else 0
    for name, cost in taken.items():
        line = f"  {name:14}{'':16}" if name else f"{key:16}{len(files):7}{size:9.2f}"
        line += f"{size / cost:9.1f}{len(files) / cost:9.0f}" + (f"{pages / cost:9.0f}" if pages else f"{'':9}")
        print(line + (f"{cost / taken['']:9.2f}" if name else f"{'':9}{unread:8}"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--only", default="", metavar="FORMAT", help="the key of one format")
    parser.add_argument("--others", action="store_true", help="run other programs too")
    arguments = parser.parse_args()
    print(f"{'':16}{'files':>7}{'MB':>9}{'MB/s':>9}{'files/s':>9}{'pages/s':>9}{'ours':>9}{'unread':>8}")
    for key, files in sorted(found(arguments.paths).items()):
        if arguments.only in ("", key):
            show(key, files, arguments.seconds, others=arguments.others)


if __name__ == "__main__":
    main()
