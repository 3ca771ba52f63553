"""The index of a corpus, built on several hosts, is searched as one engine searches the corpus."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from support.building import Building, Hosts, Kill
from support.division import HAN, SCOPES, Small, answers, of_corpus, of_words, queries
from support.words import Greedy, cut_greedily
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.building.making import make
from tuibrowser.search.index.checks import CHECKED, measured
from tuibrowser.search.index.words.process import _do, task_of
from tuibrowser.search.values import Reach

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tuibrowser.search.building.pieces import Task
    from tuibrowser.search.index.words.keeper import WordPlace

pytestmark = pytest.mark.slow

SHORT = 1.5
"""Seconds without a word after which a host is lost: on a busy machine those that are there need some."""


@pytest.fixture
def building(tmp_path: Path) -> Iterator[Building]:
    """A corpus of two folders and a file of records, and three hosts."""
    texts = tmp_path / "texts"
    rng = Random(7)
    for folder in ("a", "b"):
        (texts / folder).mkdir(parents=True)
        for number in range(9):
            text = f"# 第{number}章{_random(rng, 3)}\n\n{_random(rng, rng.randint(20, 90))}。\n"
            texts.joinpath(folder, f"{number}.md").write_text(text, encoding="utf-8")
    records = [{"title": f"条{number}", "text": _random(rng, 30), "类": str(number % 3)} for number in range(24)]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    texts.joinpath("c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    hosts = Hosts(tmp_path / "index")
    yield Building(texts, hosts)
    hosts.close()


def _random(rng: Random, length: int) -> str:
    return "".join(rng.choices(HAN, k=length))


def files_of(folder: Path) -> dict[str, bytes]:
    """The bytes of all files of a host, but for those that say how others looked when they were checked."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != CHECKED)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_hosts_answer_as_an_engine_over_the_same_files(building: Building) -> None:
    assert building.build()
    assert building.notes == []
    cluster, engine = building.cluster(), building.engine()
    corpus = Small(engine, "高質治發", "".join(each.text(0, len(each)) for each in engine.segments))
    rng = Random(3)
    for query in rng.sample(list(queries(rng, corpus)), 8):
        for scope in rng.sample(SCOPES, 2):
            assert answers(engine, query, scope, 10) == answers(cluster, query, scope, 10), (query, scope)
    own, other = (list(of_corpus(searcher, corpus)) for searcher in (engine, cluster))
    assert [each for each in own if type(each) is not Reach] == [each for each in other if type(each) is not Reach]


