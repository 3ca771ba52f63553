"""Places: where the socket of a corpus is, and whether it may be trusted."""

from __future__ import annotations

import json
import os
import socket
import stat
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHARED: Final = Path("/run/tuibrowser")
"""The folder for the sockets of servers that run for everyone on a machine."""

_ROOT: Final = 0


def socket_name(paths: Sequence[str], encoding: str | None) -> str:
    """The name of the socket of a corpus: of the same paths and encoding it is the same."""
    identity = {"paths": [os.path.abspath(path) for path in paths], "encoding": encoding}  # noqa: PTH100
    return f"{blake2b(json.dumps(identity).encode('ascii'), digest_size=12).hexdigest()}.sock"


def own_folder() -> Path:
    """The folder for this user's sockets, which need not be there."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(named) if named.startswith("/") else Path(f"/run/user/{os.getuid()}")
    if folder.is_dir():
        return folder / "tuibrowser"
    return Path(os.environ.get("TMPDIR") or "/tmp") / f"tuibrowser-{os.getuid()}"


def uid_of(name: str) -> int | None:
    """The number of a user, by name or as it is; None where there is none."""
    import pwd

    if name.isascii() and name.isdecimal():
        return int(name)
    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, ValueError):
        return None


def found_at(paths: Sequence[str], encoding: str | None, owners: frozenset[int]) -> Iterator[Path]:
    """The sockets of a corpus that may be trusted: this user's own, then the one for everyone."""
    name = socket_name(paths, encoding)
    for folder in (own_folder(), SHARED):
        path = folder / name
        if is_trusted(path, owners):
            yield path


def is_trusted(path: Path, owners: frozenset[int] = frozenset()) -> bool:
    """Whether a socket is this user's, root's, or that of one of some users."""
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid in {os.getuid(), _ROOT, *owners}


def answers(path: Path) -> bool:
    """Whether a server listens at a socket."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(1)
        try:
            asking.connect(os.fspath(path))
        except OSError:
            return False
    return True
