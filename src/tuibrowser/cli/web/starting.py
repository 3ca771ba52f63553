"""Starting: what `serve --web` needs before there are readers: the library, an address, and what is said of it."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Final

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.web.welcome import Place, place_of
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.cli.web.pages import Pages

_OPTIONS: Final = ("--web-at", "--web-name", "--web-readers")
_MOST: Final = 20
"""Readers at once, where nothing else is said: each takes 50 MB of its own."""


def pages_of(
    arguments: Arguments, paths: Sequence[str], encoding: str | None, server: Path, log: Callable[[str], object]
) -> Pages | None:
    """The pages that `--web` asks for, at an address that is taken from now on; None where none are asked for.

    Raises CommandError where the library is missing or the address cannot be taken.
    """
    if not arguments.flag("--web"):
        if (stray := next((option for option in _OPTIONS if arguments.flag(option)), None)) is not None:
            raise UsageError(plain("{option} goes with --web", option=stray), arguments.command)
        return None
    place = place_of(arguments.text("--web-at"))
    most = arguments.number("--web-readers") or _MOST
    try:
        from tuibrowser.cli.web.pages import Pages, reader_command
    except ImportError:
        raise CommandError(plain("--web needs the extra web: pip install 'tuibrowser[web]'")) from None
    listening = _listening(place)
    log(f"web pages at {place.url}")
    if not place.is_local:
        log(
            f"warning: everyone who reaches {place.url} can read these texts: it asks for no password, "
            "and what goes over the network is not encrypted (docs/machines.md has better ways)"
        )
    names = {name.lower() for name in (place.host, *arguments.texts("--web-name"))}
    texts = [os.path.abspath(path) for path in paths]  # noqa: PTH100  # links stay as they are
    return Pages(listening, reader_command(texts, encoding, server), names, most, log)


def _listening(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family)
    except OSError as error:
        raise CommandError(
            plain("no page at {place}: {reason}", place=place.url, reason=system_reason(error))
        ) from None
