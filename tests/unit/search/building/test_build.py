"""The index of a corpus, built on several hosts, is searched as one engine searches the corpus."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

import pytest

from support.building import Building, Hosts
from support.division import HAN, SCOPES, Small, answers, of_corpus, queries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


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
    """The bytes of all files of a host, but for those that say when something was."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_hosts_answer_as_an_engine_over_the_same_files(building: Building) -> None:
    assert building.build()
    assert building.notes == []
    cluster, engine = building.cluster(), building.engine()
    corpus = Small(engine, "高質治發", "".join(each.text(0, len(each)) for each in engine.segments))
    rng = Random(3)
    for query in rng.sample(list(queries(rng, corpus)), 8):
        for scope in rng.sample(SCOPES, 2):
            assert answers(engine, query, scope, 10) == answers(cluster, query, scope, 10), (query, scope)
    assert of_corpus(engine, corpus) == of_corpus(cluster, corpus)


def test_built_twice_it_has_the_same_bytes_and_nothing_to_do(building: Building, tmp_path: Path) -> None:
    assert building.build()
    assert not building.build()
    others = Hosts(tmp_path / "other")
    assert Building(building.texts, others).build()
    for name in building.hosts.names:
        assert files_of(building.hosts.root / name) == files_of(others.root / name)
    assert building.gateway().generation == Building(building.texts, others).gateway().generation
    others.close()


def test_a_host_that_is_missing_at_the_start_is_told_and_others_have_its_part(building: Building) -> None:
    building.hosts.lost = {"h2"}
    assert building.build(patience=0.3)
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
