from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.searching import Texts, answer, engine_of, load, marked
from support.timing import collector_off
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.model import Metadata, Source
from tuibrowser.search.engine import Engine
from tuibrowser.search.model import HitKind, Order, Scope
from tuibrowser.search.values import Reach


def kinds(texts: list[str], query: str) -> list[tuple[HitKind, str]]:
    engine = engine_of(texts)
    result = answer(engine, query)
    return list(zip((hit.kind for hit in result.hits), marked(engine, texts, result), strict=True))


@pytest.mark.parametrize(
    ("text", "query", "kind", "found"),
    [
        ("推动高质量发展。", "高质量发展", HitKind.EXACT, "高质量发展"),
        ("推动高质量发展。", "质", HitKind.EXACT, "质"),
        ("推动高质量发展。", "高質量發展", HitKind.VARIANT, "高质量发展"),
        ("推動高質量發展。", "高质量发展", HitKind.VARIANT, "高質量發展"),
        ("推动高质量、发展。", "高质量发展", HitKind.SPACED, "高质量、发展"),
        ("推动高质量发展。", "高质量、发展", HitKind.SPACED, "高质量发展"),
        ("推动高质量、发展。", "高质量、发展", HitKind.EXACT, "高质量、发展"),
        ("渔 火 对 愁 眠", "“渔火对愁眠”", HitKind.SPACED, "渔 火 对 愁 眠"),
        ("漁　火\n對　愁", "“渔火对愁”", HitKind.SPACED, "漁　火\n對　愁"),
        ("月落。\n\n乌啼", "月落乌啼", HitKind.SPACED, "月落。\n\n乌啼"),
        ("月落。\n乌啼", "“月落。 乌啼”", HitKind.SPACED, "月落。\n乌啼"),
        ("姑苏城外寒山寺", "姑苏\u200b城外", HitKind.EXACT, "姑苏城外"),
        ("Kaviraj\u0304a wrote", "Kavirajawrote", HitKind.SPACED, "Kaviraj\u0304a wrote"),
        ("na\u0308ive Leute", "naive", HitKind.VARIANT, "na\u0308ive"),
        ("naïve Leute", "nai\u0308ve", HitKind.EXACT, "naïve"),
        ("naïve Leute", "Naive", HitKind.VARIANT, "naïve"),
        ("葛\U000e0100城", "“葛城”", HitKind.VARIANT, "葛\U000e0100城"),
        ("⼭⻓⽔远", "山长水远", HitKind.VARIANT, "⼭⻓⽔远"),
        ("一九三○年代", "一九三〇年代", HitKind.VARIANT, "一九三○年代"),
        ("陈○○说", "陈○○", HitKind.EXACT, "陈○○"),
        ("一、二，三", "，", HitKind.EXACT, "，"),
        ("完毕。”他说", "。”", HitKind.EXACT, "。”"),
        ("推动高质量发展。", "gaozhiliang", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "gaozhil", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "gao zhi liang", HitKind.PINYIN, "高质量"),
        ("妇女权益", "funv", HitKind.PINYIN, "妇女"),
        ("妇女权益", "funü", HitKind.PINYIN, "妇女"),
        ("妇女权益", "funu", HitKind.PINYIN, "妇女"),
        ("推动高质量发展。", "gāo zhì liàng", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "gao1zhi4liang4fa1", HitKind.PINYIN, "高质量发"),
        ("推动高质量发展。", "高zhìliàng", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "高zhi4量", HitKind.PINYIN, "高质量"),
        ("绿树成荫", "lǜshù", HitKind.PINYIN, "绿树"),
        ("绿树成荫", "lyushu", HitKind.PINYIN, "绿树"),
        ("推动高质量发展。", "高zhiliang", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "gao质量", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "gaozhilia", HitKind.PINYIN, "高质量"),
        ("俩人相伴。", "lia", HitKind.PINYIN, "俩"),
        ("推动高质量发展。", "g", HitKind.PINYIN, "高"),
        ("推动高质量发展。", "ga", HitKind.PINYIN, "高"),
        ("推动高质量发展。", "高zhil", HitKind.PINYIN, "高质量"),
        ("推动高质量发展。", "高zhilia", HitKind.PINYIN, "高质量"),
        ("西安的县", "xian", HitKind.PINYIN, "县"),
        ("西安的事", "xian", HitKind.PINYIN, "西安"),
        ("西安的县", "xi'an", HitKind.PINYIN, "西安"),
        ("战略要地", "zhanlve", HitKind.PINYIN, "战略"),
        ("战略要地", "zhanlüe", HitKind.PINYIN, "战略"),
        ("推动高质量发展。", "gzlfz", HitKind.INITIALS, "高质量发展"),
        ("一家银行。", "yh", HitKind.INITIALS, "银行"),
        ("推动高质量发展。", "搞质量发展", HitKind.HOMOPHONE, "高质量发展"),
        ("推动高质量发展。", "高质发", HitKind.ABBREVIATION, "高质量发"),
        ("高质量发", "高质发", HitKind.ABBREVIATION, "高质量发"),
        ("推动高质量发展。", "高质里发展", HitKind.FUZZY, "高质量发展"),
        ("推动高质量发展。", "高质发展", HitKind.ABBREVIATION, "高质量发展"),
        ("推动高质量发展。", "推动了高质量发展", HitKind.FUZZY, "推动高质量发展"),
        ("推动高质量发展。", "发展 高质量", HitKind.KEYWORDS, "高质量…发展"),
        ("推动高质量发展。", "fazhan 高质量", HitKind.KEYWORDS, "高质量…发展"),
        ("推动高质量发展。", "fz 高质", HitKind.KEYWORDS, "高质…发展"),
        ("推动高质量发展，改善民生。", "搞质量 民生", HitKind.KEYWORDS, "高质量…民生"),
        ("on information systems", "informaton", HitKind.FUZZY, "information"),
        ("防治COVID-19疫情", "covid-19", HitKind.VARIANT, "COVID-19"),
        ("防治COVID-19疫情", "COVID-19疫情", HitKind.EXACT, "COVID-19疫情"),
        ("增长3.14%以上", "3.14%", HitKind.EXACT, "3.14%"),
        ("ＡＢＣ公司", "abc公司", HitKind.VARIANT, "ＡＢＣ公司"),
        ("𠀀𠀁山𠀂", "𠀁山", HitKind.EXACT, "𠀁山"),
        ("𰀀𰀁山", "𰀁山", HitKind.EXACT, "𰀁山"),
    ],
)
def test_each_kind_finds_and_marks_to_the_character(text: str, query: str, kind: HitKind, found: str) -> None:
    assert kinds([text], query)[0] == (kind, found)


