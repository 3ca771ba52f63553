"""Subtitles: SRT and WebVTT, whose lines become paragraphs, with the times at which they are shown as places."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.decoding.decode import decode
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.model import Metadata
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.formats.base import Contents, Extracted

_CLOCK: Final = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)[,.:](\d{1,3})"
_TIMES: Final = re.compile(rf"\s*{_CLOCK}\s*--?>\s*{_CLOCK}")
_NUMBER: Final = re.compile(r"\s*\d{1,6}\s*")
_ASIDE: Final = re.compile(r"(?:NOTE|STYLE|REGION|X-TIMESTAMP-MAP)\b")
"""What a block of WebVTT begins with that is shown to nobody."""
_HEADER: Final = re.compile(r"WEBVTT(?:[ \t]+(?:-\s*)?(?P<title>.*))?$")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]{1,60})>")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<[\d:.]{4,20}>|\{\\[^{}]{1,200}\}")
"""What is said of the look of a line, or the time of a word in it."""
_DASH: Final = re.compile(r"\s*[-–—]\s?(?=\S)")
_ENDS: Final = "。！？!?…」』”》）)"
"""What a sentence ends with."""
_PAUSE: Final = 1.5
"""Seconds without a line after which another paragraph begins."""
_LONGEST: Final = 150
"""Code points after which a paragraph without marks ends."""


class _Cue(NamedTuple):
    """Lines that are shown together: from when to when, in seconds, who speaks them, and what they say."""

    start: float
    end: float
    voice: str
    text: str


def extract(contents: Contents) -> Extracted:
    """Extract the text of subtitles. Raises NotTextError where there is none."""
    decoded = decode(contents.data, contents.encoding)
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = _HEADER.match(lines[0].strip())
    made = Extraction()
    before: _Cue | None = None
    length = 0
    for cue in _cues(lines, is_divided=header is not None):
        if before is not None and (length >= _LONGEST or _is_apart(before, cue)):
            made.end()
            length = 0
        if length and before is not None and before.text[-1] not in "，、；：,;:—-":
            made.write(" ")
        made.locate(_label(cue.start))
        text = f"{cue.voice}：{cue.text}" if cue.voice and (before is None or before.voice != cue.voice) else cue.text
        made.write(text)
        length += len(text)
        before = cue
    if before is None:
        raise NotTextError(plain("subtitles without a line that is shown"))
    title = header["title"] if header else None
    return made.extracted(Metadata(title or None), encoding=decoded.encoding, problems=decoded.problems)


def _cues(lines: Sequence[str], *, is_divided: bool) -> Iterator[_Cue]:
    """The lines that are shown together, in the order of the file; those without text are left out.

    Where the format `is_divided` by blank lines, what follows one is not shown, such as the name of the next cue.
    """
    starts = [number for number, line in enumerate(lines) if "->" in line and _TIMES.match(line)]
    ends = [number - bool(_NUMBER.fullmatch(lines[number - 1])) for number in starts[1:]]
    for start, end in zip(starts, [*ends, len(lines)], strict=bool(starts)):
        said = lines[start + 1 : end]
        if cue := _cue(lines[start], _until_blank(said) if is_divided else said):
            yield cue


def _until_blank(lines: Sequence[str]) -> Sequence[str]:
    """The lines up to a blank one."""
    blank = next((number for number, line in enumerate(lines) if not line.strip()), len(lines))
    return lines[:blank]


def _cue(times: str, lines: Sequence[str]) -> _Cue | None:
    found = _TIMES.match(times)
    if found is None or (lines and _ASIDE.match(lines[0])):
        return None
    voice = next((each[1].strip() for line in lines if (each := _VOICE.search(line))), "")
    text = " ".join(filter(None, (unescape(_TAG.sub("", line)).strip() for line in lines)))
    return _Cue(_seconds(found, 1), _seconds(found, 5), voice, text) if text else None


def _seconds(found: re.Match[str], group: int) -> float:
    hours, minutes, seconds, part = found.group(group, group + 1, group + 2, group + 3)
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part}")


def _label(start: float) -> str:
    whole = int(start)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _is_apart(before: _Cue, cue: _Cue) -> bool:
    """Whether what is shown begins another paragraph."""
    return (
        before.text[-1] in _ENDS
        or not -_PAUSE < cue.start - before.end < _PAUSE
        or cue.voice != before.voice
        or _DASH.match(cue.text) is not None
    )
