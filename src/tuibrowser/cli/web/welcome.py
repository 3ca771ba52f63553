"""Welcome: where pages are shown, and which requests come from those pages."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from tuibrowser.cli.errors import UsageError
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Collection

LOCAL: Final = "127.0.0.1"
PORT: Final = 8000
_LOCAL_NAME: Final = "localhost"
_MOST_PORT: Final = 65535


class Place(NamedTuple):
    """Where pages are shown: an address or a name of this machine, and a port."""

    host: str = LOCAL
    port: int = PORT

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}/"

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host == _LOCAL_NAME or (_is_address(self.host) and ip_address(self.host).is_loopback)


def place_of(written: str | None) -> Place:
    """The place written as PORT, HOST or HOST:PORT, where an address with colons stands in brackets before a port.

    Raises UsageError where it is none of these.
    """
    if written is None:
        return Place()
    host, port = (LOCAL, written) if written.isdecimal() else _divided(written)
    if not host or not port.isascii() or not port.isdecimal() or not 0 < int(port) <= _MOST_PORT:
        raise UsageError(plain("--web-at takes HOST:PORT, HOST or PORT, not {given!r}", given=written), "serve")
    return Place(host, int(port))


def _divided(written: str) -> tuple[str, str]:
    """The host and the port of an authority, whose port may be missing."""
    if _is_address(written):
        return written, str(PORT)
    end = written.rfind("]")
    host, colon, port = written[end + 1 :].rpartition(":")
    if not colon:
        host, port = written[end + 1 :], str(PORT)
    return (written[: end + 1] + host).strip("[]"), port


def is_welcome(host: str, origin: str | None, names: Collection[str]) -> bool:
    """Whether a request is made of this server under a name that is its own, and not by another site's page.

    `host` is what the request calls the server, `origin` the site of the page that asks, None where no page does;
    `names` are the server's own beside localhost and addresses. A page of another site could else read the texts in
    the reader's browser, directly or by a name of its own that leads here.
    """
    called = _name(f"//{host}")
    if not (called == _LOCAL_NAME or _is_address(called) or called in names):
        return False
    return origin is None or origin.partition("://")[2] == host or _name(origin) in names


def _name(url: str) -> str:
    """The name of the host of an address on the web; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
