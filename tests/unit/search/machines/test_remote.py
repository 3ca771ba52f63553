"""A searcher behind a socket answers as the one in front of it, to every method of its protocols."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.searching import Texts, engine_of
from support.serving import Running, served, serving, shown_of
from support.values import values_of
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.model import Layer, Metadata
from tuibrowser.search.answering.listing import Listing
from tuibrowser.search.machines.frames import Frame, Kind, packed, read_frame
from tuibrowser.search.machines.line import LostError, UnansweredError, Wire
from tuibrowser.search.machines.methods import PROTOCOLS, methods_of
from tuibrowser.search.machines.places import socket_name
from tuibrowser.search.machines.served import ServedCorpus
from tuibrowser.search.machines.server import Server
from tuibrowser.search.model import Scope, SearchResult
from tuibrowser.search.reuse.model import ReuseOrder
from tuibrowser.search.searcher import CutTexts, Matches, Occurrences, Reuse, Searcher, Units
from tuibrowser.search.values import Beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.search.engine import Engine
    from tuibrowser.search.machines.library import Shown

TEXTS: Texts = {
    "甲/一.txt": (
        "高质量发展是首要任务。\n推动高质量发展,高質量党建引领。",
        Metadata(author="李", delivered="2022-10-28"),
    ),
    "甲/二.txt": ("江水漫漫\n高质 量的江水发展", Metadata(published="2021-03"), ("江水漫漫",)),
    "乙.txt": ("江水漫漫\n人们说高质量发展是首要任务。", Metadata()),
}
READ = frozenset({Layer.TEXT, Layer.NOTE})
WHOLE = Scope()

SEARCHER: dict[str, Callable[[Any], Any]] = {
    "search": lambda each: [replace(found, elapsed_ms=0) for found in each.search("gaozhiliang", WHOLE, 9)],
    "occurrences": lambda each: list(each.occurrences("高质量")),
    "listing": lambda each: each.listing("高质量", Scope(folder="甲/")),
    "matches": lambda each: list(each.matches("高质量", WHOLE, lambda: False)),
    "parallels": lambda each: replace(each.parallels("高质量发展是首要任务", limit=3), elapsed_ms=0),
    "reuse": lambda each: each.reuse(0, minimum=6).rows(0, 9),
    "reuse_among": lambda each: each.reuse_among(WHOLE, 6).rows(0, 9),
    "excerpts": lambda each: each.excerpts([*each.search("江水", WHOLE)][-1].hits),
    "around": lambda each: each.around(1, (5, 7)),
    "places": lambda each: each.places([(1, 5, 7), (0, 0, 3)]),
    "holds": lambda each: (each.holds(0, "no"), each.holds(7, "no")),
    "spans_in": lambda each: each.spans_in("高质量", 0),
    "known_spans_in": lambda each: ([*each.search("首要", WHOLE)], each.known_spans_in("首要", 0))[1],
    "line_of": lambda each: (each.line_of(0, 15), each.line_of(9, 0)),
    "documents": lambda each: list(each.documents(0, 3)),
    "titles": lambda each: each.titles("江水"),
    "text": lambda each: raised(lambda: each.text(0)),
    "reach": lambda each: each.reach(),
    "chosen": lambda each: each.chosen("by:李 高 题:无", WHOLE),
    "significant": lambda each: each.significant(READ),
    "repeated": lambda each: each.repeated([0, 1, 2], READ),
    "units": lambda each: each.units([0, 1], 1, READ).total(),
    "matches_of_unit": lambda each: list(each.matches_of_unit("江", [0, 1, 2], READ)),
    "cut_texts": lambda each: each.cut_texts.units([0, 1], READ).total(),
    "digests": lambda each: each.digests(),
}
OCCURRENCES: dict[str, Callable[[Any], Any]] = {
    "__len__": len,
    "__getitem__": lambda each: (each[0], each[-1]),
    "__getitem__:1": lambda each: (each[1:3], each[::2], list(each)),
    "after": lambda each: (each.after(0, 5), each.after(9, 0)),
    "before": lambda each: each.before(2, 0),
    "in_document": lambda each: each.in_document(0),
}
MATCHES: dict[str, Callable[[Any], Any]] = {
    "at_least": lambda each: each.at_least,
    "bounds": lambda each: each.bounds,
    "notes": lambda each: each.notes,
    "__len__": len,
    "__getitem__": lambda each: (each[0], each[-1], raised(lambda: each[99])),
    "__getitem__:1": lambda each: (each[1:3], list(each)),
    "totals": lambda each: each.totals(),
    "by_document": lambda each: each.by_document(),
    "strips": lambda each: each.strips(4),
    "contexts": lambda each: each.contexts(0, 3, 4),
    "ordered": lambda each: each.ordered(Beside.RIGHT),
    "neighbours": lambda each: each.neighbours(2, 2),
    "near": lambda each: each.near(["发", "江"], 2, 2),
    "clusters": lambda each: each.clusters(2, Beside.RIGHT),
    "clustered": lambda each: list(each.clustered("高质量发展", 2, Beside.RIGHT)),
    "beside": lambda each: list(each.beside("发", 1, 2)),
    "word_neighbours": lambda each: each.word_neighbours(2, 2),
    "words_near": lambda each: each.words_near(["发展"], 2, 2),
    "beside_word": lambda each: list(each.beside_word("发展", 0, 2)),
    "whole_words": lambda each: list(each.whole_words()),
    "of_documents": lambda each: list(each.of_documents({0, 2})),
    "of_indices": lambda each: (list(each.of_indices([2, 0])), raised(lambda: each.of_indices([99]))),
}
UNITS: dict[str, Callable[[Any], Any]] = {
    "total": lambda each: each.total(),
    "types": lambda each: each.types(),
    "frequencies": lambda each: each.frequencies(["江", "无"]),
    "commonest": lambda each: each.commonest(2),
    "described": lambda each: each.described(["质", "江"]),
}
CUT_TEXTS: dict[str, Callable[[Any], Any]] = {
    "prepare": lambda each: each.prepare(lambda *_: None, lambda: False),
    "cutting": lambda each: each.cutting(),
    "coverage": lambda each: each.coverage([0, 1]),
    "similar": lambda each: each.similar("发展", 3, lambda *_: None, lambda: False),
    "units": lambda each: each.units([0, 1], READ, 2).commonest(1),
    "matches_of_unit": lambda each: list(each.matches_of_unit("发展", [0, 1, 2], READ)),
}
REUSE: dict[str, Callable[[Any], Any]] = {
    "at_least": lambda each: each.at_least,
    "bounds": lambda each: each.bounds,
    "elapsed_ms": lambda each: each.elapsed_ms > 0,
    "__len__": len,
    "total": lambda each: each.total(),
    "rows": lambda each: each.rows(0, 1, ReuseOrder.LENGTH),
}
TABLES: dict[type, dict[str, Callable[[Any], Any]]] = {
    Searcher: SEARCHER,
    Occurrences: OCCURRENCES,
    Matches: MATCHES,
    Units: UNITS,
    CutTexts: CUT_TEXTS,
    Reuse: REUSE,
}
HANDLES: dict[type, Callable[[Any], Any]] = {
    Searcher: lambda each: each,
    Occurrences: lambda each: each.occurrences("高质量"),
    Matches: lambda each: each.matches("高质量"),
    Units: lambda each: each.units([0, 1, 2], 1, READ),
    CutTexts: lambda each: each.cut_texts,
    Reuse: lambda each: each.reuse(0, minimum=6),
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_of(TEXTS)


@pytest.fixture(scope="module")
def running(engine: Engine) -> Iterator[Running]:
    with serving(engine._corpus, engine) as running:
        yield running


@pytest.fixture
def reader(running: Running) -> Iterator[ServedCorpus]:
    corpus = ServedCorpus(running.path)
    yield corpus
    corpus.line.close()


def comparable(value: Any) -> Any:
    """A value without what kind of sequence each part of it is."""
    if isinstance(value, Listing):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), [comparable(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    return [comparable(each) for each in value] if isinstance(value, Sequence) and not isinstance(value, str) else value


def raised(ask: Callable[[], object]) -> tuple[type, str]:
    """What is raised."""
    with pytest.raises((CorpusError, IndexError)) as found:
        ask()
    return found.type, str(found.value)


def test_every_method_of_the_protocols_is_compared() -> None:
    for protocol, table in TABLES.items():
        assert set(methods_of(protocol)) == set(table)
    assert set(PROTOCOLS.values()) - set(TABLES) == {PROTOCOLS["Shelf"]}


@pytest.mark.parametrize(
    ("protocol", "name"), [(each, name) for each, table in TABLES.items() for name in table], ids=lambda each: str(each)
)
def test_what_comes_over_the_socket_is_what_the_engine_says(
    engine: Engine, reader: ServedCorpus, protocol: type, name: str
) -> None:
    ask, handle = TABLES[protocol][name], HANDLES[protocol]
    expected = comparable(ask(handle(engine)))
    assert comparable(ask(handle(reader.searcher))) == expected
    assert expected not in ([], None) or name in ("bounds", "notes", "known_spans_in")


# Handles


def held_by(running: Running) -> int:
    return sum(len(each.held.numbers()) for each in running.server.clerks())


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)


def renew(running: Running, shown: Shown) -> None:
    running.current = lambda: shown


def test_a_handle_is_released_when_nobody_has_it(running: Running, reader: ServedCorpus) -> None:
    matches = reader.searcher.matches("高质量")
    others = [reader.searcher.occurrences("高质量") for _ in range(3)]
    assert held_by(running) == 4
    del others
    gc.collect()
    assert len(matches)
    eventually(lambda: held_by(running) == 1)


def test_a_handle_that_was_let_go_is_made_again(
    reader: ServedCorpus, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.clerk.MOST_HELD", 2)
    with serving(engine._corpus, engine) as running:
        corpus = ServedCorpus(running.path)
        first = corpus.searcher.matches("高质量").of_documents([0, 2]).of_documents([0])
        listing = corpus.searcher.listing("高质量")
        _others = [corpus.searcher.occurrences(query) for query in ("江", "水", "发", "展")]
        assert held_by(running) == 2
        assert list(first) == list(engine.matches("高质量").of_documents([0]))
        assert list(listing) == list(engine.listing("高质量"))


def test_a_server_that_is_started_again_is_gone_on_with(running: Running, engine: Engine) -> None:
    corpus, told = ServedCorpus(running.path), threading.Event()
    corpus.line.again = told.set
    matches, occurrences = corpus.searcher.matches("高质量"), corpus.searcher.occurrences("江水")
    running.stop()
    threading.Timer(0.2, running.start).start()
    assert matches.totals() == engine.matches("高质量").totals()
    assert told.is_set()
    assert list(occurrences) == list(engine.occurrences("江水"))
    assert corpus.documents[0].title == engine.documents(0, 1)[0].title


def test_a_server_that_stays_away_is_told_of(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.line.PATIENCE", 0)
    with serving(engine._corpus, engine) as running:
        corpus = ServedCorpus(running.path)
    with pytest.raises(CorpusError, match="does not answer"):
        corpus.searcher.reach()


def test_the_event_loop_does_not_wait_for_a_server_that_takes_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.line._AT_ONCE", 0.02)
    monkeypatch.setattr("tuibrowser.search.machines.line.GREETING", 0.2)
    with TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as hanging:
        path = Path(folder) / "s"
        hanging.bind(str(path))
        hanging.listen()
        wire = Wire(path, lambda _: None)

        def ask(words: str) -> None:
            list(wire.answers("Searcher.titles", words, None))

        async def ask_on_event_loop() -> None:
            ask("江")

        lost: list[bool] = []

        def ask_much() -> None:
            try:
                ask("江" * 1_000_000)
            except LostError:
                lost.append(True)

        thread = threading.Thread(target=ask_much)
        thread.start()
        eventually(wire._sending.locked)
        with pytest.raises(UnansweredError):
            asyncio.run(ask_on_event_loop())
        assert not lost
        thread.join()
        assert lost
        eventually(lambda: wire.is_lost)


def test_a_server_that_is_started_again_after_a_change_is_gone_on_with(running: Running, engine: Engine) -> None:
    reader = ServedCorpus(running.path)
    reader.line.is_outdated = True
    running.stop()
    running.start()
    assert reader.searcher.reach() == engine.reach()
    assert not reader.line.is_outdated
    reader.line.close()


def test_handles_of_texts_that_were_changed_meanwhile_say_so(engine: Engine) -> None:
    with serving(engine._corpus, engine) as running:
        corpus = ServedCorpus(running.path)
        matches = corpus.searcher.matches("高质量")
        running.stop()
        renew(running, replace(running.current(), generation="another"))
        running.start()
        with pytest.raises(CorpusError, match="changed meanwhile"):
            matches.totals()
        assert len(list(corpus.searcher.matches("高质量"))) == len(engine.matches("高质量"))
        assert corpus.line.generation == "another"


def test_a_newer_generation_is_told_and_taken_up(engine: Engine) -> None:
    with serving(engine._corpus, engine) as running:
        corpus, told = ServedCorpus(running.path), threading.Event()
        corpus.line.changed = lambda is_same: told.set() if is_same else None
        matches, version = corpus.searcher.matches("高质量"), corpus.documents.version
        renew(running, replace(running.current(), generation="newer"))
        running.server.tell_changed()
        assert told.wait(60)
        assert len(matches) == len(engine.matches("高质量"))  # What was found is still held.
        assert corpus.searcher.reach() == engine.reach()
        assert corpus.line.generation == "newer"
        assert corpus.documents.version > version


def test_other_documents_are_never_taken_for_those_that_were_there(engine: Engine) -> None:
    other = engine_of({"别.txt": "别的", **TEXTS})
    with serving(engine._corpus, engine) as running:
        corpus, told = ServedCorpus(running.path), threading.Event()
        corpus.line.changed = lambda is_same: None if is_same else told.set()
        renew(running, shown_of(other._corpus, other))
        running.server.tell_changed()
        assert told.wait(60)
        assert corpus.searcher.reach() == engine.reach()  # as before, as long as the server runs
        assert ServedCorpus(running.path).searcher.reach() == other.reach()
        running.stop()
        running.start()
        for _ in range(2):
            with pytest.raises(CorpusError, match="added or removed"):
                corpus.searcher.line_of(0, 0)


# Cancelling


class Slow:
    """A searcher whose searches end when they are cancelled alone."""

    def __init__(self) -> None:
        self.began = threading.Semaphore(0)
        self.ended = threading.Semaphore(0)

    def search(self, query: str, scope: Scope, limit: int, cancelled: Callable[[], bool]) -> Iterator[SearchResult]:
        yield SearchResult(query)
        self.began.release()
        while not cancelled():
            time.sleep(0.002)
        self.ended.release()


@pytest.fixture
def slow(engine: Engine) -> Iterator[tuple[Slow, ServedCorpus]]:
    searcher = Slow()
    with served(engine._corpus, cast("Searcher", searcher)) as corpus:
        yield searcher, corpus


def test_a_search_that_is_cancelled_ends_on_the_server(slow: tuple[Slow, ServedCorpus]) -> None:
    searcher, corpus = slow
    wanted = threading.Event()
    found = corpus.searcher.search("江", WHOLE, 9, wanted.is_set)
    assert next(found).query == "江"
    wanted.set()
    assert list(found) == []
    assert searcher.ended.acquire(timeout=60)


def test_a_search_that_is_left_or_whose_reader_leaves_ends_on_the_server(slow: tuple[Slow, ServedCorpus]) -> None:
    searcher, corpus = slow
    for leave in (lambda found: found.close(), lambda _: corpus.line.close()):
        found = corpus.searcher.search("江", WHOLE, 9, lambda: False)
        next(found)
        leave(found)
        assert searcher.ended.acquire(timeout=60)


def test_the_newest_query_of_a_connection_wins(slow: tuple[Slow, ServedCorpus]) -> None:
    searcher, corpus = slow
    first = corpus.searcher.search("江", WHOLE, 9, lambda: False)
    next(first)
    assert searcher.began.acquire(timeout=60)
    second = corpus.searcher.search("水", WHOLE, 9, lambda: False)
    assert next(second).query == "水"
    with pytest.raises(CorpusError, match="newer search"):
        next(first)


# Rubbish


def sent(running: Running, data: bytes) -> bytes:
    """What the server sends until it ends the connection, to bytes after which nothing comes."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(60)
        asking.connect(str(running.path))
        with suppress(BrokenPipeError, ConnectionResetError):
            asking.sendall(data)
            asking.shutdown(socket.SHUT_WR)
        came = b""
        with suppress(ConnectionResetError):
            while more := asking.recv(1 << 16):
                came += more
        return came


