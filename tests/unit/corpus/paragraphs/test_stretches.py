from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.structure import structure

SENTENCES = (
    "茶馆的门板卸下来以后，街上才算真正醒了。",
    "卖豆腐的老人挑着担子走过石桥，桶里的水晃出一圈一圈的光。",
    "他们谈起去年的大水，谁也不愿意先说那个名字。",
    "信是从北方寄来的，信封上的邮戳已经模糊不清，只剩下半个月份。",
    "姑母把账目又核对了一遍，仍旧差着三块七角。",
    "到了黄昏，燕子绕着屋檐飞了几圈，便都不见了。",
    "码头的工人把麻袋一只一只扛上岸，汗水在灰尘里冲出几道沟。",
)


def prose(first: int, count: int) -> list[str]:
    """Paragraphs of several sentences, each of another length."""
    return [
        "".join(SENTENCES[(first + at + each * each) % len(SENTENCES)] for each in range(3 + (first + at) % 4))
        for at in range(count)
    ]


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many characters, none of which begins with a closing mark."""
    lines = []
    while len(text) > width:
        at = width
        while text[at] in "，。":
            at -= 1
        lines.append(text[:at])
        text = text[at:]
    return [*lines, text]


def paragraphs(raw: str) -> list[str]:
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    return text.repaired.split("\n")


@pytest.mark.parametrize("widths", [(30, 35, 40), (40, 35, 30), (36, 28, 36), (25, 40)])
@pytest.mark.parametrize(("indent", "between"), [("　　", 0), ("", 1), ("　　", 1)])
def test_each_stretch_is_joined_by_its_own_width(widths: tuple[int, ...], indent: str, between: int) -> None:
    parts = [prose(3 * number, 9) for number in range(len(widths))]
    lines: list[str] = []
    for part, width in zip(parts, widths, strict=True):
        for paragraph in part:
            lines += [*wrap(indent + paragraph, width), *[""] * between]
    assert paragraphs("\n".join(lines)) == [paragraph for part in parts for paragraph in part]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_stretches_of_a_few_paragraphs_are_told_apart(count: int) -> None:
    parts = [prose(3 * number + count, count) for number in range(3)]
    lines = [
        line
        for part, width in zip(parts, (35, 30, 40), strict=True)
        for paragraph in part
        for line in wrap("　　" + paragraph, width)
    ]
    assert paragraphs("\n".join(lines)) == [paragraph for part in parts for paragraph in part]


def test_a_wrapped_stretch_among_whole_paragraphs_is_joined_alone() -> None:
    whole, cut = prose(0, 12), prose(5, 8)
    lines = [*whole, *(line for paragraph in cut for line in wrap("　　" + paragraph, 32)), *whole]
    assert paragraphs("\n".join(lines)) == [*whole, *cut, *whole]


@pytest.mark.parametrize("indent", ["　　", ""])
def test_a_blank_line_after_every_line_divides_nothing(indent: str) -> None:
    parts = prose(2, 9)
    lines = [line for paragraph in parts for line in wrap(indent + paragraph, 33)]
    assert paragraphs("\n\n".join(lines)) == parts


def test_two_blank_lines_divide_where_every_line_has_one() -> None:
    parts = prose(1, 9)
    assert paragraphs("\n\n\n".join("\n\n".join(wrap(paragraph, 30)) for paragraph in parts)) == parts


def test_whole_paragraphs_with_blank_lines_between_stay_apart() -> None:
    parts = prose(4, 20)
    assert paragraphs("\n\n".join(parts)) == parts


def test_short_fields_beside_wrapped_ones_keep_their_lines() -> None:
    records = []
    for number, name in enumerate(("青布", "陶碗", "竹篮", "铜镜", "木梳")):
        about = wrap("说明：" + "".join(SENTENCES[(number + each) % 7] for each in range(2)), 34)
        records.append([f"名称：{name}。", *about, "产地：江北。", "年代：清。", ""])
    raw = "\n".join(line for record in records for line in record)
    expected = []
    for record in records:
        expected += [record[0], "".join(record[1:-3]), record[-3], record[-2]]
    assert paragraphs(raw) == expected


def test_long_titles_above_verse_are_not_joined_with_it() -> None:
    titles = [
        f"与诸友人同游{place}归来夜话因以旧韵分赋得秋字其{place[0]}" for place in ("石桥", "东门", "茶馆", "柳巷") * 4
    ]
    verse = "桥上西风晚，江边落叶秋。故人今夜去，何处认归舟。"
    lines = [line for title in titles for line in (title, verse)]
    assert paragraphs("\n".join(lines)) == lines


def test_a_list_of_titles_of_about_one_width_is_not_joined() -> None:
    titles = [
        f"{subject}{what}的若干问题与{where}的经验比较研究"
        for subject in ("明代江南市镇", "清末民初报刊", "宋元海上贸易", "近代华北农村")
        for what in ("兴衰过程", "发行网络", "税收制度")
        for where in ("欧洲", "日本", "东南亚")
    ]
    assert paragraphs("\n".join(titles)) == titles


@pytest.mark.parametrize("number", ["— {} —", "{}", "第{}页", "{}/9"])
@pytest.mark.parametrize("head", ["茶馆旧闻　卷上", None])
def test_page_numbers_and_running_heads_part_no_paragraph(number: str, head: str | None) -> None:
    parts = prose(0, 16)
    lines = [line for paragraph in parts for line in wrap("　　" + paragraph, 31)]
    paged: list[str] = []
    for page, start in enumerate(range(0, len(lines), 15), 1):
        paged += [*lines[start : start + 15], "", number.format(page), *([head] if head else []), ""]
    text = structure(raw := "\n".join(paged), PLAIN.parse(raw), "文.txt").text
    body = [text.repaired[each.start : each.end] for each in text.paragraphs if each.kind is ParagraphKind.BODY]
    assert body == parts
    assert text.raw == raw


def test_lines_of_the_text_that_recur_are_no_running_heads() -> None:
    line = "茶馆的门板卸下来以后街上才算真正醒了卖豆腐的老人挑着担子走过石桥"
    raw = "\n".join(f"{line}\n{line}\n- {number} -" for number in range(1, 9))
    assert "".join(paragraphs(raw)).count(line) == 16


def test_numbers_that_stand_above_sections_are_no_page_numbers() -> None:
    parts = prose(0, 12)
    raw = "\n".join(f"{number}\n　　{paragraph}" for number, paragraph in enumerate(parts, 1))
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    assert ParagraphKind.FURNITURE not in {paragraph.kind for paragraph in text.paragraphs}
    assert len(text.paragraphs) == 24


def test_an_article_below_a_full_line_that_breaks_off_stays_apart() -> None:
    history = [f"{number}.{paragraph}" for number, paragraph in enumerate(prose(0, 3), 1)]
    history.append("".join(SENTENCES)[:78])
    lines = [line for paragraph in history for line in wrap(paragraph, 26)]
    assert len(lines[-1]) == 26
    assert lines[-1][-1].isalpha()
    articles = [
        "第 1 條 茶館之管理，依本規則之規定。",
        "第 2 條 茶館應設於石橋附近，並備茶水。",
        "第 3 條 本規則自發布日施行。",
    ]
    assert paragraphs("\n".join([*lines, *articles])) == [*history, *articles]