def test_built_twice_it_has_the_same_bytes_and_nothing_to_do(
    building: Building, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.search.building.build._MOMENT", 30.0)  # a busy machine answers later
    assert building.build()
    assert not building.build()
    others = Hosts(tmp_path / "other")
    again = Building(building.texts, others)
    assert again.build()
    assert again.notes == building.notes == []
    for name in building.hosts.names:
        assert files_of(building.hosts.root / name) == files_of(others.root / name)
    assert building.gateway().generation == again.gateway().generation
    others.close()


def test_a_host_that_is_missing_at_the_start_is_told_and_others_have_its_part(building: Building) -> None:
    building.hosts.lost = {"h2"}
    assert building.build(patience=SHORT)
    assert building.notes == ["host h2 is not used: it does not answer"]
    gateway = building.gateway()
    assert {name for names in gateway.holders.values() for name in names} == {"h1", "h3"}
    assert all(len(names) == 2 for names in gateway.holders.values())
    assert building.cluster().reach().documents == len(building.corpus().documents)
    building.hosts.lost = set()
    assert building.build()
    assert building.notes == []
    assert {name for names in building.gateway().holders.values() for name in names} == {"h1", "h2", "h3"}


def test_only_pieces_with_files_that_changed_are_made_again(building: Building) -> None:
    building.largest = 700
    building.build()
    before = {piece.name for piece in building.gateway().plan.pieces}
    building.texts.joinpath("a", "3.md").write_text("# 新章\n\n修路的村民。\n", encoding="utf-8")
    building.texts.joinpath("a", "30.md").write_text("# 新章\n\n村民的新路。\n", encoding="utf-8")
    building.hosts.made.clear()
    assert building.build()
    after = {piece.name for piece in building.gateway().plan.pieces}
    assert after - before
    assert len(after & before) >= 3
    assert {task.name for task in building.hosts.made} == after - before
    cluster, engine = building.cluster(), building.engine()
    for query in ("村民", "国", "in:a 章"):
        assert answers(engine, query, SCOPES[0], 20) == answers(cluster, query, SCOPES[0], 20)


def test_a_host_killed_at_work_makes_the_same_bytes(building: Building, tmp_path: Path) -> None:
    kill = Kill(building.hosts, "h2", after=1)
    building.hosts.makes = kill
    assert building.build()
    assert kill.is_done
    assert building.notes == []
    others = Hosts(tmp_path / "other")
    again = Building(building.texts, others)
    assert again.build()
    assert again.notes == building.notes == []
    for name in others.names:
        assert files_of(building.hosts.root / name) == files_of(others.root / name)
    others.close()


def test_what_a_killed_host_had_to_make_is_made_by_others(building: Building) -> None:
    building.hosts.makes = Kill(building.hosts, "h2", after=1, starts_again=False)
    assert building.build(patience=SHORT)
    assert building.notes == ["host h2 is not used: it does not answer"]
    assert {name for names in building.gateway().holders.values() for name in names} == {"h1", "h3"}
    made = len(building.hosts.made)
    building.hosts.lost.clear()
    building.hosts.start("h2")
    assert building.build()
    there = {path.name for path in building.hosts.root.joinpath("h2").glob("c*")}
    assert len(building.hosts.made) - made == len(there) - 1  # the piece that was whole is not made again


def test_an_order_that_was_broken_off_goes_on_where_it_stopped(building: Building) -> None:
    building.hosts.makes = Kill(building.hosts, "h1 h2 h3", after=1, starts_again=False)
    with pytest.raises(CorpusError, match="no host can be used"):
        building.build(patience=SHORT)
    there = list(building.hosts.root.glob("h*/c*"))
    assert there
    building.hosts.lost.clear()
    for name in building.hosts.names:
        building.hosts.start(name)
    building.hosts.made.clear()
    assert building.build()
    pieces = list(building.hosts.root.glob("h*/c*"))
    assert len(building.hosts.made) == len(pieces) - len(there)


def test_a_host_with_another_file_is_told_by_name_and_not_used(building: Building) -> None:
    def makes(host: str, task: Task, folder: Path) -> None:
        if host == "h3":
            rows = map(json.loads, zlib.decompress(task.files).splitlines())
            lines = [json.dumps([*row[:-1], "another tail"]) for row in rows]
            task = replace(task, files=zlib.compress("\n".join(lines).encode("ascii")))
        make(task, folder, lambda *_: None)

    building.hosts.makes = makes
    assert building.build()
    (note,) = building.notes
    assert note.startswith("host h3 is not used: it has another /")
    assert "h3" not in {name for names in building.gateway().holders.values() for name in names}


def test_a_host_that_reads_a_file_otherwise_is_told_by_name_and_not_used(building: Building) -> None:
    def makes(host: str, task: Task, folder: Path) -> None:
        make(task, folder, lambda *_: None)
        if host == "h2":
            piece = folder / task.name
            piece.joinpath("names.json").write_text(piece.joinpath("names.json").read_text() + " ")
            said = json.loads(piece.joinpath("manifest.json").read_bytes())
            said["files"]["names.json"] = measured(piece / "names.json")
            piece.joinpath("manifest.json").write_text(json.dumps(said))

    building.hosts.makes = makes
    assert building.build()
    (note,) = building.notes
    assert re.fullmatch("host h2 is not used: it reads the same files otherwise than h[13]", note)
    assert "h2" not in {name for names in building.gateway().holders.values() for name in names}


def test_a_damaged_piece_is_told_and_made_again(building: Building) -> None:
    building.build()
    before = files_of(building.hosts.root / "h1")
    piece = next(building.hosts.root.glob("h1/c*"))
    file = piece / "s0.codes.npy"
    with file.open("r+b") as damaged:
        damaged.seek(-2, 2)
        damaged.write(b"\1\1")
    building.hosts.start("h1")
    assert building.hosts.sides["h1"].problems
    cluster, engine = building.cluster(), building.engine()
    assert answers(engine, "国", SCOPES[0], 20) == answers(cluster, "国", SCOPES[0], 20)  # h2 or h3 has a copy
    building.hosts.made.clear()
    assert building.build()
    assert [task.name for task in building.hosts.made] == [piece.name]
    assert not building.hosts.sides["h1"].problems
    assert files_of(building.hosts.root / "h1") == before


def test_the_generation_in_use_stays_until_nobody_uses_it(building: Building) -> None:
    building.build()
    old, engine = building.cluster(), building.engine()
    before = answers(engine, "国", SCOPES[0], 20)
    building.texts.joinpath("a", "0.md").write_text("# 国章\n\n国中村民。\n", encoding="utf-8")
    assert building.build()
    assert answers(old, "国", SCOPES[0], 20) == before
    assert answers(building.cluster(), "国", SCOPES[0], 20) != before
    for name in building.hosts.names:
        building.hosts.start(name)
    assert answers(old, "国", SCOPES[1], 20) == answers(engine, "国", SCOPES[1], 20)
    building.texts.joinpath("a", "0.md").write_text("# 国章\n\n国中国村民。\n", encoding="utf-8")
    assert building.build()
    with pytest.raises(CorpusError):
        answers(old, "国", SCOPES[2], 20)
    assert len(list(building.hosts.root.glob("h1/g*.json"))) == 2


def test_words_lie_beside_the_parts_of_an_index_and_stay_as_long_as_their_texts(
    building: Building, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_into: list[Path] = []

    def aside(place: WordPlace, *_: object) -> bool:
        cut_into.append(place.own_folder)
        _do(json.loads(json.dumps(task_of(place))), lambda *_: None)
        return True

    monkeypatch.setattr("tuibrowser.search.index.words.keeper.cut_aside", aside)
    monkeypatch.setattr("tuibrowser.hanzi.cutting.cutter", lambda _: Greedy())
    building.build()
    with cut_greedily():
        engine = building.engine()
        assert of_words(engine) == of_words(building.cluster())
        assert {folder.parent.name for folder in cut_into} == {"h1", "h2", "h3"}
        assert all(folder.is_dir() for folder in cut_into)
        shards = len(building.gateway().holders)
        assert len(cut_into) == shards
        for name in building.hosts.names:
            building.hosts.start(name)
        assert of_words(engine) == of_words(building.cluster())
        assert len(cut_into) == shards
        building.texts.joinpath("0.md").write_text("国中村民。\n" * 9, encoding="utf-8")  # all other numbers move
        assert building.build()
        assert of_words(building.engine()) == of_words(building.cluster())
        assert shards < len(cut_into) < 2 * shards
