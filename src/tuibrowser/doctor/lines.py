"""Lines: a diagnosis in words, as headings and pairs of a label and what there is to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.environment import TRUE_COLOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.clipboard.tmux import Tmux
    from tuibrowser.doctor.model import Diagnosis, FolderFound, RouteFound, TerminalFound

_BYTES_OF_HANZI = 3


def sections(found: Diagnosis) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The sections of a diagnosis: a heading, and pairs of a label and words; what is to be mended comes first."""
    if found.problems:
        problems = [(each.subject, f"{each.what}. Next: {each.remedy}") for each in found.problems]
        yield "To be mended", problems
    else:
        yield "Nothing to be mended", []
    yield "Clipboard", list(_clipboard(found))
    yield "Terminal", list(_terminal(found.terminal, found.locale.name, found.locale.encoding))
    yield "Folders", [(each.kind, _folder(each)) for each in found.folders]
    yield "Versions", [(name, version or "not installed") for name, version in found.versions.items()]


def _clipboard(found: Diagnosis) -> Iterator[tuple[str, str]]:
    yield "why", found.clipboard.why
    for number, route in enumerate(found.clipboard.routes, 1):
        yield f"way {number}", _route(route)
    yield "always", f"kept in {found.clipboard.file}"


def _route(route: RouteFound) -> str:
    parts = [route.name]
    if route.sure:
        parts.append("says when it fails")
    if route.known is not None:
        parts.append(f"{_characters(route.known)} are known to arrive")
    if route.most is not None:
        parts.append(f"above {_characters(route.most)} it is not tried")
    if route.known is None and route.most is None:
        parts.append("any length")
    return "; ".join([*parts, *([route.advice] if route.advice else [])])


def _characters(size: int) -> str:
    """A size in bytes of UTF-8, in Chinese characters."""
    return f"{size // _BYTES_OF_HANZI:,} characters"


def _terminal(terminal: TerminalFound, locale: str, encoding: str) -> Iterator[tuple[str, str]]:
    yield "TERM", terminal.term or "not set"
    if terminal.program:
        yield "calls itself", terminal.program
    yield "colours", "16 million" if terminal.colours == TRUE_COLOUR else str(terminal.colours or "none")
    if terminal.size:
        yield "size", f"{terminal.size[0]} columns, {terminal.size[1]} rows"
    yield "locale", f"{locale or 'not set'}, {encoding or 'taken for utf-8'}"
    if terminal.remote:
        yield "reached by", "mosh" if terminal.mosh else "SSH"
    if terminal.tmux is not None:
        yield "tmux", _tmux(terminal.tmux)
    if terminal.screen is not None:
        yield "GNU screen", terminal.screen or "of an unknown version"


def _tmux(tmux: Tmux) -> str:
    parts = [
        tmux.version,
        f"set-clipboard {tmux.set_clipboard or 'unknown'}",
        f"allow-passthrough {tmux.passthrough or 'unknown'}",
        f"escape-time {tmux.escape_time}",
    ]
    if tmux.clients:
        parts.append(f"shown on {tmux.terminal}, {'with' if tmux.takes else 'without'} a clipboard")
    if tmux.around:
        parts.append(f"in a tmux of this machine ({', '.join(tmux.around)})")
    return "; ".join(parts)


def _folder(folder: FolderFound) -> str:
    size = f", {folder.size / 1e6:,.1f} MB" if folder.size and folder.size >= 100_000 else ""
    return f"{folder.path}: {folder.state}{size}"
