"""Listed: a collation as lines for people to read: how much is alike, what became of articles, each difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from tuibrowser.language.i18n import many, plain, shown, tr
from tuibrowser.reading.harmless import harmless
from tuibrowser.study.collating.articles import ArticleKind
from tuibrowser.study.collating.collation import DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.study.collating.collation import Collation, Difference

_AROUND: Final = 10
"""Code points shown before a difference."""
_LONGEST: Final = 200
"""Code points of a difference that people see."""

KIND_NAMES: Final = {
    DifferenceKind.CHANGE: plain("changed"),
    DifferenceKind.ONLY_A: plain("only in the first"),
    DifferenceKind.ONLY_B: plain("only in the second"),
    DifferenceKind.MOVED: plain("moved"),
    DifferenceKind.LOST: plain("lost character"),
    DifferenceKind.VARIANT: plain("variant"),
}
ARTICLE_NAMES: Final = {
    ArticleKind.ADDED: plain("article added"),
    ArticleKind.DELETED: plain("article deleted"),
    ArticleKind.CHANGED: plain("article changed"),
    ArticleKind.MOVED: plain("article moved"),
}


class Colours(Protocol):
    """How the parts of a line stand out."""

    def quiet(self, text: str) -> str:
        """What is less important."""

    def place(self, text: str) -> str:
        """Where something stands."""

    def match(self, text: str) -> str:
        """What differs."""


class _Plain:
    """Nothing stands out."""

    def quiet(self, text: str) -> str:
        return text

    def place(self, text: str) -> str:
        return text

    def match(self, text: str) -> str:
        return text


def lines_of(made: Collation, colours: Colours = _Plain()) -> Iterator[str]:  # noqa: B008 (it holds nothing)
    """The lines of a collation, in the language spoken."""
    yield colours.quiet(
        _on_one_line(
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
        variants = many(made.variants_left_out, "variant")
        yield colours.quiet(tr("{variants} of script or form left out (--variants)", variants=variants))
    if made.a.passed or made.b.passed:
        yield colours.quiet(_on_one_line(_passed_words(made)))
    if made.renumbered:
        articles = many(made.renumbered, "article")
        yield colours.quiet(tr("{articles} with another number, which is no difference", articles=articles))
    for article in made.articles:
        names = " → ".join(dict.fromkeys(name for name in (article.a, article.b) if name))
        place = colours.place(f"{article.a_line or '-'}|{article.b_line or '-'}:")
        yield f"{place} {shown(ARTICLE_NAMES[article.kind])}: {_on_one_line(names)}"
    for difference in made.differences:
        yield _line(made, difference, colours)


def _passed_words(made: Collation) -> str:
    """How much of both texts is not compared."""
    return tr(
        "page furniture and apparatus are not compared: {a} of {first}, {b} of {second}",
        a=many(made.a.passed, "character"),
        first=made.a.name,
        b=many(made.b.passed, "character"),
        second=made.b.name,
    )


def _line(made: Collation, difference: Difference, colours: Colours) -> str:
    place = colours.place(f"{difference.a_line}|{difference.b_line}:")
    kind = colours.quiet(shown(KIND_NAMES[difference.kind]))
    before = made.a.read(max(made.a.extent[0], difference.a[0] - _AROUND), difference.a[0])
    gone = f"[-{_cut(difference.a_text)}-]" if difference.a_text else ""
    come = f"{{+{_cut(difference.b_text)}+}}" if difference.b_text else ""
    return f"{place} {kind} {_on_one_line(before)}{colours.match(_on_one_line(gone + come))}"


def _cut(text: str) -> str:
    """The beginning of a long stretch, and how long it is."""
    return (
        text if len(text) <= _LONGEST else tr("{text}… ({count:,} characters)", text=text[:_LONGEST], count=len(text))
    )


def _on_one_line(text: str) -> str:
    return harmless(text).replace("\n", " ").replace("\u3000", " ")
