"""Fetching: an operator asks the scheduler of a cluster what that is, and keeps the records of its documents."""

from __future__ import annotations

import asyncio
import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from distributed.core import ConnectionPool

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.index.checks import measured
from tuibrowser.search.index.places import MANIFEST, cache_root, make_folder
from tuibrowser.search.network.cluster_file import GATEWAY, ClusterFile, cluster_of
from tuibrowser.search.network.dask import own_name, security
from tuibrowser.search.network.handing_out import CLUSTER, RECORDS, is_record

if TYPE_CHECKING:
    from pathlib import Path

    from tuibrowser.search.network.cluster_file import Address

_PATIENCE: Final = 5.0
"""Seconds in which the scheduler is connected to."""


def fetched(scheduler: Address, certificates: Path) -> ClusterFile:
    """A cluster whose records are kept among the indexes of this user. Raise CorpusError where it does not answer."""
    secured = security(certificates, own_name(certificates))
    index = cache_root() / f"cluster-{blake2b(scheduler.url.encode(), digest_size=8).hexdigest()}"
    try:
        return asyncio.run(_fetched(scheduler, certificates, index, secured.get_connection_args("client")))
    except CorpusError as error:
        reason = said(error)
    except OSError as error:
        reason = system_reason(error) if error.errno else plain("does not answer")  # Dask's own have no number.
    except ValueError as error:
        reason = str(error)
    raise CorpusError(plain("the cluster at {url}: {reason}", url=scheduler.url, reason=reason))


async def _fetched(scheduler: Address, certificates: Path, index: Path, arguments: dict[str, Any]) -> ClusterFile:
    async with ConnectionPool(connection_args=arguments, timeout=_PATIENCE) as pool:
        asked = pool(scheduler.url)
        cluster = cluster_of(await getattr(asked, CLUSTER)(), scheduler, certificates, index)
        folder = cluster.folder(GATEWAY)
        make_folder(folder, shared=False)
        await _fetch(asked, folder)
        return cluster


async def _fetch(asked: Any, folder: Path) -> None:
    """Have the files of the newest generation in a folder."""
    manifest = await _whole(asked, MANIFEST)
    said = json.loads(manifest)
    generation = folder / str(said["generation"])
    for name, written in said["files"].items():
        if not is_record(f"{generation.name}/{name}"):
            raise ValueError(f"not the name of a file: {name!r}")
        if not _is_there(generation / name, tuple(written)):
            data = await _whole(asked, f"{generation.name}/{name}")
            make_folder(generation, shared=False)
            _write(generation / name, data)
    _write(folder / MANIFEST, manifest)


async def _whole(asked: Any, name: str) -> bytes:
    """A file as the gateway has it."""
    parts: list[bytes] = []
    while part := await getattr(asked, RECORDS)(name=name, offset=sum(map(len, parts))):
        parts.append(part)
    if not parts and part is None:
        raise CorpusError(plain("there is no index yet: run tuibrowser index --cluster"))
    return b"".join(parts)


def _is_there(file: Path, written: tuple[int, ...]) -> bool:
    try:
        return measured(file) == written
    except OSError:
        return False


def _write(file: Path, data: bytes) -> None:
    new = file.with_name(f"{file.name}.new")
    new.write_bytes(data)
    new.replace(file)