def test_rare_characters_that_share_an_id_are_told_apart() -> None:
    texts = ["".join(map(chr, range(0x30000, 0x31000)))]
    assert [found for kind, found in kinds(texts, "\U00030123")] == ["\U00030123"]


def test_quotation_marks_leave_no_near_matches() -> None:
    texts = ["推动高质量发展。", "論及高質量發展。", "高质量、发展"]
    assert {kind for kind, _ in kinds(texts, "“高质量发展”")} == {HitKind.EXACT, HitKind.VARIANT}
    assert kinds(texts, '="高質量"') == [(HitKind.EXACT, "高質量")]
    assert kinds(["爲、为,為", "為"], '="爲"') == [(HitKind.EXACT, "爲")]
    assert kinds(["高质、量"], '="高质量"') == []
    assert kinds(["高质,量"], '="高质，量"') == []
    engine = engine_of(texts)
    assert {hit.kind for hit in answer(engine, "高质量发展", Scope(exact=True)).hits} == {
        HitKind.EXACT,
        HitKind.VARIANT,
    }


def test_exact_matches_come_before_near_ones_and_headings_before_text() -> None:
    metadata = Metadata()
    texts: Texts = {
        "1": "高质里发展",
        "2": "论高質量發展的意义",
        "3": "我们说到高质量发展了",
        "4": ("高质量发展\n第二段", metadata, ("高质量发展",)),
    }
    result = answer(engine_of(texts), "高质量发展")
    assert [hit.document for hit in result.hits] == [3, 2, 1, 0]
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)


