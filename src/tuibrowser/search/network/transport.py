"""Transport: carries frames to the hosts of a cluster by Dask, over TLS."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final, TypeVar

from distributed.core import ConnectionPool

from tuibrowser.language.i18n import plain
from tuibrowser.search.network.about import about_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
    from concurrent.futures import Future

    from distributed.security import Security

    from tuibrowser.search.network.about import About
    from tuibrowser.search.network.cluster_file import Address

ANSWER: Final = "tuibrowser_answer"
ABOUT: Final = "tuibrowser_about"
"""What a host is asked by: to answer a frame, and what it is."""

_Value = TypeVar("_Value")

_CONNECTED: Final = 1.0
"""Seconds in which a host is connected to."""


class DaskTransport:
    """The `HostTransport` to the workers of a cluster; a thread of its own carries all frames."""

    def __init__(self, addresses: Mapping[str, Address], secured: Security) -> None:
        self._addresses = {name: address.url for name, address in addresses.items()}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hosts", daemon=True)
        self._thread.start()
        self._pool: Any = self._begun(_pool(secured)).result()

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """Send each host a frame, and return at once; a future fails with OSError where its host is not reached."""
        return {name: self._begun(self._answered(name, data)) for name, data in asked.items()}

    def about(self) -> Mapping[str, Future[About]]:
        """What each host is; a future fails with OSError where its host is not reached."""
        return {name: self._begun(self._told(name)) for name in self._addresses}

    def _begun(self, asking: Coroutine[Any, Any, _Value]) -> Future[_Value]:
        return asyncio.run_coroutine_threadsafe(asking, self._loop)

    async def _answered(self, name: str, data: bytes) -> bytes:
        answer = await self._asked(name, ANSWER, data=data)
        if not isinstance(answer, bytes):
            raise OSError(plain("does not answer"))
        return answer

    async def _told(self, name: str) -> About:
        try:
            return about_of(await self._asked(name, ABOUT))
        except ValueError:
            raise OSError(plain("does not answer")) from None

    async def _asked(self, name: str, method: str, **arguments: object) -> Any:
        try:
            return await getattr(self._pool(self._addresses[name]), method)(**arguments)
        except OSError:
            raise
        except Exception as error:
            # Dask raises what the other side says as a bare Exception.
            raise OSError(str(error)) from None

    def close(self) -> None:
        """End all connections."""
        self._begun(self._pool.close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _pool(secured: Security) -> Any:
    pool = ConnectionPool(deserialize=False, connection_args=secured.get_connection_args("client"), timeout=_CONNECTED)
    await pool.start()
    return pool