def hello() -> bytes:
    return packed(Frame("", 1, "hello", None))


FEW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(data=st.binary(max_size=80))
def test_random_bytes_end_their_connection_alone(running: Running, reader: ServedCorpus, data: bytes) -> None:
    sent(running, data)
    sent(running, hello() + data)
    assert reader.searcher.reach().total == 3


@FEW
@given(data=st.data())
def test_random_frames_end_their_connection_or_are_answered(
    running: Running, reader: ServedCorpus, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from(sorted(PROTOCOLS)))
    name, asked = data.draw(st.sampled_from(sorted(methods_of(PROTOCOLS[kind]).items())))
    values = values_of(str) | values_of(int) | st.none() | st.lists(values_of(int), max_size=3)
    given_ = data.draw(st.dictionaries(st.sampled_from(sorted(asked.parameters) or ["no"]), values, max_size=4))
    handle = data.draw(st.integers(-1, 3) | values)
    generation = data.draw(st.sampled_from([reader.line.generation, "other"]))
    frame = packed(Frame(generation, data.draw(st.integers(-1, 9)), f"{kind}.{name}", [handle, given_]))
    came = sent(running, hello() + frame)
    first = read_frame(BytesIO(came).read, 1 << 20)
    assert first is not None
    assert first.name == Kind.VALUE
    assert reader.searcher.reach().total == 3


