"""The characters by which a line is passed over: whatever a pattern matches has one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuibrowser.corpus import dates, eras
from tuibrowser.corpus.front import bylines, furniture, head, openings, people
from tuibrowser.corpus.front.headlines import HeadLine

if TYPE_CHECKING:
    from collections.abc import Callable


def _has(characters: frozenset[str] | str) -> Callable[[str], bool]:
    return lambda text: not frozenset(characters).isdisjoint(text)


def _is_told(text: str) -> bool:
    return head._may_tell(HeadLine(text), 1, head.Evidence())


PATTERNS: list[tuple[re.Pattern[str], Callable[[str], bool]]] = [
    *((pattern, _is_told) for pattern in (furniture._SITE, furniture._MENU, furniture._PLACE, furniture._TOOLS)),
    (furniture._FOOT, _is_told),
    (furniture._LICENCE, lambda text: text[0] in furniture._LICENCE_FIRST and _has(furniture.LICENCE)(text)),
    *((pattern, _is_told) for pattern in (bylines._CREDIT, bylines._CREDITED, bylines._BY, bylines._ROLE)),
    *((pattern, _is_told) for pattern in (bylines._BULLET, bylines._BY_ORDER, bylines._WRITTEN_BY)),
    (head._HISTORY, _is_told),
    (head._WEEKDAY, _is_told),
    (openings._ABSTRACT, _has(openings.TELLING)),
    *((pattern, _has(people.TELLING)) for pattern in (people._WITH_POST, people._BEHIND, people._ONLY_POST)),
    (dates._FOUR, _has(dates.TELLING)),
    *((pattern, _has(eras.TELLING)) for pattern in (eras._YEAR, eras._EARLY)),
    *((pattern, lambda text: eras._BEGINS_WHOLE.match(text) is not None) for pattern in (eras._WHOLE, eras._THREE)),
]


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "is_looked_at"), PATTERNS)
@settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_pattern_matches_is_not_passed_over(
    pattern: re.Pattern[str], is_looked_at: Callable[[str], bool], data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags), fullmatch=True)).strip()
    assert is_looked_at(text)


def test_most_lines_are_passed_over() -> None:
    assert not _is_told("山高月小，水落石出。")
    assert _is_told("来源：江口日报")
