"""The registry of containers: files that hold several documents, archives and files of records."""

from __future__ import annotations

from typing import Final

from tuibrowser.corpus.containers.base import Container
from tuibrowser.corpus.names import suffix

__all__ = ["BY_KEY", "CONTAINERS", "Container", "container_for"]

_TAR: Final = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz")

CONTAINERS: Final = (
    Container("zip", "ZIP", (".zip",), "tuibrowser.corpus.containers.zipped"),
    Container("tar", "tar", _TAR, "tuibrowser.corpus.containers.tarred"),
    Container("json", "JSON", (".json",), "tuibrowser.corpus.containers.json_list", True),
    Container("jsonl", "JSON Lines", (".jsonl", ".ndjson"), "tuibrowser.corpus.containers.json_lines", True),
    Container("csv", "CSV", (".csv",), "tuibrowser.corpus.containers.table", True),
    Container("tsv", "TSV", (".tsv", ".tab"), "tuibrowser.corpus.containers.table", True),
)
"""All containers."""

BY_KEY: Final = {each.key: each for each in CONTAINERS}
"""The containers by their keys."""

_BY_SUFFIX: Final = {ending: each for each in CONTAINERS for ending in each.suffixes}


_ENDINGS: Final = {f".{ending.rpartition('.')[2]}" for ending in _BY_SUFFIX}


def container_for(name: str) -> Container | None:
    """The container that a file is by its name."""
    ending = suffix(name)
    if ending not in _ENDINGS:
        return None
    above = suffix(name[: len(name) - len(ending)])
    return _BY_SUFFIX.get(above + ending) or _BY_SUFFIX.get(ending)