def test_what_was_wrong_with_a_reader_stands_in_the_log(running: Running) -> None:
    sent(running, packed(Frame("", 1, "Searcher.__init__", [0, {}])))
    eventually(lambda: any("no method: Searcher.__init__" in line for line in running.log))


def test_an_error_that_nobody_expected_is_told_and_logged(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with serving(engine._corpus, engine) as running:
        corpus = ServedCorpus(running.path)
        monkeypatch.setattr(engine, "digests", broken)
        with pytest.raises(CorpusError, match="the server failed: ZeroDivisionError"):
            corpus.searcher.digests()
        assert any("Searcher.digests failed" in line for line in running.log)
        assert corpus.searcher.reach() == engine.reach()


def test_an_answer_that_is_too_large_is_told_and_logged(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(engine._corpus, engine) as running:
        corpus = ServedCorpus(running.path)
        monkeypatch.setattr("tuibrowser.search.machines.frames.MOST_ANSWERED", 1000)
        monkeypatch.setattr(engine, "digests", lambda: ["江" * 1000])
        with pytest.raises(CorpusError, match="an answer of 3,"):
            corpus.searcher.digests()
        assert any("Searcher.digests failed" in line for line in running.log)
        assert corpus.searcher.reach() == engine.reach()


# The socket


def test_a_stale_socket_is_replaced_and_a_second_server_refused(engine: Engine) -> None:
    with serving(engine._corpus, engine) as running:
        assert running.path.stat().st_mode & 0o777 == 0o660
        with pytest.raises(CorpusError, match="another server"):
            Running(running.path, running.current)
        running.stop()
        with socket.socket(socket.AF_UNIX) as stale:
            stale.bind(str(running.path))
        running.start()
        assert ServedCorpus(running.path).searcher.reach().total == 3


def test_a_file_that_is_no_socket_stays(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("kept")
    with pytest.raises(CorpusError, match=r"no socket at .*: file exists"):
        Running(path, lambda: shown_of(engine._corpus, engine))
    assert path.read_text() == "kept"


def test_readers_are_taken_again_after_the_system_refused_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.server._PAUSE", 0.01)
    with serving(engine._corpus, engine) as running:
        running.stop()
        running.server = Server(running.path, running.current, running.log.append, cores=1)
        running.server.open()
        listening = running.server._listening
        running.server._listening = cast("Any", Refusing(listening))
        running._thread = threading.Thread(target=running.server.run, daemon=True)
        running._thread.start()
        assert ServedCorpus(running.path).searcher.reach().total == 3
    assert any("no reader can be taken" in line for line in running.log)


class Refusing:
    """A listening socket at which the first reader cannot be taken."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._refused = iter([OSError(errno.EMFILE, "Too many open files")])

    def accept(self) -> Any:
        for error in self._refused:
            raise error
        return self._listening.accept()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._listening, name)


def test_a_socket_of_another_user_is_not_trusted(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = running.path.stat().st_uid
    monkeypatch.setattr("os.getuid", lambda: owner + 1)
    monkeypatch.setattr("tuibrowser.search.machines.places._ROOT", owner + 2)
    with pytest.raises(ConnectionRefusedError):
        ServedCorpus(running.path)
    assert ServedCorpus(running.path, frozenset({owner})).about.server == "a test"


def test_the_name_of_a_socket_is_that_of_the_paths_and_the_encoding() -> None:
    names = {
        socket_name(["/a"], None),
        socket_name(["/a/../a"], None),
        socket_name(["/a"], "big5"),
        socket_name(["/b"], None),
    }
    assert len(names) == 3
