"""Unnumbered: find headings without a number: short lines without marks above prose, told by layout or repetition."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import iso_date
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.outlines.decoration import undecorated
from tuibrowser.corpus.outlines.forms import SERIES, Candidate, Form

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tuibrowser.corpus.model import Paragraph
    from tuibrowser.corpus.paragraphs.spacing import Spacing

_LONGEST: Final = 24
"""Code points of a heading."""
_LONGEST_APART: Final = 80
"""Code points of a heading that blank lines set apart as they do numbered ones."""
_FEWEST: Final = 3
"""Headings that a text must have; a line or two of this kind may be anything."""
_FEWEST_LAID_OUT: Final = 2
"""Headings that a text must have if the layout sets them off."""
_MOST_ALIKE: Final = 1.5
"""Lines like headings, also above short paragraphs, for each line above a long one."""
_MAX_SHARE: Final = 0.51
"""Share of all paragraphs that may be headings: half in a collection of short pieces, more in a list."""
_MIN_DISTINCT: Final = 0.7
"""Share of the lines that are said once; more repetition is that of speakers in a play."""
_BELOW: Final = 0.2
"""Added to the rank of a series for a heading between its members."""
_MIN_APART: Final = 0.5
"""Share of the numbered headings that blank lines set apart."""
_SHORTEST_BODY: Final = 24
"""Code points of the text below a heading."""
_MARKS: Final = re.compile("[，。；：！…—,;:!|<>=]")
_NO_TITLE: Final = re.compile(
    r"[曰云道说說证證是]$|^[（(【\[“「『‘]|^\W*$|^[\d\W]+$"
    r"|^[（(【]?(?:全[文书書][完终終]|本[章卷][完终終]|完|[终終]|未完待[续續]|待[续續]|此致|敬[礼禮]|谢谢大家|謝謝大家)[）)】]?$"
)
_OF_PICTURE_OR_SITE: Final = re.compile(
    r"(?:[(（][^()（）]{0,12}(?:[资資]料[图圖]|截[图圖]|[图圖][源片]|供[图圖]|[来來]源[ \u3000:：]"
    r"|[摄攝](?:影[:：]|(?=[)）]))|(?<=[ \u3000])[摄攝]影(?=[)）]))[^()（）]{0,12}[)）]"
    r"|(?:[视視][频頻]|[网網][页頁]|[画畫]面)截[图圖])$"
    r"|www\.|https?:|(?-i:[a-z\d-]\.(?:com|cn|net|org|tw|hk))(?![a-z\d])|^[(（【\[]?文[ \u3000]?[/／]"
    r"|(?:^|[（(【\[ \u3000])(?:[本原]文)?作者(?:[:：]|[ \u3000]+\S{2,4}[)）】\]]?$)",
    re.IGNORECASE,
)
"""The line below a picture, the address of a site, the author: short lines that are no headings."""
_DATED: Final = re.compile(r"[\d年月日]")
_NO_TITLE_APART: Final = re.compile(r"^[—–\-（(“「『]|[。；;，,、：:！!？?…]$|^\W*$|^[\d\W]+$")
_SENTENCE_ENDS: Final = frozenset("。！？；…”’」』》）)!?")


def unnumbered(
    text: str, paragraphs: Sequence[Paragraph], skipped: Container[int], spacing: Spacing
) -> list[Candidate]:
    """The headings without a number of a text that has no others; `skipped` are paragraphs that are none.

    Lines below pictures and the like tell that a text has short lines apart, and are left out in the end.
    """
    found = _unnumbered(text, paragraphs, skipped, spacing)
    return [each for each in found if not _OF_PICTURE_OR_SITE.search(text[each.start : each.end])]


def _unnumbered(
    text: str, paragraphs: Sequence[Paragraph], skipped: Container[int], spacing: Spacing
) -> list[Candidate]:
    titles = [
        number
        for number, paragraph in enumerate(paragraphs[:-1])
        if 1 <= paragraph.end - paragraph.start <= _LONGEST
        and paragraph.kind is ParagraphKind.BODY
        and number not in skipped
        and text[paragraphs[number + 1].end - 1] in _SENTENCE_ENDS
        and _heads(text, paragraphs, number, spacing)
    ]
    above_prose = [number for number in titles if _is_prose(paragraphs[number + 1])]
    laid_out = _with_text(paragraphs, [number for number in titles if _is_set_off(spacing, number)])
    if len(laid_out) >= max(_FEWEST_LAID_OUT, len(above_prose)) and _is_distinct(text, paragraphs, laid_out):
        return _made(paragraphs, laid_out)
    above_prose = [number for number in above_prose if paragraphs[number].end - paragraphs[number].start > 1]
    if len(above_prose) < _FEWEST:
        return []
    alike = _with_text(paragraphs, titles)
    more = len(alike) <= _MOST_ALIKE * len(above_prose) and _is_distinct(text, paragraphs, alike)
    return _made(paragraphs, sorted({*above_prose, *alike}) if more else above_prose)


def beside_numbered(
    text: str,
    paragraphs: Sequence[Paragraph],
    skipped: Container[int],
    spacing: Spacing,
    chosen: Sequence[Candidate],
) -> list[Candidate]:
    """The headings without a number of a text whose numbered ones blank lines set apart, as they do these."""
    numbered = [each for each in chosen if each.form in SERIES and each.whole]
    if not numbered:
        return []
    if sum(spacing.is_apart(each.paragraph) for each in numbered) < _MIN_APART * len(numbered):
        return []
    known = {each.paragraph for each in chosen}
    found = [
        number
        for number, paragraph in enumerate(paragraphs[:-1])
        if 2 <= paragraph.end - paragraph.start <= _LONGEST_APART
        and paragraph.kind is ParagraphKind.BODY
        and number not in known
        and number not in skipped
        and not _NO_TITLE_APART.search(text[paragraph.start : paragraph.end])
        and not _OF_PICTURE_OR_SITE.search(text[paragraph.start : paragraph.end])
        and not iso_date(text[paragraph.start : paragraph.end])
        and spacing.is_apart(number)
        and (number + 1 in known or text[paragraphs[number + 1].end - 1] in _SENTENCE_ENDS)
    ]
    return _ranked(_made(paragraphs, found, share=1), numbered)


def _ranked(found: Sequence[Candidate], numbered: Sequence[Candidate]) -> list[Candidate]:
    """The headings with their ranks: below a series that goes on after one, else above all."""
    last: dict[tuple[Form, str, float], int] = {}
    ranked: list[Candidate] = []
    rest = deque(numbered)
    for each in found:
        while rest and rest[0].paragraph < each.paragraph:
            before = rest.popleft()
            last[before.form, before.mark, before.rank] = before.number
        goes_on = bool(rest) and last.get((rest[0].form, rest[0].mark, rest[0].rank)) == rest[0].number - 1
        ranked.append(each._replace(rank=rest[0].rank + _BELOW) if goes_on else each)
    return ranked


def _made(paragraphs: Sequence[Paragraph], numbers: Sequence[int], share: float = _MAX_SHARE) -> list[Candidate]:
    if len(numbers) > share * len(paragraphs):
        return []
    form, rank = Form.UNNUMBERED, Form.UNNUMBERED.rank
    spans = ((number, paragraphs[number].start, paragraphs[number].end) for number in numbers)
    return [Candidate(number, form, rank, start, end, end - start) for number, start, end in spans]


def _is_set_off(spacing: Spacing, number: int) -> bool:
    """Whether more space than is usual stands above a line, or it stands further in or out than what is below."""
    return spacing.is_led(number) or (spacing.is_out_of_line(number) and spacing.before(number) >= spacing.usual_gap)


def _with_text(paragraphs: Sequence[Paragraph], numbers: Sequence[int]) -> list[int]:
    """Those with enough text before the next one."""
    stops = [*numbers, len(paragraphs)][1:]
    return [
        number
        for number, stop in zip(numbers, stops, strict=True)
        if sum(each.end - each.start for each in paragraphs[number + 1 : min(stop, number + 9)]) >= _SHORTEST_BODY
    ]


def _is_distinct(text: str, paragraphs: Sequence[Paragraph], numbers: Sequence[int]) -> bool:
    titles = {text[paragraphs[number].start : paragraphs[number].end] for number in numbers}
    return len(titles) >= _MIN_DISTINCT * len(numbers)


def _is_prose(paragraph: Paragraph) -> bool:
    return paragraph.kind is ParagraphKind.BODY and paragraph.end - paragraph.start >= _SHORTEST_BODY


def _heads(text: str, paragraphs: Sequence[Paragraph], number: int, spacing: Spacing) -> bool:
    """Whether a short paragraph reads like a title, and stands between the end of a sentence and a sentence.

    Above the first one may stand the title of all.
    """
    if paragraphs[number + 1].kind is not ParagraphKind.BODY:
        return False
    if not _is_title(text[paragraphs[number].start : paragraphs[number].end]):
        return False
    before = paragraphs[number - 1] if number else None
    if before is None or before.kind is not ParagraphKind.BODY or spacing.is_led(number):
        return True
    return _ends(text[before.start : before.end]) or (number == 1 and before.end - before.start <= _LONGEST)


def _ends(line: str) -> bool:
    """Whether a paragraph ends: with a sentence, or with the date below a piece."""
    return line[-1] in _SENTENCE_ENDS or (len(line) <= _LONGEST and iso_date(line) is not None)


def _is_title(line: str) -> bool:
    title = undecorated(line)
    if not title or _MARKS.search(title) or _NO_TITLE.search(title):
        return False
    return not (_DATED.search(title) and iso_date(title))
