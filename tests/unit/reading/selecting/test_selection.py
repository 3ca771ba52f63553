from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.documents import Piece, document
from tuibrowser.corpus.model import Heading, ParagraphKind, Script
from tuibrowser.hanzi.words import Words
from tuibrowser.reading.selecting.selection import By, Selection, Selector
from tuibrowser.reading.selecting.units import Unit
from tuibrowser.reading.views.render import ViewedText
from tuibrowser.reading.views.view import View

if TYPE_CHECKING:
    from tuibrowser.corpus.model import DocumentText

FURNITURE = Piece("網站地圖", kind=ParagraphKind.FURNITURE)
SPEECH = document(
    Piece("一、提高認識", kind=ParagraphKind.HEADING),
    Piece("機關黨建發(fā)展，是根本。我們要“擔當\n作為”！", (("(fā)", "", True),)),
    FURNITURE,
    Piece("", kind=ParagraphKind.BODY),
    Piece("二、落實責任", kind=ParagraphKind.HEADING),
    Piece("床前明月光，\n疑是地上霜。", kind=ParagraphKind.VERSE, keeps_lines=True),
)
HEADINGS = (
    Heading(1, SPEECH.raw.index("一、"), SPEECH.raw.index("一、") + 6, "一、提高認識"),
    Heading(1, SPEECH.raw.index("二、"), SPEECH.raw.index("二、") + 6, "二、落實責任"),
)
VIEWS = [View(script, repaired) for script in ("original", "hans", "s2twp", "tw2sp") for repaired in (True, False)]
UNITS = list(Unit)


@pytest.fixture(autouse=True, scope="module")
def _converters() -> None:
    """Load the tables of conversion before any test is timed."""
    for view in VIEWS:
        list(ViewedText(SPEECH, Script.HANT, view)), list(ViewedText(SPEECH, Script.HANS, view))


def pairs(text: str) -> list[tuple[int, int]]:
    """Words as a dictionary might find them: ideographs by twos, marks none."""
    runs = Words().spans(text)
    return [(start, runs[min(at + 1, len(runs) - 1)][1]) for at, (start, _) in list(enumerate(runs))[::2]]


def selector(
    text: DocumentText = SPEECH, view: View | None = None, headings: tuple[Heading, ...] = HEADINGS
) -> Selector:
    return Selector(ViewedText(text, Script.HANT, view or View()), headings, Words().spans)


def begun(at: str, text: DocumentText = SPEECH) -> Selection:
    found = selector(text).start(text.raw.index(at))
    assert found is not None
    return found


# What motions select


@pytest.mark.parametrize(
    ("begin", "unit", "step", "selected"),
    [
        ("機關", Unit.CHARACTER, 1, "機關"),
        ("機關", Unit.CHARACTER, 5, "機關黨建發展"),
        ("機關", Unit.CHARACTER, -1, "識\n機"),
        ("機關", Unit.WORD, 1, "機關"),
        ("發(", Unit.WORD, 2, "發展，是"),
        ("我們", Unit.WORD, -1, "本。我"),
        ("機關", Unit.SENTENCE, 1, "機關黨建發展，是根本。"),
        ("機關", Unit.SENTENCE, 2, "機關黨建發展，是根本。我們要“擔當作為”！"),
        ("機關", Unit.SENTENCE, 3, "機關黨建發展，是根本。我們要“擔當作為”！\n二、落實責任"),
        ("我們", Unit.SENTENCE, -1, "機關黨建發展，是根本。我"),
        ("機關", Unit.PARAGRAPH, 1, "機關黨建發展，是根本。我們要“擔當作為”！"),
        ("黨建", Unit.PARAGRAPH, -1, "機關黨"),
        ("床前", Unit.SENTENCE, 1, "床前明月光，\n疑是地上霜。"),
        ("光，", Unit.CHARACTER, 2, "光，\n疑"),
        ("一、", Unit.SECTION, 1, "一、提高認識\n機關黨建發展，是根本。我們要“擔當作為”！"),
        ("床前", Unit.SECTION, 1, "床前明月光，\n疑是地上霜。"),
        ("床前", Unit.SECTION, -1, "二、落實責任\n床"),
        ("床前", Unit.PARAGRAPH, 99_999, "床前明月光，\n疑是地上霜。"),
        ("一、", Unit.CHARACTER, -9, "一"),
    ],
)
def test_a_motion_selects_whole_units(begin: str, unit: Unit, step: int, selected: str) -> None:
    moved = selector().move(begun(begin), unit, step)
    assert selector().passage(moved) == selected


