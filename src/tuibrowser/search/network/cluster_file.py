"""Cluster file: read `cluster.toml`, which names the scheduler, the hosts, and what each of them has where."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tuibrowser.corpus.decoding.decode import encoding_name
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason, toml_reason
from tuibrowser.host.toml_lines import line_of
from tuibrowser.language.i18n import many, plain, said
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TLS: Final = "tls://"
"""What an address of a scheduler begins with."""

GATEWAY: Final = "gateway"
"""The name of the gateway, and of its certificate; no host has it."""

COPIES: Final = 2
"""Hosts that have each part of the index, unless the file says otherwise."""

_LARGEST: Final = 1_000_000
"""Bytes up to which the file is read."""
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
_RESERVED: Final = (GATEWAY, "ca")
_LAST_PORT: Final = 65_534
"""A host also listens at the port after its own."""


@dataclass(frozen=True, slots=True)
class Address:
    """A machine, by its name or number, and a port."""

    machine: str
    port: int

    @property
    def url(self) -> str:
        """The address as Dask writes it."""
        return f"{TLS}{f'[{self.machine}]' if ':' in self.machine else self.machine}:{self.port}"

    @property
    def next(self) -> Address:
        """The same machine at the next port."""
        return Address(self.machine, self.port + 1)


@dataclass(frozen=True, slots=True)
class ClusterFile:
    """What the file says. Paths are absolute; `texts` are the same on all machines."""

    path: Path
    scheduler: Address
    certificates: Path
    index: Path
    texts: tuple[Path, ...]
    encoding: str | None
    copies: int
    hosts: Mapping[str, Address]

    def sent(self) -> dict[str, Any]:
        """What an operator has to know of it, as plain values."""
        hosts = {name: [address.machine, address.port] for name, address in self.hosts.items()}
        return {"texts": [*map(str, self.texts)], "encoding": self.encoding, "copies": self.copies, "hosts": hosts}

    def folder(self, name: str) -> Path:
        """The folder in which a host, or the gateway, keeps its part of the index."""
        return self.index / name

    def address(self, host: str) -> Address:
        """Where a host listens. Raise CorpusError for a name that the file does not have."""
        if host in self.hosts:
            return self.hosts[host]
        names = listed(list(self.hosts))
        raise CorpusError(plain("{file} has no host {name}: there are {names}", file=self.path, name=host, names=names))


def cluster_of(sent: Any, scheduler: Address, certificates: Path, index: Path) -> ClusterFile:
    """A cluster of which an operator knows where its scheduler is. Raise ValueError for what `sent` does not make."""
    try:
        hosts = {str(name): Address(str(machine), int(port)) for name, (machine, port) in sent["hosts"].items()}
        texts, encoding = tuple(Path(each) for each in sent["texts"]), sent["encoding"]
        return ClusterFile(Path(scheduler.url), scheduler, certificates, index, texts, encoding, sent["copies"], hosts)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from None


class _WrongError(Exception):
    """A value cannot be used: its key, the table that it stands in, and why."""

    def __init__(self, key: str, why: str, table: str = "") -> None:
        self.key = key
        self.why = why
        self.table = table


def is_name(name: str) -> bool:
    """Whether a host, or the owner of a certificate, can have a name."""
    return _NAME.fullmatch(name) is not None and name not in _RESERVED


def read_cluster_file(path: Path) -> ClusterFile:
    """Read a cluster file. Raise CorpusError, which names the line and the key, for what cannot be used."""
    try:
        text = read_regular(path, _LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(plain("{file}: {problem}", file=path, problem=system_reason(error))) from None
    try:
        return _taken(path.absolute(), tomllib.loads(text))
    except _WrongError as wrong:
        line = line_of(text, wrong.key, wrong.table)
        raise CorpusError(plain("{file}, line {line}: {problem}", file=path, line=line, problem=wrong.why)) from None
    except RecursionError:
        problem = plain("brackets are nested too deeply")
        raise CorpusError(plain("{file}: {problem}", file=path, problem=problem)) from None
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(plain("{file}: {problem}", file=path, problem=toml_reason(error))) from None


def _taken(path: Path, values: Mapping[str, Any]) -> ClusterFile:
    for key in values:
        if key not in _KEYS:
            keys = listed(list(_KEYS))
            raise _WrongError(key, plain("{name} is no option: there are {options}", name=key, options=keys))
    for key in _NEEDED:
        if key not in values:
            raise CorpusError(plain("{file}: {key} is missing", file=path, key=key))
    taken = {key: _KEYS[key](path.parent, key, values[key]) for key in values}
    hosts = taken["hosts"]
    copies = taken.get("copies", min(COPIES, len(hosts)))
    if copies > len(hosts):
        why = plain("copies is {copies}, and there are only {hosts}", copies=copies, hosts=many(len(hosts), "host"))
        raise _WrongError("copies", why)
    return ClusterFile(
        path,
        taken["scheduler"],
        taken["certificates"],
        taken["index"],
        taken["texts"],
        taken.get("encoding"),
        copies,
        hosts,
    )


def read_url(url: str) -> Address:
    """The address of a scheduler as it is written. Raise CorpusError for anything else."""
    try:
        return _scheduler(Path(), "--cluster", url)
    except _WrongError as wrong:
        raise CorpusError(wrong.why) from None


def _scheduler(_: Path, key: str, value: Any) -> Address:
    if not isinstance(value, str) or not value.startswith(TLS):
        raise _WrongError(key, plain("{key} is an address such as {sample}", key=key, sample='"tls://gateway:8786"'))
    return _address(key, value, value.removeprefix(TLS))


def _address(key: str, value: Any, text: Any, table: str = "") -> Address:
    """An address with its port, which is below the last one."""
    why = plain(
        '{key} is a machine and a port such as "{sample}", not {given!r}', key=key, sample="10.0.0.1:8788", given=value
    )
    try:
        parts = urlsplit(f"//{text}") if isinstance(text, str) else urlsplit("")
        machine, port = parts.hostname, parts.port
    except ValueError:
        raise _WrongError(key, why, table) from None
    if machine is None or port is None or not 1 <= port <= _LAST_PORT or parts.netloc != text or "@" in text:
        raise _WrongError(key, why, table)
    return Address(machine, port)


def _folder(base: Path, key: str, value: Any) -> Path:
    if not isinstance(value, str) or not value:
        raise _WrongError(key, plain("{key} is a path", key=key))
    return _absolute(base, value)


def _texts(base: Path, key: str, value: Any) -> tuple[Path, ...]:
    paths = [value] if isinstance(value, str) else value
    if not isinstance(paths, list) or not paths or not all(isinstance(each, str) and each for each in paths):
        raise _WrongError(key, plain("{key} is a path or a list of paths", key=key))
    return tuple(_absolute(base, each) for each in paths)


def _absolute(base: Path, path: str) -> Path:
    try:
        return (base / Path(path).expanduser()).absolute()
    except RuntimeError:
        return (base / path).absolute()


def _encoding(_: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongError(key, plain("{key} is the name of an encoding", key=key))
    try:
        return encoding_name(value)
    except CorpusError as error:
        raise _WrongError(key, said(error)) from None


def _copies(_: Path, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _WrongError(key, plain("{key} is a whole number from 1, not {given!r}", key=key, given=value))
    return value


def _hosts(_: Path, key: str, value: Any) -> dict[str, Address]:
    if not isinstance(value, dict) or not value:
        raise _WrongError(key, plain("{key} is a table of names and addresses", key=f"[{key}]"))
    hosts: dict[str, Address] = {}
    for name, given in value.items():
        if not is_name(name):
            why = plain("{name!r} is no name of a host: letters, digits, dots and dashes, not gateway or ca", name=name)
            raise _WrongError(name, why, key)
        address = _address(name, given, given, key)
        if address in hosts.values():
            raise _WrongError(name, plain("another host has the address {address}", address=given), key)
        hosts[name] = address
    return hosts


_KEYS: Final[Mapping[str, Callable[[Path, str, Any], Any]]] = {
    "scheduler": _scheduler,
    "certificates": _folder,
    "index": _folder,
    "texts": _texts,
    "encoding": _encoding,
    "copies": _copies,
    "hosts": _hosts,
}
_NEEDED: Final = ("scheduler", "certificates", "index", "texts", "hosts")
