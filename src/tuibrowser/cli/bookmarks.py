"""`tuibrowser bookmarks`: bookmarks and notes written out, and read back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.userdata.exchange import ExchangeError, from_json, from_markdown, to_json, to_markdown
from tuibrowser.userdata.store import UserData, default_path

if TYPE_CHECKING:
    from tuibrowser.cli.grammar import Arguments

NAME = "bookmarks"


def bookmarks(arguments: Arguments) -> int:
    """Export or import bookmarks; return 1 when there are none."""
    action, *files = arguments.operands or ("",)
    if action == "export" and not files:
        return _export(as_json=arguments.flag("--json"))
    if action == "import" and len(files) == 1:
        return _import(files[0])
    raise UsageError("say bookmarks export, or bookmarks import FILE", NAME)


def _export(*, as_json: bool) -> int:
    data = UserData(default_path(), _complain)
    kept = data.bookmarks()
    data.close()
    sys.stdout.write(to_json(kept) if as_json else to_markdown(kept))
    return 0 if kept else 1


def _import(file: str) -> int:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
        given = from_json(text) if text.lstrip().startswith(("{", "[")) else from_markdown(text)
    except UnicodeDecodeError:
        raise CommandError(f"{file}: not UTF-8") from None
    except ExchangeError as error:
        raise CommandError(f"{file}: {error}") from None
    data = UserData(default_path(), _complain)
    new, replaced = data.take_over(given)
    data.close()
    print(f"{new} new, {replaced} replaced, {len(given) - new - replaced} known already")
    return 0 if given else 1


def _complain(words: str) -> None:
    print(f"tuibrowser: {words}", file=sys.stderr)
