"""Other programs as witnesses: what they take for the text of a file, the readers here have, too."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from support.extracted import extracted
from support.office import docx
from support.pdf import At, paragraph, pdf
from support.shared import SHARED

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(
    path
    for kind in ("docx", "odt", "rtf", "pdf")
    for path in (SHARED / "corpora" / "formats" / kind).glob("*")
    if not any(word in path.name for word in ("password", "columns", "ocr", "vertical", "tracked"))
)
"""Files that the others read well: fonts that they know, no vertical lines, no tables of contents in a short text."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_ALIKE = 0.95
"""Share of pairs in common; tables of contents and page headers are read by some and not by others."""
_WAITING = 60


def witness(path: Path) -> str:
    """What another program says is the text of a file."""
    kind = path.suffix[1:]
    program = "pdftotext" if kind == "pdf" else "pandoc"
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    command = [program, str(path), "-"] if kind == "pdf" else [program, "-f", kind, "-t", "plain", str(path)]
    said = subprocess.run(command, capture_output=True, timeout=_WAITING, check=True)
    if b"Missing language pack" in said.stderr:
        pytest.skip(f"{program} has no data of Chinese fonts")
    return said.stdout.decode("utf-8", "replace")


def missing(said: str, here: str) -> float:
    """The share of the pairs of Chinese characters of a text that another one lacks, each pair counted once."""
    wanted = set(pairwise(_HAN.findall(said)))
    return len(wanted - set(pairwise(_HAN.findall(here)))) / max(1, len(wanted))


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="the shared corpora are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_witness_finds_no_more_in_real_files(path: Path) -> None:
    assert missing(witness(path), extracted(path.read_bytes(), path.name).raw) <= 1 - _ALIKE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx("<w:p><w:r><w:t>山中</w:t></w:r><w:r><w:t>无历日。</w:t></w:r></w:p>")),
        ("a.rtf", b"{\\rtf1\\ansi\\ansicpg936 \\u23665?\\u20013?{\\footnote \\u26080?}\\par}"),
        ("a.pdf", pdf([[At("偶来松树下", y=40), *paragraph("高枕石头眠山中无历日寒尽不知年", y=80)]])),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_witness_finds_the_same_in_files_made_here(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    said, here = witness(path), extracted(data, name).raw
    assert Counter(_HAN.findall(said)) == Counter(_HAN.findall(here))
