"""Sentences: where the sentences of a paragraph are.

A sentence ends with 。！？ or ……, and with half-width . ! ? where white space, the end, or for ! and ? an ideograph
follows; the closing quotation marks and brackets after that belong to it. It goes on where a comma comes next
(“好！”，他說。). A line that is kept, as in verse, ends one unless its last mark says that the sentence goes on.
"""

from __future__ import annotations

from typing import Final

from tuibrowser.language.patterns import late

Span = tuple[int, int]

_CLOSING: Final = "”’」』）】〕》〉﹂﹄\"')\\]}＂＇）］｝"
_GOES_ON: Final = "，、；：,;:"
_FULL: Final = "。！？｡．‼⁇⁈⁉"
_END: Final = late(
    rf"(?:[{_FULL}]|…{{2,8}}+|⋯{{2,8}}+|[!?]{{1,16}}+(?=[\s{_FULL}{_CLOSING}\u3400-\u9fff]|\Z)|\.(?=[\s{_CLOSING}]|\Z))"
    rf"[{_FULL}!?…⋯]{{0,16}}+[{_CLOSING}]{{0,8}}+(?!\s{{0,8}}[{_GOES_ON}])"
)
"""Possessive and bounded throughout, so that no text takes more than time by its length."""
_BLANK_LINE: Final = late(r"\n[^\S\n]*\n")
_ABBREVIATION: Final = late(r"(?:^|[^A-Za-z])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|Vol|Fig|Jr|Sr|vs|pp|ed|eds|cf|al)\Z")
_NUMBERING: Final = late(r"\s*[0-9]{1,3}\Z")
_LOOKED_AT: Final = 8
"""Code points before a full stop."""


def sentence_spans(text: str, *, kept_lines: bool) -> list[Span]:
    """The sentences of a paragraph in order, in code points, without the white space between them.

    `kept_lines` says that its lines are lines of verse or a table, not those of a file's editor.
    """
    spans: list[Span] = []
    start = 0
    for end in _ends(text, kept_lines=kept_lines):
        if _is_end(text, start, end):
            if (span := _stripped(text, start, end)) is not None:
                spans.append(span)
            start = end
    if (span := _stripped(text, start, len(text))) is not None:
        spans.append(span)
    return spans


def next_end(text: str, offset: int) -> int | None:
    """The end of the sentence mark at or after an offset, with the marks that belong to it; None where none is."""
    found = _END.search(text, offset)
    return None if found is None else found.end()


def _ends(text: str, *, kept_lines: bool) -> list[int]:
    """Where sentences may end."""
    ends = {found.end() for found in _END.finditer(text)}
    if kept_lines:
        ends.update(at for at, character in enumerate(text) if character == "\n" and not _goes_on(text, at))
    else:
        ends.update(found.start() for found in _BLANK_LINE.finditer(text))
    return sorted(ends)


def _goes_on(text: str, line_end: int) -> bool:
    """Whether the mark before a line's end says that the sentence goes on."""
    return text[max(0, line_end - 1) : line_end] in set(_GOES_ON)


def _is_end(text: str, start: int, end: int) -> bool:
    """Whether a full stop is more than the mark of an abbreviation or of the number of an item."""
    if text[end - 1 : end] != ".":
        return True
    before = text[max(start, end - 1 - _LOOKED_AT) : end - 1]
    numbers_an_item = len(before) < _LOOKED_AT and _NUMBERING.fullmatch(before) is not None
    return not numbers_an_item and _ABBREVIATION.search(before) is None


def _stripped(text: str, start: int, end: int) -> Span | None:
    """A stretch without the white space around it; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
