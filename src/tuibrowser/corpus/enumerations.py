"""Enumerations: paragraphs numbered 一、 （一） 1. and so on, which head a text or its list items alike."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.forms import Candidate, Form
from tuibrowser.hanzi.numerals import parse_numeral

LONGEST_ENUMERATED: Final = 45
"""Code points of a heading that may be an item of a list, 三、."""
LONGEST_RUN_IN: Final = 40
"""Code points of the sentence that heads a paragraph."""
SHORTEST_REST: Final = 25
"""Code points of the paragraph that such a sentence heads."""
_LONGEST_BARE: Final = 24
"""Code points of a heading of which nothing but a space sets the number apart."""

_ENUMERATED: Final = (
    (Form.CHINESE, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[、．.])[ \u3000]*")),
    (Form.BRACKETED, re.compile(r"(?P<mark>[（(])(?P<n>[一二三四五六七八九十]{1,3})[)）][ \u3000、]*")),
    (Form.ARABIC, re.compile(r"(?P<n>[1-9１-９][0-9０-９]?)(?P<mark>[、．.])(?![0-9０-９])[ \u3000]*")),
    (Form.ARABIC_BRACKETED, re.compile(r"(?P<mark>[（(])(?P<n>\d{1,2})[)）][ \u3000、]*")),
    (Form.ORDINAL, re.compile(r"第(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>[，,、:：])[ \u3000]*")),
    (Form.FINANCIAL, re.compile(r"(?P<n>[壹贰叁肆伍陆柒捌玖拾貳參陸弍]{1,3})(?P<mark>[、．.])[ \u3000]*")),
    (Form.STEM, re.compile(r"(?P<n>[甲乙丙丁戊己庚辛壬癸])(?P<mark>[、．.])[ \u3000]*")),
    (Form.BARE_CHINESE, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})(?P<mark>)(?:[ \u3000]+(?=\S)|$)")),
    (Form.BARE_ARABIC, re.compile(r"(?P<n>[1-9]\d?)(?P<mark>)[ \u3000]+(?=[\u3400-\u9fff])")),
    (Form.DECIMAL, re.compile(r"(?P<mark>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<n>\d{1,2})[ \u3000]+(?=\S)")),
)
_BARE: Final = (Form.BARE_CHINESE, Form.BARE_ARABIC)
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_ANY_MARK: Final = re.compile("[，,。；;：:！？]")
_LIST_MARK: Final = re.compile("[；;：:]")
_MOST_PAUSES: Final = 2
"""Commas in a heading."""


def enumerated(text: str, head: str, number: int, start: int, end: int) -> Candidate | None:
    """The candidate that a paragraph with such a number makes, in one of the forms of SERIES; None without one.

    `head` is the beginning of the paragraph `number`, which stands from `start` to `end` in `text`.
    """
    for form, pattern in _ENUMERATED:
        if (found := pattern.match(head)) is not None:
            return _candidate(text, form, found, number, start, end)
    return None


def _candidate(text: str, form: Form, found: re.Match[str], number: int, start: int, end: int) -> Candidate | None:
    count = _STEMS.index(found["n"]) + 1 if form is Form.STEM else parse_numeral(found["n"]) or 0
    body, is_bare = start + found.end(), form in _BARE
    if body >= end and not is_bare:
        return None
    rank = form.rank + (found["mark"].count(".") if form is Form.DECIMAL else 0)
    stop = end if body >= end else _title_end(text, body, start, end)
    unmarked = stop == end and not _ANY_MARK.search(text, body, end)
    if is_bare and not (unmarked and end - start <= _LONGEST_BARE):
        return None
    if stop is None:
        return Candidate(number, form, rank, start, end, end - start, count, found["mark"], fit=False)
    return Candidate(number, form, rank, start, stop, end - start, count, found["mark"], unmarked)


def _title_end(text: str, body: int, start: int, end: int) -> int | None:
    """Where the heading ends that begins a numbered paragraph: with it, or with its first sentence."""
    if end - start <= LONGEST_ENUMERATED:
        title = text[body:end]
        if title[-1] in "；;，,、：:" or _pauses(title) > _MOST_PAUSES:
            return None
        if "。" not in title[:-1] and "；" not in title:
            return end
    stop = text.find("。", body, min(end, start + LONGEST_RUN_IN + 1))
    if stop < 0 or end - stop < SHORTEST_REST:
        return None
    title = text[body:stop]
    return None if _LIST_MARK.search(title) or _pauses(title) > _MOST_PAUSES else stop + 1


def _pauses(title: str) -> int:
    return title.count("，") + title.count(",")