def test_totals_are_true_whatever_is_shown() -> None:
    texts = ["改革开放。" * 3 + f"第{number}段" for number in range(50)]
    result = answer(engine_of(texts), "改革开放", limit=5)
    assert len(result.hits) == 5
    assert result.totals == {HitKind.EXACT: 150}
    assert result.documents == 50
    assert not result.at_least


def test_a_repeated_passage_is_one_hit_with_the_others_under_it() -> None:
    passage = "各级人民政府应当加强对本条例实施工作的组织领导，建立健全协调机制。"
    engine = engine_of([passage, "另有一文", passage + "\n尾声"])
    (hit,) = answer(engine, "组织领导").hits
    assert (hit.document, hit.count, hit.also) == (0, 2, ((2, passage.index("组织")),))


def test_other_strings_in_one_paragraph_are_other_hits() -> None:
    texts = ["吊扣其牌照一個月，再犯者吊扣其牌照六個月，又犯者吊扣其牌照六個月"]
    result = answer(engine_of(texts), "吊扣其牌照四個月")
    assert [found[5] for found in marked(engine_of(texts), texts, result)] == ["一", "六"]
    assert [hit.count for hit in result.hits] == [1, 2]


def test_words_that_are_left_out_take_their_paragraphs_along() -> None:
    texts = ["改革开放\n改革创新"]
    assert kinds(texts, "改革 -开放") == [(HitKind.EXACT, "改革")]
    assert answer(engine_of(texts), "改革 -开放").hits[0].paragraph == 1


def test_fields_choose_documents_and_the_undated_are_counted() -> None:
    engine = engine_of(
        {
            "北京/2021.txt": ("改革甲", Metadata(author="李克強", published="2021-05-01")),
            "北京/2022.txt": ("改革乙", Metadata(author="王某", published="2022-05-01")),
            "上海/x.txt": ("改革丙", Metadata(work="山房集")),
        }
    )

    def documents(query: str) -> list[int]:
        return sorted(hit.document for hit in answer(engine, query).hits)

    assert documents("改革 in:北京") == [0, 1]
    assert documents("改革 -in:北京") == [2]
    assert documents("改革 in:山房") == [2]
    assert documents("改革 by:李克强") == [0]
    assert documents("改革 date:2022") == [1]
    assert documents("改革 -date:2022") == [0]
    assert answer(engine, "改革 date:2022").notes == ("1 undated left out",)
    assert [hit.document for hit in answer(engine, "改革", Scope(folder="北京/")).hits] == [0, 1]
    assert [hit.document for hit in answer(engine, "改革", Scope(document=2)).hits] == [2]
    assert [hit.document for hit in answer(engine, "改革", Scope(order=Order.PATH)).hits] == [0, 1, 2]
    assert [hit.document for hit in answer(engine, "改革", Scope(order=Order.DATE)).hits] == [0, 1, 2]


def test_a_search_sees_what_has_been_added_so_far() -> None:
    engine = engine_of(["改革", "开放"], complete=False)
    assert engine.reach() == Reach(2, 2)
    assert (answer(engine, "开放").total, answer(engine, "开放").at_least) == (1, True)
    engine.complete()
    assert (answer(engine, "开放").total, answer(engine, "开放").at_least) == (1, False)


def test_occurrences_stand_in_reading_order() -> None:
    engine = engine_of(["改革与改革", "没有", "改革"])
    occurrences = engine.occurrences("改革")
    assert list(occurrences) == [(0, 0, 2), (0, 3, 5), (2, 0, 2)]
    assert occurrences[1] == (0, 3, 5)
    assert occurrences.after(0, 1) == 1
    assert occurrences.after(0, 3) == 1
    assert occurrences.after(2, 1) == 3
    assert occurrences.before(0, 3) == 0
    assert occurrences.before(0, 0) == -1
    assert engine.spans_in("改革", 0) == [(0, 2), (3, 5)]
    assert engine.spans_in("改革", 1) == []


