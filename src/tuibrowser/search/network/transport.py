"""Transport: carries frames to the hosts of a cluster by Dask, over TLS."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final

from distributed.core import ConnectionPool

from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from distributed.security import Security

    from tuibrowser.search.network.cluster_file import Address

ANSWER: Final = "tuibrowser_answer"
"""What a host is asked by."""

_CONNECTED: Final = 1.0
"""Seconds in which a host is connected to."""


class DaskTransport:
    """The `HostTransport` to the workers of a cluster; a thread of its own carries all frames."""

    def __init__(self, addresses: Mapping[str, Address], secured: Security) -> None:
        self._addresses = {name: address.url for name, address in addresses.items()}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hosts", daemon=True)
        self._thread.start()
        self._pool = asyncio.run_coroutine_threadsafe(_pool(secured), self._loop).result()

    def send(self, asked: Mapping[str, bytes]) -> Mapping[str, Future[bytes]]:
        """Send each host a frame, and return at once; a future fails with OSError where its host is not reached."""
        return {
            name: asyncio.run_coroutine_threadsafe(self._ask(name, data), self._loop) for name, data in asked.items()
        }

    async def _ask(self, name: str, data: bytes) -> bytes:
        try:
            answer = await getattr(self._pool(self._addresses[name]), ANSWER)(data=data)
        except OSError:
            raise
        except Exception as error:
            # Dask raises what the other side says as a bare Exception.
            raise OSError(str(error)) from None
        if not isinstance(answer, bytes):
            raise OSError(plain("does not answer"))
        return answer

    def close(self) -> None:
        """End all connections."""
        asyncio.run_coroutine_threadsafe(self._pool.close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _pool(secured: Security) -> Any:
    pool = ConnectionPool(deserialize=False, connection_args=secured.get_connection_args("client"), timeout=_CONNECTED)
    await pool.start()
    return pool
