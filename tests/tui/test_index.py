"""A corpus worth an index: built by a process beside the reader, taken up at the next start."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.loading import loader
from tuibrowser.corpus.records.packed_outline import Made
from tuibrowser.search.index.places import cache_root

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse, Reader


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even the smallest corpus is worth an index."""
    monkeypatch.setattr("tuibrowser.corpus.records.catalogue.SMALL", 0)


@pytest.fixture
def lasting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said at the start stays, however busy the machine is."""
    monkeypatch.setattr("tuibrowser.tui.browser.screen.NEWS_SECONDS", 3600.0)


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither documents nor an index may be read here."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was read again")

    monkeypatch.setattr(loader, "load", fail)
    monkeypatch.setattr("tuibrowser.search.index.process.Beside.__enter__", fail)


@pytest.fixture
def no_reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it was read here")

    monkeypatch.setattr(loader, "load", fail)


async def finds_all(reader: Reader) -> None:
    await reader.press("slash")
    await reader.type("高质量")
    await reader.sees("3 in 2 documents")
    await reader.sees("機關黨建高質量發展")
    await reader.sees("在機關黨建會議上的講話")
    await reader.press("enter")
    await reader.until(lambda: reader.pane.current_hit is not None)


@pytest.mark.usefixtures("kept", "no_reading_here")
async def test_a_process_builds_the_index(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await finds_all(reader)
        assert len(list(cache_root().glob("*/g*/s0.post.npy"))) == 1


@pytest.mark.usefixtures("kept")
async def test_the_next_start_reads_nothing(browse: Browse, corpus: Path, request: pytest.FixtureRequest) -> None:
    async with browse(corpus):
        pass
    request.getfixturevalue("no_reading")
    async with browse(corpus) as reader:
        await finds_all(reader)
        documents = [document for document in reader.corpus.documents if document.headings]
        assert any(isinstance(document.headings, Made) for document in documents)


@pytest.mark.usefixtures("kept")
async def test_a_file_that_changed_is_read_again(browse: Browse, corpus: Path) -> None:
    async with browse(corpus):
        pass
    path = corpus / "laws" / "供水.md"
    path.write_text(path.read_text(encoding="utf-8").replace("高质量", "高水平"), encoding="utf-8")
    async with browse(corpus) as reader:
        await reader.press("slash")
        await reader.type("高水平")
        await reader.sees("1 in 1 document")


@pytest.mark.usefixtures("kept", "lasting")
async def test_a_damaged_index_is_said_and_built_again(browse: Browse, corpus: Path) -> None:
    async with browse(corpus):
        pass
    (path,) = cache_root().glob("*/g*/s0.post.npy")
    path.write_bytes(path.read_bytes()[:-4])
    async with browse(corpus) as reader:
        await reader.sees("the index is damaged (s0.post.npy has")
        await finds_all(reader)


@pytest.mark.usefixtures("kept", "lasting")
async def test_without_room_for_an_index_all_is_in_memory(
    browse: Browse, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    async with browse(corpus) as reader:
        await reader.sees("no index can be kept (not a directory): all is read into memory")
        await finds_all(reader)


@pytest.mark.usefixtures("kept")
async def test_a_process_that_ends_too_soon_is_no_loss(
    browse: Browse, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = subprocess.Popen
    monkeypatch.setattr(
        "tuibrowser.search.index.process.subprocess.Popen", lambda _, **options: start(["true"], **options)
    )
    async with browse(corpus) as reader:
        assert "no index can be kept (" in reader.status
        await finds_all(reader)