def test_marks_do_not_depend_on_a_count_that_left_a_repeated_text_out() -> None:
    engine = engine_of(["改革開放", "改革開放"])
    assert engine.matches("改革", Scope(once=True)).by_document() == {0: 1}
    assert engine.spans_in("改革", 1) == [(0, 2)]


def test_marks_are_those_of_the_hits_after_an_exact_count_too() -> None:
    engine = engine_of(["改革開放"])
    assert answer(engine, "gaige").total == 1
    assert not len(engine.matches("gaige", Scope(exact=True)))
    assert engine.spans_in("gaige", 0) == [(0, 2)]


def test_a_cancelled_search_has_no_final_answer() -> None:
    engine = engine_of(["改革"])
    assert not any(result.final for result in engine.search("改革", cancelled=lambda: True))
    assert len(engine.occurrences("改革", cancelled=lambda: True)) == 0


def test_the_first_answer_holds_the_exact_matches_at_once() -> None:
    first, *_ = engine_of(["推动高质量发展", "高质里发展"]).search("高质量发展")
    assert [hit.kind for hit in first.hits] == [HitKind.EXACT]
    assert not first.final


def test_the_final_answer_alone_is_the_same() -> None:
    engine = engine_of(["推动高质量发展", "高质里发展"])
    *_, last = engine.search("高质量发展")
    (only,) = engine.search("高质量发展", final_only=True)
    assert only.final
    assert (only.hits, only.totals) == (last.hits, last.totals)


def test_nothing_to_look_for_is_said() -> None:
    engine = engine_of(["改革"])
    assert answer(engine, "").hits == ()
    assert answer(engine, "   ").hits == ()
    assert answer(engine, "in:x").notes


def test_where_nothing_is_found_the_longest_part_comes_nearest_and_what_was_tried_is_said() -> None:
    texts = ["这里说到高质量的经济\n还有火星", "无关的事"]
    engine = engine_of(texts)
    result = answer(engine, "高质量火箭制造厂")
    assert result.total == 0
    assert marked(engine, texts, result) == ["高质量"]
    assert {hit.kind for hit in result.hits} == {HitKind.FUZZY}
    assert result.hits[0].score < answer(engine, "高质里").hits[0].score
    (note,) = result.notes
    assert "nothing like 高质量火箭制造厂" in note
    assert "homophones" in note
    assert note.endswith("nearest: 高质量")
    by_sound = answer(engine, "gaozhilianghuojianchang")
    assert (by_sound.total, marked(engine, texts, by_sound)) == (0, ["高质量"])


def test_where_no_paragraph_has_all_words_those_with_most_come_nearest() -> None:
    texts = ["经济与文化\n改革与文化\n科技"]
    engine = engine_of(texts)
    result = answer(engine, "经济 文化 鳗鱼")
    assert (result.total, marked(engine, texts, result)) == (0, ["经济…文化"])
    assert result.notes[0].startswith("nothing has all of 经济 文化 鳗鱼")
    assert result.notes[0].endswith("nearest: without 鳗鱼")
    apart = answer(engine, "经济 改革 文化")
    assert sorted(marked(engine, texts, apart)) == ["经济…文化"]


def test_nothing_near_is_shown_where_it_was_not_asked_for() -> None:
    engine = engine_of({"a.txt": ("推动高质量发展", Metadata(published="2020"))})
    for query in ("“高质量火箭”", '="高質量"', "高质量 date:1990", "高质量 in:别处"):
        result = answer(engine, query)
        assert (result.total, result.hits) == (0, ())
        assert result.notes
    assert answer(engine, "高质量火箭", Scope(exact=True)).hits == ()


def test_of_equal_matches_whole_words_come_first() -> None:
    others = "".join(map(chr, range(0x4E00, 0x4F00)))
    result = answer(engine_of(["人民法院" * 20, "修订：民法。", others]), "民法")
    assert [(hit.document, hit.count) for hit in result.hits] == [(1, 1), (0, 20)]


