"""Connections: an SQLite file opened, brought to the current version, copied, set aside, and what its errors mean."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.host.system_errors import sqlite_reason, system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.userdata.schema import TABLES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Statement = tuple[str, Sequence[object]]

_OPENING_SECONDS: Final = 1.0
"""Seconds that opening the file waits for another program."""
TRY_SECONDS: Final = 0.02
"""Seconds that one try waits for another program, and between two tries."""
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_NETWORK: Final = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "afs", "lustre", "ceph", "gpfs")
"""Kinds of file systems shared between machines, where WAL is not safe."""


class NewerError(Exception):
    """The database was written by a later version of the program."""


def connect(path: Path) -> sqlite3.Connection:
    """Open a file of the current version, or bring it there. Raise sqlite3.Error, OSError or NewerError."""
    _make_file(path)
    connection = sqlite3.connect(path, timeout=_OPENING_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA journal_mode = {'TRUNCATE' if _on_network(path) else 'WAL'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        check(connection)
        _migrate(connection)
        connection.execute(f"PRAGMA busy_timeout = {round(TRY_SECONDS * 1000)}")
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


def check(connection: sqlite3.Connection) -> None:
    """Raise what SQLite raises for a damaged file, where it has not noticed yet."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def in_memory() -> sqlite3.Connection:
    """A database in memory, of the current version."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(connection)
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the current version, in one transaction; raise NewerError for one from the future."""
    if version(connection) == len(VERSIONS):
        return  # Without a transaction, which would wait for whoever writes.
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in VERSIONS[version(connection) :]:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def version(connection: sqlite3.Connection) -> int:
    """The version of a database; raise NewerError for one from the future."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(VERSIONS):
        raise NewerError
    return int(version)


def transact(connection: sqlite3.Connection, statements: Sequence[Statement]) -> None:
    """Carry out statements in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for sql, parameters in statements:
            connection.execute(sql, parameters)
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def set_aside(path: Path) -> Path:
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


def remove_companions(path: Path) -> None:
    """Remove the log of a database and its index, where they are."""
    for companion in _companions(path):
        companion.unlink(missing_ok=True)


@contextmanager
def companions_aside(path: Path) -> Iterator[None]:
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


def read_only(path: Path, mode: str, patience: float = _OPENING_SECONDS) -> sqlite3.Connection:
    """Open a database to read it; `mode` is the query of its URI, `patience` in seconds."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=patience)


def copy(disk: sqlite3.Connection) -> sqlite3.Connection | None:
    """A database in memory with what another one has; None where that cannot be read or is of another version."""
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        disk.rollback()
        disk.execute("BEGIN")
        # Python's backup waits for ever for who holds the file; reading gives up.
        disk.execute("SELECT count(*) FROM sqlite_master").fetchone()
        disk.backup(memory)
        disk.rollback()
        if version(memory) == len(VERSIONS):
            return memory
    except (sqlite3.Error, NewerError):
        pass
    memory.close()
    return None


def rows_of(database: sqlite3.Connection) -> Iterator[Statement]:
    """Return the statements that write all rows of a database into another."""
    for table in TABLES:
        for row in database.execute(f"SELECT * FROM {table}"):
            yield f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", row


def unchanging(path: Path) -> str:
    """The mode in which a look at a database leaves no file and alters none.

    One whose log is there may be in use, and is read by the index of that log if somebody has made it.
    """
    if not Path(f"{path}-wal").exists():
        return "mode=ro&immutable=1"
    return "mode=ro&readonly_shm=1" if Path(f"{path}-shm").exists() else "mode=ro"


def take_over(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
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


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another with its name."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def locked(path: Path) -> Iterator[None]:
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


def is_regular(path: Path) -> bool:
    """Whether a regular file is at a path."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def is_busy(error: sqlite3.Error) -> bool:
    """Whether an error says that another program holds the database."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(error: Exception) -> bool:
    """Whether an error says that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and (code & 0xFF) in _DAMAGE


def reason(error: Exception) -> str:
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
