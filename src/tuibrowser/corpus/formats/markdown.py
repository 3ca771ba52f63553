"""Markdown: headings, HTML comments, code fences, rules and YAML front matter; emphasis but for ** is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.base import TextFormat
from tuibrowser.corpus.formats.declared import declared
from tuibrowser.corpus.formats.inline import hide
from tuibrowser.corpus.formats.lines import Line, LineRole, Parsed, split_lines
from tuibrowser.corpus.formats.notes import markdown_footnotes
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tuibrowser.corpus.model import DocumentProblem

_HEADING: Final = re.compile(r"(#{1,6})(?:[ \t\u3000]+|$)|(#{2,6})(?=[^#\s])")
_CLOSING: Final = re.compile(r"(?:^|[ \t])#+$")
_FENCE: Final = re.compile(r"(`{3,}(?!.*`)|~{3,})")
_UNDERLINE: Final = re.compile(r"(=+|-{2,})$")
_RULE: Final = re.compile(r"(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_STRONG: Final = re.compile(r"\*\*(?=\S)([^*\r\n]{1,300})(?<=\S)\*\*")
_FIELD: Final = re.compile(r"([\w-]{1,40})[ \t]*[:：](?:[ \t]+|$)(.*)")

_DEEPEST_INDENT: Final = 3
"""Spaces before a heading or fence; more are an indented paragraph."""
_LONGEST_UNDERLINED: Final = 80
"""Code points of a title underlined by === or ---; longer is a paragraph above a rule."""
_LONGEST_FRONT_MATTER: Final = 200
"""Lines."""


def parse(raw: str) -> Parsed:
    """The lines of a Markdown text, and the metadata of its front matter."""
    lines = list(split_lines(raw))
    first, metadata, problems = _front_matter(raw, lines)
    comments = _comments(raw)
    _mark_comments(lines, comments)
    _mark_blocks(raw, lines, first)
    hidden = hide(raw, lines, sorted([*comments, *_stars(raw, lines)]))
    marked_up = any(line.role is LineRole.HEADING for line in lines)
    return Parsed(tuple(lines), metadata, (), tuple(hidden), marked_up, markdown_footnotes(raw, lines), problems)


def _front_matter(raw: str, lines: list[Line]) -> tuple[int, Metadata, tuple[DocumentProblem, ...]]:
    """Mark the front matter; return the index of the first line after it, the metadata in it and their problems."""
    if not raw.startswith("---") or raw[: lines[0].text_end] != "---":
        return 0, Metadata(), ()
    fields: dict[str, str] = {}
    key = ""
    for index, line in enumerate(lines[1:_LONGEST_FRONT_MATTER], 1):
        text = raw[line.text_start : line.text_end]
        if text in ("---", "..."):
            if not fields:
                break
            lines[: index + 1] = [each._replace(role=LineRole.MARKUP) for each in lines[: index + 1]]
            return index + 1, *declared(fields)
        if line.text_start == line.start and (found := _FIELD.fullmatch(text)):
            key = found[1].lower()
            fields[key] = _scalar(found[2])
        elif key and text.startswith("- "):
            fields[key] = "、".join(filter(None, (fields[key], _scalar(text[2:]))))
        elif text and not text.startswith("#") and line.text_start == line.start:
            break
    return 0, Metadata(), ()


def _scalar(text: str) -> str:
    """A value of YAML without its quotes; a list in brackets joined by 、."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return "、".join(filter(None, map(_scalar, text[1:-1].split(","))))
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1].strip()
    return "" if text in ("|", ">", "~", "null") else text


def _comments(raw: str) -> list[tuple[int, int]]:
    """The spans of HTML comments; one that is never closed is text."""
    spans: list[tuple[int, int]] = []
    start = raw.find("<!--")
    while start >= 0 and (end := raw.find("-->", start + 4)) >= 0:
        spans.append((start, end + 3))
        start = raw.find("<!--", end + 3)
    return spans


def _mark_comments(lines: list[Line], comments: Sequence[tuple[int, int]]) -> None:
    """Mark the lines on which nothing but a comment stands, before anything in them is taken for markup."""
    index = 0
    for start, end in comments:
        while lines[index].end < start:
            index += 1
        while index < len(lines) and lines[index].text_end <= end:
            if lines[index].text_start >= start:
                lines[index] = lines[index]._replace(role=LineRole.MARKUP)
            index += 1
        if index == len(lines):
            return


