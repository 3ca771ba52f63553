"""`tuibrowser search`: print the passages that answer one query, or every query of a batch."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.api import Answer
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.commands import DEFAULT_LIMIT, FORMAT_NAMES, JSON_NAME
from tuibrowser.cli.printing.exports import writer
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.cli.sources import STANDARD_INPUT, check_paths, say
from tuibrowser.corpus.names import as_utf8
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.cli.printing.exports import Writer

ALL = "all"
"""The limit that is none."""

_BOM = b"\xef\xbb\xbf"


def search(arguments: Arguments) -> int:
    """Answer a query, or a batch of them, on standard output; return the exit status."""
    limit, form = _limit(arguments), _form(arguments)
    batch = arguments.text("--batch")
    if batch is None:
        query, paths = _query_and_paths(arguments)
        corpus = searched_corpus(paths, arguments)
        return _answer(corpus, [query], limit, writer(form, corpus))
    if batch == STANDARD_INPUT and STANDARD_INPUT in arguments.operands:
        raise UsageError(plain("standard input (-) cannot be both the batch and a text"), arguments.command)
    check_paths(arguments.operands)
    with _opened(batch) as file:
        corpus = searched_corpus(arguments.operands, arguments)
        return _answer(corpus, batch_queries(file), limit, writer(form, corpus, batch=True))


def _limit(arguments: Arguments) -> int | None:
    """How many hits are wanted, None for all of them."""
    if arguments.text("--limit") == ALL:
        return None
    return arguments.number("--limit") or DEFAULT_LIMIT


def _form(arguments: Arguments) -> str | None:
    """The format that is wanted, None for lines for people."""
    name = arguments.text("--format")
    if name is None:
        return JSON_NAME if arguments.flag("--json") else None
    if name not in FORMAT_NAMES:
        known = listed(FORMAT_NAMES)
        raise UsageError(plain("no such format: {name} (there are {known})", name=name, known=known), arguments.command)
    if arguments.flag("--json") and name != JSON_NAME:
        raise UsageError(plain("--json and --format {name} contradict each other", name=name), arguments.command)
    return name


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


def _answer(corpus: OpenCorpus, queries: Iterable[str], limit: int | None, write: Writer) -> int:
    """Write the answer to each query; a query that fails is told and costs no other its answer."""
    found = failed = False
    sys.stdout.write(write.heading)
    for query in queries:
        try:
            answer = corpus.answer(query, limit)
            written = write.answer(answer)
        except Exception as error:
            failed = True
            answer = failure(query, error)
            written = write.answer(answer)
            say([answer.failure])
        found = found or answer.total > 0
        if answer.in_furniture and not write.says_notes:
            say([_in_furniture(answer)])
        sys.stdout.write(written)
        sys.stdout.flush()
    if failed or not corpus.is_readable:
        return 2
    return 0 if found else 1


def _in_furniture(answer: Answer) -> str:
    matches = many(answer.in_furniture, "match")
    where = plain("in page furniture: {matches} (in:furniture)", matches=matches)
    return plain("{query}: {summary}", query=answer.query, summary=where)


def failure(query: str, error: Exception) -> Answer:
    """The answer to a query that cannot be answered: it says so, and that there may be matches."""
    why = plain("{query}: this search failed: {error}", query=query, error=type(error).__name__)
    return Answer(query, 0.0, (), {}, True, 0, (), failure=why)
