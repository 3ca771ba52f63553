"""`tuibrowser doctor`: print what the program finds where it runs, and send a passage to try the clipboard."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.doctor.examine import examine
from tuibrowser.doctor.lines import sections
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language.i18n import plain, shown, tr
from tuibrowser.reading.harmless import json_line
from tuibrowser.reading.lines.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.clipboard.copy import Receipt
    from tuibrowser.doctor.model import Diagnosis
    from tuibrowser.search.network.cluster_file import ClusterFile

_TRIED = "𠮷日良辰，高質量／高质量：tuibrowser {}"
"""The passage to send: a character beyond the first plane, both scripts, full-width marks, and the time, which tells it
from an earlier one."""

_LABEL_CELLS = 14


def doctor(arguments: Arguments) -> int:
    """Print what was found; with --send, 1 where the passage could not be sent anywhere, else 0."""
    if arguments.operands:
        raise UsageError(plain("doctor takes no files"), arguments.command)
    found = examine(os.environ, _size(), _cluster(arguments))
    passage, receipt = _send() if arguments.flag("--send") else ("", None)
    if arguments.flag("--json"):
        sys.stdout.write(json_line(diagnosis_record(found, passage, receipt)) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(found, passage, receipt, Palette()))
    return 0 if receipt is None or receipt.sent else 1


def diagnosis_record(found: Diagnosis, passage: str = "", receipt: Receipt | None = None) -> dict[str, object]:
    """A diagnosis as its JSON object; `sent` is what became of the passage, null where none was sent."""
    record = asdict(found)
    for part in (record["terminal"], record["clipboard"], *record["folders"], *record["hosts"]):
        del part["problems"]
    record["clipboard"]["route"] = found.clipboard.routes[0].name if found.clipboard.routes else None
    record["sent"] = receipt and {
        "passage": passage,
        "routes": receipt.routes,
        "sure": receipt.sure,
        "file": str(receipt.file) if receipt.file else None,
        "errors": receipt.errors,
        "message": receipt.message,
        "hint": receipt.hint,
    }
    return record


def _cluster(arguments: Arguments) -> ClusterFile | None:
    """The cluster whose hosts are to be asked."""
    if (named := arguments.text("--cluster")) is None:
        return None
    from tuibrowser.cli.cluster.direct import cluster_named

    return cluster_named(named, arguments.text("--certificates"))


def _size() -> tuple[int, int] | None:
    """Columns and rows, where standard output is a terminal."""
    if not sys.stdout.isatty():
        return None
    size = shutil.get_terminal_size()
    return size.columns, size.lines


def _send() -> tuple[str, Receipt]:
    """Send a passage by the route that `y` would take."""
    from tuibrowser.clipboard.copy import copy

    passage = _TRIED.format(datetime.now().astimezone().isoformat(timespec="seconds"))
    return passage, copy(passage, _write_terminal)


def _write_terminal(sequence: str) -> None:
    """Write to the terminal itself, so that the sequence is never part of what the command prints."""
    with Path("/dev/tty").open("w", encoding="ascii") as terminal:
        terminal.write(sequence)


def _lines(found: Diagnosis, passage: str, receipt: Receipt | None, palette: Palette) -> Iterator[str]:
    for heading, pairs in sections(found):
        yield palette.place(shown(heading))
        for label, words in pairs:
            yield from _labelled(shown(label), shown(words), palette)
        yield ""
    if receipt is None:
        yield palette.quiet(tr("tuibrowser doctor --send sends a passage the first way, to see whether it arrives."))
        return
    yield palette.place(tr("A passage to try it"))
    for label, words in (
        (tr("result"), _result(receipt)),
        *_how_to_check(found, passage, receipt),
    ):
        yield from _labelled(label, words, palette)


def _result(receipt: Receipt) -> str:
    message = receipt.message
    if receipt.kept:
        message = tr("{sent}; {file} has it too", sent=message, file=receipt.kept)
    if receipt.hint:
        return tr("{message} ({hint})", message=message, hint=receipt.hint)
    return shown(message)


def _labelled(label: str, words: str, palette: Palette) -> Iterator[str]:
    """A label and its words, which on a terminal are wrapped beside it."""
    size = _size()
    words = one_line(words)
    lines = wrapped(words, max(20, size[0] - _LABEL_CELLS - 3)) if size else [words]
    for number, line in enumerate(lines):
        beside = label if number == 0 else ""
        yield f"  {palette.quiet(beside + ' ' * (_LABEL_CELLS - cell_width(beside)))}{line}"


def _how_to_check(found: Diagnosis, passage: str, receipt: Receipt) -> Iterator[tuple[str, str]]:
    """Where to paste it and what to see."""
    if receipt.sent:
        yield tr("paste it"), tr("into an editor on the machine you sit at; it arrived if you see exactly")
        yield "", passage
    if receipt.sent and not receipt.sure:
        if found.terminal.tmux is not None:
            pasted = tr("prefix ] pastes it here: if only that works, tmux has it and the terminal refused it")
            yield tr("in tmux"), pasted
        yield tr("if not"), tr("see docs/clipboard.md for your terminal, or take it from the file")
