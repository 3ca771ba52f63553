"""The reader itself: `tuibrowser [+LINE | +/QUERY | +F | REFERENCE] [PATH… | -]`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.references import home_of, reference_in
from tuibrowser.cli.sources import STANDARD_INPUT, check_paths, say
from tuibrowser.corpus.containers.told import needs_its_end
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.loading.ahead import read_ahead
from tuibrowser.corpus.names import as_utf8
from tuibrowser.host.guard import GuardMessages, stand_guard
from tuibrowser.host.piped import Piped, is_pipe
from tuibrowser.language.i18n import plain, tr
from tuibrowser.language.wording import listed
from tuibrowser.search.index.places import kept_listing
from tuibrowser.search.machines.finding import sockets_of
from tuibrowser.settings.config import LEAN, MOUSE
from tuibrowser.tui.garbage import put_off_collections
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.corpus.loading.ahead import Ahead


FIRST_BYTES = 2_000_000
"""What is shown at first of an input that goes on: a program may write a hundred times as much in a second."""
FIRST_SECONDS = 1.0
"""Time after its first byte that an input which goes on has to become the text that is shown first."""

FOLLOW = "+F"
"""The option that follows a file, as in less."""


def read(arguments: Arguments) -> int:
    """Open the reader; return its exit status. Raise CommandError for a path where nothing is."""
    request = start_request(arguments)
    guard = stand_guard(_guard_words())
    put_off_collections()  # before Textual is imported, which is half a first frame, and the first document is read
    ahead = _read_ahead(request) if not request.piped and sys.stdout.isatty() else None
    from tuibrowser.tui.app import run

    return run(request, ahead, guard)


def _read_ahead(request: StartRequest) -> Ahead | None:
    """Begin to read the first document beside the imports, where there is one to read."""
    try:
        paths = [Path(path) for path in request.paths] or [seeds_path()]
        if any(sockets_of([str(path) for path in paths], request.encoding)):
            return None  # A server has it at hand.
    except CorpusError:
        return None  # The reader says so on the screen.
    return read_ahead(paths, request.encoding, kept_listing)


def _guard_words() -> GuardMessages:
    """Return the messages for a reader that is ended from outside."""
    cut_short = tr(
        "a file that was mapped, such as an index, was cut short while it was read; indexes are only replaced"
    )
    return GuardMessages(
        tr("tuibrowser: ended by a bus error: {reason}", reason=cut_short),
        tr("tuibrowser: ended by a crash"),
        tr("tuibrowser: killed"),
    )


def start_request(arguments: Arguments) -> StartRequest:
    """The request that a command line makes of the reader; raise CommandError where it cannot."""
    free = len(arguments.operands) - arguments.literal
    places = [operand for operand in arguments.operands[:free] if _is_place(operand) or reference_in(operand)]
    paths = [operand for operand in arguments.operands[:free] if operand not in places]
    paths += arguments.operands[free:]
    if len(places) > 1:
        raise UsageError(
            plain("only one of {first} and {second} can be where to begin", first=places[0], second=places[1])
        )
    if STANDARD_INPUT in paths and len(paths) > 1:
        raise UsageError(plain("standard input (-) is opened by itself, without another path"))
    encoding = arguments.text("--encoding")
    if encoding is not None:
        from tuibrowser.corpus.decoding.decode import encoding_name

        encoding = encoding_name(encoding)
    lean, mouse = _mode(arguments, "--lean", LEAN), _mode(arguments, "--mouse", MOUSE)
    check_paths(paths)
    reference = reference_in(places[0]) if places and not _is_place(places[0]) else None
    if reference is not None and not paths:
        homes, known_encoding, reference = home_of(reference)
        paths, encoding = list(homes), encoding or known_encoding
    follow = places == [FOLLOW]
    line, query = _place(places[0]) if places and reference is None and not follow else (None, None)
    piped = _piped(paths)
    index_dir = arguments.text("--index-dir") if not piped else None
    written = str(reference) if reference is not None else None
    return StartRequest(tuple(paths), encoding, line, query, index_dir, written, lean, mouse, piped, follow)


def _piped(paths: Sequence[str]) -> dict[str, Piped]:
    """What comes through those of some paths that are pipes: all of it, or what has come in a second."""
    if STANDARD_INPUT in paths and sys.stdin is None:
        raise CommandError(plain("standard input is closed"))
    found = {path: Piped.at(path) for path in paths if path == STANDARD_INPUT or is_pipe(path)}
    for each in found.values():
        if not each.begins(FIRST_SECONDS):
            say([plain("waiting for standard input")])
        each.wait(FIRST_SECONDS)
        if each.goes_on and needs_its_end(each.data()[:8]):
            say([plain("waiting for standard input")])
            each.wait()
        elif each.goes_on:
            each.show(FIRST_BYTES)
    return found


def _mode(arguments: Arguments, option: str, names: tuple[str, ...]) -> str | None:
    given = arguments.text(option)
    if given is not None and given not in names:
        raise UsageError(
            plain("{option} is one of {names}, not {given!r}", option=option, names=listed(names), given=given)
        )
    return given


def _is_place(operand: str) -> bool:
    if operand == FOLLOW or operand.startswith("+/"):
        return True
    return operand.startswith("+") and operand[1:].isascii() and operand[1:].isdigit()


def _place(operand: str) -> tuple[int | None, str | None]:
    if not operand.startswith("+/"):
        return max(1, int(operand[1:12])), None
    if operand == "+/":
        raise UsageError(plain("+/ needs a query, as in +/高质量"))
    return None, as_utf8(operand[2:])
