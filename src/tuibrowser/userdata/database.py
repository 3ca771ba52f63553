"""Database: one SQLite file that several programs share, or memory while that file cannot be used.

A write is one short transaction, on the disk when the call returns (WAL, synchronous FULL): a program that is killed,
or a machine that loses its power, loses nothing. If the disk is full, may not be written or does not answer, work goes
on in memory, the writes are tried again later, and the reader is told once. A damaged file is set aside under another
name, and what can be read of it is taken over.

While another program holds the file, a write is tried again and again, and reads of this program go on in between.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
import threading
import time
from collections import deque
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from tuibrowser.host.state_folder import make_private
from tuibrowser.host.system_errors import sqlite_reason, system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.userdata.schema import TABLES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Statement = tuple[str, Sequence[object]]

_BUSY_SECONDS: Final = 5.0
"""Seconds that a write waits for that of another program."""
_OPENING_SECONDS: Final = 1.0
"""Seconds that opening the file waits for another program."""
_TRY_SECONDS: Final = 0.02
"""Seconds that one try waits for another program, and between two tries."""
_RETRY_SECONDS: Final = 30.0
"""Seconds after a failure until the disk is tried again."""
_MOST_PENDING: Final = 10_000
"""Writes of little weight to remember while the disk cannot be used; the oldest go first."""
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_NETWORK: Final = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "lustre", "ceph", "gpfs")
"""Kinds of file systems shared between machines, where WAL is not safe."""


_T = TypeVar("_T")


class NewerError(Exception):
    """The database was written by a later version of the program."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Data never written to the disk: why, and the names of those that matter, such as bookmarks."""

    reason: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
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

        def transact() -> None:
            if self._connection is None and self._pending_can_be_tried():
                self._return_to_disk()
            self._follow()
            if self._connection is None:
                self._write_to_memory(wanted)
            else:
                _transact(self._connection, statements)

        self._patiently(transact, lambda error: self._recover(error, wanted))

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
                    if not _is_busy(error) or time.monotonic() > end:
                        return failed(error)
            time.sleep(_TRY_SECONDS)

    # Opening

    def _opened(self) -> sqlite3.Connection | None:
        """A connection to the file, in order; None where there is none to be. Raise what forbids it."""
        if self.path is None:
            self._memory = _in_memory()
            return None
        make_private(self.path.parent)
        with _locked(self.path.with_suffix(".lock")):
            if not self.path.exists():
                # The log of a deleted file would be taken for that of the new one.
                _remove_companions(self.path)
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
        had = self._copied(self._connection)
        self._leave_file()
        try:
            self._connection = self._opened()
            if had is not None and self._connection is not None:
                _take_over(had, self._connection)
                had.close()
        except (OSError, sqlite3.Error, NewerError) as error:
            self._drop_connection()
            self._memory = had
            self._fall_back(error, _Pending())
            if had is not None:
                self._pending.append(
                    _Pending(list(_rows_of(had)), (plain("all bookmarks of a file that was deleted"),))
                )

    def _leave_file(self) -> None:
        """Close a file that has lost its path: SQLite then deletes the log by its name, which may be another file's."""
        assert self.path is not None
        with suppress(OSError), _locked(self.path.with_suffix(".lock")):
            if self.path.exists():
                with _companions_aside(self.path):
                    self._drop_connection()
        self._drop_connection()

    def _recover(self, error: sqlite3.Error, wanted: _Pending) -> None:
        """Carry on after a failure on the disk: with a new file after damage, else in memory."""
        if _is_damage(error):
            try:
                self._drop_connection()
                self._connection = self._opened()
                if self._connection is not None:
                    _transact(self._connection, wanted.statements)
                    return
            except (OSError, sqlite3.Error, NewerError) as later:
                self._fall_back(later, wanted)
                return
        self._fall_back(error, wanted)

    def _fall_back(self, error: Exception, wanted: _Pending) -> None:
        """Go on in memory with what the disk had."""
        own = () if self._connection is None else (self._connection,)
        self._memory = self._memory or self._copied(*own) or _in_memory()
        self._drop_connection()
        self._tried = time.monotonic()
        self._trouble = _reason(error)
        if not self._told:
            self._told = True
            self._say(plain("bookmarks and places are kept in memory only: {reason}", reason=self._trouble))
        if wanted.statements:
            self._write_to_memory(wanted)

    def _copied(self, *own: sqlite3.Connection) -> sqlite3.Connection | None:
        """What the disk has, in memory, by our own connection or another; None where it cannot be read."""
        for disk in own:
            if (memory := _copy(disk)) is not None:
                return memory
        if self.path is None or not _is_regular(self.path):
            return None
        # Without leave to write beside the file SQLite cannot read its log; `immutable` does without.
        for mode in ("mode=ro", "mode=ro&immutable=1"):
            with suppress(sqlite3.Error), closing(_read_only(self.path, mode, _TRY_SECONDS)) as disk:
                if (memory := _copy(disk)) is not None:
                    return memory
        return None

    def _write_to_memory(self, wanted: _Pending) -> None:
        _transact(self._current(), wanted.statements)
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
            _transact(connection, [statement for each in self._pending for statement in each.statements])
        except (OSError, sqlite3.Error, NewerError) as error:
            self._trouble = _reason(error)
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
    _make_file(path)
    connection = sqlite3.connect(path, timeout=_OPENING_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA journal_mode = {'TRUNCATE' if _on_network(path) else 'WAL'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        _check(connection)
        _migrate(connection)
        connection.execute(f"PRAGMA busy_timeout = {round(_TRY_SECONDS * 1000)}")
    except BaseException:
        connection.close()
        raise
    return connection


def _make_file(path: Path) -> None:
    """Make a file for its owner's eyes only, if it is not there. Raise OSError for what is no regular file."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(plain("not a regular file"))
        if not path.is_symlink():
            with suppress(PermissionError):
                os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


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
    if _version(connection) == len(VERSIONS):
        return  # Without a transaction, which would wait for whoever writes.
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
    for companion, ending in zip(_companions(path), ("-wal", "-shm"), strict=True):
        with suppress(FileNotFoundError):
            companion.rename(f"{aside}{ending}")
    path.rename(aside)
    return aside


def _companions(path: Path) -> list[Path]:
    """The log of a database, and the index of that log."""
    return [Path(f"{path}{ending}") for ending in ("-wal", "-shm")]


def _remove_companions(path: Path) -> None:
    for companion in _companions(path):
        companion.unlink(missing_ok=True)


@contextmanager
def _companions_aside(path: Path) -> Iterator[None]:
    """Have the companions of a database under other names for a moment."""
    moved = []
    for companion in _companions(path):
        with suppress(FileNotFoundError):
            moved.append((companion, companion.rename(f"{companion}.{os.getpid()}")))
    try:
        yield
    finally:
        for companion, elsewhere in moved:
            elsewhere.rename(companion)


def _read_only(path: Path, mode: str, patience: float = _OPENING_SECONDS) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=patience)


def _copy(disk: sqlite3.Connection) -> sqlite3.Connection | None:
    """A database in memory with what another one has; None where that cannot be read or is of another version."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        disk.rollback()
        disk.execute("BEGIN")
        # Python's backup waits for ever for who holds the file; reading gives up.
        disk.execute("SELECT count(*) FROM sqlite_master").fetchone()
        disk.backup(memory)
        disk.rollback()
        if _version(memory) == len(VERSIONS):
            return memory
    except (sqlite3.Error, NewerError):
        pass
    memory.close()
    return None


def _rows_of(database: sqlite3.Connection) -> Iterator[Statement]:
    """Return the statements that write all rows of a database into another."""
    for table in TABLES:
        for row in database.execute(f"SELECT * FROM {table}"):
            yield f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row


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
    """Return what tells a file from another with its name."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Be the only program that opens the database, since only one may replace a damaged file."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + _OPENING_SECONDS
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


def _is_regular(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_busy(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF) in _DAMAGE


def _reason(error: Exception) -> str:
    """Why the disk cannot be used, in a few words."""
    if isinstance(error, NewerError):
        return plain("the file was written by a later version of the program")
    if isinstance(error, sqlite3.Error):
        return sqlite_reason(error)
    return system_reason(error, (isinstance(error, OSError) and error.strerror) or said(error))


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