def test_every_string_that_pinyin_may_stand_for_comes_before_any_comes_twice() -> None:
    texts: Texts = {
        "1": ("实事一\n实事二\n实事三", Metadata(), ("实事一", "实事二", "实事三")),
        "2": "逝世的人\n时事新闻",
    }
    engine = engine_of(texts)
    first = answer(engine, "shishi").hits[:3]
    assert sorted((hit.document, hit.paragraph) for hit in first) == [(0, 0), (1, 0), (1, 1)]


def test_first_readings_count_for_more_than_further_ones() -> None:
    texts = ["长的重的。", "茶党重典"]
    assert [hit.document for hit in answer(engine_of(texts), "cdzd").hits] == [1, 0]


STALL_SECONDS = 0.5  # of processor time; many times what it takes, so that a slow machine does not fail


TEXTS = st.lists(st.text(alphabet="高質质量，\n", max_size=30), min_size=1, max_size=5)


@pytest.mark.slow
@given(TEXTS, st.text(alphabet="高質质量", min_size=1, max_size=3), st.integers(1, 4))
def test_exact_matches_are_complete_however_the_corpus_is_cut(texts: list[str], query: str, cut: int) -> None:
    engine = engine_of(texts, complete=False)
    expected = [
        (number, at, at + len(query))
        for number, text in enumerate(texts)
        for at in range(len(text))
        if text[at : at + len(query)].replace("質", "质") == query.replace("質", "质")
    ]
    for _ in range(2):
        found = list(engine.occurrences(f"“{query}”"))
        running_on = [place for place in found if "\n" in texts[place[0]][place[1] : place[2]]]
        assert [place for place in found if place not in running_on] == expected
        engine.complete()


@pytest.mark.slow
@given(TEXTS, st.text(alphabet="高質量", min_size=1, max_size=3))
def test_an_index_grown_by_pieces_answers_as_one_built_at_once(texts: list[str], query: str) -> None:
    names = [f"{number}.txt" for number in range(len(texts))]
    corpus = Corpus([Source(Path(name), name) for name in names])
    grown, whole = Engine(corpus), engine_of(texts)
    for number, (name, text) in enumerate(zip(names, texts, strict=True)):
        loaded = load(number, text, name, Metadata())
        corpus.documents[number] = loaded.document
        grown.add([loaded])
        list(grown.search(query))
    grown.complete()
    first, second = answer(grown, query), answer(whole, query)
    assert (first.hits, first.totals, first.notes) == (second.hits, second.totals, second.notes)


@pytest.fixture(scope="module")
def warm() -> Engine:
    """An engine that has answered, so that no query pays for what is loaded at the first."""
    engine = engine_of(["推动高质量发展的的的的的，in a.b* [x]", "的" * 3000])
    answer(engine, "热身")
    return engine


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "的" * 10_000,
        "高质量发展" * 2_000,
        "a" * 10_000,
        "zhongguo" * 1_200,
        "gao " * 2_500,
        "高 " * 5_000,
        "的的的的",
        "\x00\x1b[31m\x07",
        "\ud800",
        "高\udc00质",
        ".*[a-z]+(?:x)\\",
        '"',
        '="',
        "“",
        "-",
        "--",
        "in:",
        "date:",
        "in:" + "x" * 10_000,
        '"' * 10_000,
        "-a " * 3_000,
        "\n\n\n",
        "''''",
        "ü",
        "\u200b\ufe0f",
        "“" + "的" * 9_998 + "”",
        '="' + "的" * 9_000 + '"',
        "(" * 10_000,
        "\\" * 10_000,
        "'" * 10_000,
        "a'" * 5_000,
        "xian" * 2_500,
        "高gao" * 2_500,
        "的，" * 5_000,
        "，" * 10_000,
        "\ud800" * 10_000,
        "\x00" * 10_000,
        "date:" + "9" * 10_000,
        "的 的 的 的 的 的",
        "a b c d e f g h i j k l",
    ],
    ids=lambda query: ascii(query[:12]),
)
def test_whatever_is_typed_gets_an_answer_soon(warm: Engine, query: str) -> None:
    with collector_off():
        began = process_time()
        result = answer(warm, query)
        seconds = process_time() - began
    assert seconds < STALL_SECONDS
    assert result.query == query
    for hit in result.hits:
        assert hit.spans


