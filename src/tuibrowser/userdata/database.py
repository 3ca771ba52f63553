"""The database: one SQLite file that several programs share, and memory where that file cannot be used.

A write is one short transaction, on the disk when the call returns (WAL, synchronous FULL): a program that is killed,
or a machine that loses its power, loses nothing. Where the disk is full, may not be written or does not answer, work
goes on in memory, what was written since is tried again, and the reader is told once. A damaged file is set aside under
another name, and what can be read of it is taken over.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.i18n import plain
from tuibrowser.state_folder import make_private
from tuibrowser.system_errors import sqlite_reason, system_reason
from tuibrowser.userdata.schema import TABLES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Statement = tuple[str, Sequence[object]]

_BUSY_SECONDS: Final = 5.0
"""How long a write waits for that of another program."""
_RETRY_SECONDS: Final = 30.0
"""How long after a failure the disk is tried again."""
_MOST_PENDING: Final = 10_000
"""Writes remembered while the disk cannot be used."""
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_NETWORK: Final = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "lustre", "ceph", "gpfs")
"""Kinds of file systems shared between machines, where WAL is not safe."""


class NewerError(Exception):
    """The database was written by a later version of the program."""


class Health(Enum):
    """How a database is found: only a DAMAGED one is set aside when it is opened."""

    SOUND = "sound"
    DAMAGED = "damaged"
    NEWER = "newer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a look at a database found: why it cannot be used, in a few words, or its rows by table."""

    health: Health
    reason: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)


