"""Handing out: the scheduler tells an operator what the cluster is, and hands out the records that the gateway has."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.search.index.places import MANIFEST
from tuibrowser.search.network.cluster_file import GATEWAY

if TYPE_CHECKING:
    from tuibrowser.search.network.cluster_file import ClusterFile

CLUSTER: Final = "tuibrowser_cluster"
RECORDS: Final = "tuibrowser_records"
"""What the scheduler is asked by: what the cluster is, and a stretch of a file that the gateway has."""

_STRETCH: Final = 4 << 20
"""Bytes that are handed out at a time."""
_NAME: Final = re.compile(rf"{re.escape(MANIFEST)}|g[0-9a-f]+/[A-Za-z0-9][A-Za-z0-9._-]*")


def is_record(name: str) -> bool:
    """Whether a name is that of a file which is handed out: the manifest, or a file of a generation."""
    return _NAME.fullmatch(name) is not None


class HandingOut:
    """What a scheduler hands out of a cluster."""

    def __init__(self, cluster: ClusterFile) -> None:
        self._cluster = cluster

    async def cluster(self) -> dict[str, Any]:
        """What the cluster is."""
        return self._cluster.sent()

    async def records(self, name: str = "", offset: int = 0) -> bytes | None:
        """A stretch of a file; None where there is none of that name."""
        if not is_record(name):
            return None
        try:
            descriptor = os.open(self._cluster.folder(GATEWAY) / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return None
        try:
            return os.pread(descriptor, _STRETCH, offset)
        finally:
            os.close(descriptor)
