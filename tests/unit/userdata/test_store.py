from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tuibrowser.analysis.judging.model import Judgement
from tuibrowser.userdata import database
from tuibrowser.userdata.database import Lost
from tuibrowser.userdata.model import Bookmark, ReadingPlace, RecentCorpus, Spot
from tuibrowser.userdata.schema import VERSIONS
from tuibrowser.userdata.store import UserData, default_path

SPOT = Spot("/texts/講話.txt", "00ff", 120)
JUDGEMENT = Judgement(
    "水涨", "/texts/河.txt", "00ff", 3, 5, 7, "船夫说", "水涨", "了", "!", "2026-11-29T10:00:00+00:00"
)
LONE = "半\ud800個"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "tuibrowser" / "state.db"


def mark(data: UserData, note: str = "") -> Bookmark:
    return data.mark(SPOT, 150, "機關黨建", title="講話", section="三、", note=note, size=6179)


class Told(list[str]):
    """What the reader was told."""

    def __call__(self, sentence: str) -> None:
        self.append(sentence)


def opened_again(path: Path) -> UserData:
    told = Told()
    data = UserData(path, told)
    assert told == []
    return data


# What is kept


def test_bookmarks_are_kept_changed_deleted_and_put_back(path: Path) -> None:
    data = UserData(path)
    first, second = mark(data, "一"), mark(data, "二")
    data.annotate(second.id, "三")
    assert [(each.id, each.note) for each in opened_again(path).bookmarks()] == [(first.id, "一"), (second.id, "三")]
    data.delete(first.id)
    data.delete(first.id)
    assert [each.id for each in data.bookmarks()] == [second.id]
    data.put(first)
    assert opened_again(path).bookmarks()[0] == first


def test_what_utf8_cannot_carry_is_kept(path: Path) -> None:
    data = UserData(path)
    spot = Spot(f"/texts/{LONE}\0.txt", "00", 1)
    kept = data.mark(spot, 2, LONE, title=LONE, note="\0\x1b")
    data.save_place(ReadingPlace(spot, "hans", False, LONE))
    data.add_query(LONE)
    data.add_corpus(RecentCorpus((spot.path,), None, spot.path))
    again = opened_again(path)
    assert again.bookmarks() == [kept]
    assert again.place(spot.path, "") == ReadingPlace(spot, "hans", False, LONE)
    assert again.queries() == [LONE]
    assert again.corpora() == [RecentCorpus((spot.path,), None, spot.path)]


def test_a_place_is_known_by_its_path_and_else_by_its_content(path: Path) -> None:
    data = UserData(path)
    place = ReadingPlace(SPOT, "hant", True, "機關黨建")
    data.save_place(replace(place, spot=replace(SPOT, offset=1)))
    data.save_place(place)
    assert data.place(SPOT.path, "other") == place
    assert data.place("/texts/新名.txt", SPOT.content) == place
    assert data.place("/texts/新名.txt", "other") is None


def test_the_last_corpus_comes_first_with_the_document_read_last(path: Path) -> None:
    data = UserData(path)
    one, two = RecentCorpus(("/texts", "/laws")), RecentCorpus(("/texts",), "big5")
    data.add_corpus(one)
    data.add_corpus(two)
    data.save_place(ReadingPlace(SPOT, "original", True), one)
    data.add_corpus(one)
    assert data.corpora() == [replace(one, document=SPOT.path), two]


def test_what_was_told_of_a_corpus_is_news_again_in_another_state(path: Path) -> None:
    data = UserData(path)
    one, other = RecentCorpus(("/texts", LONE)), RecentCorpus(("/texts", LONE), "big5")
    assert data.tell(one, "a")
    assert not data.tell(one, "a")
    assert data.tell(other, "a")
    again = opened_again(path)
    assert not again.tell(one, "a")
    assert again.tell(one, "b")
    assert again.tell(one, "a")


def test_a_database_of_an_earlier_version_is_brought_up_to_date(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSIONS[0])
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO queries VALUES ('高質量', 1.0)")
        connection.commit()
    data = UserData(path)
    assert data.tell(RecentCorpus(("/texts",)), "a")
    assert (data.queries(), data.is_kept) == (["高質量"], True)


