"""`tuibrowser bookmarks`: write bookmarks and notes out, and read them back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.sources import STANDARD_INPUT, say, standard_input
from tuibrowser.host.regular import read_bounded, read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said, tr
from tuibrowser.userdata.exchange import ExchangeError, from_json, from_markdown, to_json, to_markdown
from tuibrowser.userdata.store import UserData, default_path

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.userdata.model import Bookmark

NAME = "bookmarks"
_LARGEST = 200_000_000
"""Bytes up to which a file of bookmarks is read."""


def bookmarks(arguments: Arguments) -> int:
    """Export or import bookmarks; return 1 when there are none."""
    action, *files = arguments.operands or ("",)
    if action == "export" and not files:
        return _export(as_json=arguments.flag("--json"))
    if action == "import" and len(files) == 1:
        return _import(files[0])
    raise UsageError(plain("say bookmarks export, or bookmarks import FILE"), NAME)


def _export(*, as_json: bool) -> int:
    kept = _kept()
    sys.stdout.write(to_json(kept) if as_json else to_markdown(kept))
    return 0 if kept else 1


def _kept() -> list[Bookmark]:
    """Return the reader's bookmarks, without making a database."""
    if not default_path().exists():
        return []
    data = UserData(default_path(), _complain)
    kept, trouble = data.bookmarks(), data.trouble
    data.close()
    if trouble and not kept:
        raise CommandError(plain("the bookmarks cannot be read: {reason}", reason=trouble))
    return kept


def _import(file: str) -> int:
    try:
        # Editors of some systems put a byte order mark before what they save.
        text = _contents(file).decode("utf-8-sig")
        given = from_json(text) if text.lstrip().startswith(("{", "[")) else from_markdown(text)
    except UnicodeDecodeError:
        raise CommandError(plain("{file}: not UTF-8", file=file)) from None
    except ExchangeError as error:
        raise CommandError(plain("{file}: {problem}", file=file, problem=said(error))) from None
    data = UserData(default_path())
    new, replaced = data.take_over(given)
    if (lost := data.close()) is not None:
        raise CommandError(plain("the bookmarks could not be kept: {reason}", reason=lost.reason))
    known = len(given) - new - replaced
    print(tr("{new} new, {replaced} replaced, {known} known already", new=new, replaced=replaced, known=known))
    return 0 if given else 1


def _contents(file: str) -> bytes:
    """The bytes of a file, of standard input, or of a pipe that the shell has opened."""
    if file == STANDARD_INPUT:
        return standard_input()
    try:
        if file.startswith(("/dev/fd/", "/proc/self/fd/")):
            with Path(file).open("rb") as pipe:
                return read_bounded(pipe, _LARGEST)
        return read_regular(Path(file), _LARGEST)
    except (OSError, ValueError) as error:  # A null character in the name is a ValueError.
        raise CommandError(plain("{file}: {problem}", file=file, problem=system_reason(error))) from None


def _complain(sentence: str) -> None:
    say([sentence])
