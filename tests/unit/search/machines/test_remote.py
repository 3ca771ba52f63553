"""A searcher behind a socket answers as the one in front of it, to every method of its protocols."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
import threading
import time
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.protocols import ASKED, HANDLES, TABLES, TEXTS, WHOLE, comparable
from support.searching import engine_of
from support.serving import Running, served, serving, shown_of
from support.values import values_of
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.search.machines.frames import Frame, Kind, packed, read_frame
from tuibrowser.search.machines.line import LostError, UnansweredError, Wire
from tuibrowser.search.machines.methods import PROTOCOLS, methods_of
from tuibrowser.search.machines.places import socket_name
from tuibrowser.search.machines.served import ServedCorpus
from tuibrowser.search.machines.server import Server
from tuibrowser.search.model import SearchResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tuibrowser.search.engine import Engine
    from tuibrowser.search.machines.library import Shown
    from tuibrowser.search.model import Scope
    from tuibrowser.search.searcher import Searcher


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


def test_every_method_of_the_protocols_is_compared() -> None:
    for protocol, table in TABLES.items():
        assert set(methods_of(protocol)) == set(table)
    assert set(PROTOCOLS.values()) - set(TABLES) == {PROTOCOLS["Shelf"]}


@pytest.mark.parametrize(("protocol", "name"), ASKED, ids=str)
def test_what_comes_over_the_socket_is_what_the_engine_says(
    engine: Engine, reader: ServedCorpus, protocol: type, name: str
) -> None:
    ask, handle = TABLES[protocol][name], HANDLES[protocol]
    expected = comparable(ask(handle(engine)))
    assert comparable(ask(handle(reader.searcher))) == expected
    assert expected not in ([], None) or name in ("bounds", "missing", "notes", "known_spans_in")


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
        with pytest.raises(CorpusError, match="bytes are more than can be sent at once, which are 1,000"):
            corpus.searcher.digests()
        assert any("Searcher.digests failed" in line for line in running.log)
        assert corpus.searcher.reach() == engine.reach()


def test_a_request_that_is_too_large_is_refused_and_the_connection_stays(
    reader: ServedCorpus, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = reader.line.wire()
    monkeypatch.setattr("tuibrowser.search.machines.line.MOST_ASKED", 2000)
    with pytest.raises(CorpusError, match="bytes are more than can be sent at once, which are 2,000"):
        reader.searcher.parallels("江" * 1000)
    assert reader.searcher.reach() == engine.reach()
    assert reader.line.wire() is wire


def test_all_names_that_hold_what_was_typed_are_found(
    running: Running, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tuibrowser.search.machines.served._HELD", 2)
    corpus = ServedCorpus(running.path)
    for wanted in ("", "甲", ".txt", "二", "no"):
        assert list(corpus.sources.holding(wanted)) == list(engine._corpus.sources.holding(wanted))
    corpus.line.close()


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