def test_a_selection_shrinks_to_whole_units() -> None:
    three = selector().move(begun("機關"), Unit.WORD, 2)
    assert selector().passage(selector().move(three, Unit.WORD, -1)) == "機關"
    backward = selector().move(begun("是根"), Unit.SENTENCE, -1)
    assert selector().passage(backward) == "機關黨建發展，是"
    assert selector().passage(selector().move(backward, Unit.WORD, 2)) == "黨建發展，是"


@pytest.mark.parametrize(
    ("at", "unit", "count", "selected"),
    [
        ("黨建", Unit.WORD, 1, "黨"),
        ("，是", Unit.WORD, 1, "是"),
        ("建發", Unit.SENTENCE, 1, "機關黨建發展，是根本。"),
        ("建發", Unit.SENTENCE, 2, "機關黨建發展，是根本。我們要“擔當作為”！"),
        ("疑是", Unit.PARAGRAPH, 1, "床前明月光，\n疑是地上霜。"),
        ("網站", Unit.PARAGRAPH, 1, "二、落實責任"),
    ],
)
def test_text_objects(at: str, unit: Unit, count: int, selected: str) -> None:
    assert selector().passage(selector().take(begun(at), unit, count)) == selected


def test_a_text_object_keeps_what_is_selected_already() -> None:
    two = selector().move(begun("關黨"), Unit.CHARACTER, 1)
    assert selector().passage(selector().take(two, Unit.SENTENCE)) == "關黨建發展，是根本。"
    back = selector().move(begun("關黨"), Unit.CHARACTER, -1)
    assert selector().passage(selector().take(back, Unit.PARAGRAPH)) == "一、提高認識\n機關"


@pytest.mark.parametrize(
    ("given", "unit", "count", "selected"),
    [
        ("關黨建", Unit.WORD, 1, "關黨建"),
        ("發(fā)展，是根", Unit.SENTENCE, 1, "機關黨建發展，是根本。"),
        ("，是", Unit.SENTENCE, 1, "機關黨建發展，是根本。"),
        ("根本。我們", Unit.SENTENCE, 1, "機關黨建發展，是根本。我們要“擔當作為”！"),
        ("發(fā)展", Unit.SENTENCE, 2, "機關黨建發展，是根本。我們要“擔當作為”！"),
        ("月光", Unit.PARAGRAPH, 1, "床前明月光，\n疑是地上霜。"),
    ],
)
def test_of_a_given_stretch_whole_units_are_taken(given: str, unit: Unit, count: int, selected: str) -> None:
    at = SPEECH.raw.index(given)
    hit = selector().select(at, at + len(given))
    assert hit is not None
    assert selector().passage(selector().take(hit, unit, count)) == selected


def test_a_given_stretch_that_was_moved_is_kept() -> None:
    at = SPEECH.raw.index("黨建")
    hit = selector().select(at, at + 2)
    assert hit is not None
    moved = selector().move(hit, Unit.CHARACTER, 1)
    assert selector().passage(selector().take(moved, Unit.SENTENCE)) == "黨建發展，是根本。"


def test_a_text_object_taken_again_goes_on_to_the_next() -> None:
    at = SPEECH.raw.index("黨建")
    hit = selector().select(at, at + 2)
    assert hit is not None
    taken = selector().take(hit, Unit.SENTENCE)
    assert selector().passage(selector().take(taken, Unit.SENTENCE)) == "機關黨建發展，是根本。我們要“擔當作為”！"


def test_by_paragraphs_the_paragraphs_of_both_ends_are_selected() -> None:
    begun_by = selector().start(SPEECH.raw.index("疑是"), By.PARAGRAPH)
    assert begun_by is not None
    assert selector().passage(begun_by) == "床前明月光，\n疑是地上霜。"
    assert (
        selector().passage(selector().move(begun_by, Unit.PARAGRAPH, -2)) == "二、落實責任\n床前明月光，\n疑是地上霜。"
    )


def test_the_ends_of_a_line() -> None:
    inside = begun("是地")
    lines = [(0, 6), (7, 10), (10, 13)]
    assert selector().passage(selector().move_in_line(inside, lines, to_end=True)) == "是地"
    assert selector().passage(selector().move_in_line(inside, lines, to_end=False)) == "疑是"
    assert selector().move_in_line(inside, [], to_end=True) == inside


def test_the_other_end() -> None:
    moved = selector().move(begun("機關"), Unit.WORD, 2)
    swapped = selector().swap(moved)
    assert selector().passage(swapped) == selector().passage(moved)
    assert selector().passage(selector().move(swapped, Unit.CHARACTER, 1)) == "關黨"


