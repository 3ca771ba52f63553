from __future__ import annotations

from tuibrowser.hanzi.script import count, detect_script, is_japanese, paragraph_script

TRADITIONAL = "學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？"
SIMPLIFIED = "学而时习之，不亦说乎？有朋自远方来，不亦乐乎？"


def test_each_script_is_known_by_its_own_characters() -> None:
    assert detect_script(TRADITIONAL) == "Hant"
    assert detect_script(SIMPLIFIED) == "Hans"


def test_characters_of_both_scripts_tell_nothing() -> None:
    assert detect_script("子曰：君子不器。") == "none"
    assert detect_script("") == "none"
    assert count("后里云台干于余面松") == (0, 0)


def test_a_slip_of_the_other_script_does_not_make_a_text_mixed() -> None:
    assert detect_script(TRADITIONAL * 10 + "学") == "Hant"


def test_half_of_each_is_mixed_and_its_paragraphs_are_told_apart() -> None:
    assert detect_script(TRADITIONAL + SIMPLIFIED) == "mixed"
    assert paragraph_script(TRADITIONAL + "学") == "Hant"
    assert paragraph_script(SIMPLIFIED + "學") == "Hans"
    assert paragraph_script("君子") == "none"


def test_the_old_character_wu_of_the_book_of_changes_is_not_simplified() -> None:
    assert detect_script("潛龍勿用。無咎。无咎。无咎。无咎。") == "Hant"


def test_standard_forms_of_taiwan_are_not_simplified() -> None:
    assert count("床群峰秘") == (0, 0)


def test_a_long_text_is_judged_by_all_its_parts() -> None:
    assert detect_script(SIMPLIFIED * 5_000 + TRADITIONAL * 5_000) == "mixed"
    assert detect_script("君子不器" * 100_000 + TRADITIONAL * 1_000) == "Hant"


JAPANESE = "当時の大学では医学が独立していた。台風が来るので、会議を欠席します。"


def test_japanese_is_neither_script() -> None:
    assert detect_script(JAPANESE) == "none"
    assert detect_script(JAPANESE * 500) == "none"
    assert paragraph_script(JAPANESE) == "none"
    assert (
        detect_script("大日本帝国ハ万世一系ノ天皇之ヲ統治ス皇位ハ皇室典範ノ定ムル所ニ依リ皇男子孫之ヲ継承ス") == "none"
    )


def test_kana_in_names_and_quotations_make_no_japanese() -> None:
    assert detect_script("优の良品店和恋の书店在渡口开张了，门前摆着花篮。") == "Hans"
    assert detect_script("索尼（ソニー）和松下（パナソニック）的产品卖得很贵。") == "Hans"
    assert detect_script(SIMPLIFIED * 8 + "他用日语说了一句“ありがとう”。") == "Hans"


def test_japanese_with_a_chinese_translation_is_mixed() -> None:
    assert detect_script(f"{JAPANESE}\n{SIMPLIFIED}\n" * 3) == "mixed"


def test_a_chinese_text_that_quotes_a_japanese_word_is_chinese() -> None:
    assert not is_japanese("街角的招牌写着「ありがとう」，他不懂。")
    assert not is_japanese("招牌上是“さようなら”（さよなら）。")
    assert is_japanese("彼は「さようなら」と言った。")
