"""Words: what the panel says of a collation, its differences and its articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed
from tuibrowser.study.collating.articles import ArticleKind
from tuibrowser.study.collating.collation import DifferenceKind

if TYPE_CHECKING:
    from tuibrowser.language.i18n import Message
    from tuibrowser.study.collating.collation import Collation, Difference
    from tuibrowser.study.collating.rows import Note
    from tuibrowser.tui.study.collating.collated import Collated

_KINDS = {
    DifferenceKind.CHANGE: plain("changed"),
    DifferenceKind.ONLY_A: plain("only in a"),
    DifferenceKind.ONLY_B: plain("only in b"),
    DifferenceKind.MOVED: plain("moved"),
    DifferenceKind.LOST: plain("lost character"),
    DifferenceKind.VARIANT: plain("variant"),
}


def stop_words(shown: Collated, stop: int | None) -> Message:
    """Which difference the reader is at, of how many, what it is and on which lines; else how many there are."""
    if not len(shown):
        return plain("no difference")
    if stop is None:
        return many(len(shown), "difference")
    difference = shown.difference(stop)
    return plain(
        "difference {number:,} of {count:,}: {kind}, line {a} | {b}",
        number=stop + 1,
        count=len(shown),
        kind=_KINDS[difference.kind],
        a=difference.a_line,
        b=difference.b_line,
    )


def variant_words(made: Collation, told: int, key: str) -> Message:
    """How many variants are left out, or told."""
    if made.variants_left_out:
        return plain("{variants} left out: {key}", variants=many(made.variants_left_out, "variant"), key=key)
    if told:
        return plain("{variants} told: {key}", variants=many(told, "variant"), key=key)
    return plain("no variants")


def article_words(made: Collation, key: str) -> str:
    """What became of the articles; empty where the texts have none, or nothing became of them."""
    counts = Counter(each.kind for each in made.articles)
    parts = (
        (counts[ArticleKind.ADDED], plain("{count} added", count=counts[ArticleKind.ADDED])),
        (counts[ArticleKind.DELETED], plain("{count} deleted", count=counts[ArticleKind.DELETED])),
        (counts[ArticleKind.CHANGED], plain("{count} changed", count=counts[ArticleKind.CHANGED])),
        (counts[ArticleKind.MOVED], plain("{count} moved", count=counts[ArticleKind.MOVED])),
        (made.renumbered, plain("{count} renumbered", count=made.renumbered)),
    )
    told = [words for count, words in parts if count]
    return plain("articles: {parts} ({key} lists them)", parts=listed(told), key=key) if told else ""


def moved_words(difference: Difference, *, is_arrival: bool) -> Message:
    """That a passage moved, from where or to where."""
    if is_arrival:
        return plain("moved here: line {a} of a stands in line {b} of b", a=difference.a_line, b=difference.b_line)
    return plain("moved away: line {a} of a stands in line {b} of b", a=difference.a_line, b=difference.b_line)


def omitted_words(note: Note) -> Message:
    """What has lines of its own and is not compared."""
    if note.one and note.other:
        return plain("not compared: a {one} · b {other}", one=note.one, other=note.other)
    if note.one:
        return plain("not compared: a {one}", one=note.one)
    return plain("not compared: b {other}", other=note.other)