def test_a_hit_is_selected_to_the_character() -> None:
    start = SPEECH.raw.index("建發(fā)展")
    for view in (View(), View(repaired=False), View("hans")):
        found = selector(view=view).select(start, start + len("建發(fā)展"))
        assert found is not None
        assert selector().passage(found) == "建發展"
    only = selector().select(start, start + 2)
    assert only is not None
    assert selector().passage(only) == "建發"


def test_what_is_selected_is_what_is_seen() -> None:
    moved = selector().move(begun("機關"), Unit.SENTENCE, 1)
    assert selector(view=View("hans")).passage(moved) == "机关党建发展，是根本。"
    assert selector(view=View(repaired=False)).passage(moved) == "機關黨建發(fā)展，是根本。"


def test_in_the_raw_view_what_the_repair_takes_out_can_be_selected() -> None:
    raw = selector(view=View(repaired=False))
    start = raw.start(SPEECH.raw.index("(fā)"))
    assert start is not None
    assert raw.passage(raw.move(start, Unit.CHARACTER, 3)) == "(fā)"
    furniture = raw.start(SPEECH.raw.index("網站"))
    assert furniture is not None
    assert raw.passage(raw.take(furniture, Unit.PARAGRAPH)) == "網站地圖"


def test_a_cursor_covers_combining_characters_whole() -> None:
    text = document("葛\U000e0100城e\u0301a")
    here = selector(text, headings=())
    first = here.start(1)
    assert first is not None
    assert here.passage(first) == "葛\U000e0100"
    assert here.cursor(first) == (0, 0, 2)
    assert here.passage(here.move(first, Unit.CHARACTER, 2)) == "葛\U000e0100城e\u0301"


@pytest.mark.parametrize(
    "text", [document(), document(""), document("", ""), document("\n", Piece("", kind=ParagraphKind.VERSE))]
)
def test_where_nothing_is_shown_nothing_can_be_selected(text: DocumentText) -> None:
    assert selector(text, headings=()).start(0) is None
    nowhere = Selection(0, 0)
    assert selector(text, headings=()).move(nowhere, Unit.WORD, 1) == nowhere
    assert selector(text, headings=()).passage(nowhere) == ""
    assert selector(text, headings=()).cursor(nowhere) is None


@pytest.mark.slow
def test_a_paragraph_of_a_million_characters_is_walked_in_blocks() -> None:
    sentence = "機關黨建高質量發展，是各項工作的根本。"
    text = document(sentence * 50_000)
    here = selector(text, headings=())
    middle = here.start(len(sentence) * 25_000)
    assert middle is not None
    assert here.passage(here.move(middle, Unit.SENTENCE, 500)) == sentence * 500
    assert here.passage(here.move(middle, Unit.WORD, 17 * 300 - 1)) == (sentence * 300)[:-1]
    back = here.move(middle, Unit.SENTENCE, -500)
    assert here.passage(back) == sentence * 500 + "機"


@pytest.mark.slow
def test_unpunctuated_text_is_walked_character_by_character() -> None:
    text = document("天" * 30_000)
    here = selector(text, headings=())
    first = here.start(0)
    assert first is not None
    assert here.passage(here.move(first, Unit.CHARACTER, 9_999)) == "天" * 10_000


# Laws


@st.composite
def texts(draw: st.DrawFn) -> tuple[DocumentText, tuple[Heading, ...]]:
    characters = st.text(st.sampled_from("機關軟件發里。！”，、 \n\u0301\U000e0100aé1　"), max_size=12)
    pieces = []
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(list(ParagraphKind)))
        raw = draw(characters)
        if draw(st.booleans()):
            raw += "現(xiàn)" + draw(characters)
        repairs = (("(xiàn)", draw(st.sampled_from(["", "像像像像像像像像"])), True),) if "(xiàn)" in raw else ()
        pieces.append(Piece(raw, repairs, kind, keeps_lines=kind is ParagraphKind.VERSE))
    made = document(*pieces)
    starts = sorted(draw(st.sets(st.integers(0, len(made.raw)), max_size=3)))
    return made, tuple(Heading(1, start, start, "") for start in starts)


def viewed(made: tuple[DocumentText, tuple[Heading, ...]], view: View) -> Selector:
    return Selector(
        ViewedText(made[0], Script.HANT if view.script in {"hans", "tw2sp"} else Script.HANS, view), made[1], pairs
    )


