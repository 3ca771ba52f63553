"""The languages of the interface: nothing is said in English where another is spoken, and all fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest

from tuibrowser.hanzi.cells import cell_width
from tuibrowser.language import i18n
from tuibrowser.language.i18n import LANGUAGES, SIMPLIFIED, TRADITIONAL, catalogue, plain, speak
from tuibrowser.search.model import HitKind, SearchResult
from tuibrowser.settings.config import Config, ReadConfig
from tuibrowser.tui.widgets.search.counts import counted
from tuibrowser.tui.widgets.status import Status
from tuibrowser.tui.work.memory import Memory
from tuibrowser.tui.work.messages import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader
    from tuibrowser.clipboard.copy import Receipt

PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
MARKED = re.compile(r"⟦[^⟦⟧│\n]*(?:⟧|$|(?=│))|(?:^|(?<=│))[^⟦⟧│\n]*⟧", re.MULTILINE)
"""The words of a message, also where they were cut or go on in the next line."""
KEYS = re.compile(r"\b(?:Space|PgDn|PgUp|Home|End|Enter|Esc|Tab|(?:ctrl|shift)\+\w+|F\d+)\b")
ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}")
SMALL = (60, 18)


def marked(template: str) -> str:
    """A message in a language in which every message is in marks, but for its values."""
    pieces = PLACEHOLDER.split(template)
    return "".join(piece if PLACEHOLDER.fullmatch(piece) else f"⟦{piece}⟧" for piece in pieces if piece)


class Marks(dict[str, str]):
    """The messages of that language, whichever there are."""

    def get(self, key: str, default: object = None) -> str:
        return marked(key)


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._spoken, "catalogue", Marks(catalogue(SIMPLIFIED)))


def unmarked(screen: str) -> list[str]:
    """The runs of English words on the screen that are in no message; keys have their names in every language."""
    return ENGLISH_WORDS.findall(KEYS.sub("⟦⟧", MARKED.sub("⟦⟧", screen)))


@pytest.mark.parametrize(
    ("screen", "found"),
    [
        ("│⟦still searching⟧ 甲乙 Enter⟦ chooses ⟧Esc│", []),
        ("⟦a message that was …", []),
        ("│ ⟦one that goes│ 甲\n│ on here⟧ 乙 │", []),
        ("⟦hit ⟧3/17  in vain", ["in vain"]),
    ],
)
def test_words_in_no_message_are_found(screen: str, found: list[str]) -> None:
    assert unmarked(screen) == found


WALKS: dict[str, tuple[tuple[str, ...], str]] = {
    "reading": ((), "⟦ repaired⟧"),
    "raw": (("r",), "⟦raw, with the repairs marked⟧"),
    "script": (("t",), "⟦shown in ⟧"),
    "order": (("s",), "⟦documents by title⟧"),
    "outline": (("tab", "j"), "供水"),
    "searching": (("slash", *"gaozhiliang"), "⟦pinyin⟧"),
    "scope": (("slash", *"高質量", "tab", "a", "equals_sign", "s"), "⟦in ⟧speeches/講話.txt  ⟦exact only⟧  ⟦by date⟧"),
    "folder": (("slash", *"gaozhiliang", "tab", "a"), "⟦in ⟧laws/"),
    "stayed": (("slash", *"gaozhiliang", "enter"), "⟦hit ⟧1⟦/⟧3"),
    "round": (("slash", *"gaozhiliang", "enter", "N"), "⟦from the end again⟧⟦, in ⟧"),
    "unsearched": (("n",), "⟦no search yet: ⟧/⟦ opens the search⟧"),
    "first": (("K",), "⟦this is the first document⟧"),
    "began": (("H",), "⟦this is where you began⟧"),
    "about": (("i",), "⟦Encoding⟧"),
    "noting": (("m",), "⟦Bookmark: a note, or none⟧"),
    "bookmarked": (("m", "enter"), "⟦bookmarked: ⟧'⟦ lists the bookmarks⟧"),
    "bookmarks": (("m", "enter", "apostrophe"), "⟦Bookmarks⟧"),
    "annotating": (("m", "enter", "apostrophe", "ctrl+e"), "⟦Note⟧"),
    "copying": (("e",), "⟦the whole section as shown⟧"),
    "going": (("f",), "⟦Go to⟧"),
    "going to a line": (("f", *":3"), "⟦  line ⟧3"),
    "selecting": (("v", "l", "l"), "⟦ repaired⟧"),
    "finding nothing": (("slash", *"zzzqqqvvv"), "⟦nothing found⟧"),
    "asking wrongly": (("slash", *"of:x"), "⟦nothing found⟧"),
    "choosing a script": (("T",), "⟦as the document has it⟧"),
    "choosing a theme": (("f2",), "⟦Theme⟧"),
    "commands": (("colon",), "⟦Commands⟧"),
    "help": (("question_mark",), "⟦Help⟧"),
}
"""Keys, and what is on the screen after them."""


@pytest.mark.usefixtures("marks")
@pytest.mark.parametrize("walk", WALKS)
async def test_all_that_is_said_is_a_message(walk: str, browse: Browse, corpus: Path) -> None:
    keys, seen = WALKS[walk]
    async with browse(corpus, size=(180, 40)) as reader:
        for key in keys:
            await reader.press(key)
            await reader.until(lambda: not reader.browser.is_waiting)
        await reader.sees(seen)
        assert not unmarked(reader.screen), reader.screen


@pytest.mark.usefixtures("marks")
async def test_the_first_hint_is_a_message(browse: Browse, corpus: Path, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "state.db")
    async with browse(corpus, size=(180, 40), memory=memory) as reader:
        await reader.sees("? ⟦all keys⟧")
        assert not unmarked(reader.screen)
    memory.close()


@pytest.mark.usefixtures("marks")
async def test_errors_are_messages(browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "vi '")
    (corpus / "speeches" / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    wrong = ReadConfig(Config(), (plain("line {line} is wrong", line=1), plain("line {line} is wrong", line=2)))
    async with browse(corpus, size=(180, 40), config=wrong) as reader:
        assert "⟦1 of ⟧2⟦: ⟧⟦line ⟧1⟦ is wrong⟧" in reader.status
        await reader.press("escape", "E")
        assert "⟦cannot open the file in an editor: ⟧⟦No closing quotation⟧" in reader.status
        await reader.press("J")
        await reader.sees("⟦cannot open ⟧speeches/image.txt⟦: ⟧")
        assert not unmarked(reader.screen)
        await reader.press("i")
        await reader.sees("⟦ left out of the corpus⟧")
        assert not unmarked(reader.screen)


class Sent(NamedTuple):
    """What is known of a passage that was copied."""

    message: str
    hint: str
    kept: str = "~/甲.txt"
    characters: int = 12
    sent: bool = True


@pytest.mark.usefixtures("marks")
async def test_what_other_rooms_say_is_shown(browse: Browse, corpus: Path) -> None:
    async with browse(corpus, size=(180, 40)) as reader:
        reader.browser.post_message(Failed(plain("{file} is gone", file="甲")))
        await reader.sees("甲⟦ is gone⟧")
        sent = Sent(plain("sent to {program}", program="tmux"), plain("press {key}", key="y"))
        reader.app._say_copied(cast("Receipt", sent), "繁→简")
        await reader.sees("⟦sent to ⟧tmux⟦, as shown: ⟧繁→简⟦; ⟧~/甲.txt⟦ has it too⟧⟦ (⟧⟦press ⟧y⟦)⟧")
        result = SearchResult("甲", totals={HitKind.EXACT: 2, HitKind.VARIANT: 1}, at_least=True, documents=2)
        assert counted(result) == "⟦at least ⟧3⟦ in ⟧2⟦ documents: ⟧⟦exact⟧ 2⟦, ⟧⟦variant⟧ 1"
        result = SearchResult("甲", notes=(plain("tried {kinds}", kinds=plain("pinyin")),), final=True)
        assert counted(result) == "⟦nothing found⟧  ⟦tried ⟧⟦pinyin⟧"


# What is said in Chinese


async def test_a_session_in_simplified_chinese(browse: Browse, corpus: Path) -> None:
    speak(SIMPLIFIED)
    async with browse(corpus) as reader:
        await reader.press("n")
        assert "尚未搜索：按 / 打开搜索" in reader.status
        await reader.press("K")
        assert "已是第一篇文档" in reader.status
        await reader.press("t")
        assert "当前显示：" in reader.status
        await reader.press("slash")
        await reader.sees("汉字（简繁皆可）、拼音、首字母")
        await reader.type("gaozhiliang")
        await reader.sees("3 处，见于 2 篇文档：拼音 3")
        await reader.press("enter")
        await reader.sees("命中 1/3")
        await reader.press("m", "enter", "apostrophe")
        await reader.sees("书签")
        await reader.press("escape", "i")
        await reader.sees("篇幅")


async def test_a_session_in_traditional_chinese(browse: Browse, corpus: Path) -> None:
    speak(TRADITIONAL)
    async with browse(corpus) as reader:
        await reader.press("n")
        assert "尚未搜尋：按 / 開啟搜尋" in reader.status
        assert "簡 修復後" in reader.status
        await reader.press("slash")
        await reader.type("gaozhiliang")
        await reader.sees("3 處，見於 2 篇文件：拼音 3")
        await reader.press("escape", "K")
        await reader.sees("已是第一篇文件")


async def test_a_format_is_found_by_its_name_in_chinese(browse: Browse, corpus: Path) -> None:
    speak(SIMPLIFIED)
    async with browse(corpus) as reader:
        await reader.press("e")
        await reader.type("脚注")
        await reader.press("enter")
        await reader.sees("格式：脚注")


# Room


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_fits_a_small_screen(language: str, browse: Browse, corpus: Path) -> None:
    speak(language)
    async with browse(corpus, size=SMALL) as reader:
        await reader.press("slash")
        await shows(reader, "#search-counts")
        await reader.type("gaozhiliang")
        await reader.press("tab", "a", "equals_sign")
        await shows(reader, "#search-scope")
        await reader.press("equals_sign", "enter")
        await reader.until(lambda: reader.browser.parts.walk.words)
        await reader.press("escape")
        place = reader.browser.query_one(Status)._place
        assert all(part in reader.status for part in (place.numbers, place.hits, place.view))
        await reader.press("m", "enter")
        words = reader.browser.query_one(Status).message
        assert words in reader.status
        for key in ("apostrophe", "f", "T", "e"):
            await reader.press(key)
            await shows(reader, "Picker Static")
            await reader.press("escape")


async def shows(reader: Reader, selector: str) -> None:
    """Whether all words of a line of the screen, or of the few lines of a hint, are seen."""
    await reader.pilot.pause()
    words = str(reader.app.screen.query_one(selector).visual)  # type: ignore[attr-defined]
    assert words.strip()
    seen = re.sub(r"[\s│]", "", reader.screen)
    assert re.sub(r"\s", "", words) in seen, reader.screen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, (80, 24), (120, 40)])
async def test_no_line_is_longer_than_the_screen(
    language: str, size: tuple[int, int], browse: Browse, corpus: Path
) -> None:
    speak(language)
    async with browse(corpus, size=size) as reader:
        for keys in (("slash", *"gaozhi"), ("escape", "i"), ("escape", "e"), ("escape", "f"), ("escape", "o")):
            await reader.press(*keys)
            assert all(cell_width(line) <= size[0] for line in reader.screen.splitlines())
