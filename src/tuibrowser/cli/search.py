"""`tuibrowser search`: print the passages that answer one query, or every query of a batch."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.api import Answer
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.commands import DEFAULT_LIMIT, FORMAT_NAMES
from tuibrowser.cli.printing.answers import bounds_of, is_cut, summary_of
from tuibrowser.cli.printing.exports import Says, writer
from tuibrowser.cli.printing.files import JSON_NAME, format_of, write_file
from tuibrowser.cli.printing.output import on_terminal
from tuibrowser.cli.searched import searched_corpus, tell_missing
from tuibrowser.cli.sources import STANDARD_INPUT, check_paths, say
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.names import as_utf8
from tuibrowser.host.system_errors import system_reason
from tuibrowser.host.whole import encoded
from tuibrowser.language.i18n import many, plain, said
from tuibrowser.reading.quoting.write import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.cli.printing.exports import Writer
    from tuibrowser.search.values import Missing

ALL = "all"
"""The limit that is none."""

_ENDINGS = {ending: form.value for ending, form in ENDINGS.items()} | {".json": "json"}
"""The formats by the endings of files."""

_NOTHING = plain("nothing could be searched")
_BOM = b"\xef\xbb\xbf"


def search(arguments: Arguments) -> int:
    """Answer a query, or a batch of them, on standard output or into a file; return the exit status."""
    limit, form, output = _limit(arguments), format_of(arguments, FORMAT_NAMES, _ENDINGS), arguments.text("--output")
    out = Out(None if output is None else Path(output))
    batch = arguments.text("--batch")
    whole = output is not None or form not in (None, JSON_NAME)
    if batch is None:
        query, paths = _query_and_paths(arguments)
        corpus = searched_corpus(paths, arguments, whole=whole)
        told = Told(corpus.missing, arguments, whole)
        _check_readable(corpus, form)
        return _answer(corpus, [query], limit, writer(form, corpus, shown=out.is_shown), out, told)
    if batch == STANDARD_INPUT and STANDARD_INPUT in arguments.operands:
        raise UsageError(plain("standard input (-) cannot be both the batch and a text"), arguments.command)
    check_paths(arguments.operands)
    with _opened(batch) as file:
        corpus = searched_corpus(arguments.operands, arguments, whole=whole)
        _check_readable(corpus, form)
        write = writer(form, corpus, batch=True, shown=out.is_shown)
        return _answer(corpus, batch_queries(file), limit, write, out, Told(corpus.missing, arguments, whole))


def _check_readable(corpus: OpenCorpus, form: str | None) -> None:
    """Raise CommandError where there is nothing to search; a format for programs has a place for the reasons."""
    if corpus.missing or corpus.is_readable:
        return
    if form is None:
        raise CommandError(_NOTHING)
    say([_NOTHING])


def _limit(arguments: Arguments) -> int | None:
    """How many hits are wanted, None for all of them."""
    if arguments.text("--limit") == ALL:
        return None
    return arguments.number("--limit") or DEFAULT_LIMIT


class Out:
    """Where answers go: standard output, each as it comes, or a file, all of them at last."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._kept: list[str] = []

    @property
    def is_shown(self) -> bool:
        """Whether what is written is shown on a terminal."""
        return self._file is None and on_terminal()

    def put(self, text: str) -> None:
        """Write a text to standard output, or keep it for the file."""
        if self._file is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            self._kept.append(text)

    def end(self, hits: int) -> None:
        """Write the file, if there is to be one, and say how many hits it has."""
        if self._file is not None:
            write_file(self._file, encoded("".join(self._kept)))
            say([plain("{rows} written to {file}", rows=many(hits, "hit"), file=str(self._file))])


def _query_and_paths(arguments: Arguments) -> tuple[str, Sequence[str]]:
    if not arguments.operands:
        raise UsageError(plain("what to search for is missing"), arguments.command)
    return as_utf8(arguments.operands[0]), arguments.operands[1:]


@contextmanager
def _opened(batch: str) -> Iterator[BinaryIO]:
    if batch == STANDARD_INPUT:
        if sys.stdin is None:
            raise CommandError(plain("standard input is closed"))
        yield sys.stdin.buffer
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(batch).open("rb"))
        except (OSError, ValueError) as error:
            why = plain("cannot read the batch {file}: {reason}", file=batch, reason=system_reason(error))
            raise CommandError(why) from None
        yield file


def batch_queries(lines: Iterable[bytes]) -> Iterator[str]:
    """The queries of a batch, one a line as it arrives; LF or CRLF ends a line, and a byte order mark is no query."""
    for number, line in enumerate(lines):
        start = len(_BOM) if number == 0 and line.startswith(_BOM) else 0
        yield line[start:].removesuffix(b"\n").removesuffix(b"\r").decode("utf-8", "replace")


@dataclass(slots=True)
class Told:
    """The parts of a corpus of which it was said that they are missing; an answer that is to be `whole` has none."""

    missing: Sequence[Missing]
    arguments: Arguments
    whole: bool

    def tell(self, answer: Answer) -> None:
        """Say what was lost since. Raise CommandError where the answer is to be whole, unless `--partial`."""
        if answer.missing and tuple(answer.missing) != tuple(self.missing):
            tell_missing(answer.missing, self.arguments, whole=self.whole)
        self.missing = answer.missing


def _answer(corpus: OpenCorpus, queries: Iterable[str], limit: int | None, write: Writer, out: Out, told: Told) -> int:
    """Write the answer to each query; a query that fails is told and costs no other its answer."""
    found = failed = False
    hits = 0
    out.put(write.heading)
    for query in queries:
        try:
            answer = corpus.answer(query, limit)
            written = write.answer(answer)
        except Exception as error:
            failed = True
            answer = failure(query, error)
            written = write.answer(answer)
            say([answer.failure])
        told.tell(answer)
        found = found or answer.total > 0
        hits += len(answer.hits)
        notes = _unsaid(answer, write.says, is_readable=bool(answer.total) or corpus.is_readable)
        say(plain("{query}: {summary}", query=answer.query, summary=note) for note in notes)
        out.put(written)
    out.end(hits)
    if failed or not corpus.is_readable:
        return 2
    return 0 if found else 1


def _unsaid(answer: Answer, says: Says, *, is_readable: bool) -> Iterator[str]:
    """Sentences on an answer that its format has no place for."""
    if says is Says.ALL:
        return
    if says is Says.HITS and (is_cut(answer) or answer.at_least) and not answer.failure:
        yield summary_of(answer)
        yield from bounds_of(answer.bounds)
    yield from answer.notes if is_readable else ()
    if answer.in_furniture:
        matches = many(answer.in_furniture, "match")
        yield plain("in page furniture: {matches} (in:furniture)", matches=matches)


def failure(query: str, error: Exception) -> Answer:
    """The answer to a query that cannot be answered: it says so, and that there may be matches."""
    reason = said(error) if isinstance(error, CorpusError) else type(error).__name__
    why = plain("{query}: this search failed: {error}", query=query, error=reason)
    return Answer(query, 0.0, (), {}, True, 0, (), failure=why)
