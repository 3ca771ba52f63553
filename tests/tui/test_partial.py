"""What a reader sees and is asked where a host of the corpus is lost, and when it is back."""

from __future__ import annotations

import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from support.serving import serving_at
from support.several import served_by_hosts
from tuibrowser.search.index.refresh import Listener
from tuibrowser.search.machines.library import Library
from tuibrowser.tui.dialogs.picker import Picker
from tuibrowser.tui.work.watching import Watching

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from support.reader import Browse, Reader
    from support.several import Several

pytestmark = pytest.mark.slow

TEXTS = {
    "甲.txt": "船到渡口，江水漫漫。\n\n渡口無人，只有一隻老船。\n",
    "乙.txt": "渡口有碑，碑文記渡口之始。\n\n今日渡口不開。\n",
    "丙.txt": "老人在渡口等船，等到日落。\n",
}


@pytest.fixture(autouse=True)
def watched_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.tui.work.watching.LOOK_SECONDS", 0.02)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@asynccontextmanager
async def reading(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Reader, Several]]:
    """A reader of the texts, each of which is on a host: 丙 on h1, 乙 on h2, 甲 on h3, as their names are ordered."""
    with served_by_hosts([str(texts)]) as (several, running):
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        async with browse(texts, size=size) as reader:
            await reader.until(lambda: reader.browser.parts.reach is not None)
            yield reader, several


def host_of(several: Several, name: str) -> str:
    """The host of a document."""
    return f"h{next(each.number for each in several.corpus.documents if each.name == name) + 1}"


async def find(reader: Reader, query: str = "渡口") -> None:
    await reader.press("slash")
    await reader.type(query)


