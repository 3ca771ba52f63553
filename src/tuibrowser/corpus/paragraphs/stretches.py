"""Stretches: find stretches of hard-wrapped lines, each by its own width and its own blank lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.lines import TORN
from tuibrowser.corpus.paragraphs.rows import HANGING, MARKS, MIN_FULL, NARROWEST, PAUSE, RAGGED, Row, cells
from tuibrowser.corpus.paragraphs.wrapping import LONG_LINE, SHORT_TEXT, WIDEST, find_joins, find_wrap

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tuibrowser.corpus.formats.lines import Line, TextLine

_BLOCK: Final = 8
"""Long lines that are looked at together for a width; a stretch is made of such blocks."""
_NEAR: Final = 4 * _BLOCK
"""Lines among which several break off where a stretch is wrapped."""
_ALIKE: Final = RAGGED + HANGING + 4
"""Cells by which full lines without their indents differ."""
_MIN_OPEN: Final = 0.3
"""Share of the full lines of a block that end without a mark."""
_MIN_RUNS: Final = 1
"""Full lines that stand directly above other full ones, in a stretch that is only a part of a text."""
_WIDEST_GAP: Final = 2
"""Blank lines after every line of a text that is set so."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Places from `first` to before `stop`, which seem to be wrapped at a width in cells."""

    first: int
    stop: int
    width: int


def may_be_wrapped(lines: Sequence[Line], texts: Sequence[str], skipped: Container[int]) -> bool:
    """Whether lines near each other break off at about one width; those in `skipped` are of no paragraph."""
    ends = [number for number, text in enumerate(texts) if text[-1:] not in MARKS and len(text) * 2 >= NARROWEST]
    if len(texts) < 2 * _BLOCK:
        return bool(ends) and _may_break_off(lines, texts, skipped)
    widths = [(number, cells(texts[number])) for number in ends if number not in skipped]
    return any(
        group[-1][0] - group[0][0] <= _NEAR and _range([width for _, width in group]) <= _ALIKE
        for group in zip(*(widths[at:] for at in range(MIN_FULL)), strict=False)
    )


def _may_break_off(lines: Sequence[Line], texts: Sequence[str], skipped: Container[int]) -> bool:
    """Whether a line breaks off as some of a text must for `find_wrap` to find it wrapped.

    The last line does not, since it is above none. In a text of few and short lines all that are full must break off,
    and each in the middle of a sentence.
    """
    open_ends = [text for number, text in enumerate(texts[:-1]) if text[-1:] not in MARKS and number not in skipped]
    if len(texts) < SHORT_TEXT and max(map(_widest, lines, texts)) < LONG_LINE:
        return any(map(PAUSE.search, open_ends))
    return bool(open_ends)


def _widest(line: Line, text: str) -> int:
    """The cells of a line by its characters or by its width, which is greater where they are beyond U+FFFF."""
    return max(2 * (line.end - line.start), 2 * (line.text_start - line.start) + cells(text))


def _range(sizes: Sequence[int]) -> int:
    return max(sizes) - min(sizes)


def wrapped_joins(raw: str, text_lines: Sequence[TextLine]) -> dict[int, bool]:
    """The numbers of the lines with text that go on with the one before them, each with whether lines were cut there.

    Takes linear time.
    """
    if len(text_lines) < 2:
        return {}
    widths = [cells(raw[text_line.line.start : text_line.line.text_end]) for text_line in text_lines]
    joins: dict[int, bool] = {}
    for stretch in _extended(widths, _found(raw, text_lines, widths)):
        rows = _rows(raw, text_lines, widths, replace(stretch, stop=min(stretch.stop + 1, len(text_lines))))
        core = rows[: stretch.stop - stretch.first]
        if wrap := find_wrap(core):
            goes_on = find_joins(rows, wrap)
            joins |= {stretch.first + at: wrap.cut for at, joined in enumerate(goes_on) if joined}
    return joins


