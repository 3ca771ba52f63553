"""Lines: put a diagnosis into words, as headings and pairs of a label and a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.host.environment import TRUE_COLOUR
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import clauses, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.clipboard.tmux import Tmux
    from tuibrowser.doctor.model import Diagnosis, FolderFound, HostFound, RouteFound, TerminalFound

_BYTES_OF_HANZI = 3
_WORTH_SAYING = 100_000
"""Bytes of a folder."""


def sections(found: Diagnosis) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The sections of a diagnosis: a heading, and pairs of a label and words; what is to be mended comes first."""
    if found.problems:
        words = (plain("{what}. Next: {remedy}", what=each.what, remedy=each.remedy) for each in found.problems)
        yield plain("To be mended"), list(zip((each.subject for each in found.problems), words, strict=True))
    else:
        yield plain("Nothing to be mended"), []
    yield plain("Clipboard"), list(_clipboard(found))
    yield plain("Terminal"), list(_terminal(found.terminal, found.locale.name, found.locale.encoding))
    yield plain("Folders"), [(each.kind, _folder(each)) for each in found.folders]
    if found.hosts:
        yield plain("Hosts"), [(each.name, _host(each)) for each in found.hosts]
    yield plain("Versions"), list(_versions(found))


def _versions(found: Diagnosis) -> Iterator[tuple[str, str]]:
    for name, version in found.versions.items():
        yield plain("system") if name == "system" else name, version or plain("not installed")


def _clipboard(found: Diagnosis) -> Iterator[tuple[str, str]]:
    yield plain("why"), found.clipboard.why
    for number, route in enumerate(found.clipboard.routes, 1):
        yield plain("way {number}", number=number), _route(route)
    yield plain("always"), plain("kept in {file}", file=found.clipboard.file)


def _route(route: RouteFound) -> str:
    parts = [route.name]
    if route.sure:
        parts.append(plain("says when it fails"))
    if route.known is not None:
        parts.append(plain("{characters} are known to arrive", characters=_characters(route.known)))
    if route.most is not None:
        parts.append(plain("above {characters} it is not tried", characters=_characters(route.most)))
    if route.known is None and route.most is None:
        parts.append(plain("any length"))
    return clauses([*parts, route.advice])


def _characters(size: int) -> str:
    """A size in bytes of UTF-8, in Chinese characters."""
    return many(size // _BYTES_OF_HANZI, "character")


def _terminal(terminal: TerminalFound, locale: str, encoding: str) -> Iterator[tuple[str, str]]:
    yield "TERM", terminal.term or plain("not set")
    if terminal.program:
        yield plain("calls itself"), terminal.program
    full = terminal.colours == TRUE_COLOUR
    yield plain("colours"), plain("16 million") if full else str(terminal.colours or "") or plain("none")
    if terminal.size:
        columns, rows = terminal.size
        yield plain("size"), plain("{columns} columns, {rows} rows", columns=columns, rows=rows)
    yield plain("locale"), listed([locale or plain("not set"), encoding or plain("taken for utf-8")])
    if terminal.remote:
        yield plain("reached by"), "mosh" if terminal.mosh else "SSH"
    if terminal.tmux is not None:
        yield "tmux", _tmux(terminal.tmux)
    if terminal.screen is not None:
        yield "GNU screen", terminal.screen or plain("of an unknown version")


def _tmux(tmux: Tmux) -> str:
    parts = [
        tmux.version,
        _setting("set-clipboard", tmux.set_clipboard),
        _setting("allow-passthrough", tmux.passthrough),
        f"escape-time {tmux.escape_time}",
    ]
    if tmux.clients:
        clipboard = plain("with a clipboard") if tmux.takes else plain("without a clipboard")
        parts.append(plain("shown on {terminal}, {clipboard}", terminal=tmux.terminal, clipboard=clipboard))
    if tmux.around:
        parts.append(plain("in a tmux of this machine ({sockets})", sockets=listed(tmux.around)))
    return clauses(parts)


def _setting(name: str, value: str) -> str:
    return plain("{option} {value}", option=name, value=value or plain("unknown"))


def _host(host: HostFound) -> str:
    if not host.version:
        return plain("{path}: {state}", path=host.address, state=plain("does not answer"))
    shards = listed([str(each) for each in host.shards]) or plain("none")
    parts = [
        host.version,
        plain("generation {name}", name=host.generation or plain("none")),
        plain("parts of the index: {numbers}", numbers=shards),
        plain("certificate until {day}", day=host.ends),
    ]
    return plain("{path}: {state}", path=host.address, state=clauses(parts))


def _folder(folder: FolderFound) -> str:
    if folder.size and folder.size >= _WORTH_SAYING:
        return plain("{path}: {state}, {size:,.1f} MB", path=folder.path, state=folder.state, size=folder.size / 1e6)
    return plain("{path}: {state}", path=folder.path, state=folder.state)
