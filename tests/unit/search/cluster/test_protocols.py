"""Several hosts, and the socket of their gateway, answer every method of a searcher as one engine does."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from support.hosts import cluster_of, hosts_of
from support.protocols import ASKED, HANDLES, TABLES, TEXTS, comparable
from support.searching import Texts, engine_of
from support.serving import served
from support.words import cut_greedily
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.search.cluster.cluster import Cluster
    from tuibrowser.search.engine import Engine
    from tuibrowser.search.machines.served import ServedCorpus
    from tuibrowser.search.searcher import Searcher

PIECES = (
    *("高质量发展是首要任务", "高質量發展", "高质 量的", "人们说", "江水漫漫", "江水", "首要", "渡船每日卯時開", "发"),
    *("，", "。", "\n", "\n", ""),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(TEXTS)


@pytest.fixture(scope="module")
def cluster(engine: Engine) -> Cluster:
    return cluster_of(engine, hosts_of(engine, Random(2), 3))


@pytest.fixture(scope="module")
def reader(engine: Engine, cluster: Cluster) -> Iterator[ServedCorpus]:
    """What a reader has of a gateway."""
    with served(engine._corpus, cluster) as corpus:
        yield corpus


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Texts cut into words in a moment, of which rare ones are compared too."""
    monkeypatch.setattr("support.words.KNOWN", ("发展", "發展", "江水", "高质", "首要", "渡船"))
    for name, value in (("contexts._LEAST", 2), ("contexts._COMMON", 5), ("table.LEAST", 3), ("model.LEAST", 3)):
        monkeypatch.setattr(f"tuibrowser.search.likeness.{name}", value)
    with cut_greedily():
        yield


def outcome(ask: Callable[[Any], Any], protocol: type, searcher: Searcher) -> Any:
    """What comes of a question."""
    try:
        return comparable(ask(HANDLES[protocol](searcher)))
    except (CorpusError, LookupError, ValueError) as error:
        return type(error), str(error)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(("protocol", "name"), ASKED, ids=str)
def test_hosts_and_a_reader_of_their_gateway_have_what_the_engine_says(
    engine: Engine, cluster: Cluster, reader: ServedCorpus, protocol: type, name: str
) -> None:
    ask, handle = TABLES[protocol][name], HANDLES[protocol]
    expected = comparable(ask(handle(engine)))
    assert comparable(ask(handle(cluster))) == expected
    assert comparable(ask(handle(reader.searcher))) == expected


def random_engine(rng: Random) -> Engine:
    texts: Texts = {}
    for number in range(rng.randint(3, 6)):
        text = "".join(rng.choices(PIECES, k=rng.randint(2, 14)))
        about = Metadata(author=rng.choice((None, "李")), delivered=rng.choice((None, "2022-10", "2021")))
        texts[f"{rng.choice('甲乙')}/{number}.txt"] = f"{text}高质量。", about, (text[:2],) if text.strip() else ()
    return engine_of(texts)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(5, 30))])
def test_any_partition_of_any_texts_answers_every_method_as_one_engine(seed: int) -> None:
    rng = Random(seed)
    engine = random_engine(rng)
    cluster = cluster_of(engine, hosts_of(engine, rng, 1 + seed % 5))
    for protocol, name in ASKED:
        ask = TABLES[protocol][name]
        assert outcome(ask, protocol, cluster) == outcome(ask, protocol, engine), f"{protocol.__name__}.{name}"
