"""Losses: what the markup of pages keeps from being shown by its faults, as the problems of their document."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import DocumentProblem
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.corpus.formats.pages.blocks.block import Lost

_COMMENT: Final = "!--"
_LONGEST: Final = 24
"""Code points of an example."""


def losses(pages: Iterable[Lost]) -> list[DocumentProblem]:
    """The problems of a document by what each of its pages lost."""
    mistaken: list[str] = []
    unended = Counter[str]()
    for page in pages:
        mistaken += page.mistaken
        for name, size in page.unended:
            unended[name] += size
    details = [
        plain("a comment without an end hides {count} characters of the markup", count=size)
        if name == _COMMENT
        else plain("the element {name} without an end hides {count} characters of the markup", name=name, count=size)
        for name, size in unended.items()
    ]
    if mistaken:
        example = "<" + " ".join(mistaken[0].split())[:_LONGEST]
        details.append(
            plain(
                "text that looks like tags and is not shown: {count}, such as {example}",
                count=len(mistaken),
                example=example,
            )
        )
    return [DocumentProblem("left-out", detail) for detail in details]
