"""`tuibrowser search`: passages that answer one query, or every query of a batch."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.api import open_corpus
from tuibrowser.cli.catalogue import DEFAULT_LIMIT
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.output import Palette, json_line, one_line
from tuibrowser.cli.sources import STANDARD_INPUT, Progress, check_paths, say, standard_input_for
from tuibrowser.corpus.names import as_utf8
from tuibrowser.i18n import many, plain, shown, tr
from tuibrowser.kinds import HIT_KINDS
from tuibrowser.system_errors import system_reason
from tuibrowser.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    from tuibrowser.api import Answer, OpenCorpus, Passage
    from tuibrowser.cli.grammar import Arguments
    from tuibrowser.i18n import Message

_BEFORE = 30
_AFTER = 90
"""Code points of a paragraph that people see before and after the beginning of its first match, at least."""

_BOM = b"\xef\xbb\xbf"


def search(arguments: Arguments) -> int:
    """Answer a query, or a batch of them, on standard output; return 0, or 1 when nothing was found."""
    limit = arguments.number("--limit") or DEFAULT_LIMIT
    batch = arguments.text("--batch")
    if batch is None:
        query, paths = _query_and_paths(arguments)
        corpus = _corpus(paths, arguments)
        return _answer(corpus, [query], limit, _writer(arguments, headed=False))
    if batch == STANDARD_INPUT and STANDARD_INPUT in arguments.operands:
        raise UsageError(plain("standard input (-) cannot be both the batch and a text"), arguments.command)
    check_paths(arguments.operands)
    with _opened(batch) as file:
        corpus = _corpus(arguments.operands, arguments)
        return _answer(corpus, batch_queries(file), limit, _writer(arguments, headed=True))


def _query_and_paths(arguments: Arguments) -> tuple[str, Sequence[str]]:
    if not arguments.operands:
        raise UsageError(plain("what to search for is missing"), arguments.command)
    return as_utf8(arguments.operands[0]), arguments.operands[1:]


def _corpus(paths: Sequence[str], arguments: Arguments) -> OpenCorpus:
    check_paths(paths)
    corpus = open_corpus(
        paths,
        encoding=arguments.text("--encoding"),
        standard_input=standard_input_for(paths),
        progress=Progress(),
        index_dir=arguments.text("--index-dir"),
    )
    say(corpus.notes)
    return corpus


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


def _answer(corpus: OpenCorpus, queries: Iterable[str], limit: int, write: Callable[[Answer], str]) -> int:
    found = False
    for query in queries:
        answer = corpus.answer(query, limit)
        found = found or answer.total > 0
        sys.stdout.write(write(answer))
        sys.stdout.flush()
    return 0 if found else 1


def _writer(arguments: Arguments, *, headed: bool) -> Callable[[Answer], str]:
    if arguments.flag("--json"):
        return lambda answer: json_line(answer_record(answer)) + "\n"
    palette = Palette()
    return lambda answer: "".join(f"{line}\n" for line in answer_lines(answer, palette, headed=headed))


def answer_record(answer: Answer) -> dict[str, object]:
    """An answer as its JSON object."""
    return {
        "query": answer.query,
        "elapsed_ms": round(answer.elapsed_ms, 3),
        "total": answer.total,
        "hits": [_hit_record(passage) for passage in answer.hits],
    }


def _hit_record(passage: Passage) -> dict[str, object]:
    return {
        "document": passage.document,
        "title": passage.title,
        "author": passage.author,
        "date": passage.date,
        "section": passage.section,
        "paragraph": passage.paragraph,
        "line": passage.line,
        "lines": passage.lines,
        "text": passage.text,
        "spans": passage.spans,
        "kind": passage.kind.value,
        "score": round(passage.score, 6),
        "count": passage.count,
        "also": [{"document": place.document, "line": place.line} for place in passage.also],
    }


def answer_lines(answer: Answer, palette: Palette, *, headed: bool) -> Iterator[str]:
    """An answer as lines for people: how much was found and what is to be known of it, then a line a hit.

    A `headed` answer begins with its query, so that those of a batch can be told apart.
    """
    summary = _summary(answer)
    if headed:
        summary = plain("{query}: {summary}", query=answer.query, summary=summary)
    yield palette.quiet(one_line(shown(summary)))
    for note in answer.notes:
        yield palette.quiet(one_line(shown(note)))
    for passage in answer.hits or answer.nearest:
        yield _hit_line(passage, palette)


def _summary(answer: Answer) -> Message:
    if not answer.total:
        return plain("nothing found")
    found = many(answer.total, "match")
    if answer.at_least:
        found = plain("at least {matches}", matches=found)
    if answer.documents:
        found = plain("{matches} in {documents}", matches=found, documents=many(answer.documents, "document"))
    kinds = (
        plain("{kind} {count:,}", kind=HIT_KINDS[kind], count=count) for kind, count in answer.totals.items() if count
    )
    summary = plain("{matches}: {kinds}", matches=found, kinds=listed(kinds))
    if sum(passage.count for passage in answer.hits) < answer.total:
        summary = plain("{summary}; the best {count:,} follow (--limit)", summary=summary, count=len(answer.hits))
    return summary


def _hit_line(passage: Passage, palette: Palette) -> str:
    path = passage.section
    if path and passage.text.startswith(path[-1]):  # a heading need not be said twice
        path = path[:-1]
    section = f"[{one_line(' › '.join(path))}] " if path else ""
    more = tr(" (+{count:,} more)", count=passage.count - 1) if passage.count > 1 else ""
    place = palette.place(f"{one_line(passage.document)}:{passage.line}:")
    return f"{place} {palette.quiet(section)}{_excerpt(passage, palette)}{palette.quiet(more)}"


def _excerpt(passage: Passage, palette: Palette) -> str:
    """The part of a passage around its first match, on one line, with the matches marked."""
    text = one_line(passage.text)
    first, first_end = passage.spans[0] if passage.spans else (0, 0)
    start = 0 if first <= _BEFORE else first - _BEFORE
    end = max(first_end, start + _BEFORE + _AFTER)
    spans = [(begin - start, min(stop, end) - start) for begin, stop in passage.spans if begin < end]
    marked = palette.marked(text[start:end], spans)
    return f"{'…' if start else ''}{marked}{'…' if end < len(text) else ''}"
