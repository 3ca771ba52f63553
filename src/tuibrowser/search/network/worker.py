"""Worker: a host of a cluster, which answers frames at its port and is a worker of Dask's scheduler at the next one.

What is asked of a host does not pass through the scheduler: where that is gone, hosts answer as before, and join the
next one.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from distributed.core import Server

from tuibrowser import __version__
from tuibrowser.search.network.about import About
from tuibrowser.search.network.certificates import end_of
from tuibrowser.search.network.dask import PagelessWorker
from tuibrowser.search.network.transport import ABOUT, ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from distributed import Worker
    from distributed.security import Security

    from tuibrowser.search.network.cluster_file import Address

_FRAMES: Final = 64
"""Frames that are answered or wait at a time; whether the host is there is among them."""

_PAUSE: Final = 0.2
"""Seconds between two attempts to join."""


class HostWorker:
    """A host that answers frames until it is ended."""

    def __init__(
        self,
        name: str,
        address: Address,
        scheduler: Address,
        secured: Security,
        answer: Callable[[bytes], bytes],
        note: Callable[[str], object],
        problems: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`answer` answers a frame, in any thread; `note` writes into the log; `problems` are those of its parts."""
        self._name = name
        self._address = address
        self._scheduler = scheduler
        self._secured = secured
        self._answer = answer
        self._note = note
        self._problems = problems
        self._threads = ThreadPoolExecutor(_FRAMES, thread_name_prefix="frame")
        self._over = asyncio.Event()
        self._said = ""

    def end(self) -> None:
        """End it; from its event loop."""
        self._over.set()

    async def run(self) -> None:
        """Answer until it is ended. Raise OSError where the address cannot be used."""
        over = asyncio.ensure_future(self._over.wait())
        server = Server(
            {ANSWER: self._handle, ABOUT: self._tell},
            deserialize=False,
            needs_workdir=False,
            connection_args=self._secured.get_connection_args("worker"),
        )
        await server
        try:
            await server.listen(self._address.url, **self._secured.get_listen_args("worker"))
            self._note(f"{self._name} answers at {self._address.url}")
            await self._work(over)
        finally:
            await server.close()

    async def _work(self, over: asyncio.Future[Any]) -> None:
        """Be a worker of the scheduler, and of the next one whenever it is gone."""
        while not over.done():
            worker = self._made()
            try:
                await asyncio.wait(
                    {over, asyncio.ensure_future(self._join(worker))}, return_when=asyncio.FIRST_COMPLETED
                )
            finally:
                await worker.close(timeout=1, executor_wait=False)
            await asyncio.wait({over}, timeout=_PAUSE)

    async def _join(self, worker: Worker) -> None:
        try:
            await worker
            self._say(f"joined {self._scheduler.url}")
            await worker.finished()
            self._say("the scheduler is gone")
        except (OSError, RuntimeError) as error:  # Dask raises the latter because of the former.
            self._say(f"cannot join: {error.__cause__ or error}")

    def _say(self, line: str) -> None:
        """Write a line into the log, once."""
        if line != self._said:
            self._said = line
            self._note(line)

    def _made(self) -> Worker:
        return PagelessWorker(
            self._scheduler.url,
            name=self._name,
            host=self._address.machine,
            port=self._address.next.port,
            protocol="tls://",
            security=self._secured,
            nthreads=1,
            memory_limit=0,
            dashboard=False,
        )

    async def _handle(self, data: Any = None) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, data)

    async def _tell(self) -> list[Any]:
        """What this host is."""
        certificate = Path(self._secured.get_tls_config_for_role("worker")["cert"])
        return About(__version__, end_of(certificate), tuple(self._problems())).sent()
