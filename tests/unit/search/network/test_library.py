"""What a gateway serves: another index is taken up, and tried again where no host answers just then."""

from __future__ import annotations

import gc
import threading
import time
from typing import TYPE_CHECKING

import pytest

from support.building import Building, Hosts
from support.searching import answer
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.network.cluster_file import Address, ClusterFile
from tuibrowser.search.network.library import ClusterLibrary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def building(tmp_path: Path) -> Iterator[Building]:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "甲.txt").write_text("江水漫漫。\n", "utf-8")
    hosts = Hosts(tmp_path / "index", "h1 h2")
    yield Building(tmp_path / "texts", hosts)
    hosts.close()


def cluster_of(building: Building) -> ClusterFile:
    root = building.hosts.root
    hosts = {name: Address("127.0.0.1", 1) for name in building.hosts.names}
    return ClusterFile(root / "c.toml", Address("127.0.0.1", 1), root, root, (building.texts,), None, 2, hosts)


def test_an_index_that_is_missing_is_said_and_how_to_build_it(building: Building) -> None:
    with pytest.raises(CorpusError, match="there is no index yet: run tuibrowser index --cluster"):
        ClusterLibrary(cluster_of(building), building.hosts, "a test")


def test_another_index_is_taken_up_once_a_host_answers(building: Building) -> None:
    building.build()
    library = ClusterLibrary(cluster_of(building), building.hosts, "a test")
    first = library.current
    assert answer(first.searcher, "江水").total == 1
    assert not library.look()
    (building.texts / "乙.txt").write_text("江水悠悠。\n", "utf-8")
    building.build()
    building.hosts.lost.update(building.hosts.names)
    with pytest.raises(CorpusError, match="no host that has the texts answers: h1 does not answer; h2 does not answer"):
        library.look()
    building.hosts.lost.clear()
    assert library.look()
    assert library.current.generation != first.generation
    assert answer(library.current.searcher, "江水").total == 2
    assert not library.look()


def test_a_gateway_that_is_started_after_documents_came_and_went_has_those_of_the_index(building: Building) -> None:
    (building.texts / "丁.txt").write_text("江水湯湯。\n", "utf-8")
    building.build()
    (building.texts / "乙.txt").write_text("江水悠悠。\n", "utf-8")
    (building.texts / "甲.txt").unlink()
    lines: list[str] = []
    library = ClusterLibrary(cluster_of(building), building.hosts, "a test", lines.append)
    assert lines[0] == "documents have come or gone since the index was built: run tuibrowser index --cluster"
    corpus, searcher = library.current.corpus, library.current.searcher
    assert [each.source.name for each in corpus.documents] == ["丁.txt", "甲.txt"]
    assert answer(searcher, "江水").total == 2
    assert answer(searcher, "江水悠悠").total == 0
    assert corpus.text(0).raw == "江水湯湯。\n"
    with pytest.raises(CorpusError, match=r"cannot open 甲\.txt"):
        corpus.text(1)
    building.build()
    assert library.look()
    assert [each.source.name for each in library.current.corpus.documents] == ["丁.txt", "乙.txt"]
    assert answer(library.current.searcher, "江水悠悠").total == 1


def watchers() -> set[threading.Thread]:
    """The threads that look after hosts which are lost."""
    return {thread for thread in threading.enumerate() if thread.name == "hosts"}


def test_hosts_of_an_index_that_nobody_reads_any_more_are_not_looked_after(building: Building) -> None:
    before = watchers()
    building.build()
    building.hosts.lost.add("h1")
    library = ClusterLibrary(cluster_of(building), building.hosts, "a test")
    (watcher,) = watchers() - before
    building.build(patience=1.5)  # on the other host alone
    assert watcher.is_alive()
    assert library.look()
    gc.collect()
    watcher.join(20)
    assert not watcher.is_alive()


def test_the_log_tells_what_is_taken_up_and_which_hosts_are_lost_and_back(building: Building) -> None:
    building.build()
    lines: list[str] = []
    library = ClusterLibrary(cluster_of(building), building.hosts, "a test", lines.append)
    building.hosts.lost.add("h1")
    assert answer(library.current.searcher, "江水").total == 1
    building.hosts.lost.clear()
    end = time.monotonic() + 60
    while any(each.reason for each in library.current.searcher.reach().hosts):
        assert time.monotonic() < end
        time.sleep(0.01)
    generation = library.current.generation
    assert lines[0] == f"generation {generation} taken up: parts 0 on h1, h2"
    assert [line for line in lines if line.startswith("h1")] == ["h1 is lost: does not answer", "h1 is back"]
