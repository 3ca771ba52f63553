"""Answers: print answers to queries as records for programs or as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.corpus.model import Layer
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.language.wording import listed
from tuibrowser.search.kinds import HIT_KINDS
from tuibrowser.search.missing import missing_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.api import Answer, Passage
    from tuibrowser.corpus.model import PathProblem
    from tuibrowser.language.i18n import Message
    from tuibrowser.search.model import Bound

_BEFORE = 30
_AFTER = 90
"""Code points of a paragraph that people see before and after the beginning of its first match, at least."""


def answer_record(answer: Answer, problems: Sequence[PathProblem]) -> dict[str, object]:
    """An answer as its JSON object; `problems` are of the files that could not be searched.

    It has `in_furniture` where nothing but page furniture has matches.
    """
    record: dict[str, object] = {
        "query": answer.query,
        "elapsed_ms": round(answer.elapsed_ms, 3),
        "total": answer.total,
        "hits": [hit_record(passage) for passage in answer.hits],
        "at_least": answer.at_least,
        "bounds": bound_records(answer.bounds),
        "missing": missing_records(answer.missing),
        "problems": [
            *({"path": problem.path, "reason": problem.reason} for problem in problems),
            *([{"path": "", "reason": answer.failure}] if answer.failure else []),
        ],
    }
    return {**record, "in_furniture": answer.in_furniture} if answer.in_furniture else record


def bound_records(bounds: Sequence[Bound]) -> list[dict[str, object]]:
    """The limits that a search ran into, as JSON objects."""
    return [{"what": bound.what, "limit": bound.limit} for bound in bounds]


def hit_record(passage: Passage) -> dict[str, object]:
    """A hit as its JSON object, which names its layer where that is not the text itself."""
    record: dict[str, object] = {
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
        "locator": passage.locator,
        "work": passage.work,
    }
    return record if passage.layer is Layer.TEXT else {**record, "layer": passage.layer.value}


def answer_lines(answer: Answer, palette: Palette, *, headed: bool) -> Iterator[str]:
    """An answer as lines for people: how much was found and what is to be known of it, then a line a hit.

    A `headed` answer begins with its query, so that those of a batch can be told apart.
    """
    summary = summary_of(answer)
    if headed:
        summary = plain("{query}: {summary}", query=answer.query, summary=summary)
    yield palette.quiet(one_line(shown(summary)))
    for note in (*answer.notes, *bounds_of(answer.bounds)):
        yield palette.quiet(one_line(shown(note)))
    for passage in answer.hits or answer.nearest:
        yield _hit_line(passage, palette)


def bounds_of(bounds: Sequence[Bound]) -> list[Message]:
    """Sentences on the limits that a search sets itself and has run into."""
    return [plain("only the first {limit:,} {what}", limit=bound.limit, what=bound.what) for bound in bounds]


def is_cut(answer: Answer) -> bool:
    """Whether the hits of an answer are not all matches that it counts."""
    return sum(passage.count for passage in answer.hits) < answer.total


def summary_of(answer: Answer) -> Message:
    """How much was found, of which kinds, and how much of it follows."""
    if answer.failure:
        return plain("no answer: it is not known whether there are matches")
    if not answer.total and answer.missing:
        return plain("nothing found in the parts that answer")
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
    if is_cut(answer):
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
