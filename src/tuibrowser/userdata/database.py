"""Database: one SQLite file that several programs share, or memory while that file cannot be used.

A write is one short transaction, on the disk when the call returns (WAL, synchronous FULL): a program that is killed,
or a machine that loses its power, loses nothing. If the disk is full, may not be written or does not answer, work goes
on in memory, the writes are tried again later, and the reader is told once. A damaged file is set aside under another
name, and what can be read of it is taken over.

While another program holds the file, a write is tried again and again, and reads of this program go on in between.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from contextlib import closing, suppress
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from tuibrowser.host.state_folder import make_private
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.userdata.connections import (
    TRY_SECONDS,
    NewerError,
    check,
    companions_aside,
    connect,
    copy,
    identity,
    in_memory,
    is_busy,
    is_damage,
    is_regular,
    locked,
    read_only,
    reason,
    remove_companions,
    rows_of,
    set_aside,
    take_over,
    transact,
    unchanging,
    version,
)
from tuibrowser.userdata.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Statement = tuple[str, Sequence[object]]

_BUSY_SECONDS: Final = 5.0
"""Seconds that a write waits for that of another program."""
_RETRY_SECONDS: Final = 30.0
"""Seconds after a failure until the disk is tried again."""
_MOST_PENDING: Final = 10_000
"""Writes of little weight to remember while the disk cannot be used; the oldest go first."""


_T = TypeVar("_T")


@frozen
class Lost:
    """Data never written to the disk: why, and the names of those that matter, such as bookmarks."""

    reason: str
    names: tuple[str, ...] = ()


@frozen
class _Pending:
    """Statements still to be written to the disk; `what` names what of weight is lost without them."""

    statements: Sequence[Statement] = ()
    what: tuple[str, ...] = ()


class Health(Enum):
    """The state of a database; only a DAMAGED one is set aside when it is opened."""

    SOUND = "sound"
    DAMAGED = "damaged"
    NEWER = "newer"
    UNREADABLE = "unreadable"


@frozen
class Inspected:
    """The outcome of a look at a database: why it cannot be used, in a few words, or its rows by table."""

    health: Health
    reason: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)


def inspect(path: Path) -> Inspected:
    """Look at the database of a path, which must be there, and change nothing; never raises for what is wrong."""
    try:
        with closing(read_only(path, unchanging(path))) as database:
            check(database)
            version(database)
            known = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            counts = {
                table: int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
                for table in TABLES
                if table in known
            }
    except NewerError as error:
        return Inspected(Health.NEWER, reason(error))
    except (OSError, sqlite3.Error) as error:
        return Inspected(Health.DAMAGED if is_damage(error) else Health.UNREADABLE, reason(error))
    return Inspected(Health.SOUND, rows=counts)


class Database:
    """Statements on the reader's database, from any thread. Nothing here raises for what befalls the disk."""

    def __init__(self, path: Path | None, say: Callable[[str], None] = lambda _: None) -> None:
        """Open the database of a path, made if it is not there, or one in memory for None.

        `say` is called with each sentence the reader should know, in the thread in which it happens.
        """
        self.path = path
        self._say = say
        self._lock = threading.RLock()
        self._pending: deque[_Pending] = deque()
        self._trouble = ""
        self._tried = 0.0
        self._told = False
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._memory: sqlite3.Connection | None = None
        try:
            self._connection = self._opened()
        except (OSError, sqlite3.Error, NewerError) as error:
            self._fall_back(error, _Pending())

    @property
    def is_kept(self) -> bool:
        """Whether what is written is on the disk."""
        return self._connection is not None

    @property
    def trouble(self) -> str:
        """Why what is written is not on the disk; empty where it is, or where there is to be no file."""
        return "" if self.is_kept else self._trouble

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows that a query gives."""

        def rows() -> list[tuple[object, ...]]:
            self._follow()
            return self._current().execute(sql, parameters).fetchall()

        def rows_after(error: sqlite3.Error) -> list[tuple[object, ...]]:
            self._recover(error, _Pending())
            return self._current().execute(sql, parameters).fetchall()

        return self._patiently(rows, rows_after)

    def write(self, *statements: Statement, what: tuple[str, ...] = ()) -> None:
        """Carry out some statements, all or none; they may be carried out again, so they must bear that.

        `what` names what the reader loses if they never reach the disk, as far as it is of weight.
        """
        wanted = _Pending(statements, what)

        def attempt() -> None:
            if self._connection is None and self._pending_can_be_tried():
                self._return_to_disk()
            self._follow()
            if self._connection is None:
                self._write_to_memory(wanted)
            else:
                transact(self._connection, statements)

        self._patiently(attempt, lambda error: self._recover(error, wanted))

    def close(self) -> Lost | None:
        """Close the database, after a last try to write what is only in memory; return what never reached the disk."""
        with self._lock:
            if self._connection is None and self._pending and self.path is not None:
                self._return_to_disk()
            self._follow()
            names = tuple(name for each in self._pending for name in each.what)
            lost = Lost(self._trouble, names) if self._pending else None
            for connection in (self._connection, self._memory):
                if connection is not None:
                    with suppress(sqlite3.Error):
                        connection.close()
            self._connection = self._memory = None
            return lost

    def _patiently(self, work: Callable[[], _T], failed: Callable[[sqlite3.Error], _T]) -> _T:
        """Do some work; while another program is at the file, do it again; after any other failure, `failed`."""
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            with self._lock:
                try:
                    return work()
                except sqlite3.Error as error:
                    if not is_busy(error) or time.monotonic() > end:
                        return failed(error)
            time.sleep(TRY_SECONDS)

    # Opening

    def _opened(self) -> sqlite3.Connection | None:
        """A connection to the file, in order; None where there is none to be. Raise what forbids it."""
        if self.path is None:
            self._memory = in_memory()
            return None
        make_private(self.path.parent)
        with locked(self.path.with_suffix(".lock")):
            if not self.path.exists():
                # The log of a deleted file would be taken for that of the new one.
                remove_companions(self.path)
            try:
                connection = connect(self.path)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                connection = self._replaced()
            self._file = identity(self.path)
            return connection

    def _replaced(self) -> sqlite3.Connection:
        """A new database in the place of a damaged one, which is kept aside."""
        assert self.path is not None
        aside = set_aside(self.path)
        connection = connect(self.path)
        rows = 0
        with suppress(sqlite3.Error), closing(read_only(aside, "mode=ro")) as damaged:
            rows = take_over(damaged, connection)
        kept = plain("the file of bookmarks and places was damaged and is kept as {name}", name=aside.name)
        if rows == 1:
            self._say(plain("{kept}; one entry was saved from it", kept=kept))
        else:
            self._say(plain("{kept}; {count:,} entries were saved from it", kept=kept, count=rows))
        return connection

    # Failing and coming back

    def _follow(self) -> None:
        """Go over to the file that now has the path, if another program has set ours aside, or somebody deleted it."""
        if self._connection is None or self.path is None or identity(self.path) == self._file:
            return
        had = self._copied(self._connection)
        self._leave_file()
        try:
            self._connection = self._opened()
            if had is not None and self._connection is not None:
                take_over(had, self._connection)
                had.close()
        except (OSError, sqlite3.Error, NewerError) as error:
            self._drop_connection()
            self._memory = had
            self._fall_back(error, _Pending())
            if had is not None:
                self._pending.append(_Pending(list(rows_of(had)), (plain("all bookmarks of a file that was deleted"),)))

    def _leave_file(self) -> None:
        """Close a file that has lost its path: SQLite then deletes the log by its name, which may be another file's."""
        assert self.path is not None
        with suppress(OSError), locked(self.path.with_suffix(".lock")):
            if self.path.exists():
                with companions_aside(self.path):
                    self._drop_connection()
        self._drop_connection()

    def _recover(self, error: sqlite3.Error, wanted: _Pending) -> None:
        """Carry on after a failure on the disk: with a new file after damage, else in memory."""
        if is_damage(error):
            try:
                self._drop_connection()
                self._connection = self._opened()
                if self._connection is not None:
                    transact(self._connection, wanted.statements)
                    return
            except (OSError, sqlite3.Error, NewerError) as later:
                self._fall_back(later, wanted)
                return
        self._fall_back(error, wanted)

    def _fall_back(self, error: Exception, wanted: _Pending) -> None:
        """Go on in memory with what the disk had."""
        own = () if self._connection is None else (self._connection,)
        self._memory = self._memory or self._copied(*own) or in_memory()
        self._drop_connection()
        self._tried = time.monotonic()
        self._trouble = reason(error)
        if not self._told:
            self._told = True
            self._say(plain("bookmarks and places are kept in memory only: {reason}", reason=self._trouble))
        if wanted.statements:
            self._write_to_memory(wanted)

    def _copied(self, *own: sqlite3.Connection) -> sqlite3.Connection | None:
        """What the disk has, in memory, by our own connection or another; None where it cannot be read."""
        for disk in own:
            if (memory := copy(disk)) is not None:
                return memory
        if self.path is None or not is_regular(self.path):
            return None
        # Without leave to write beside the file SQLite cannot read its log; `immutable` does without.
        for mode in ("mode=ro", "mode=ro&immutable=1"):
            with suppress(sqlite3.Error), closing(read_only(self.path, mode, TRY_SECONDS)) as disk:
                if (memory := copy(disk)) is not None:
                    return memory
        return None

    def _write_to_memory(self, wanted: _Pending) -> None:
        transact(self._current(), wanted.statements)
        if self.path is None:
            return
        self._pending.append(wanted)
        if len(self._pending) > _MOST_PENDING:
            light = next((each for each in self._pending if not each.what), None)
            if light is not None:
                self._pending.remove(light)

    def _pending_can_be_tried(self) -> bool:
        return self.path is not None and time.monotonic() - self._tried > _RETRY_SECONDS

    def _return_to_disk(self) -> None:
        """Try to write to the disk what was written to memory; the file may have become usable."""
        self._tried = time.monotonic()
        try:
            connection = self._opened()
            assert connection is not None
            transact(connection, [statement for each in self._pending for statement in each.statements])
        except (OSError, sqlite3.Error, NewerError) as error:
            self._trouble = reason(error)
            return
        self._connection = connection
        self._pending.clear()
        if self._memory is not None:
            self._memory.close()
            self._memory = None
        self._told = False
        self._say(plain("bookmarks and places are on the disk again"))

    def _drop_connection(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _current(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        if self._memory is None:
            self._memory = in_memory()
        return self._memory
