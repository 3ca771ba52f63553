"""`tuibrowser collate`: print the differences between two texts."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from tuibrowser.cli.documents import named_corpus
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.study import COLLATION_FORMATS
from tuibrowser.cli.printing.files import format_of
from tuibrowser.cli.printing.output import Palette, escaped, on_terminal, one_line
from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import json_line
from tuibrowser.study.collating.articles import ArticleKind
from tuibrowser.study.collating.collation import DifferenceKind, Witness
from tuibrowser.study.collating.collation import collate as collated
from tuibrowser.study.collating.tei import tei

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.study.collating.collation import Collation, Difference

_TWO = 2
_AROUND = 10
"""Code points shown before a difference."""
_LONGEST = 200
"""Code points of a difference that people see."""

_KINDS = {
    DifferenceKind.CHANGE: plain("changed"),
    DifferenceKind.ONLY_A: plain("only in the first"),
    DifferenceKind.ONLY_B: plain("only in the second"),
    DifferenceKind.MOVED: plain("moved"),
    DifferenceKind.VARIANT: plain("variant"),
}
_ARTICLES = {
    ArticleKind.ADDED: plain("article added"),
    ArticleKind.DELETED: plain("article deleted"),
    ArticleKind.CHANGED: plain("article changed"),
    ArticleKind.MOVED: plain("article moved"),
}


def collate(arguments: Arguments) -> int:
    """Print the differences between two texts; return the exit status, 1 where there are none."""
    if len(arguments.operands) != _TWO:
        raise UsageError(plain("two texts are collated"), arguments.command)
    form = format_of(arguments, COLLATION_FORMATS, {})
    one, other = (_document(path, arguments) for path in arguments.operands)
    made = collated(one, other, variants=arguments.flag("--variants"))
    if form == "json":
        sys.stdout.write(f"{json_line(made.record())}\n")
    elif form == "tei":
        text = tei(made)
        sys.stdout.write(escaped(text) if on_terminal() else text)
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(made, Palette()))
    return 0 if made.differences else 1


def _document(path: str, arguments: Arguments) -> Witness:
    """The one document of a path. Raises CommandError where there is none, or more."""
    corpus = named_corpus(replace(arguments, operands=(path,)))
    if len(corpus.documents) != 1:
        raise CommandError(
            plain(
                "{path} has {documents}: name one of them", path=path, documents=many(len(corpus.documents), "document")
            )
        )
    text = corpus.text(0)
    return Witness(corpus.documents[0], text)


def _lines(made: Collation, palette: Palette) -> Iterator[str]:
    """The collation for people: how much is alike, what became of articles, and each difference."""
    yield palette.quiet(
        one_line(
            tr(
                "{differences}; {a:.1%} of {first} and {b:.1%} of {second} are alike",
                differences=many(len(made.differences), "difference"),
                a=made.aligned[0],
                first=made.a.name,
                b=made.aligned[1],
                second=made.b.name,
            )
        )
    )
    if made.variants_left_out:
        yield palette.quiet(
            one_line(tr("{count:,} variants of script or form left out (--variants)", count=made.variants_left_out))
        )
    if made.renumbered:
        yield palette.quiet(
            one_line(tr("{count:,} articles have another number, which is no difference", count=made.renumbered))
        )
    for article in made.articles:
        names = " → ".join(dict.fromkeys(name for name in (article.a, article.b) if name))
        place = palette.place(_place(article.a_line, article.b_line))
        yield f"{place} {shown(_ARTICLES[article.kind])}: {one_line(names)}"
    for difference in made.differences:
        yield _line(made, difference, palette)


def _place(a_line: int | None, b_line: int | None) -> str:
    return f"{a_line or '-'}|{b_line or '-'}:"


def _line(made: Collation, difference: Difference, palette: Palette) -> str:
    place = palette.place(_place(difference.a_line, difference.b_line))
    kind = palette.quiet(shown(_KINDS[difference.kind]))
    before = made.a.text.repaired[max(0, difference.a[0] - _AROUND) : difference.a[0]]
    gone = f"[-{_cut(difference.a_text)}-]" if difference.a_text else ""
    come = f"{{+{_cut(difference.b_text)}+}}" if difference.b_text else ""
    return f"{place} {kind} {one_line(before)}{palette.match(one_line(gone + come))}"


def _cut(text: str) -> str:
    """The beginning of a long stretch, and how long it is."""
    return (
        text if len(text) <= _LONGEST else tr("{text}… ({count:,} characters)", text=text[:_LONGEST], count=len(text))
    )