async def test_a_lost_host_is_said_at_once_and_when_it_is_back(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        assert "hosts" not in reader.status
        lost = host_of(several, "乙.txt")
        several.lose(lost)
        await reader.sees(f"of the text is not searched: {lost} does not answer")
        await reader.press("escape")
        await reader.sees("2/3 hosts · ")
        several.bring_back(lost)
        await reader.sees(f"{lost} back: all of the text is searched")
        await reader.press("escape")
        assert "hosts" not in reader.status


async def test_hosts_that_are_back_one_after_another_are_all_named(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        for name in ("h1", "h2"):
            several.lose(name)
        await reader.press("escape")
        await reader.sees("1/3 hosts")
        several.bring_back("h1", "h2")
        await reader.sees("h1, h2 back: all of the text is searched")


async def test_the_counts_say_how_much_is_there_in_as_many_words_as_fit(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(browse, texts, monkeypatch, size=(60, 18)) as (reader, several):
        several.lose(host_of(several, "乙.txt"))
        await find(reader)
        await reader.sees("2/3 · 63% · ≥ 3 in 2 documents: exact 3")
        await reader.press("escape", "slash", "ctrl+u")
        await reader.type("碑文記")
        await reader.sees("nothing found in the parts that answer")


async def test_what_arrives_waits_for_a_key_and_the_chosen_row_stays(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        lost = host_of(several, "乙.txt")
        several.lose(lost)
        await find(reader)
        await reader.sees("≥ 3 in 2 documents")
        await reader.press("tab", "j")
        panel = reader.browser.parts.searching.panel
        chosen = panel.hits.current
        several.bring_back(lost)
        await reader.sees("3 new, press +")
        assert len(panel.hits._listing) == 3
        await reader.press("slash")
        assert panel.hits.current == chosen
        await reader.press("tab", "plus")
        await reader.sees("6 in 3 documents: exact 6")
        assert "new, press" not in reader.screen
        assert panel.hits.current == chosen


async def test_n_says_what_it_passes_over_and_goes_there_when_it_is_back(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        lost = host_of(several, "乙.txt")
        several.lose(lost)
        await find(reader)
        await reader.sees("≥ 3 in 2 documents")
        await reader.press("enter")
        await reader.sees("/≥3")
        await reader.press("n")
        await reader.sees("without 37% of the text")
        several.bring_back(lost)
        await reader.sees("back: all of the text is searched")
        await reader.until(lambda: len(reader.browser.parts.walk._occurrences or ()) == 6)
        await reader.press("n", "escape")
        await reader.sees("/6")


async def test_a_figure_is_counted_of_a_part_only_if_the_reader_agrees(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch, sent: list[str]
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        several.lose(host_of(several, "乙.txt"))
        await find(reader)
        await reader.sees("≥ 3 in 2 documents")
        await reader.press("enter", "A")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.sees("Go on?")
        await reader.press("enter")
        assert not reader.browser.query("AnalysisPanel")
        await reader.press("A")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        await reader.press("down", "enter")
        await reader.sees("without 37% of the text")
        await reader.press("Y")
        await reader.until(lambda: sent)
        assert "37% of the text is not searched: h" in sent[0]


async def test_a_figure_waits_until_it_is_known_how_much_is_there(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_look, look = threading.Event(), Watching._look
    monkeypatch.setattr(Watching, "_look", lambda watching: look(watching) if may_look.is_set() else None)
    with served_by_hosts([str(texts)]) as (several, running):
        several.lose(host_of(several, "乙.txt"))
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        async with browse(texts, size=(100, 30)) as reader:
            await find(reader)
            await reader.sees("≥ 3 in 2 documents")
            await reader.press("enter", "A")
            await reader.sees("waiting for the server")
            await reader.press("j", "k")
            assert not reader.browser.query("AnalysisPanel")
            may_look.set()
            await reader.sees("Go on?")


async def test_shared_passages_that_lack_a_part_are_written_only_if_the_reader_agrees(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in TEXTS:
        texts.joinpath(name).write_text(f"{TEXTS[name]}\n渡船每日卯時開，酉時收，大風大霧一律停渡。\n", "utf-8")
    async with reading(browse, texts, monkeypatch) as (reader, several):
        lost = host_of(several, "乙.txt")
        several.lose(lost)
        await reader.sees(f"{lost} does not answer")
        await reader.press("S")
        await reader.sees("卯時開")
        several.bring_back(lost)
        await reader.sees(f"{lost} back")
        await reader.press("e")
        await reader.sees("Go on?")


async def test_a_list_is_copied_of_a_part_only_if_the_reader_agrees_and_one_hit_at_once(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch, sent: list[str]
) -> None:
    async with reading(browse, texts, monkeypatch) as (reader, several):
        several.lose(host_of(several, "乙.txt"))
        await find(reader)
        await reader.sees("≥ 3 in 2 documents")
        await reader.press("tab", "y")
        await reader.until(lambda: len(sent) == 1)
        await reader.press("asterisk", "y")
        await reader.until(lambda: isinstance(reader.app.screen, Picker))
        assert len(sent) == 1
        await reader.press("down", "enter")
        await reader.until(lambda: len(sent) == 2)
        await reader.sees("without 37% of the text")


async def test_a_server_that_is_lost_and_back_is_said_to_a_reader_who_does_nothing(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served_by_hosts([str(texts)]) as (_, running):
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        async with browse(texts) as reader:
            await reader.until(lambda: reader.browser.parts.reach is not None)
            running.stop()
            await reader.sees("the server does not answer: it is asked for again")
            running.start()
            await reader.sees("connected to the server again")


async def test_the_list_is_of_the_texts_that_a_server_has_which_was_started_again(
    browse: Browse, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library([str(texts)], None, None, Listener(), "a test")
    with serving_at(lambda: library.current) as running:
        monkeypatch.setenv("TUIBROWSER_SERVER", str(running.path))
        async with browse(texts, size=(100, 30)) as reader:
            await find(reader)
            await reader.sees("6 in 3 documents")
            running.stop()
            texts.joinpath("甲.txt").write_text("江水漫漫。\n", encoding="utf-8")
            assert library.look()
            running.start()
            await reader.sees("4 in 2 documents")
            running.stop()
            texts.joinpath("丁.txt").write_text("渡口。\n", encoding="utf-8")
            assert library.look()
            running.start()
            await reader.sees("leave (q) and open the corpus again")
