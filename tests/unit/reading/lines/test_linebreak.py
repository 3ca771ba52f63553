from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from support.timing import least_seconds
from tuibrowser.hanzi.cells import cell_width
from tuibrowser.hanzi.grapheme import grapheme_starts
from tuibrowser.reading.lines.breakclass import CLASSES, MARK, SPACES
from tuibrowser.reading.lines.linebreak import BLOCK, Lines, blocks, break_lines

CHARACTERS = (
    "机關a1é，。；？！、：“”‘’（）《》「」—…·%℃$￥/"
    "-.,:;()\"' 　\n\u00a0\u0301\ufe0f\u200d\u200b❤👍\U0001f3fd🇨🇳𠀀葛\U000e0100㎡々ー"
)
TEXTS = st.text(st.sampled_from(CHARACTERS), max_size=120)
ANY = st.text(st.characters(codec="utf-8"), max_size=120)
WIDTHS = st.integers(1, 60)


def lines(text: str, width: int) -> list[str]:
    """The lines as shown."""
    starts = break_lines(text, width)
    return [text[start:end].removesuffix("\n").rstrip(SPACES) for start, end in pairwise([*starts, len(text)])]


def carries_a_mark(text: str, at: int) -> bool:
    return CLASSES[text[at + 1 : at + 2] or "\n"] == MARK


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("机关党建", 8, ["机关党建"]),
        ("机关党建要紧紧围绕中心", 8, ["机关党建", "要紧紧围", "绕中心"]),
        ("机关党建要紧紧围绕中心", 9, ["机关党建", "要紧紧围", "绕中心"]),
        ("机关党建，要紧紧", 8, ["机关党", "建，要紧", "紧"]),
        ("机关党建,要紧紧", 8, ["机关党", "建,要紧", "紧"]),
        ("机关党《建设》好", 8, ["机关党", "《建设》", "好"]),
        ("机关党(建设)好", 8, ["机关党", "(建设)好"]),
        ("他说：“好。”然后", 12, ["他说：“好。”", "然后"]),
        ("他说：“好。”然后", 10, ["他说：", "“好。”然后"]),
        ("中华人民——共和国", 9, ["中华人民", "——共和国"]),
        ("中华人——民共和国", 8, ["中华人——", "民共和国"]),
        ("机关党建……好的", 9, ["机关党", "建……好的"]),
        ("增长GDP很快", 6, ["增长", "GDP很", "快"]),
        ("去了hello world吧", 10, ["去了hello", "world吧"]),
        ("共1,234.5亿元", 8, ["共", "1,234.5", "亿元"]),
        ("增长了5.5%左右", 8, ["增长了", "5.5%左右"]),
        ("走了100 km路", 8, ["走了", "100 km路"]),
        ("房子有90㎡大", 9, ["房子有", "90㎡大"]),
        ("今日气温35℃吧", 10, ["今日气温", "35℃吧"]),
        ("售价￥100元", 8, ["售价", "￥100元"]),
        ("COVID-19疫情", 8, ["COVID-19", "疫情"]),
        ("don’t stop", 7, ["don’t", "stop"]),
        ("编号２０２２年", 8, ["编号", "２０２２", "年"]),
        ("增长３．５％吧", 10, ["增长", "３．５％吧"]),
        ("马克·吐温说", 8, ["马克·吐", "温说"]),
        ("马克吐·温说", 6, ["马克", "吐·温", "说"]),
        ("人々が来る", 2, ["人", "々", "が", "来", "る"]),
        ("上人々が来る", 4, ["上", "人々", "が来", "る"]),
        ("一\n二\n\n三", 10, ["一", "二", "", "三"]),
        ("一二\n三", 4, ["一二", "三"]),
        ("一二 \n三", 4, ["一二", "三"]),
        ("一二\n", 4, ["一二"]),
        ("　　机关党建", 8, ["　　机关", "党建"]),
        ("一二  三四", 4, ["一二", "三四"]),
        ("ab     cd", 4, ["ab", "cd"]),
    ],
)
def test_text_is_set_in_lines(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_an_address_is_whole_where_it_fits_and_else_cut_at_a_separator() -> None:
    text = "见http://www.example.com/a/b?c=d&e=100。"
    assert lines(text, 40) == ["见http://www.example.com/a/b?c=d&e=100。"]
    assert lines(text, 38) == ["见", "http://www.example.com/a/b?c=d&e=100。"]
    assert lines(text, 24) == ["见", "http://www.example.com/", "a/b?c=d&e=100。"]


def test_a_word_longer_than_a_line_is_cut_but_its_mark_stays_with_it() -> None:
    assert lines("abcdefgh，好", 8) == ["abcdefg", "h，好"]


def test_combining_marks_stay_with_their_character() -> None:
    assert lines("e\u0301\u0302e\u0301\u0302e\u0301", 2) == ["e\u0301\u0302e\u0301\u0302", "e\u0301"]
    assert lines("葛\U000e0100葛\U000e0100葛\U000e0100", 4) == ["葛\U000e0100葛\U000e0100", "葛\U000e0100"]
    assert lines("，\ufe00中", 2) == ["，\ufe00", "中"]


def test_a_space_with_a_combining_mark_is_seen_and_takes_its_room() -> None:
    assert lines("1\u3000\u0301", 2) == ["1", "\u3000\u0301"]
    assert lines("中 \u0301中", 2) == ["中", " \u0301", "中"]
    assert lines("中  \u0301中", 2) == ["中", " \u0301", "中"]
    assert lines("中\u3000\u0301 中", 4) == ["中\u3000\u0301", "中"]


def test_a_family_is_one_picture_and_two_letters_are_one_flag() -> None:
    assert lines("👨‍👩‍👧👨‍👩‍👧", 3) == ["👨‍👩‍👧", "👨‍👩‍👧"]
    assert lines("🇨🇳🇹🇼🇯🇵", 4) == ["🇨🇳🇹🇼", "🇯🇵"]
    assert lines("中👍🏽好", 4) == ["中👍🏽", "好"]


def test_characters_beyond_the_first_plane_take_two_cells() -> None:
    assert lines("𠀀𪜀𫝀𫠠𬺰𰀀", 6) == ["𠀀𪜀𫝀", "𫠠𬺰𰀀"]


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_the_narrowest_screens_still_show_everything(width: int) -> None:
    text = "（中），“好”……——GDP 3.5%。http://a.cn/b"
    starts = break_lines(text, width)
    assert starts == sorted(set(starts))
    assert "".join(text[start:end] for start, end in pairwise([*starts, len(text)])) == text


@given(TEXTS | ANY, WIDTHS)
def test_lines_go_forward_and_leave_nothing_out(text: str, width: int) -> None:
    starts = break_lines(text, width)
    assert starts[0] == 0
    assert all(start < following for start, following in pairwise(starts))
    assert len(starts) == 1 or starts[-1] < len(text)


@given(TEXTS | ANY, st.integers(2, 60))
def test_every_line_fits(text: str, width: int) -> None:
    assert [line for line in lines(text, width) if cell_len(line) > width] == []


@given(
    st.text(st.sampled_from("1中，（ 　\n\u2003\u0301\ufe0f\u200d❤👍\U0001f3fd🇨🇳"), max_size=40) | ANY,
    st.integers(1, 12),
)
def test_only_a_single_character_is_wider_than_its_line(text: str, width: int) -> None:
    assert [line for line in lines(text, width) if cell_width(line) > width and len(grapheme_starts(line)) > 1] == []


@given(TEXTS, WIDTHS)
def test_a_newline_ends_its_line_and_nothing_else_holds_one(text: str, width: int) -> None:
    starts = break_lines(text, width)
    for start, end in pairwise([*starts, len(text)]):
        assert "\n" not in text[start : end - 1]
    assert all(at + 1 in starts for at, character in enumerate(text[:-1]) if character == "\n")


@given(TEXTS, st.integers(2, 60))
def test_no_line_begins_with_a_space_that_another_could_swallow(text: str, width: int) -> None:
    for start in break_lines(text, width)[1:]:
        assert text[start] not in SPACES or text[start - 1] == "\n" or carries_a_mark(text, start)


@given(TEXTS, WIDTHS)
def test_no_character_is_split_from_its_combining_marks(text: str, width: int) -> None:
    for start in break_lines(text, width)[1:]:
        assert text[start] not in "\u0301\ufe0f\U0001f3fd\U000e0100" or text[start - 1] == "\n"
        assert text[start] != "\u200d" or text[start - 1] == "\n"


@given(st.text(st.sampled_from("机关党建，。、“”（）《》ab1"), max_size=120), st.integers(14, 60))
def test_a_line_is_left_short_only_where_the_next_character_may_not_begin_one(text: str, width: int) -> None:
    """A line that leaves room for a character and a mark ends before something that has to stay together."""
    starts = break_lines(text, width)
    for start, end in pairwise(starts):
        room = width - cell_width(text[start:end])
        if room >= 2 and text[end] in "机关党建":
            assert end + 1 < len(text)
            assert text[end + 1] in "，。、”）》"


@given(TEXTS, WIDTHS)
def test_lines_found_one_by_one_are_those_found_at_once(text: str, width: int) -> None:
    starts = break_lines(text, width)
    laid_out = Lines(text, width)
    line, found = laid_out.first(), [0]
    while (following := laid_out.after(line)) is not None:
        assert laid_out.before(following) == line
        assert laid_out.number(following) == len(found)
        line = following
        found.append(line.start)
    assert found == starts
    assert laid_out.last() == line
    for offset in range(len(text)):
        held = laid_out.at(offset)
        assert held.start <= offset < held.next
        assert held.start <= held.end <= held.next


def test_offsets_outside_the_text_are_its_first_and_last_line() -> None:
    laid_out = Lines("机关党建要紧紧", 6)
    assert laid_out.at(-5) == laid_out.first()
    assert laid_out.at(99) == laid_out.last()
    assert laid_out.before(laid_out.first()) is None
    assert laid_out.after(laid_out.last()) is None


@pytest.mark.slow
def test_a_giant_paragraph_is_broken_where_it_is_looked_at() -> None:
    text = "机关党建要紧紧围绕中心、建设队伍、服务群众。" * 80_000
    tenth = text[: len(text) // 10]
    laid_out = Lines(text, 80)
    middle = laid_out.at(len(text) // 2)
    assert middle.start <= len(text) // 2 < middle.next
    seconds = least_seconds(lambda: Lines(text, 80).at(len(text) // 2))
    assert seconds < 4 * least_seconds(lambda: Lines(tenth, 80).at(len(tenth) // 2))
    assert laid_out.number(middle) > 0
    assert laid_out.number(laid_out.first()) == 0


def test_blocks_end_after_a_newline_or_a_sentence() -> None:
    sentences = "机关党建要紧紧围绕中心、建设队伍、服务群众。" * 6_000
    assert {sentences[end - 1] for _, end in blocks(sentences)} == {"。"}
    verse = "机关党建要紧紧围绕中心\n" * 12_000
    assert {verse[end - 1] for _, end in blocks(verse)} == {"\n"}
    assert max(end - start for start, end in blocks(sentences)) <= BLOCK


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["机", "a", " ", "　", "\u0301", "（", "。", "—", "\u200d", "👍", "🇨", "a-", "，", '"', "\n", "( ", "\ufe0f"],
)
def test_a_megabyte_of_anything_is_broken_in_time(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    before = process_time()
    starts = break_lines(text, 40)
    assert process_time() - before < 5
    assert starts[-1] <= len(text)
