"""Every reader on damaged files: whatever the bytes are, there is a text, or a reason that a person is told.

The short test damages files made here. The long one damages real files of all kinds, where there are any, more than
20,000 times; run by itself, this module does the same and counts what became of them.
"""

from __future__ import annotations

import io
import json
import random
import re
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.shared import SHARED
from tuibrowser.corpus.containers.flat import open_flat
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.formats.base import Contents
from tuibrowser.corpus.model import Source
from tuibrowser.corpus.read import read_contents

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = SHARED / "corpora" / "formats"
LARGEST = 120_000
"""Bytes of a real file that is damaged: larger ones have no more to go wrong, and take their time."""
SECONDS = 20.0
"""Time after which a file counts as one that hangs; the slowest take a fraction of a second."""
LONG = 20_500
FIRST_MEMBERS = 3

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that stand in no text that is made of a file's contents."""

HTML = """<html><head><title>渡口</title></head><body><h1>渡口</h1><p>渡口有舟三艘，皆舊，行人往來。<br>岸上有亭。</p>
<table><tr><td>一</td><td>二</td></tr></table><ul><li><a href="#">甲</a></ul></body></html>"""
TEI = """<?xml version="1.0" encoding="UTF-8"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>渡口記</title></titleStmt></fileDesc></teiHeader><text><body><div><head>渡口</head>
<lb n="0001a01"/><p>渡口有舟<note place="inline">皆舊</note>三艘。</p></div></body></text></TEI>"""
RTF = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\f0\b \u28193?\u21475?\b0\par \'b6\'c9\'bf\'da\par}"
SRT = "1\n00:00:01,000 --> 00:00:02,500\n渡口有舟三艘。\n\n2\n00:00:03,000 --> 00:00:04,000\n皆舊。\n"
RECORDS = [{"title": f"其{number}", "author": "某甲", "content": ["渡口有舟。", "岸上有亭。"]} for number in range(3)]


def made() -> list[tuple[str, bytes]]:
    """Small files of the formats that need no tool to make."""
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in RECORDS)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("渡口.txt", "渡口有舟三艘。\n")
        packed.writestr("詩.jsonl", lines)
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as packed:
        packed.writestr("mimetype", "application/epub+zip")
        packed.writestr("a.xhtml", HTML)
    texts = {
        "a.html": HTML,
        "a.xml": TEI,
        "a.rtf": RTF,
        "a.srt": SRT,
        "a.json": json.dumps(RECORDS, ensure_ascii=False),
        "a.jsonl": lines,
        "a.csv": "title,author,content\n渡口,某甲,渡口有舟三艘。\n山,某乙,山高而遠。\n",
        "a.md": "# 渡口\n\n渡口有舟。\n",
        "a.txt": "渡口\n\n渡口有舟三艘。\n",
    }
    return [
        *((name, text.encode()) for name, text in texts.items()),
        ("a.zip", archive.getvalue()),
        ("a.epub", book.getvalue()),
    ]


def real() -> list[tuple[str, bytes]]:
    """The real files that are here."""
    paths = sorted(path for path in FILES.rglob("*") if path.is_file() and path.parent != FILES)
    return [(path.name, path.read_bytes()) for path in paths if path.stat().st_size <= LARGEST]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, taken out, doubled or moved, or the end cut off."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not made:
            break
        at = chance.randrange(len(made))
        length = min(len(made) - at, chance.choice((1, 2, 4, 16, 256)))
        match chance.randrange(7):
            case 0:
                made[at] = chance.randrange(256)
            case 1:
                made[at] ^= 1 << chance.randrange(8)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 50))
            case 4:
                made[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
            case 5:
                made[at : at + length] = chance.choice((b"\x00", b"\xff", b"<", b"{", b"\x1b", b"9")) * length
            case _:
                del made[at:]
    return bytes(made)


def texts_of(name: str, data: bytes) -> Iterator[str]:
    """The raw texts of a file: its own, or those of the first documents it holds."""
    opened = open_flat(io.BytesIO(data), name)
    if opened is None:
        yield read_contents(Contents(data, name), Source(Path("/a") / name, name, len(data)), 0).text.raw
        return
    members, _ = opened.list()
    for member in members[:FIRST_MEMBERS]:
        names = [member.name] if member.sizes is None else [f"{member.name}/1".lstrip("/")]
        for each in names:
            try:
                contents = opened.contents(each)
                yield read_contents(contents, Source(Path("/a") / name, each, member.size), 0).text.raw
            except CorpusError:
                continue


def outcome(name: str, data: bytes) -> str:
    """What becomes of a file: `text`, or the kind of what it raises by right; else a failure with what it was."""
    began = time.monotonic()
    try:
        texts = list(texts_of(name, data))
    except (CorpusError, OSError) as error:
        said = type(error).__name__
    else:
        said = "text"
        plain = name.endswith((".txt", ".md", ".zip", ".gz", ".tar", ".org"))
        if not plain and (found := next(filter(None, map(CONTROL.search, texts)), None)):
            raise AssertionError(f"a control character in the text: {found[0]!r}")
    if time.monotonic() - began > SECONDS:
        raise AssertionError(f"it took {time.monotonic() - began:.1f} s")
    return said


def damage_all(files: list[tuple[str, bytes]], times: int, seed: int) -> tuple[Counter[tuple[str, str]], list[str]]:
    """What becomes of the files when each is damaged as often as another, and what went wrong."""
    counts: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for turn in range(times):
        name, data = files[turn % len(files)]
        bad = damaged(data, random.Random(f"{seed} {turn}"))
        try:
            counts[Path(name).suffix.lower(), outcome(name, bad)] += 1
        except Exception as error:  # whatever it is, it is what is looked for
            counts[Path(name).suffix.lower(), "WRONG"] += 1
            wrong.append(f"{name}, seed {seed}, turn {turn}: {type(error).__name__}: {error}")
    return counts, wrong


def test_a_damaged_file_is_a_text_or_has_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    counts, wrong = damage_all(made(), 330, 1)
    assert wrong == []
    assert counts.total() == 330
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_real_files_that_are_damaged_are_texts_or_have_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (files := real()):
        pytest.skip(f"no files of many formats in {FILES}")
    monkeypatch.chdir(tmp_path)
    counts, wrong = damage_all(files, LONG, 2)
    assert wrong == []
    assert counts.total() == LONG
    assert list(tmp_path.iterdir()) == []


if __name__ == "__main__":
    counts, wrong = damage_all(real() or made(), int(sys.argv[1]), int(sys.argv[2]))
    for (suffix, said), count in sorted(counts.items()):
        print(f"{suffix:8} {said:14} {count:6}")
    print("\n".join(wrong))