def _mark_blocks(raw: str, lines: list[Line], first: int) -> None:
    """Give fences, code, headings and rules their roles."""
    unclosed: set[str] = set()
    index = first
    while index < len(lines):
        line = lines[index]
        if line.role is not LineRole.PLAIN:
            index += 1
            continue
        opening = raw[line.text_start]
        if opening == "#" and (heading := _heading(raw, line)):
            lines[index] = heading
        elif opening in "`~" and (closing := _closing_fence(raw, lines, index, unclosed)):
            _mark_code(lines, index, closing)
            index = closing
        elif opening in "=-" and _underlines(raw, lines, index):
            lines[index - 1] = lines[index - 1]._replace(role=LineRole.HEADING, level=1 if opening == "=" else 2)
            lines[index] = line._replace(role=LineRole.MARKUP)
        elif opening in "-*_" and _RULE.match(raw, line.text_start, line.text_end):
            lines[index] = line._replace(role=LineRole.MARKUP)
        elif opening == ">":
            lines[index] = _quoted(raw, line)
        index += 1


def _indented(raw: str, line: Line) -> bool:
    return line.text_start - line.start > _DEEPEST_INDENT or raw.find("\t", line.start, line.text_start) >= 0


def _heading(raw: str, line: Line) -> Line | None:
    found = _HEADING.match(raw, line.text_start, line.text_end)
    if found is None or _indented(raw, line):
        return None
    start, end = found.end(), line.text_end
    if raw[end - 1] == "#":
        text = _CLOSING.sub("", raw[start:end]).rstrip()
        end = start + len(text)
    if start >= end:
        return line._replace(role=LineRole.MARKUP)
    return line._replace(role=LineRole.HEADING, level=len(found[1] or found[2]), text_start=start, text_end=end)


def _closing_fence(raw: str, lines: Sequence[Line], index: int, unclosed: set[str]) -> int | None:
    """The index of the line that closes the fence opened at `index`; a fence that is never closed is text.

    `unclosed` collects fences that nothing further down closes, so that no text is gone through again and again.
    """
    line = lines[index]
    found = _FENCE.match(raw, line.text_start, line.text_end)
    if found is None or _indented(raw, line):
        return None
    mark = found[1]
    if mark in unclosed:
        return None
    for at in range(index + 1, len(lines)):
        closing = lines[at]
        if raw.startswith(mark, closing.text_start) and not raw[closing.text_start : closing.text_end].strip(mark[0]):
            return at
    unclosed.add(mark)
    return None


def _mark_code(lines: list[Line], opening: int, closing: int) -> None:
    for at in range(opening, closing + 1):
        line = lines[at]
        if opening < at < closing:
            lines[at] = line._replace(role=LineRole.CODE, text_start=line.start, text_end=line.end)
        else:
            lines[at] = line._replace(role=LineRole.MARKUP)


def _underlines(raw: str, lines: Sequence[Line], index: int) -> bool:
    """Whether a line of === or --- underlines the line above it, which is a paragraph of its own."""
    line = lines[index]
    if index == 0 or not _UNDERLINE.match(raw, line.text_start, line.text_end) or _indented(raw, line):
        return False
    above = lines[index - 1]
    if above.role is not LineRole.PLAIN or above.text_end - above.text_start > _LONGEST_UNDERLINED:
        return False
    return index == 1 or lines[index - 2].role is not LineRole.PLAIN


def _quoted(raw: str, line: Line) -> Line:
    start = line.text_start
    while start < line.text_end and raw[start] in "> ":
        start += 1
    return line._replace(role=LineRole.BLANK if start == line.text_end else LineRole.PLAIN, text_start=start)


def _stars(raw: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The stars of **strong** text."""
    if "**" not in raw:
        return
    for line in lines:
        for found in _STRONG.finditer(raw, line.text_start, line.text_end):
            yield found.start(), found.start() + 2
            yield found.end() - 2, found.end()


MARKDOWN: Final = TextFormat("markdown", "Markdown", (".md", ".markdown"), parse)
