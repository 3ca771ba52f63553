from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.org import MANDOKU
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import ParagraphKind
from tuibrowser.corpus.structure import structure

PROSE = (
    "北京海關作為中央垂管單位，承擔著北京市的各項海關管理工作，肩負著征稅、監管、出入境檢驗檢疫等重要任務。近年來，北京海關靠前服務首都發展，助力四個中心功能建設。",
    "近年來，北京海關認真貫徹重要指示精神，主動接受統一領導和指導督促，采取務實有效的措施，落實看北京首先要從政治上看的要求，取得了明顯的成績。",
    "格萍同志以及基層黨組織書記展示的北京海關機關黨建工作經驗，充分彰顯了黨的政治建設在機關黨的各項建設中的統領地位。",
)


def paragraphs(raw: str) -> list[str]:
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    return [text.repaired[paragraph.start : paragraph.end] for paragraph in text.paragraphs]


def cut(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("width", [18, 30, 36, 40])
@pytest.mark.parametrize(("indent", "between"), [("　　", "\n"), ("", "\n\n"), ("　　", "\n\n")])
def test_hard_wrapped_lines_make_paragraphs_again(width: int, indent: str, between: str) -> None:
    raw = between.join(cut(indent + paragraph, width) for paragraph in PROSE)
    assert paragraphs(raw) == list(PROSE)


def test_lines_are_joined_without_any_mark_of_paragraphs() -> None:
    assert paragraphs("\n".join(cut(paragraph, 37) for paragraph in PROSE)) == list(PROSE)


def test_a_mark_may_hang_over_the_edge_or_take_a_character_along() -> None:
    raw = (
        "北京海關作為中央垂管單位，承擔著北京市的各項海關管理工作，\n"
        "肩負著征稅、監管、出入境檢驗檢疫等重要任務。近年來，北京\n"
        "海關靠前服務首都發展，助力四個中心功能建設，堅持以人民為\n"
        "中心，取得了新成效。\n"
    )
    assert paragraphs(raw) == [raw.replace("\n", "")]


def test_words_of_another_script_are_parted_by_a_space() -> None:
    raw = (
        "這個程式庫的名字是 Textual，它讓人用 Python 寫出在終端機裏跑的 user\n"
        "interface，也能用 mouse 操作；作者說它的目標是讓 terminal 裏的 program\n"
        "和瀏覽器裏的一樣好看，所以它有 layout、style 和 animation 這一套完整\n"
        "的東西可以用。\n"
    )
    joined = raw.replace("user\n", "user ").replace("\n", "")
    assert paragraphs(raw) == [joined]


def test_headings_between_wrapped_paragraphs_stay_apart() -> None:
    raw = "\n".join(("第一章　緒論", cut(PROSE[0], 36), "第二章　方法", cut(PROSE[1], 36)))
    assert paragraphs(raw) == ["第一章　緒論", PROSE[0], "第二章　方法", PROSE[1]]


def test_a_paragraph_a_line_stays_so() -> None:
    assert paragraphs("\n".join(PROSE)) == list(PROSE)
    assert paragraphs("\n\n".join(f"　　{paragraph}" for paragraph in PROSE)) == list(PROSE)


def test_verse_keeps_its_lines_in_one_paragraph() -> None:
    raw = "春眠不覺曉，處處聞啼鳥。\n夜來風雨聲，花落知多少。\n\n白日依山盡，黃河入海流。\n欲窮千里目，更上一層樓。\n"
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    assert [paragraph.kind for paragraph in text.paragraphs] == [ParagraphKind.VERSE] * 2
    assert text.repaired == raw.strip().replace("\n\n", "\n")


def test_a_long_poem_is_no_endless_paragraph() -> None:
    text = structure(raw := "天地玄黃，宇宙洪荒。\n" * 100, PLAIN.parse(raw), "文.txt").text
    assert [paragraph.tight for paragraph in text.paragraphs] == [False, True, True]
    assert text.repaired == raw.strip()


def test_tables_keep_their_lines_and_spaces() -> None:
    assert paragraphs("姓名\t年齡\t籍貫\n王某\t20\t北京\n李某\t30\t上海\n") == [
        "姓名\t年齡\t籍貫\n王某\t20\t北京\n李某\t30\t上海"
    ]
    drawn = "┌──┬──┐\n│甲　│乙　│\n└──┴──┘"
    assert paragraphs(f"如下表：\n{drawn}\n以上。\n") == ["如下表：", drawn, "以上。"]


def test_a_table_in_a_wrapped_text_is_not_joined() -> None:
    drawn = "│項目　　　　　　　　　　　　│數量　　　　　　　　│\n" * 4
    assert paragraphs(f"{cut(PROSE[0], 25)}\n{drawn}{cut(PROSE[1], 25)}\n") == [PROSE[0], drawn.strip(), PROSE[1]]


def test_dialogue_and_signatures_keep_their_lines() -> None:
    lines = ["“你來了？”", "“來了。”", "他們坐下，半天沒有說話，窗外的雨下個不停。", "某某人", "一九九五年三月"]
    assert paragraphs("\n".join(lines)) == lines


def test_items_of_a_list_follow_without_a_gap() -> None:
    raw = (
        "本行設下列局、處：\n一、業務局，分七科辦事。\n二、發行局，分五科辦事。\n三、外匯局，分十二科辦事。\n"
        "其餘從略，另行公告之。\n"
    )
    text = structure(raw, PLAIN.parse(raw), "文.txt").text
    assert [paragraph.tight for paragraph in text.paragraphs] == [False, True, True, True, False]


def test_the_phrases_of_a_mandoku_text_are_joined_up_to_a_blank_line() -> None:
    raw = (
        "# -*- mode: mandoku-view -*-\n#+TITLE: 老子\n** 53 第五十三章\n\n使我介然有知也，¶\n行於大道，¶\n唯施是畏，¶\n"
        "<pb:KR5c0057_tls_053-1a>¶\n大道甚夷\n而民好徑。¶\n\n朝甚除，¶\n田甚蕪，¶\n"
    )
    text = structure(raw, MANDOKU.parse(raw), "53.txt").text
    assert text.repaired == "53 第五十三章\n使我介然有知也，行於大道，唯施是畏，大道甚夷而民好徑。\n朝甚除，田甚蕪，"


def test_code_keeps_its_lines_and_indents() -> None:
    raw = "說明如下：\n\n```\nif a:\n    b\n```\n"
    text = structure(raw, MARKDOWN.parse(raw), "文.md").text
    assert text.repaired == "說明如下：\nif a:\n    b"


def test_code_beside_wrapped_lines_is_neither_joined_nor_in_the_way() -> None:
    prose = "\n\n".join(cut(paragraph, 30) for paragraph in PROSE)
    code = "```\n" + "山" * 30 + "\n\nprint(2)\n```"
    made = structure(raw := f"{prose}\n\n{code}\n", MARKDOWN.parse(raw), "文.md").text
    assert "山" * 30 + "\nprint(2)" in made.repaired
    assert made.repaired.startswith("\n".join(PROSE))


def test_the_indents_of_a_printed_page_of_few_lines_tell_titles_from_prose() -> None:
    raw = (
        "# -*- mode: mandoku-view -*-\n#+TITLE: 渡口集\n<pb:KR9z0009_WYG_001-1a>¶\n渡口集巻一¶\n\u3000記¶\n"
        "\u3000\u3000\u3000沈先生記¶\n\u3000沈先生名青渡口人也少好舟楫往來江上數十年未嘗一覆¶\n"
        "\u3000年八十卒¶\n"
        "\u3000\u3000\u3000古塔記¶\n\u3000塔在江之南岸高七級不知何人所建風雨剝落磚石半傾¶\n\u3000予登而望焉¶\n"
    )
    made = structure(raw, MANDOKU.parse(raw), "渡口集.txt").text
    paragraphs = [made.repaired[each.start : each.end] for each in made.paragraphs]
    assert [each[:5] for each in paragraphs] == [
        "渡口集巻一",
        "記",
        "沈先生記",
        "沈先生名青",
        "古塔記",
        "塔在江之南",
    ]
    assert paragraphs[3].endswith("年八十卒")
    assert paragraphs[5].endswith("登而望焉")
