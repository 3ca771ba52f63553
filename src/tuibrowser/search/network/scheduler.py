"""Scheduler: Dask's, in a process of its own, which a gateway starts again when it ends.

python -m tuibrowser.search.network.scheduler CLUSTER_FILE
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.host.parent import end_with_parent
from tuibrowser.search.network.cluster_file import GATEWAY, ClusterFile, read_cluster_file
from tuibrowser.search.network.dask import PagelessScheduler, security, settle
from tuibrowser.search.network.handing_out import CLUSTER, RECORDS, HandingOut

if TYPE_CHECKING:
    from distributed import Scheduler


async def serve(cluster: ClusterFile) -> None:
    """Let hosts join until it is ended. Raise OSError where the address cannot be used."""
    settle(cluster.folder(GATEWAY))
    scheduler: Scheduler = PagelessScheduler(
        host=cluster.scheduler.machine,
        port=cluster.scheduler.port,
        protocol="tls",
        security=security(cluster.certificates, GATEWAY),
        dashboard=False,
    )
    handing_out = HandingOut(cluster)
    scheduler.handlers[CLUSTER] = handing_out.cluster
    scheduler.handlers[RECORDS] = handing_out.records
    async with scheduler:
        await scheduler.finished()


if __name__ == "__main__":
    end_with_parent()
    asyncio.run(serve(read_cluster_file(Path(sys.argv[1]))))
