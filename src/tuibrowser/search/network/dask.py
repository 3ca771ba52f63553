"""Dask: how its scheduler, workers and connections are set up here: TLS 1.3 on both sides, and no page to watch it by.

Dask unpickles what arrives at its ports before anything else looks at it. Who has no certificate of the cluster gets no
connection.
"""

from __future__ import annotations

import logging
import os
import ssl
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import dask
from distributed import Scheduler, Worker
from distributed.security import Security

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.regular import open_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.search.network.certificates import AUTHORITY
from tuibrowser.search.network.cluster_file import GATEWAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SETTINGS: Final = {
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.comm.require-encryption": True,
    "distributed.comm.timeouts.connect": "2s",
}
"""Nothing is profiled and little measured: a host answers in milliseconds."""

_OTHERS: Final = stat.S_IRWXO

_ROLES: Final = ("client", "scheduler", "worker")


def settle(scratch: Path) -> None:
    """Set Dask up for this process; it writes into a folder, and logs nothing: what counts is noted here."""
    dask.config.set({**_SETTINGS, "temporary-directory": os.fspath(scratch)})
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def security(certificates: Path, name: str) -> Security:
    """How a machine knows others, and shows that it belongs to them. Raise CorpusError where a file cannot be used."""
    authority, certificate, key = (certificates / each for each in (f"{AUTHORITY}.crt", f"{name}.crt", f"{name}.key"))
    for path in (authority, certificate, key):
        with _named(path):
            descriptor = open_regular(path)
            mode = os.fstat(descriptor).st_mode
            os.close(descriptor)
            if path == key and mode & _OTHERS:
                raise OSError(plain("everyone may read it: chmod 600"))
    roles = {f"tls_{role}_{kind}": str(path) for role in _ROLES for kind, path in (("cert", certificate), ("key", key))}
    secured = Security(
        require_encryption=True, tls_ca_file=str(authority), tls_min_version=ssl.TLSVersion.TLSv1_3, **roles
    )
    with _named(certificate):
        secured.get_listen_args("worker")
    return secured


def own_name(certificates: Path) -> str:
    """The name of the certificate in a folder: the gateway's where it is there, else the only one.

    Raise CorpusError where there is none, or several.
    """
    names = sorted(path.stem for path in certificates.glob("*.key") if path.stem != AUTHORITY)
    if GATEWAY in names or not names:
        return GATEWAY
    if len(names) > 1:
        raise CorpusError(plain("{folder} has several certificates: {names}", folder=certificates, names=listed(names)))
    return names[0]


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Raise CorpusError with the path of a file that cannot be used."""
    try:
        yield
    except OSError as error:
        raise CorpusError(plain("{file}: {problem}", file=path, problem=system_reason(error))) from None


class NoPages:
    """Keeps Dask from serving pages over HTTP, which it does on the same network even without its dashboard."""

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Serve none."""


class PagelessScheduler(NoPages, Scheduler):
    """A scheduler that listens at one port."""


class PagelessWorker(NoPages, Worker):
    """A worker that listens at one port."""
