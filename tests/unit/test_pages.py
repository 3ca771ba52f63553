"""The examples on the pages of docs/: each command prints what its page says."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from tuibrowser.cli.line.commands import COMMANDS
from tuibrowser.cli.run import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMAND = re.compile(r"^\$ tuibrowser (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_MEASURED = re.compile(r'"elapsed_ms": [0-9.]+')
_LEFT_OUT = "…\n"
"""A line that stands for any lines of the output."""


def examples() -> list[tuple[str, str, str]]:
    """The name of the page, the command without the program's name, and the output, of each example."""
    return [
        (page.stem, command, output)
        for page in PAGES
        for block in _BLOCK.findall(page.read_text(encoding="utf-8"))
        for command, output in _COMMAND.findall(block)
    ]


def printed(command: str) -> str:
    """What a command prints, on standard output and standard error."""
    bytes_printed = io.BytesIO()
    stream = io.TextIOWrapper(bytes_printed, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        run(shlex.split(command))
    return bytes_printed.getvalue().decode()


def agree(said: str, output: str) -> bool:
    """Whether an output is as a page says it."""
    said, output = (_MEASURED.sub('"elapsed_ms": 0', text) for text in (said, output))
    parts = (re.escape(part) for part in re.split(f"(?m)^{_LEFT_OUT}", said))
    return re.fullmatch("(?:.*\n)*".join(parts), output) is not None


@pytest.mark.parametrize(("page", "command", "said"), examples())
def test_a_command_prints_what_the_page_says(
    page: str, command: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output = printed(command)
    assert agree(said, output), f"docs/{page}.md, tuibrowser {command}:\n{output}"


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        ("山\n水\n", True),
        ("山\n…\n", True),
        ("…\n水\n", True),
        ("山\n", False),
        ("山\n水\n船\n", False),
        ("水\n…\n", False),
    ],
)
def test_a_page_agrees_with_an_output(said: str, agrees: bool) -> None:
    assert agree(said, "山\n水\n") == agrees


_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]*)(#[^)]*)?\)")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {"#" + re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem)
def test_a_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for name, anchor in _LINK.findall(page.read_text(encoding="utf-8")):
        target = page.parent / name if name else page
        assert target.exists(), name
        assert not anchor or anchor in anchors(target), name + anchor


def test_the_page_of_the_command_line_names_every_command() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    said = page.partition("names a command if it is one of ")[2].partition("; else it is a path")[0]
    assert re.findall(r"`([a-z]+)`", said) == list(COMMANDS)
    headings = re.findall(r"^## tuibrowser (.+)$", page, re.MULTILINE)
    assert sorted(name for heading in headings for name in heading.split(", ")) == sorted(COMMANDS)
