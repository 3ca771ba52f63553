"""Messages: in English as strings, in other languages where they are shown, and no language without one of them."""

from __future__ import annotations

import ast
import json
import pickle
import string
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import tuibrowser
from tuibrowser.language import i18n
from tuibrowser.language.i18n import (
    SIMPLIFIED,
    TRADITIONAL,
    catalogue,
    many,
    plain,
    preferred,
    restored,
    shown,
    stored,
    tr,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(tuibrowser.__file__).parent
CHINESE = {
    "no file {name}": "没有文件 {name}",
    "{count:,} match": "{count:,} 处匹配",
    "found {matches}": "找到{matches}",
}


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", CHINESE)


@pytest.mark.parametrize(
    ("count", "noun", "words"),
    [
        (0, "place", "0 places"),
        (1, "document", "1 document"),
        (1, "match", "1 match"),
        (2, "match", "2 matches"),
        (2, "index", "2 indexes"),
        (12_345, "damaged place", "12,345 damaged places"),
    ],
)
def test_a_number_has_its_noun(count: int, noun: str, words: str) -> None:
    assert many(count, noun) == words


def test_a_message_is_its_english_text() -> None:
    message = plain("no file {name}", name="甲.txt")
    assert message == "no file 甲.txt"
    assert json.dumps(message, ensure_ascii=False) == '"no file 甲.txt"'
    assert shown(message) == "no file 甲.txt"


def test_braces_are_literal_without_values() -> None:
    assert plain("{author}: {{") == "{author}: {{"


@pytest.mark.usefixtures("chinese")
def test_a_message_is_shown_with_its_values_in_the_language_spoken() -> None:
    assert shown(plain("no file {name}", name="甲.txt")) == "没有文件 甲.txt"
    assert tr("found {matches}", matches=many(1024, "match")) == "找到1,024 处匹配"
    assert tr("not translated {matches}", matches=many(1, "match")) == "not translated 1 match"
    assert shown(ValueError(plain("no file {name}", name="甲"))) == "没有文件 甲"
    assert shown("no file {name}") == "no file {name}", "a string that is no message is as it is"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("by", ["json", "pickle"])
def test_a_message_is_shown_after_it_was_kept(by: str) -> None:
    message = plain("found {matches}", matches=many(3, "match"))
    kept = restored(json.loads(json.dumps(stored(message)))) if by == "json" else pickle.loads(pickle.dumps(message))
    assert kept == "found 3 matches"
    assert shown(kept) == "找到3 处匹配"
    assert restored(stored("as it is")) == "as it is"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_SG.UTF-8"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK.UTF-8@pinyin"}, "zh-Hant"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_TW.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_Hant:en"}, "zh-Hant"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "en_US:zh_CN"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_follows_the_environment(environ: dict[str, str], language: str) -> None:
    assert preferred(environ) == language


@cache
def written() -> dict[str, str]:
    """Every message of the program and where it is written; of a call whose message is no literal, a fault."""
    return dict(_messages())


def _messages() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "i18n.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
            at = {"plain": 0, "tr": 0, "many": 1}.get(node.func.id)
            if at is None:
                continue
            message = node.args[at]
            assert isinstance(message, ast.Constant), f"{where}: no literal, so no translation can be looked for"
            assert isinstance(message.value, str), where
            yield (f"{{count:,}} {message.value}" if node.func.id == "many" else message.value), where


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
def test_every_message_has_a_translation_and_none_is_left_over(language: str) -> None:
    messages = written()
    translated = catalogue(language)
    missing = {template: where for template, where in messages.items() if not translated.get(template)}
    assert not missing, f"not in {language}"
    assert not set(translated) - set(messages), f"only in {language}"


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
def test_a_translation_has_the_values_of_its_message(language: str) -> None:
    def values(template: str) -> set[str]:
        try:
            return {name for _, name, _, _ in string.Formatter().parse(template) if name}
        except ValueError:
            return set()

    different = [english for english, other in catalogue(language).items() if values(english) != values(other)]
    assert not different


@pytest.mark.parametrize("language", [SIMPLIFIED, TRADITIONAL])
def test_the_catalogue_is_sorted(language: str) -> None:
    assert list(catalogue(language)) == sorted(catalogue(language))


def test_the_rows_of_tables_have_one_name_in_taiwan() -> None:
    texts = catalogue(TRADITIONAL)
    of_rows = {text for text in texts if "row" in text.split() or "rows" in text.replace(",", "").split()}
    assert [texts[text] for text in of_rows if "行" in texts[text] and "line" not in text] == []