def inspect(path: Path) -> Inspected:
    """Look at the database of a path, which must be there, and change nothing; never raises for what is wrong."""
    try:
        with closing(_read_only(path, _unchanging(path))) as database:
            _check(database)
            _version(database)
            known = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            counts = {
                table: int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
                for table in TABLES
                if table in known
            }
    except NewerError as error:
        return Inspected(Health.NEWER, _reason(error))
    except (OSError, sqlite3.Error) as error:
        return Inspected(Health.DAMAGED if _is_damage(error) else Health.UNREADABLE, _reason(error))
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
        self._pending: list[Sequence[Statement]] = []
        self._tried = 0.0
        self._told = False
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._memory: sqlite3.Connection | None = None
        try:
            self._connection = self._opened()
        except (OSError, sqlite3.Error, NewerError) as error:
            self._fall_back(error, ())

    @property
    def is_kept(self) -> bool:
        """Whether what is written is on the disk."""
        return self._connection is not None

    def read(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows that a query gives."""
        with self._lock:
            self._follow()
            if self._connection is not None:
                try:
                    return self._connection.execute(sql, parameters).fetchall()
                except sqlite3.Error as error:
                    self._recover(error, ())
            return self._current().execute(sql, parameters).fetchall()

    def write(self, *statements: Statement) -> None:
        """Carry out some statements, all or none; they may be carried out again, so they must bear that."""
        with self._lock:
            if self._connection is None and self._pending_can_be_tried():
                self._return_to_disk()
            self._follow()
            if self._connection is None:
                self._write_to_memory(statements)
                return
            try:
                _transact(self._connection, statements)
            except sqlite3.Error as error:
                self._recover(error, statements)

    def close(self) -> None:
        """Close the database, after a last try to write what is only in memory."""
        with self._lock:
            if self._connection is None and self.path is not None and self._pending:
                self._return_to_disk()
            for connection in (self._connection, self._memory):
                if connection is not None:
                    with suppress(sqlite3.Error):
                        connection.close()
            self._connection = self._memory = None

    # Opening

    def _opened(self) -> sqlite3.Connection | None:
        """A connection to the file, in order; None where there is none to be. Raise what forbids it."""
        if self.path is None:
            self._memory = _in_memory()
            return None
        make_private(self.path.parent)
        with _locked(self.path.with_suffix(".lock")):
            try:
                connection = _connect(self.path)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                connection = self._replaced()
            self._file = _identity(self.path)
            return connection

    def _replaced(self) -> sqlite3.Connection:
        """A new database in the place of a damaged one, which is kept aside."""
        assert self.path is not None
        aside = _set_aside(self.path)
        connection = _connect(self.path)
        rows = 0
        with suppress(sqlite3.Error), closing(_read_only(aside, "mode=ro")) as damaged:
            rows = _take_over(damaged, connection)
        kept = plain("the file of bookmarks and places was damaged and is kept as {name}", name=aside.name)
        if rows == 1:
            self._say(plain("{kept}; one entry was saved from it", kept=kept))
        else:
            self._say(plain("{kept}; {count:,} entries were saved from it", kept=kept, count=rows))
        return connection

    # Failing and coming back

    def _follow(self) -> None:
        """Go over to the file that now has the path, if another program has set ours aside, or somebody deleted it."""
        if self._connection is None or self.path is None or _identity(self.path) == self._file:
            return
        old = self._connection
        try:
            new = self._opened()
            assert new is not None
            _take_over(old, new)
        except (OSError, sqlite3.Error, NewerError) as error:
            self._fall_back(error, ())
            return
        self._drop_connection()
        self._connection = new

    def _recover(self, error: sqlite3.Error, statements: Sequence[Statement]) -> None:
        """Carry on after a failure on the disk: with a new file after damage, else in memory."""
        if _is_damage(error):
            try:
                self._drop_connection()
                self._connection = self._opened()
                if self._connection is not None:
                    _transact(self._connection, statements)
                    return
            except (OSError, sqlite3.Error, NewerError) as later:
                self._fall_back(later, statements)
                return
        self._fall_back(error, statements)

    def _fall_back(self, error: Exception, statements: Sequence[Statement]) -> None:
        """Go on in memory with what the disk had."""
        self._memory = self._copied() or _in_memory()
        self._drop_connection()
        self._tried = time.monotonic()
        if not self._told:
            self._told = True
            self._say(plain("bookmarks and places are kept in memory only: {reason}", reason=_reason(error)))
        if statements:
            self._write_to_memory(statements)

    def _copied(self) -> sqlite3.Connection | None:
        """What the disk has, in memory; None where it cannot be read or is of another version."""
        sources: list[Callable[[], sqlite3.Connection]] = []
        if self._connection is not None:
            own = self._connection
            sources.append(lambda: own)
        elif self.path is not None and self.path.is_file():
            # Without leave to write beside the file SQLite cannot read its log; `immutable` does without.
            sources += [partial(_read_only, self.path, mode) for mode in ("mode=ro", "mode=ro&immutable=1")]
        for source in sources:
            memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            try:
                with closing(source()) as disk:
                    disk.rollback()
                    disk.backup(memory)
                if memory.execute("PRAGMA user_version").fetchone() == (len(VERSIONS),):
                    return memory
            except sqlite3.Error:
                pass
            memory.close()
        return None

    def _write_to_memory(self, statements: Sequence[Statement]) -> None:
        _transact(self._current(), statements)
        if self.path is not None and len(self._pending) < _MOST_PENDING:
            self._pending.append(statements)

    def _pending_can_be_tried(self) -> bool:
        return self.path is not None and time.monotonic() - self._tried > _RETRY_SECONDS

    def _return_to_disk(self) -> None:
        """Try to write to the disk what was written to memory; the file may have become usable."""
        self._tried = time.monotonic()
        try:
            connection = self._opened()
            assert connection is not None
            _transact(connection, [statement for statements in self._pending for statement in statements])
        except (OSError, sqlite3.Error, NewerError):
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
            self._memory = _in_memory()
        return self._memory


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file of the current version, or bring it there. Raise sqlite3.Error, OSError or NewerError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        path.chmod(0o600)
        connection.execute(f"PRAGMA journal_mode = {'TRUNCATE' if _on_network(path) else 'WAL'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        _check(connection)
        _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """Raise what SQLite raises for a damaged file, where it has not noticed yet."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _in_memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(connection)
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the current version, in one transaction; raise NewerError for one from the future."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in VERSIONS[_version(connection) :]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(VERSIONS):
        raise NewerError
    return int(version)


def _transact(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, parameters in statements:
            connection.execute(sql, parameters)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _set_aside(path: Path) -> Path:
    """Rename a damaged database with its companions; return its new path."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    for ending in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").rename(f"{aside}{ending}")
    path.rename(aside)
    return aside


def _read_only(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=_BUSY_SECONDS)


def _unchanging(path: Path) -> str:
    """The mode in which a look at a database leaves no file and alters none.

    One whose log is there may be in use, and is read by the index of that log if somebody has made it.
    """
    if not Path(f"{path}-wal").exists():
        return "mode=ro&immutable=1"
    return "mode=ro&readonly_shm=1" if Path(f"{path}-shm").exists() else "mode=ro"


def _take_over(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Copy what can be read of one database and is not in the other; return the number of rows read."""
    rows = 0
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        columns = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
        sql = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(columns))})"
        with suppress(sqlite3.Error):
            for row in source.execute(f"SELECT {', '.join(columns)} FROM {table}"):
                target.execute(sql, row)
                rows += 1
    target.execute("COMMIT")
    return rows


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another that has its name."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Be the only program that opens the database, since only one may replace a damaged file."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    break
                time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF) in _DAMAGE


def _reason(error: Exception) -> str:
    """Why the disk cannot be used, in a few words."""
    if isinstance(error, NewerError):
        return plain("the file was written by a later version of the program")
    if isinstance(error, sqlite3.Error):
        return sqlite_reason(error)
    return system_reason(error, (isinstance(error, OSError) and error.strerror) or str(error))


def _on_network(path: Path) -> bool:
    """Whether a file is on a file system shared between machines, as far as Linux tells."""
    try:
        device = path.stat().st_dev
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    number = f"{os.major(device)}:{os.minor(device)}"
    kinds = (line.partition(" - ")[2] for line in mounts.splitlines() if line.split(" ", 3)[2] == number)
    return any(kind.startswith(_NETWORK) for kind in kinds)
