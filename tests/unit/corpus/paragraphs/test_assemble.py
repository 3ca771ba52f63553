from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.corpus.formats.lines import Line, split_lines
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.paragraphs.assemble import Assembled, Group, Lines, assemble, space_between


def with_text(raw: str) -> list[Line]:
    return [line for line in split_lines(raw) if line.text_start < line.text_end]


def texts(made: Assembled) -> list[str]:
    return [made.repaired[paragraph.start : paragraph.end] for paragraph in made.paragraphs]


def test_a_paragraph_a_line_is_what_it_was() -> None:
    raw = "第一段。\n第二段。\n"
    made = assemble(raw, with_text(raw), [Group(0, 1), Group(1, 2)], [])
    assert made.repaired == "第一段。\n第二段。"
    assert made.alignment.edits == ((9, 10, 0),)


def test_indents_and_blank_lines_go() -> None:
    raw = "\n\n　　第一段。\r\n\r\n　　第二段。  \n"
    made = assemble(raw, with_text(raw), [Group(0, 1), Group(1, 2)], [])
    assert made.repaired == "第一段。\n第二段。"
    assert [raw[paragraph.raw_start : paragraph.raw_end] for paragraph in made.paragraphs] == texts(made)


def test_joined_lines_have_no_space_between_chinese_and_one_between_words() -> None:
    raw = "高質量\n發展 open\nsource 與\n1998\n年。"
    made = assemble(raw, with_text(raw), [Group(0, 5)], [])
    assert made.repaired == "高質量發展 open source 與1998年。"
    glued = assemble(raw, with_text(raw), [Group(0, 5, lines=Lines.GLUE)], [])
    assert glued.repaired == "高質量發展 opensource 與1998年。"


def test_verse_keeps_its_lines_and_a_table_its_indents() -> None:
    raw = "　床前明月光，\n　疑是地上霜。\n"
    lines = with_text(raw)
    assert assemble(raw, lines, [Group(0, 2, ParagraphKind.VERSE, Lines.KEEP)], []).repaired == (
        "床前明月光，\n疑是地上霜。"
    )
    assert assemble(raw, lines, [Group(0, 2, lines=Lines.WHOLE)], []).repaired == "　床前明月光，\n　疑是地上霜。"


def test_what_is_cut_is_left_out_wherever_it_stands() -> None:
    raw = "發(fā)展(jīng)\n<pb>現象\n<x>\n完"
    cuts = [(1, 5), (6, 12), (13, 17), (20, 23)]
    made = assemble(raw, with_text(raw), [Group(0, 1), Group(1, 2), Group(2, 3), Group(3, 4)], cuts)
    assert made.repaired == "發展\n現象\n完"
    assert [(paragraph.raw_start, paragraph.raw_end) for paragraph in made.paragraphs] == [(0, 12), (17, 19), (24, 25)]


def test_words_of_a_spaced_script_need_a_space() -> None:
    assert space_between("the end,", "and")
    assert space_between("한국", "사람")
    assert not space_between("共同,", "10 月")
    assert not space_between("19", "97")
    assert not space_between("高質量", "GDP")


PIECES = st.lists(
    st.sampled_from(["天", "地", "abc", " ", "　", "(fā)", "¶", "，", "\n", "\r\n", "\r", "\t"]), max_size=40
)


@st.composite
def assembled(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]], Assembled]:
    """A raw text grouped and cut at random, and what is made of it."""
    raw = "".join(draw(PIECES))
    lines = with_text(raw)
    groups: list[Group] = []
    first = 0
    while first < len(lines):
        stop = draw(st.integers(first + 1, len(lines)))
        kept = draw(st.sampled_from(list(Lines)))
        groups.append(Group(first, stop, lines=kept))
        first = stop
    cuts: list[tuple[int, int]] = []
    for line in lines:
        marks = sorted(draw(st.lists(st.integers(line.start, line.end), max_size=4)))
        cuts += [(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False) if start < end]
    cuts = [cut for at, cut in enumerate(cuts) if not at or cuts[at - 1][1] <= cut[0]]
    return raw, cuts, assemble(raw, lines, groups, cuts)


@given(assembled())
def test_spans_of_paragraphs_agree_in_both_texts(case: tuple[str, list[tuple[int, int]], Assembled]) -> None:
    _, _, made = case
    for paragraph in made.paragraphs:
        assert made.alignment.target_span(paragraph.raw_start, paragraph.raw_end) == (paragraph.start, paragraph.end)
    assert "\n".join(texts(made)) == made.repaired


@given(assembled())
def test_every_character_is_that_of_the_raw_text_it_maps_to(case: tuple[str, list[tuple[int, int]], Assembled]) -> None:
    raw, _, made = case
    separators = 0
    for offset, character in enumerate(made.repaired):
        source = made.alignment.to_source(offset)
        if source == len(raw) or raw[source] != character:
            assert character in "\n "
            separators += 1
    assert separators <= raw.count("\n") + raw.count("\r")


@given(assembled())
def test_nothing_is_lost_but_white_space_and_what_is_cut(case: tuple[str, list[tuple[int, int]], Assembled]) -> None:
    raw, cuts, made = case
    kept = [character for at, character in enumerate(raw) if not any(start <= at < end for start, end in cuts)]
    assert "".join("".join(kept).split()) == "".join(made.repaired.split())
