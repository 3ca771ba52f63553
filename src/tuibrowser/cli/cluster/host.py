"""`serve --cluster FILE --host NAME`: answer for the parts of the index that a host has."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING

from tuibrowser.cli.printing.log import log
from tuibrowser.search.building.host_side import HostSide
from tuibrowser.search.network.dask import security, settle
from tuibrowser.search.network.worker import HostWorker

if TYPE_CHECKING:
    from tuibrowser.search.network.cluster_file import ClusterFile


def serve_host(cluster: ClusterFile, name: str) -> int:
    """Answer, and make parts of the index when told so, until a signal ends it; return 0."""
    address, folder = cluster.address(name), cluster.folder(name)
    secured = security(cluster.certificates, name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settle(folder)
    side = HostSide(folder, note=log)
    for problem in side.problems:
        log(problem)
    asyncio.run(
        _until_ended(HostWorker(name, address, cluster.scheduler, secured, side.answer, log, lambda: side.problems))
    )
    side.end()
    log("ended")
    return 0


async def _until_ended(worker: HostWorker) -> None:
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(each, worker.end)
    await worker.run()
