"""Collation: differences that make the one text of the other, what moved, and what became of articles."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuibrowser.corpus.corpus import Corpus
from tuibrowser.hanzi.convert import convert
from tuibrowser.study.collating.alignment import align, heaviest_rising
from tuibrowser.study.collating.collation import Collation, DifferenceKind, Witness, collate
from tuibrowser.study.collating.listed import lines_of
from tuibrowser.study.collating.tei import tei

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Collate = "Callable[..., Collation]"

PARTS = [
    "渡口有舟三艘，皆舊，行人日日往來不絕。",
    "岸上有亭，亭中有碑，碑文不知何人所書。",
    "秋水大漲之時，舟不敢行，客宿於亭中。",
    "老僧煮茶相待，問其年歲，笑而不答也。",
]


@pytest.fixture
def collated(tmp_path: Path) -> Callable[..., Collation]:
    def made(one: str, other: str, *, variants: bool = False) -> Collation:
        documents = []
        for name, text in (("a.txt", one), ("b.txt", other)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            corpus = Corpus.discover([str(tmp_path / name)])
            text_of = corpus.text(0)
            documents.append(Witness(corpus.documents[0], text_of))
        return collate(*documents, variants=variants)

    return made


def told(made: Collation) -> list[tuple[str, str, str]]:
    return [(each.kind.value, each.a_text, each.b_text) for each in made.differences]


def test_differences_are_told_by_the_character(collated: Callable[..., Collation]) -> None:
    other = PARTS[0].replace("皆舊", "皆甚新").replace("日日", "日") + "又記。"
    made = collated(f"{PARTS[0]}\n", f"{other}\n")
    assert told(made) == [
        ("change", "舊", "甚新"),
        ("only_a", "日", ""),
        ("only_b", "", "又記"),
    ]
    for each in made.differences:
        assert made.a.text.repaired[slice(*each.a)] == each.a_text
        assert made.b.text.repaired[slice(*each.b)] == each.b_text


def test_script_and_punctuation_are_no_difference_and_variants_are_counted(
    collated: Callable[..., Collation],
) -> None:
    simplified = convert(PARTS[0], "t2s")[0].replace("，", " ")
    made = collated(PARTS[0], simplified)
    assert told(made) == []
    assert made.aligned == (1.0, 1.0)
    listed = collated(PARTS[0], simplified, variants=True)
    assert [each.kind for each in listed.differences] == [DifferenceKind.VARIANT] * made.variants_left_out
    assert ("variant", "舊", "旧") in told(listed)
    assert listed.variants_left_out == 0


HEADED = "渡口記\n作者：{author}\n\n渡口有舟三艘，{state}。\n"


def test_furniture_is_neither_compared_nor_counted(collated: Callable[..., Collation]) -> None:
    made = collated(HEADED.format(author="李某", state="皆舊"), HEADED.format(author="王某某", state="皆新"))
    assert told(made) == [("change", "舊", "新")]
    assert (made.a.passed, made.b.passed) == (4, 5)
    assert made.aligned == (10 / 11, 10 / 11)
    said = "page furniture and apparatus are not compared: 4 characters of a.txt, 5 characters of b.txt"
    assert said in list(lines_of(made))


def test_a_difference_on_both_sides_of_furniture_is_told_without_it(collated: Callable[..., Collation]) -> None:
    made = collated("山路記\n作者：李某\n\n遠行人往來。\n", "渡口集\n行人往來。\n")
    assert all("李某" not in each.a_text for each in made.differences)
    assert "李某" not in "".join(line for line in lines_of(made) if "|" in line)
    assert "李某" in tei(made)


def test_a_passage_of_nothing_but_furniture_is_compared(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HEADED.format(author="李某", state="皆舊"), encoding="utf-8")
    corpus = Corpus.discover([str(tmp_path / "a.txt")])
    text = corpus.text(0)
    field = Witness(corpus.documents[0], text, (text.offset_of_line(2), text.offset_of_line(3)))
    made = collate(field, replace(field, span=(text.offset_of_line(4), len(text.raw))))
    assert made.a.passed == 0
    assert "".join(each.a_text for each in made.differences) == "作者：李某"


def test_a_lost_character_is_told_apart_and_counts_neither_way(collated: Callable[..., Collation]) -> None:
    made = collated("渡口有舟三艘，皆舊，行人往來。", "渡口有□三□，皆新□人往來不絕。")
    assert told(made) == [
        ("lost", "舟", "□"),
        ("lost", "艘", "□"),
        ("change", "舊", "新"),
        ("lost", "行", "□"),
        ("only_b", "", "不絕"),
    ]
    assert made.aligned == (8 / 9, 8 / 11)


def test_what_is_lost_in_both_is_no_difference(collated: Callable[..., Collation]) -> None:
    assert told(collated("渡口有□三艘。", "渡口有□三艘。")) == []


def test_what_moved_is_told_as_such(collated: Callable[..., Collation]) -> None:
    one = "\n".join(PARTS)
    other = "\n".join([PARTS[0], PARTS[2], PARTS[1].replace("何人", "誰人"), PARTS[3]])
    made = collated(one, other)
    kinds = [each.kind for each in made.differences]
    assert kinds.count(DifferenceKind.MOVED) == 1
    assert ("change", "何", "誰") in told(made)
    assert made.aligned[0] > 0.97


def test_differences_make_the_one_text_of_the_other(collated: Callable[..., Collation]) -> None:
    chosen = random.Random(3)
    text = "".join(chosen.choice("天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏") for _ in range(3_000))
    other = "".join("" if chosen.random() < 0.03 else each if chosen.random() > 0.03 else "閏" for each in text)
    made = collated(text, other)
    parts, at = [], 0
    for each in made.differences:
        parts += [made.a.text.repaired[at : each.a[0]], each.b_text]
        at = each.a[1]
    assert "".join([*parts, made.a.text.repaired[at:]]).replace("\n", "") == other
    assert made.aligned[0] > 0.9


IDS = st.lists(st.integers(1, 4), max_size=40)


@settings(max_examples=60, deadline=None)
@given(IDS, IDS)
def test_the_steps_of_an_alignment_are_all_of_both(one: list[int], other: list[int]) -> None:
    left, right = np.array(one, np.uint16), np.array(other, np.uint16)
    at = other_at = 0
    for step in align(left, right):
        assert (step.start, step.other_start) == (at, other_at)
        assert not step.equal or one[step.start : step.end] == other[step.other_start : step.other_end]
        at, other_at = step.end, step.other_end
    assert (at, other_at) == (len(one), len(other))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 9)), max_size=8, unique_by=lambda each: each[0]))
def test_the_heaviest_rising_subsequence_is_found(pairs: list[tuple[int, int]]) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    found = heaviest_rising(np.array(values, np.int64), weights)
    assert found == sorted(found)
    assert [values[at] for at in found] == sorted(values[at] for at in found)
    rising = (
        sum(weights[at] for at in some)
        for size in range(len(pairs) + 1)
        for some in combinations(range(len(pairs)), size)
        if [values[at] for at in some] == sorted(values[at] for at in some)
    )
    assert sum(weights[at] for at in found) == max(rising)


def test_of_two_passages_that_change_places_the_shorter_one_moved(collated: Callable[..., Collation]) -> None:
    long = PARTS[0].replace("皆舊", "皆甚舊") + PARTS[1]
    made = collated(f"{PARTS[0]}{PARTS[1]}\n{PARTS[2]}", f"{PARTS[2]}\n{long}")
    assert [each.a_text for each in made.differences if each.kind is DifferenceKind.MOVED] == [PARTS[2][:-1]]


def test_what_moved_begins_with_its_line_where_the_next_line_begins_alike(collated: Callable[..., Collation]) -> None:
    first, second = "渡口應當設亭，供行人避雨之用。", "渡口應當點燈，夜間燈火不得熄滅。"
    made = collated(f"{PARTS[0]}\n{first}\n{second}\n{PARTS[1]}", f"{PARTS[0]}\n{second}\n{PARTS[1]}\n{first}")
    assert told(made) == [("moved", first[:-1], first[:-1])]


def test_a_line_that_was_added_is_told_as_it_stands(collated: Callable[..., Collation]) -> None:
    made = collated("渡口應當點燈，夜間不熄。", "渡口應當設亭，以避雨。\n渡口應當點燈，夜間不熄。")
    assert told(made) == [("only_b", "", "渡口應當設亭，以避雨")]


LAW = [
    "第一條 為加強渡口管理，制定本條例。",
    "第二條 渡口由船工管理，船工應當愛護船隻。",
    "第三條 夜間渡口應當點燈，燈火不得熄滅。",
    "第四條 風浪大時不得開船，違者處以罰款。",
    "第五條 本條例自公布之日起施行。",
]


def law(*articles: str) -> str:
    return "渡口管理條例\n\n" + "\n\n".join(articles) + "\n"


def test_articles_are_added_deleted_changed_and_renumbered(collated: Callable[..., Collation]) -> None:
    new = [
        LAW[0].replace("渡口管理", "渡口和碼頭管理"),
        LAW[1],
        "第三條 乘客應當穿救生衣，不得站立船頭。",
        LAW[3],
        "第五條 船工每年體檢一次，費用由渡口承擔。",
        LAW[4].replace("第五條", "第六條"),
    ]
    found = [(each.kind.value, each.a, each.b) for each in collated(law(*LAW), law(*new)).articles]
    assert found == [
        ("changed", "第一條", "第一條"),
        ("changed", "第三條", "第三條"),
        ("added", None, "第五條"),
    ]
    gone = [(each.kind.value, each.a, each.b) for each in collated(law(*LAW), law(*LAW[:3], LAW[4])).articles]
    assert gone == [("deleted", "第四條", None)]


def test_texts_without_articles_have_no_changes_of_articles(collated: Callable[..., Collation]) -> None:
    assert collated(PARTS[0], PARTS[1]).articles == ()


def test_tei_holds_both_readings(collated: Callable[..., Collation]) -> None:
    made = collated(f"{PARTS[0]}\n{PARTS[1]}", f"{PARTS[0].replace('皆舊', '皆<新>')}\n{PARTS[1]}")
    root = ET.fromstring(tei(made))
    space = "{http://www.tei-c.org/ns/1.0}"
    (entry,) = root.iter(f"{space}app")
    assert [(each.get("wit"), each.text) for each in entry] == [("#a", "舊"), ("#b", "<新>")]
    body = root.find(f".//{space}ab")
    assert body is not None
    for second in list(entry)[1:]:
        entry.remove(second)
    assert "".join(body.itertext()).replace("\n", "") == PARTS[0] + PARTS[1]


def test_empty_and_unlike_texts_have_nothing_alike(collated: Callable[..., Collation]) -> None:
    made = collated("天地", "玄黃")
    assert told(made) == [("change", "天地", "玄黃")]
    assert made.aligned == (0.0, 0.0)


def numbered(*bodies: str) -> str:
    return law(*(f"第{number}條 {body}" for number, body in zip("一二三四五六七八九", bodies, strict=False)))


BODIES = [article.partition(" ")[2] for article in LAW]


def test_new_numbers_are_no_difference_and_counted(collated: Callable[..., Collation]) -> None:
    other = [*BODIES[:1], "岸上應當設亭，供行人避雨。", *BODIES[1:]]
    made = collated(numbered(*BODIES), numbered(*other))
    assert [(each.kind.value, each.b) for each in made.articles] == [("added", "第二條")]
    assert told(made) == [("only_b", "", "岸上應當設亭，供行人避雨")]
    assert made.renumbered == 4
    assert "4 articles with another number, which is no difference" in list(lines_of(made))


def test_one_is_told_in_the_singular(collated: Callable[..., Collation]) -> None:
    other = [*BODIES[:4], "岸上應當設亭，供行人避雨。", BODIES[4].replace("條", "条", 1)]
    assert list(lines_of(collated(numbered(*BODIES), numbered(*other))))[1:3] == [
        "1 variant of script or form left out (--variants)",
        "1 article with another number, which is no difference",
    ]


def test_articles_that_change_places_have_moved(collated: Callable[..., Collation]) -> None:
    made = collated(numbered(*BODIES), numbered(BODIES[0], BODIES[2], BODIES[1], *BODIES[3:]))
    (moved,) = made.articles
    assert moved.kind.value == "moved"
    assert [each.kind for each in made.differences] == [DifferenceKind.MOVED]


def read(made: Collation, witness: str) -> str:
    """The significant characters of a witness, as TEI has them."""
    body = ET.fromstring(tei(made)).find(".//{http://www.tei-c.org/ns/1.0}ab")
    assert body is not None
    parts = [body.text or ""]
    for each in body:
        parts += ["".join(reading.itertext()) for reading in each if reading.get("wit") == witness]
        parts.append(each.tail or "")
    return significant("".join(parts))


def significant(text: str) -> str:
    return "".join(part for part in text if part not in "，。\n")


OLD = ["舊亭已壞，新亭未成，行人不得避雨。", "學童三五，日日過渡，誦書之聲可聞。"]
NEW = ["旧亭已壞，新亭未成，行人不得避雨。", "学童三五，日日過渡，誦書之聲可聞。"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("0123", "0213", id="moved"),
        pytest.param("0ab3", "0BA3", id="begins with another form"),
        pytest.param("0舊1渡32", "02新1亭3", id="moved before what is changed"),
        pytest.param("01渡32", "0新2舊1亭3", id="moved between what is new"),
    ],
)
def test_both_witnesses_can_be_read_from_tei(collated: Callable[..., Collation], one: str, other: str) -> None:
    parts = dict(zip("0123abAB", [*PARTS, *OLD, *NEW], strict=True))
    first, second = ("".join(parts.get(part, part) for part in text) for text in (one, other))
    made = collated(first, second, variants=True)
    assert DifferenceKind.MOVED in [each.kind for each in made.differences]
    assert read(made, "#a") == significant(first)
    assert read(made, "#b") == significant(second)


def witness(folder: Path, name: str, text: str, passage: str = "") -> Witness:
    (folder / name).write_text(text, encoding="utf-8")
    corpus = Corpus.discover([str(folder / name)])
    read_text = corpus.text(0)
    start = read_text.raw.index(passage)
    span = (start, start + len(passage)) if passage else None
    return Witness(corpus.documents[0], read_text, span)


def test_two_selections_are_collated_and_nothing_around_them(tmp_path: Path) -> None:
    one = witness(tmp_path, "a.txt", "\n\n".join(PARTS), PARTS[1])
    other = witness(tmp_path, "b.txt", f"{OLD[0]}\n\n{PARTS[1].replace('何人', '誰')}\n\n{OLD[1]}", PARTS[1][:9])
    made = collate(one, other)
    assert told(made) == [("only_a", "碑文不知何人所書", "")]
    assert made.a.text.repaired[slice(*made.differences[0].a)] == "碑文不知何人所書"
    assert made.differences[0].a_line == 3
    assert read(made, "#a") == significant(PARTS[1])


def test_lines_are_those_of_the_file_where_lines_were_joined(tmp_path: Path) -> None:
    prose = "渡口有舟三艘皆舊行人日日往來不絕岸上有亭亭中有碑碑文不知何人所書"
    joined = witness(tmp_path, "a.txt", "\r\n".join([prose[:30], prose[30:], "", "  " + PARTS[2], "", PARTS[3]] * 3))
    side = collate(joined, joined).a
    offsets = range(len(side.text.repaired) + 1)
    assert side.lines(np.array(offsets)).tolist() == [
        side.text.line_of(side.text.alignment.to_source(offset)) for offset in offsets
    ]


def test_what_progress_raises_ends_the_collation(tmp_path: Path) -> None:
    class GivenUpError(Exception): ...

    def give_up(done: int, total: int) -> None:
        assert 0 < done <= total
        raise GivenUpError

    one = witness(tmp_path, "a.txt", "\n\n".join(PARTS))
    with pytest.raises(GivenUpError):
        collate(one, witness(tmp_path, "b.txt", PARTS[2]), progress=give_up)
