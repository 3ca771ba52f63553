from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.userdata.exchange import ExchangeError, from_json, from_markdown, to_json, to_markdown
from tuibrowser.userdata.model import Bookmark, Spot
from tuibrowser.userdata.store import UserData

MARK = Bookmark(
    "a1",
    Spot("/texts/北京/2022.txt", "00ff", 120),
    150,
    "機關黨建要緊緊圍繞中心。\n*要*點",
    "踐行對黨忠誠",
    "三、以高質量黨建",
    "可引。\n\n- 見第39段",
    6179,
    "2026-11-24T13:00:00+00:00",
    "2026-11-24T14:00:00+00:00",
)
STRINGS = st.text(
    st.sampled_from("機關\n \t\r\\`*_<>-#=&1.)uU!\x1b\u202e\u2028\ud800\U000e0041\U0001f468a") | st.characters()
)
NUMBERS = st.integers(0, 2**40)
BOOKMARKS = st.builds(
    Bookmark, STRINGS, st.builds(Spot, STRINGS, STRINGS, NUMBERS), NUMBERS, *[STRINGS] * 4, NUMBERS, STRINGS, STRINGS
)


@given(st.lists(BOOKMARKS, max_size=3))
def test_json_loses_nothing(bookmarks: list[Bookmark]) -> None:
    written = to_json(bookmarks)
    assert written.isascii()
    assert from_json(written) == bookmarks


@given(st.lists(BOOKMARKS, max_size=3))
def test_markdown_loses_nothing(bookmarks: list[Bookmark]) -> None:
    written = to_markdown(bookmarks)
    assert from_markdown(written.encode().decode()) == bookmarks
    assert from_markdown(written.replace("\n", "\r\n")) == bookmarks


@given(BOOKMARKS)
def test_nothing_in_the_files_steers_a_terminal(bookmark: Bookmark) -> None:
    for written in (to_markdown([bookmark]), to_json([bookmark])):
        assert not any(character in "\x07\x1b\x7f\x9b\u202e" for character in written)


def test_markdown_as_it_is_read() -> None:
    assert to_markdown([MARK]).splitlines()[:11] == [
        "# Bookmarks",
        "",
        "## 踐行對黨忠誠 › 三、以高質量黨建",
        "",
        "> 機關黨建要緊緊圍繞中心。",
        "> \\*要\\*點",
        "",
        "可引。",
        "",
        "\\- 見第39段",
        "",
    ]


def test_a_note_edited_in_an_editor_is_taken_over() -> None:
    edited = to_markdown([MARK]).replace("可引。\n\n\\- 見第39段", "\n不可引。\n第二行\n\n")
    assert from_markdown(edited) == [replace(MARK, note="不可引。\n第二行")]
    assert from_markdown(to_markdown([replace(MARK, note="")]).replace("\n\n<!--", "\n\n新的\n<!--")) == [
        replace(MARK, note="新的")
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        ("[" * 100_000, "not JSON: "),
        ("[]", "not a list of bookmarks"),
        (
            '{"format": "tuibrowser bookmarks", "version": 2, "bookmarks": []}',
            "written by another version of the program",
        ),
        ('{"format": "tuibrowser bookmarks", "version": 1, "bookmarks": [1]}', "bookmark 1 is no bookmark"),
    ],
)
def test_what_is_no_list_of_bookmarks_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ExchangeError) as caught:
        from_json(text)
    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("path", None, "bookmark 1 has a wrong path"),
        ("offset", -1, "bookmark 1 has a wrong offset"),
        ("offset", 2**70, "bookmark 1 has a wrong offset"),
        ("end", True, "bookmark 1 has a wrong end"),
        ("note", 5, "bookmark 1 has a wrong note"),
    ],
)
def test_a_field_that_cannot_be_is_named(name: str, value: object, reason: str) -> None:
    data = json.loads(to_json([MARK]))
    data["bookmarks"][0][name] = value
    with pytest.raises(ExchangeError, match=reason):
        from_json(json.dumps(data))


def test_a_field_that_is_missing_is_named_unless_it_may_be_empty() -> None:
    data = json.loads(to_json([MARK]))
    del data["bookmarks"][0]["note"]
    assert from_json(json.dumps(data)) == [replace(MARK, note="")]
    del data["bookmarks"][0]["id"]
    with pytest.raises(ExchangeError, match="bookmark 1 has a wrong id"):
        from_json(json.dumps(data))


def test_markdown_of_other_things_is_refused() -> None:
    with pytest.raises(ExchangeError):
        from_markdown("# 隨筆\n\n> 引文\n")
    with pytest.raises(ExchangeError):
        from_markdown("<!-- tuibrowser {broken} -->\n")


@pytest.mark.parametrize("code", [r"\Uffffff", r"\U110000"])
def test_a_code_of_no_character_is_named_with_its_line(code: str) -> None:
    written = to_markdown([MARK]).replace("> ", f"> {code}", 1)
    line = written.split("<!--")[0].count("\n") + 1
    with pytest.raises(ExchangeError, match=f"^line {line}: an escaped code is no character$"):
        from_markdown(written)


@given(
    st.lists(BOOKMARKS, min_size=1, max_size=2),
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from('\\U{}[]"<>-#\n 9e\x1b\ud800') | st.characters())),
    st.booleans(),
)
def test_a_file_that_was_spoiled_gives_bookmarks_or_a_reason(
    bookmarks: list[Bookmark], changes: list[tuple[int, str]], as_json: bool
) -> None:
    characters = list(to_json(bookmarks) if as_json else to_markdown(bookmarks))
    for at, character in changes:
        characters[at % len(characters)] = character
    with suppress(ExchangeError), closing(UserData(None)) as data:
        found = (from_json if as_json else from_markdown)("".join(characters))
        data.put(*found)
        assert {each.id for each in data.bookmarks()} == {each.id for each in found}