def _found(raw: str, text_lines: Sequence[TextLine], widths: Sequence[int]) -> list[_Stretch]:
    """The stretches that are wrapped, by the blocks of lines that show a width."""
    long = [at for at, width in enumerate(widths) if width >= NARROWEST]
    if len(long) < 2 * _BLOCK:
        width = _block_width([widths[at] for at in long], 1) if long else 0
        whole = _Stretch(0, len(text_lines), width)
        if len(long) < _BLOCK or find_wrap(_rows(raw, text_lines, widths, whole)) is not None:
            return [whole] if long else []
    seeds = list(_seeds(text_lines, widths, long, _BLOCK if len(long) >= 2 * _BLOCK else _BLOCK // 2))
    candidates = _merged(widths, seeds)
    kept = [
        each
        for each in candidates
        if _has_runs(text_lines, widths, each)
        and find_wrap(_rows(raw, text_lines, widths, _with_tail(widths, each))) is not None
    ]
    return kept if len(kept) == len(candidates) else _merged(widths, kept)


def _with_tail(widths: Sequence[int], stretch: _Stretch) -> _Stretch:
    """The stretch with the line below it if that is shorter, which may be the last one of a paragraph."""
    below = stretch.stop < len(widths) and widths[stretch.stop] < stretch.width - RAGGED
    return replace(stretch, stop=stretch.stop + 1) if below else stretch


def _has_runs(text_lines: Sequence[TextLine], widths: Sequence[int], stretch: _Stretch) -> bool:
    """Whether full lines that break off stand above other full ones; titles above verse do not."""
    least, most = stretch.width - RAGGED - HANGING, stretch.width + HANGING
    runs = sum(
        least <= widths[at] <= most and least <= widths[at + 1] <= most and text_lines[at].text[-1] not in MARKS
        for at in range(stretch.first, stretch.stop - 1)
    )
    return runs >= _MIN_RUNS


def _seeds(text_lines: Sequence[TextLine], widths: Sequence[int], long: Sequence[int], size: int) -> Iterator[_Stretch]:
    """The blocks of so many long lines of which some are full and break off."""
    for start in range(0, len(long), size):
        block = long[start : start + size]
        width = _block_width([widths[at] for at in block], MIN_FULL)
        if not width:
            continue
        full = [at for at in block if width - RAGGED - HANGING <= widths[at] <= width]
        if sum(text_lines[at].text[-1] not in MARKS for at in full) >= _MIN_OPEN * len(full):
            fitting = [at for at in block if widths[at] <= width + HANGING]
            yield _Stretch(fitting[0], fitting[-1] + 1, width)


def _block_width(widths: Sequence[int], enough: int) -> int:
    """Return the width that enough lines of a block nearly have and at most one exceeds; else 0."""
    ordered = sorted(widths, reverse=True)
    for top in range(min(2, len(ordered) - enough + 1)):
        if ordered[top] <= WIDEST and ordered[top + enough - 1] >= ordered[top] - RAGGED - HANGING:
            return ordered[top]
    return 0


def _merged(widths: Sequence[int], stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches with those of about one width made one, where what stands between them fits into it."""
    merged: list[_Stretch] = []
    for each in stretches:
        last = merged[-1] if merged else None
        if last and abs(last.width - each.width) <= RAGGED:
            width = max(last.width, each.width)
            between = widths[last.stop : each.first]
            if sum(size > width + HANGING for size in between) <= len(between) // _BLOCK:
                merged[-1] = _Stretch(last.first, each.stop, width)
                continue
        merged.append(each)
    return merged


def _extended(widths: Sequence[int], stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches with the lines around them that fit; of two neighbours the narrower one has what fits into both."""
    extended: list[_Stretch] = []
    stretches = _trimmed(widths, stretches)
    for number, each in enumerate(stretches):
        before, after = (
            extended[-1] if extended else None,
            stretches[number + 1] if number + 1 < len(stretches) else None,
        )
        first, stop = max(each.first, before.stop) if before else each.first, each.stop
        lowest = (before.first + 1 if each.width < before.width else before.stop) if before else 0
        while first > lowest and widths[first - 1] <= each.width + HANGING:
            first -= 1
        highest = (after.stop if each.width < after.width else after.first) if after else len(widths)
        while stop < highest and widths[stop] <= each.width + HANGING:
            stop += 1
        if before and first < before.stop:
            extended[-1] = replace(before, stop=first)
        extended.append(replace(each, first=first, stop=max(first, stop)))
    return extended


def _trimmed(widths: Sequence[int], stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The stretches without the lines at either end that belong to a wider neighbour."""
    trimmed: list[_Stretch] = []
    for number, each in enumerate(stretches):
        first, stop, widest = each.first, each.stop, each.width + HANGING
        middle = (first + stop) // 2
        if number and stretches[number - 1].width > each.width:
            first += max((at for at, width in enumerate(widths[first:middle], 1) if width > widest), default=0)
        if number + 1 < len(stretches) and stretches[number + 1].width > each.width:
            stop = next((at for at in range(middle, stop) if widths[at] > widest), stop)
        trimmed.append(_Stretch(first, max(first, stop), each.width))
    return trimmed


def _rows(raw: str, text_lines: Sequence[TextLine], widths: Sequence[int], stretch: _Stretch) -> list[Row]:
    """The lines of a stretch as rows; those follow that have no more blank lines before them than is usual in it."""
    usual = _usual_gap(text_lines, widths, stretch)
    return [
        Row(
            text_line.text,
            cells(raw[text_line.line.start : text_line.line.text_start]),
            width,
            text_line.line.end - text_line.line.start,
            text_line.gap <= usual,
        )
        for text_line, width in zip(
            text_lines[stretch.first : stretch.stop], widths[stretch.first : stretch.stop], strict=True
        )
    ]


def _usual_gap(text_lines: Sequence[TextLine], widths: Sequence[int], stretch: _Stretch) -> int:
    """How many blank lines mostly stand after a full line that breaks off."""
    gaps = Counter(
        text_lines[at + 1].gap
        for at in range(stretch.first, stretch.stop - 1)
        if widths[at] >= stretch.width - RAGGED - HANGING and text_lines[at].text[-1] not in MARKS
    )
    return max((gap for gap in gaps if TORN < gap <= _WIDEST_GAP), key=lambda gap: (gaps[gap], -gap), default=0)
