from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.lines import LineRole, Parsed
from tuibrowser.corpus.formats.org import parse_mandoku, parse_org
from tuibrowser.corpus.model import Locator, Metadata

MANDOKU = """# -*- mode: mandoku-view -*-
#+TITLE: 論語
#+DATE: 2016-08-10 10:04:23
#+PROPERTY: ID KR1h0004
#+PROPERTY: BASEEDITION CHANT
#+PROPERTY: JUAN 6

# src: LY 07.01; tr. CH
<pb:KR1h0004_CHANT_007-1a>¶
** 7 《述而篇第七》

7.1子曰：¶
「述而不作，¶
竊比於我老彭。」<pb:KR1h0004_CHANT_007-2a>¶
¶
默而識<pb:KR1h0004_CHANT_007-3a>¶之
"""


def shown(raw: str, parsed: Parsed) -> list[tuple[LineRole, str]]:
    hidden = {at for start, end in parsed.hidden for at in range(start, end)}
    return [
        (line.role, "".join(raw[at] for at in range(line.text_start, line.text_end) if at not in hidden))
        for line in parsed.lines
        if line.role is not LineRole.MARKUP
    ]


def test_a_mandoku_text_shows_its_text_alone() -> None:
    assert shown(MANDOKU, parse_mandoku(MANDOKU)) == [
        (LineRole.BLANK, ""),
        (LineRole.HEADING, "7 《述而篇第七》"),
        (LineRole.BLANK, ""),
        (LineRole.PLAIN, "7.1子曰："),
        (LineRole.PLAIN, "「述而不作，"),
        (LineRole.PLAIN, "竊比於我老彭。」"),
        (LineRole.BLANK, ""),
        (LineRole.PLAIN, "默而識之"),
    ]


def test_its_pages_are_locators() -> None:
    assert parse_mandoku(MANDOKU).locators == tuple(
        Locator(MANDOKU.index(f"<pb:KR1h0004_CHANT_{page}>"), page) for page in ("007-1a", "007-2a", "007-3a")
    )


def test_its_edition_is_its_source_and_the_date_of_the_file_says_nothing() -> None:
    source = "Kanseki Repository KR1h0004, CHANT"
    assert parse_mandoku(MANDOKU).metadata == Metadata(title="論語", source=source, work="論語")


def test_a_file_without_a_scroll_number_is_the_whole_work() -> None:
    whole = "".join(line for line in MANDOKU.splitlines(keepends=True) if "JUAN" not in line)
    assert parse_mandoku(whole).metadata.work is None


def test_headings_have_the_level_of_their_stars() -> None:
    raw = "* 卷一\n** 學而\n *** 非標題\n**粗體**"
    assert [line.level for line in parse_org(raw).lines] == [1, 2, 0, 0]


def test_keywords_are_metadata() -> None:
    raw = "#+TITLE: 論語\n#+AUTHOR: 孔子弟子\n#+DATE: <2022-10-28>\n#+title: 又名\n"
    assert parse_org(raw).metadata == Metadata(title="論語", author="孔子弟子", published="2022-10-28")


def test_a_link_shows_its_description() -> None:
    raw = "[[file:KR1h0004_001.txt][〈學而〉第一]]，見[[第二]]"
    assert shown(raw, parse_org(raw)) == [(LineRole.PLAIN, "〈學而〉第一，見[[第二]]")]


def test_code_is_kept_and_drawers_are_left_out() -> None:
    raw = ":PROPERTIES:\n:ID: 7\n:END:\n#+begin_src\n  * 非標題\n#+end_src\n:子曰: 非抽屜"
    assert shown(raw, parse_org(raw)) == [(LineRole.CODE, "  * 非標題"), (LineRole.PLAIN, ":子曰: 非抽屜")]


def test_a_block_that_is_never_closed_hides_no_headings() -> None:
    raw = "#+begin_src\n* 標題"
    assert shown(raw, parse_org(raw)) == [(LineRole.HEADING, "標題")]


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("<2022-03-05>", "2022-03-05"),
        ("<2022-03-05 Sat>", "2022-03-05"),
        ("[2022-03-05 六 10:00]", "2022-03-05T10:00"),
        ("<2022-03-05 周六 10:00-11:00 +1w>", "2022-03-05T10:00"),
        ("2022-03-05", "2022-03-05"),
    ],
)
def test_a_date_may_be_a_time_stamp(stamp: str, iso: str) -> None:
    assert parse_org(f"#+DATE: {stamp}\n渡口無人。\n").metadata.published == iso
