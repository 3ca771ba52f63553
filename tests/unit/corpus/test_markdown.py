from __future__ import annotations

import time

import pytest

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.markdown import parse
from tuibrowser.corpus.model import Metadata


def shown(raw: str) -> list[tuple[str, str]]:
    """The role of each line that is neither blank nor markup, and its text without what is hidden."""
    parsed = parse(raw)
    hidden = {at for start, end in parsed.hidden for at in range(start, end)}
    return [
        (
            f"h{line.level}" if line.level else line.role.value,
            "".join(raw[at] for at in range(line.text_start, line.text_end) if at not in hidden),
        )
        for line in parsed.lines
        if line.role not in (LineRole.BLANK, LineRole.MARKUP)
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("# 民法典", ("h1", "民法典")),
        ("### 第一節　總則 ###", ("h3", "第一節　總則")),
        ("##第一章", ("h2", "第一章")),
        ("  ## 第一章", ("h2", "第一章")),
        ("第一章\n---", ("h2", "第一章")),
        ("民法典\n===", ("h1", "民法典")),
        ("#話題", ("plain", "#話題")),
        ("####### 七", ("plain", "####### 七")),
        ("    # 縮進", ("plain", "# 縮進")),
        ("# C#", ("h1", "C#")),
    ],
)
def test_headings_are_known_by_their_marks(raw: str, expected: tuple[str, str]) -> None:
    assert shown(raw) == [expected]


def test_a_rule_under_a_long_paragraph_makes_no_heading_of_it() -> None:
    paragraph = "學而時習之，不亦說乎？" * 10
    assert shown(f"{paragraph}\n---\n君子不器") == [("plain", paragraph), ("plain", "君子不器")]
    assert shown("甲\n乙\n---") == [("plain", "甲"), ("plain", "乙")]


def test_comments_are_hidden_whole_or_beside_text() -> None:
    assert shown("<!-- INFO END -->\n第一條 <!-- 註 --> 為了\n<!-- 一\n\n二 -->\n末") == [
        ("plain", "第一條  為了"),
        ("plain", "末"),
    ]
    assert shown("甲<!-- 一\n二 -->乙") == [("plain", "甲"), ("plain", "乙")]


def test_a_comment_that_is_never_closed_is_text() -> None:
    assert shown("<!-- 甲\n乙") == [("plain", "<!-- 甲"), ("plain", "乙")]


def test_code_is_kept_as_it_is_with_its_spaces_and_hashes() -> None:
    assert shown("```py\n  # 非標題\n\n**甲**\n```\n# 標題") == [
        ("code", "  # 非標題"),
        ("code", ""),
        ("code", "**甲**"),
        ("h1", "標題"),
    ]


def test_a_fence_that_is_never_closed_is_text() -> None:
    assert shown("```\n# 標題") == [("plain", "```"), ("h1", "標題")]


def test_strong_text_loses_its_stars_and_other_emphasis_is_left_alone() -> None:
    assert shown("**第一條** 為了*保護*權益") == [("plain", "第一條 為了*保護*權益")]
    assert shown("2 ** 3 ** 4") == [("plain", "2 ** 3 ** 4")]


def test_rules_are_markup_and_quotations_lose_their_marks() -> None:
    assert shown("***\n- - -\n> > 子曰\n>") == [("plain", "子曰")]


def test_front_matter_is_metadata() -> None:
    raw = "---\ntitle: '道德經'\nauthor: [老子, 王弼]\ndate: 2022-03-05\n来源: 《正統道藏》\n---\n道可道"
    assert parse(raw).metadata == Metadata(
        title="道德經", author="老子、王弼", published="2022-03-05", source="《正統道藏》"
    )
    assert shown(raw) == [("plain", "道可道")]


def test_front_matter_may_list_its_authors_on_lines() -> None:
    assert parse("---\nauthors:\n  - 老子\n  - 王弼\n---\n").metadata.author == "老子、王弼"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert parse("---\n道可道，非常道。\n---\n").metadata == Metadata()
    assert shown("---\n道可道，非常道。\n\n---\n") == [("plain", "道可道，非常道。")]
    assert parse("---").metadata == Metadata()


@pytest.mark.parametrize("piece", ["```a\n", "<!--", "**a", "# #", "> ", "- ", "`~" * 5 + "\n", "~~~\n\n```b\n", "#"])
def test_hostile_markup_takes_linear_time(piece: str) -> None:
    began = time.process_time()
    parse(piece * (300_000 // len(piece)))
    assert time.process_time() - began < 3
