"""Candidates: find paragraphs that begin like a heading, and in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.numbering import NUMERALS
from tuibrowser.corpus.outlines import decoration, enumerations, named
from tuibrowser.corpus.outlines.enumerations import LONGEST_ENUMERATED, enumerated
from tuibrowser.corpus.outlines.forms import RUN_ON, SERIES, Candidate, Form
from tuibrowser.corpus.outlines.units import LONGEST_NAMED, LONGEST_TITLE, latin, placed, unit, volume
from tuibrowser.hanzi.numerals import parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import Paragraph
    from tuibrowser.corpus.paragraphs.spacing import Spacing


_HAN: Final = "\u3400-\u9fff\U00020000-\U0003ffff"

_ARTICLE: Final = late(
    rf"第[ \u3000]{{0,2}}(?P<n>[{NUMERALS}]{{1,9}})(?:[ \u3000]?[-－—][ \u3000]?\d{{1,3}})?[ \u3000]{{0,2}}[条條]"
    rf"(?:[ \u3000]?之[ \u3000]?[{NUMERALS}]{{1,3}}|[ \u3000]?[-－][ \u3000]?\d{{1,3}})?"
    r"(?P<gap>[ \u3000\t]|(?=[【\[（(〔])|$)?"
)
_ARTICLE_MENTIONED: Final = late(r"(?:第|至|到|、|和|及|与|與|或|的|所|之|规定|規定|各|中|款|项|項|，|。|,|另)")
_HASHED: Final = late(r"(?P<level>#{1,6})[ \u3000]+(?=\S)")
_COUNTED: Final = late(
    rf"第(?P<n>[{NUMERALS}]{{1,3}})(?P<word>[个個条條点點项項类類种種方步阶階大])[^。，,：:；\s]{{0,6}}[，,：:、]"
)
_PIECE: Final = late(
    rf"[〈《]?[{_HAN}]{{1,8}}(?:篇|品|章|傳|传|卷)?第(?P<n>[{NUMERALS}]{{1,4}})(?:[之上中下]{{0,2}})[〉》]?$"
)
_PIECE_OF: Final = late(
    rf"[{_HAN}]{{2,16}}(?:(?:卷|品)第?(?P<n>[{NUMERALS}]{{1,4}}|[上中下])(?:之[{NUMERALS}餘余]{{1,3}})?|第(?P<m>[{NUMERALS}]{{1,4}})卷)$"
)
_NOT_AT_END: Final = frozenset("。；;，,、：:")
_SENTENCE: Final = late("[。；]")
_UNITS_FIRST: Final = frozenset("第正章最VvＶ")
_PLACED_FIRST: Final = frozenset("上中下内內外杂雜前后後")
_LATIN_FIRST: Final = frozenset("CPBVSAENLIF")
_FIRST: Final = (
    _UNITS_FIRST | enumerations.FIRST | _PLACED_FIRST | _LATIN_FIRST | decoration.FIRST | named.FIRST | frozenset("卷#")
)
_LONGEST_DECORATED: Final = 80
_LONGEST_PIECE: Final = 26
_LABELLED: Final = late(
    r"[【〖\[［〔（(《〈]([^【】〖〗\[\]［］〔〕（）()《》〈〉]{2,40})[】〗\]］〕）)》〉][ \u3000:：]*(?=\S)"
)
_SHORTEST_REST: Final = 20
"""Code points of the text that follows a heading in brackets in the same paragraph."""
_SAID: Final = "（(「『“"
"""Marks around a heading that may be only mentioned or said."""
HEADLESS: Final = (ParagraphKind.VERSE, ParagraphKind.FURNITURE, ParagraphKind.NOTE)
"""Kinds of paragraphs that are no headings, unless markup says so."""


def candidates(text: str, paragraphs: Sequence[Paragraph], spacing: Spacing) -> Iterator[Candidate]:
    """Candidates for headings, in order, at most one a paragraph. Looks at the first code points of each paragraph."""
    for number, (kind, start, end, *_) in enumerate(
        (paragraph.kind, paragraph.start, paragraph.end) for paragraph in paragraphs
    ):
        if kind in HEADLESS:
            continue
        found = None
        if (first := text[start]) in _FIRST:
            found = _plain(text, first, number, start, end, spacing)
            if found is None and first in decoration.FIRST:
                found = _decorated(text, number, start, end, spacing)
        if found is None and end - start <= _LONGEST_PIECE and _looks_like_piece(text, start, end):
            found = _piece(text[start:end], number, start, end)
        if found is not None:
            yield found


def _plain(text: str, first: str, number: int, start: int, end: int, spacing: Spacing) -> Candidate | None:
    """The candidate that a paragraph makes without decoration, by its first code point."""
    if first == "#":
        return _hashed(text[start:end], number, start, end) if end - start <= LONGEST_TITLE else None
    found = None
    if first in _UNITS_FIRST:
        found = unit(text, number, start, end)
    elif first == "卷":
        found = volume(text, number, start, end)
    elif first in _PLACED_FIRST:
        found = placed(text, number, start, end)
    elif first in _LATIN_FIRST:
        found = latin(text, number, start, end)
    if found is None and first == "第":
        head = text[start : min(end, start + LONGEST_TITLE + 1)]
        found = _counted(head, number, start, end) or _article(head, number, start, end)
    if found is None and first in enumerations.FIRST:
        found = enumerated(text, number, start, end, spacing)
    if found is None and first in named.FIRST:
        found = named.named(text, number, start, end)
    return found


def _decorated(text: str, number: int, start: int, end: int, spacing: Spacing) -> Candidate | None:
    """The candidate that a paragraph makes whose heading stands in brackets or between rules."""
    if decoration.is_said(text, start):
        return None
    if (label := _LABELLED.match(text, start, min(end, start + LONGEST_NAMED))) is not None:
        return _labelled(text, label, number, start, end, spacing)
    if end - start > _LONGEST_DECORATED:
        return None
    first, last = decoration.inside(text[start:end])
    if first >= last or last - first == end - start:
        return None
    inner = _plain(text, text[start + first], number, start + first, start + last, spacing)
    if inner is None or not inner.whole:
        return None
    sure = _is_sure(inner) and text[start] not in _SAID
    return inner._replace(start=start, end=end, length=end - start, sure=sure)


def _labelled(text: str, label: re.Match[str], number: int, start: int, end: int, spacing: Spacing) -> Candidate | None:
    """The candidate that a paragraph makes which begins with 【第一章】, with its title or text behind it."""
    inner = _plain(text, label[1][0], number, label.start(1), label.end(1), spacing)
    if inner is None or not inner.whole or inner.form in SERIES:
        return None
    rest = text[label.end() : end]
    is_title = len(rest) <= LONGEST_TITLE and _is_title(rest, len(rest))
    if not is_title and len(rest) < _SHORTEST_REST:
        return None
    stop = end if is_title else label.end(1) + 1
    return inner._replace(start=start, end=stop, length=end - start, sure=_is_sure(inner))


def _is_sure(inner: Candidate) -> bool:
    """Whether what is decorated is a heading by itself: 【尾聲】 is a tune in a play."""
    return inner.sure and inner.form is not Form.FIXED


def _is_title(head: str, length: int) -> bool:
    return length <= LONGEST_TITLE and head[-1] not in _NOT_AT_END and not _SENTENCE.search(head)


def _hashed(head: str, number: int, start: int, end: int) -> Candidate | None:
    """A heading in the manner of Markdown in a plain text."""
    found = _HASHED.match(head)
    if found is None or head[-1] in _NOT_AT_END:
        return None
    rank = len(found["level"]) / 10
    return Candidate(number, Form.HASHED, rank, start + found.end(), end, end - start - found.end())


def _article(head: str, number: int, start: int, end: int) -> Candidate | None:
    """The label of an article; run on where no space tells it from a mention."""
    found = _ARTICLE.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"]) or 0
    stop = start + len(found[0].rstrip(" \u3000\t"))
    certain = found["gap"] is not None
    if not certain and _ARTICLE_MENTIONED.match(head, found.end()):
        return None
    mark = "" if certain else RUN_ON
    return Candidate(number, Form.ARTICLE, Form.ARTICLE.rank, start, stop, end - start, count, mark)


def _counted(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _COUNTED.match(head)
    if found is None or end - start > LONGEST_ENUMERATED or not _is_title(head, end - start):
        return None
    count = parse_numeral(found["n"]) or 0
    return Candidate(number, Form.COUNTED, 0, start, end, end - start, count, found["word"])


def _looks_like_piece(text: str, start: int, end: int) -> bool:
    return (
        text.find("第", start, end) >= 0 or text[end - 1] in f"{NUMERALS}上中下卷" or text.find("卷", start, end) >= 0
    )


def _piece(head: str, number: int, start: int, end: int) -> Candidate | None:
    found = _PIECE.match(head) if len(head) <= 14 else None
    if found is not None:
        count = parse_numeral(found["n"]) or 0
        return Candidate(number, Form.PIECE, Form.PIECE.rank, start, end, end - start, count)
    found = _PIECE_OF.match(head)
    if found is None:
        return None
    count = parse_numeral(found["n"] or found["m"]) or 0
    return Candidate(number, Form.VOLUME, Form.VOLUME.rank, start, end, end - start, count)
