"""How characters are read: rare ones, and all, by the words they are in."""

from __future__ import annotations

import pytest

from tuibrowser.lexicon import spoken as module
from tuibrowser.lexicon.errors import LexiconError
from tuibrowser.lexicon.spoken import Spoken

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spoken() -> Spoken:
    return Spoken()


def written(spoken: Spoken, text: str) -> str:
    """The readings as they stand above a text, those not decided by a word with a question mark."""
    return "".join(
        f"{each.text}{'?' if each.is_guess else ''}{' ' if each.ends_word else ''}" for each in spoken.all(text)
    ).strip()


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("銀行的行長", "yínháng de? hángzhǎng"),
        ("音樂很快樂", "yīnyuè hěn kuàilè"),
        ("帶著船", "dài zhe? chuán"),
        ("西安，船", "xī'ān chuán"),
        ("A1，b", ""),
    ],
)
def test_all_characters_are_read_by_their_words(spoken: Spoken, text: str, sounds: str) -> None:
    assert written(spoken, text) == sounds


def test_only_what_is_not_common_is_rare(spoken: Spoken) -> None:
    text = "一二三，此古之彘形，饕餮也。"
    assert [(text[each.at], each.text) for each in spoken.rare(text)] == [("彘", "zhì"), ("饕", "tāo"), ("餮", "tiè")]


def test_offsets_are_those_of_the_text_beyond_the_first_plane(spoken: Spoken) -> None:
    text = "𠮷船、彘"
    assert [(text[each.at], each.text) for each in spoken.all(text) if text[each.at] != "𠮷"] == [
        ("船", "chuán"),
        ("彘", "zhì"),
    ]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(LexiconError, match=r"pip install 'tuibrowser\[pinyin\]'"):
        Spoken()