def test_a_database_without_judgements_gets_a_place_for_them(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        for script in VERSIONS[:2]:
            connection.executescript(script)
        connection.execute("PRAGMA user_version = 2")
        connection.execute("INSERT INTO told VALUES ('a', 'b', 1.0)")
        connection.commit()
    data = UserData(path)
    data.judge([JUDGEMENT])
    assert data.judgements("水涨") == [JUDGEMENT]
    assert data.is_kept


def test_judgements_of_lines_are_kept_with_their_query(path: Path) -> None:
    data = UserData(path)
    other, lone = replace(JUDGEMENT, start=9, end=11), replace(JUDGEMENT, path=LONE, left=LONE)
    data.judge([JUDGEMENT, other, lone, replace(JUDGEMENT, query="船")])
    assert opened_again(path).judgements("水涨") == [JUDGEMENT, other, lone]
    changed = replace(JUDGEMENT, code="b", start=7)
    data.judge([changed], [JUDGEMENT])
    data.judge([], [other, lone])
    assert opened_again(path).judgements("水涨") == [changed]
    assert [each.query for each in data.judgements("船")] == ["船"]


def test_searches_and_jumps_in_order(path: Path) -> None:
    data = UserData(path)
    for query in ("高質量", "gzl", " ", "高質量"):
        data.add_query(query)
    assert data.queries() == ["高質量", "gzl"]
    for offset in range(5):
        data.add_jump(replace(SPOT, offset=offset))
    assert [spot.offset for spot in data.jumps(3)] == [2, 3, 4]


def test_no_list_grows_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_MOST_PLACES", "_MOST_JUMPS", "_MOST_QUERIES", "_MOST_CORPORA"):
        monkeypatch.setattr(f"tuibrowser.userdata.store.{name}", 3)
    data = UserData(path)
    for number in range(8):
        spot = replace(SPOT, path=str(number), offset=number)
        data.save_place(ReadingPlace(spot, "original", True))
        data.add_jump(spot)
        data.add_query(str(number))
        data.add_corpus(RecentCorpus((str(number),)))
    assert [data.place(str(number), "") is not None for number in range(8)] == [False] * 5 + [True] * 3
    assert [spot.offset for spot in data.jumps()] == [5, 6, 7]
    assert data.queries() == ["7", "6", "5"]
    assert [corpus.paths for corpus in data.corpora()] == [("7",), ("6",), ("5",)]


def test_bookmarks_of_two_machines_are_put_together_and_the_later_change_stays(path: Path) -> None:
    data = UserData(path)
    mine, shared = mark(data, "我的"), mark(data, "舊")
    newer, older = replace(shared, note="新", changed="9999"), replace(mine, note="更舊", changed="0")
    other = replace(mine, id="other", note="別人的")
    assert data.take_over([newer, older, other, shared]) == (1, 0)
    assert data.take_over([newer, older, other]) == (0, 1)
    assert {each.note for each in data.bookmarks()} == {"我的", "新", "別人的"}
    assert data.take_over([newer, older, other]) == (0, 0)


# Who may read it


def test_only_the_reader_may_read_it(path: Path) -> None:
    old = os.umask(0)
    try:
        data = UserData(path)
        mark(data)
    finally:
        os.umask(old)
    files = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert set(files) == {"state.db", "state.db-wal", "state.db-shm", "state.lock"}
    assert set(files.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_in_the_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert default_path() == tmp_path / "tuibrowser" / "state.db"


# What may go wrong


def test_without_a_path_all_is_in_memory_and_nobody_is_told() -> None:
    told = Told()
    data = UserData(None, told)
    kept = mark(data)
    assert data.bookmarks() == [kept]
    assert (told, data.is_kept) == ([], False)


@pytest.mark.parametrize("size", [100, 4_096, 50_000])
def test_a_damaged_file_is_kept_aside_and_the_reader_told(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True)
    rubbish = random.Random(size).randbytes(size)
    path.write_bytes(rubbish)
    told = Told()
    data = UserData(path, told)
    kept = mark(data)
    assert len(told) == 1
    assert "damaged" in told[0]
    (aside,) = path.parent.glob("state.damaged-*.db")
    assert aside.read_bytes() == rubbish
    assert opened_again(path).bookmarks() == [kept]


def test_what_can_be_read_of_a_damaged_file_is_saved(path: Path) -> None:
    data = UserData(path)
    kept = [mark(data, f"{number} " + "註" * 500) for number in range(200)]
    data.add_query("高質量")
    data.close()
    content = bytearray(path.read_bytes())
    page = len(content) // 4096 // 2
    content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    told = Told()
    again = UserData(path, told)
    saved = again.bookmarks()
    assert len(told) == 1
    assert 0 < len(saved) <= 200
    assert all(each in kept for each in saved)


def test_damage_while_the_program_runs(path: Path) -> None:
    told = Told()
    data = UserData(path, told)
    mark(data)
    connection = data._database._connection
    assert connection is not None
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA shrink_memory")
    path.write_bytes(b"\xff" * path.stat().st_size)
    kept = mark(data, "之後")
    assert len(told) == 1
    assert "damaged" in told[0]
    assert data.bookmarks() == opened_again(path).bookmarks() == [kept]


def test_a_file_deleted_under_a_running_program_is_written_again(path: Path) -> None:
    data = UserData(path)
    before = mark(data)
    for file in path.parent.iterdir():
        file.unlink()
    after = mark(data)
    assert data.bookmarks() == opened_again(path).bookmarks() == [before, after]


@pytest.mark.parametrize("how", ["read", "write", "close"])
def test_the_file_alone_deleted_under_a_running_program_is_written_again(path: Path, how: str) -> None:
    data = UserData(path)
    before = [mark(data, str(number)) for number in range(5)]
    path.unlink()
    if how == "read":
        assert data.bookmarks() == before
    elif how == "write":
        before.append(mark(data))
    data.close()
    assert opened_again(path).bookmarks() == before


def test_two_programs_take_along_what_they_had_when_their_file_is_deleted(path: Path) -> None:
    one, other = UserData(path), UserData(path)
    first, second = mark(one), mark(other)
    path.unlink()
    third, fourth = mark(other), mark(one)
    fifth = mark(other)
    ids = {each.id for each in (first, second, third, fourth, fifth)}
    assert {each.id for each in one.bookmarks()} == {each.id for each in other.bookmarks()} == ids
    one.close()
    other.close()
    assert {each.id for each in opened_again(path).bookmarks()} == ids


def test_what_a_deleted_file_had_is_named_where_it_cannot_be_written_again(path: Path) -> None:
    data = UserData(path, Told())
    kept = mark(data)
    shutil.rmtree(path.parent)
    path.parent.write_text("")
    assert data.bookmarks() == [kept]
    lost = data.close()
    assert lost is not None
    assert lost.names == ("all bookmarks of a file that was deleted",)


def test_what_never_reached_the_disk_is_named_at_the_end(path: Path) -> None:
    path.parent.parent.mkdir(parents=True)
    path.parent.write_text("a file in the place of the folder")
    told = Told()
    data = UserData(path, told)
    mark(data, "要點")
    data.add_query("高質量")
    reason = "a file is in the place of its folder"
    assert (told, data.trouble) == ([f"bookmarks and places are kept in memory only: {reason}"], reason)
    assert data.close() == Lost(reason, ("要點",))


def test_bookmarks_are_never_forgotten_for_places(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_MOST_PENDING", 10)
    path.mkdir(parents=True)
    data = UserData(path, Told())
    mark(data, "要點")
    for number in range(20):
        data.add_query(str(number))
    path.rmdir()
    data.close()
    again = opened_again(path)
    assert ([each.note for each in again.bookmarks()], again.queries()[0]) == (["要點"], "19")


def test_a_folder_of_another_user_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir(parents=True, mode=0o755)
    monkeypatch.setattr(os, "getuid", lambda: 4_321)
    told = Told()
    mark(UserData(path, told))
    assert told == ["bookmarks and places are kept in memory only: its folder belongs to another user"]
    assert list(path.parent.iterdir()) == []


def test_what_a_link_leads_to_keeps_its_mode(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir(mode=0o755)
    (folder / "state.db").touch(mode=0o644)
    path.parent.parent.mkdir(parents=True)
    path.parent.symlink_to(folder)
    (tmp_path / "db").touch(mode=0o644)
    path.unlink()
    path.symlink_to(tmp_path / "db")
    mark(UserData(path))
    assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, tmp_path / "db")] == [0o755, 0o644]


def test_a_pipe_in_its_place_is_not_waited_for(path: Path) -> None:
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    told = Told()
    mark(UserData(path, told))
    assert told == ["bookmarks and places are kept in memory only: not a regular file"]


def test_a_program_that_writes_holds_up_neither_the_opening_nor_the_reading(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 60.0)
    kept = mark(UserData(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        data = UserData(path, told := Told())
        assert (data.bookmarks(), told) == ([kept], [])
        writing = threading.Thread(target=lambda: mark(data, "之後"))
        writing.start()
        time.sleep(0.1)
        assert data.bookmarks() == [kept]
        assert time.monotonic() - began < database._BUSY_SECONDS
        other.execute("COMMIT")
    writing.join()
    assert [each.note for each in data.bookmarks()] == [kept.note, "之後"]


def test_a_program_that_shuts_everybody_out_holds_up_the_opening_for_a_moment(path: Path) -> None:
    UserData(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        data = UserData(path, told := Told())
        assert data.bookmarks() == []
        assert told == ["bookmarks and places are kept in memory only: database is locked"]
        assert time.monotonic() - began < database._BUSY_SECONDS


def test_a_program_follows_when_another_one_has_replaced_a_damaged_file(path: Path) -> None:
    one = UserData(path)
    first = mark(one)
    with path.open("r+b") as file:
        file.write(b"\xff" * 100)
    other = UserData(path, Told())
    second, third = mark(other), mark(one)
    assert {each.id for each in opened_again(path).bookmarks()} >= {second.id, third.id}
    assert first.id in {each.id for each in one.bookmarks()}


def test_a_file_of_a_later_version_is_left_alone(path: Path) -> None:
    data = UserData(path)
    mark(data)
    data.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    told = Told()
    later = UserData(path, told)
    kept = mark(later)
    later.close()
    assert told == [
        "bookmarks and places are kept in memory only: the file was written by a later version of the program"
    ]
    assert path.read_bytes() == before
    assert kept.note == ""


@pytest.mark.parametrize("place", ["/dev/null/state.db", "/proc/state.db"])
def test_where_nothing_can_be_written_work_goes_on_in_memory(place: str) -> None:
    told = Told()
    data = UserData(Path(place), told)
    kept = [mark(data), mark(data)]
    data.add_query("高質量")
    assert (data.bookmarks(), data.queries()) == (kept, ["高質量"])
    assert not data.is_kept
    assert len(told) == 1
    data.close()


def test_a_folder_in_its_place_is_no_reason_to_stop(path: Path) -> None:
    path.mkdir(parents=True)
    told = Told()
    assert mark(UserData(path, told)).id
    assert told == ["bookmarks and places are kept in memory only: Is a directory"]


def test_what_was_kept_can_be_seen_where_it_can_only_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = UserData(path)
    kept = mark(data)
    data.close()

    def refused(_: Path) -> sqlite3.Connection:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(database, "connect", refused)
    told = Told()
    again = UserData(path, told)
    assert again.bookmarks() == [kept]
    assert told == ["bookmarks and places are kept in memory only: Permission denied"]


def test_when_the_disk_is_full_the_reader_is_told_once_and_all_is_written_when_there_is_room(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    data = UserData(path, told)
    before = mark(data)
    connection = data._database._connection
    assert connection is not None
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    during = [mark(data, "註" * 1_500) for _ in range(20)]
    assert told == ["bookmarks and places are kept in memory only: database or disk is full"]
    assert data.bookmarks() == [before, *during]
    monkeypatch.setattr(database, "_RETRY_SECONDS", 0.0)
    after = mark(data)
    assert told[1:] == ["bookmarks and places are on the disk again"]
    assert opened_again(path).bookmarks() == [before, *during, after]


def test_a_program_that_holds_the_file_too_long_loses_nobody_anything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.1)
    told = Told()
    data = UserData(path, told)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        kept = mark(data)
        assert told == ["bookmarks and places are kept in memory only: database is locked"]
        other.execute("COMMIT")
    data.close()
    assert opened_again(path).bookmarks() == [kept]


# Several at once


def test_threads_may_write_at_once(path: Path) -> None:
    data = UserData(path)
    threads = [threading.Thread(target=lambda: [mark(data) for _ in range(10)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(data.bookmarks()) == 40


WRITER = """
import sys
from pathlib import Path
from tuibrowser.userdata.model import Spot
from tuibrowser.userdata.store import UserData

def say(sentence):
    print("told", sentence, flush=True)

data = UserData(Path(sys.argv[1]), say)
print("ready", flush=True)
for number in range(int(sys.argv[2])):
    kept = data.mark(Spot("/texts/a.txt", "00", number), number + 1, "機關黨建" * 50, title="講話", note="註" * 100)
    data.add_jump(kept.spot)
    print(kept.id, flush=True)
"""


def writer(path: Path, count: int) -> subprocess.Popen[str]:
    command = (sys.executable, "-c", WRITER, str(path), str(count))
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_programs_lose_none_of_each_others_work(path: Path) -> None:
    programs = [writer(path, 60) for _ in range(3)]
    told = [program.communicate()[0].split("\n")[:-1] for program in programs]
    assert [lines[0] for lines in told] == ["ready"] * 3
    ids = {line for lines in told for line in lines[1:]}
    assert len(ids) == 180
    assert {each.id for each in opened_again(path).bookmarks()} == ids


def kill_often(path: Path, times: int) -> None:
    """Kill a program that writes, again and again: all it said it had kept is there, and the file is whole."""
    chance = random.Random(times)
    said: set[str] = set()
    for number in range(times):
        with writer(path, 100_000) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
            said.update(program.stdout.readline().strip() for _ in range(number % 4))
            time.sleep(chance.random() * 0.02)
            program.send_signal(signal.SIGKILL)
            # A line without its end was cut off while it was written.
            said.update(line for line in program.stdout.read().split("\n")[:-1])
    with closing(opened_again(path)) as data:
        assert said <= {each.id for each in data.bookmarks()}
        assert len(data.jumps(2_000)) >= min(len(said), 1_000)
    assert len(said) > times
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.slow
def test_nothing_kept_is_lost_however_often_the_program_is_killed(path: Path) -> None:
    kill_often(path, 20)


@pytest.mark.long
def test_nothing_kept_is_lost_in_two_hundred_kills(path: Path) -> None:
    kill_often(path, 200)
