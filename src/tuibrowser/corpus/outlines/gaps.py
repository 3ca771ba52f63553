"""The paragraphs without markup that fill the gaps in a series of headings by markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.corpus.outlines.candidates import HEADLESS
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tuibrowser.corpus.model import Paragraph

_LABEL: Final = late(
    rf"第[ \u3000]?(?P<n>[{NUMERALS}]{{1,8}})[ \u3000]?(?P<unit>[\u3400-\u9fff])(?P<apart>[ \u3000\t:：、.．·—-]|$)?"
)
_SENTENCE: Final = late("[。；;，,、：:？?！!]$|[。；;]")
_LONGEST: Final = 40
"""Code points of a paragraph that fills a gap."""


@dataclass(slots=True)
class _Member:
    """A heading by markup, and the unmarked paragraphs with a label of its series that follow it.

    The level is None for what stands before the first such heading.
    """

    level: int | None
    count: int
    following: list[tuple[int, int]] = field(default_factory=list)
    """The number of each paragraph, and the count in its label."""


def filling(text: str, paragraphs: Sequence[Paragraph], marked: Mapping[int, int]) -> dict[int, int]:
    """The unmarked paragraphs that are headings between two marked ones of a series, with their levels.

    Between 第三計 and 第六計 of one level, which are `marked`, those are 第四計 and 第五計, where each of them stands
    there once, in this order, and nothing else of the series does. Likewise 第一計 and 第二計 lead up to the first
    marked one, 第三計. The titles of a series all stand apart from their labels, or none does.
    """
    members: dict[tuple[str, bool], _Member] = {}
    found: dict[int, int] = {}
    for number, paragraph in enumerate(paragraphs):
        if text[paragraph.start] != "第":
            continue
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label is None:
            continue
        key, count = (label["unit"], label["apart"] is None), parse_numeral(label["n"]) or 0
        before = members.get(key)
        if number in marked:
            level = marked[number]
            if before is not None and before.level in (None, level) and _fill(before, count):
                found.update((each, level) for each, _ in before.following)
            members[key] = _Member(level, count)
        elif _may_head(text, paragraph):
            members.setdefault(key, _Member(None, 0)).following.append((number, count))
    return found


def _fill(before: _Member, count: int) -> bool:
    """Whether the paragraphs after a heading lead up to the next one, which has this count."""
    return [each for _, each in before.following] == list(range(before.count + 1, count))


def _may_head(text: str, paragraph: Paragraph) -> bool:
    start, end = paragraph.start, paragraph.end
    return paragraph.kind not in HEADLESS and end - start <= _LONGEST and not _SENTENCE.search(text, start, end)