@pytest.mark.slow
@given(st.text(alphabet="的高质gao '\"“”-:：in=date2\n\ud800\0,，", max_size=30))
def test_any_query_gets_an_answer(query: str) -> None:
    answer(engine_of(["推动高质量发展的的的的的，in a.b* [x]", "gao 2 的，\n高质"]), query)


def test_punctuation_alone_is_answered_at_once_and_then_in_full() -> None:
    first, *_, last = engine_of(["一，二，三", "四，五"]).search("，")
    assert (first.at_least, first.final) == (True, False)
    assert first.hits
    assert (last.at_least, last.final, last.total) == (False, True, 3)


def test_a_long_row_of_marks_alone_is_found_soon() -> None:
    engine = engine_of(["改革。" + "、。" * 3_000 + "开放", "、改革。"])
    assert list(engine.occurrences("、。" * 3_000)) == [(0, at, at + 2_000) for at in range(3, 4_004, 2)]
    assert not len(engine.occurrences("、、" + "、。" * 3_000))


def test_occurrences_of_several_kinds_and_parts_stand_in_one_order() -> None:
    texts = ["改革開放，改革开放", "无", "改革、开放与改革開放"] * 3
    engine = engine_of(texts, complete=False)
    found = engine.occurrences("改革开放")
    assert found[:] == list(found) == sorted(found)
    assert [found[at] for at in range(len(found))] == list(found)
    assert found[1:3] == list(found)[1:3]
    assert found.in_document(2) == [(0, 5), (6, 10)]
    assert found.after(1, 0) == found.after(2, 0) == 2


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("渔，火对愁眠", "“渔火”"),  # a mark is more than a blank
        ("New York", "“NewYork”"),  # blanks set words apart
        ("渔 火", '="渔火"'),  # exactly these characters
    ],
)
def test_what_stands_between_the_characters_matters(text: str, query: str) -> None:
    assert not answer(engine_of([text]), query).total


def test_a_match_never_runs_on_into_the_next_document() -> None:
    assert not answer(engine_of(["月落。", "乌啼"]), "“月落乌啼”").total
    assert [hit.kind for hit in answer(engine_of(["月落。", "乌啼", "月落\n乌啼"]), "月落乌啼").hits] == [
        HitKind.SPACED
    ]


def test_a_separator_of_paragraphs_in_a_text_divides_none() -> None:
    (hit,) = answer(engine_of(["月落\u2029乌啼"]), "月落乌啼").hits
    assert (hit.kind, hit.spans) == (HitKind.SPACED, ((0, 5),))


@pytest.mark.parametrize("query", ["\U000e0100", "\ufe0f", "\U000e01ef\U000e0100", "\u0301", "\u200b", "\ufeff"])
def test_a_mark_upon_nothing_is_looked_for_in_vain(query: str) -> None:
    assert not answer(engine_of(["夜半钟声到客船", "naïve"]), query).total
    assert answer(engine_of(["葛\U000e0100城"]), "\U000e0100").total == 1


def test_a_query_of_too_many_conditions_is_refused_and_says_so() -> None:
    engine = engine_of(["改革与发展"])
    conditions = [f"-词{number}" for number in range(40)] + [f"-in:名{number}" for number in range(10)]
    assert answer(engine, " ".join(("改革", *conditions))).total == 1
    result = answer(engine, " ".join(("改革", *conditions, "-in:末")))
    assert (result.total, result.at_least, [bound.limit for bound in result.bounds]) == (0, True, [50])
    assert any("50" in note for note in result.notes)


def test_of_passages_with_other_gaps_the_one_nearest_to_what_was_typed_is_first() -> None:
    result = answer(engine_of(["月落，乌啼霜满天", "月落，\n乌啼霜满天", "月落乌啼霜满天"]), "月落， 乌啼霜满天")
    assert [hit.document for hit in result.hits] == [1, 0, 2]