@given(texts(), st.sampled_from(VIEWS), st.data())
def test_a_motion_moves_the_cursor_its_own_way_or_not_at_all(
    made: tuple[DocumentText, tuple[Heading, ...]], view: View, data: st.DataObject
) -> None:
    here = viewed(made, view)
    offsets = st.integers(0, len(made[0].raw))
    first, second = here.start(data.draw(offsets)), here.start(data.draw(offsets))
    if first is None or second is None:
        return
    selection = Selection(first.cursor, second.cursor)
    unit, step = data.draw(st.sampled_from(UNITS)), data.draw(st.sampled_from([-3, -1, 1, 3]))
    moved = here.move(selection, unit, step)
    assert moved.anchor == selection.anchor
    assert (moved.cursor - selection.cursor) * step >= 0
    start, end = here.span(moved)
    assert start <= min(moved.anchor, moved.cursor) <= max(moved.anchor, moved.cursor) <= end
    assert here.start(moved.cursor) == Selection(moved.cursor, moved.cursor)


@given(texts(), st.sampled_from(VIEWS), st.sampled_from(UNITS))
def test_many_steps_forward_reach_the_last_unit_and_as_many_back_the_first(
    made: tuple[DocumentText, tuple[Heading, ...]], view: View, unit: Unit
) -> None:
    here = viewed(made, view)
    selection = here.start(0)
    if selection is None:
        return
    forward = here.move(selection, unit, 1_000)
    assert here.move(forward, unit, 1) == forward
    back = here.move(forward, unit, -1_000)
    assert here.move(back, unit, -1) == back
    if unit not in {Unit.WORD, Unit.SENTENCE}:
        assert back == selection


@given(texts(), st.sampled_from(VIEWS), st.data())
def test_a_step_back_undoes_a_step_from_the_end_of_a_unit(
    made: tuple[DocumentText, tuple[Heading, ...]], view: View, data: st.DataObject
) -> None:
    here = viewed(made, view)
    begun_here = here.start(data.draw(st.integers(0, len(made[0].raw))))
    unit = data.draw(st.sampled_from(UNITS))
    if begun_here is None:
        return
    at_end = here.move(begun_here, unit, 1)
    beyond = here.move(at_end, unit, 1)
    if at_end != begun_here and beyond != at_end:
        assert here.move(beyond, unit, -1) == at_end


@given(texts(), st.sampled_from(VIEWS), st.sampled_from(VIEWS), st.data())
def test_a_selection_outlives_a_change_of_view(
    made: tuple[DocumentText, tuple[Heading, ...]], one: View, other: View, data: st.DataObject
) -> None:
    begun_here = viewed(made, one).start(data.draw(st.integers(0, len(made[0].raw))))
    if begun_here is None:
        return
    selection = viewed(made, one).move(begun_here, data.draw(st.sampled_from(UNITS)), data.draw(st.integers(-3, 3)))
    before = viewed(made, one).passage(selection)
    there = viewed(made, other)
    start, end = there.span(selection)
    for offset in (selection.anchor, selection.cursor):
        shown = there.start(offset)
        if shown is not None and shown.cursor == offset:
            at, to = there.span(shown)
            assert start <= at <= offset < to <= end
    assert viewed(made, one).passage(selection) == before


@given(texts(), st.sampled_from(VIEWS), st.sampled_from([Unit.SENTENCE, Unit.PARAGRAPH, Unit.CHARACTER]), st.data())
def test_what_is_taken_holds_the_cursor(
    made: tuple[DocumentText, tuple[Heading, ...]], view: View, unit: Unit, data: st.DataObject
) -> None:
    here = viewed(made, view)
    selection = here.start(data.draw(st.integers(0, len(made[0].raw))))
    if selection is None:
        return
    start, end = here.span(here.take(selection, unit))
    character = here.passage(selection)
    if not character.isspace():
        assert start <= selection.cursor < max(end, start + 1)


@given(texts(), st.sampled_from(VIEWS))
def test_all_of_a_document_can_be_selected(made: tuple[DocumentText, tuple[Heading, ...]], view: View) -> None:
    here = viewed(made, view)
    selection = here.start(0)
    if selection is None:
        return
    everything = here.passage(here.move(selection, Unit.PARAGRAPH, 1_000))
    text = ViewedText(made[0], Script.HANT if view.script in {"hans", "tw2sp"} else Script.HANS, view)
    shown = [each.text for each in text if not (view.repaired and each.kind is ParagraphKind.FURNITURE)]
    assert everything.replace("\n", "") == "".join(shown).replace("\n", "")
