"""Examine: collect everything that a report of a fault should say."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib import metadata
from typing import TYPE_CHECKING

from tuibrowser import __version__
from tuibrowser.clipboard.copy import current, finder
from tuibrowser.clipboard.tmux import look_closely
from tuibrowser.doctor.folders import look_at_folders
from tuibrowser.doctor.model import Diagnosis, HostFound, Problem
from tuibrowser.doctor.routes import look_at_clipboard
from tuibrowser.doctor.servers import look_at_servers, problems_of
from tuibrowser.doctor.terminal import look_at_locale, look_at_terminal
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.search.network.cluster_file import ClusterFile

PACKAGES = ("textual", "opencc", "jieba", "rapidfuzz", "numpy", "platformdirs")


def examine(
    environment: Mapping[str, str] = os.environ,
    size: tuple[int, int] | None = None,
    cluster: ClusterFile | None = None,
) -> Diagnosis:
    """Look at terminal, locale, clipboard, folders, versions, and at the hosts of a cluster where one is given.

    `size` is the terminal's, in columns and rows.

    It changes nothing. It runs tmux and GNU screen where the program is in them, each for two seconds at most.
    """
    environment = current(environment)
    tmux = look_closely(environment)
    terminal = look_at_terminal(environment, tmux, size)
    clipboard = look_at_clipboard(environment, tmux, finder(environment))
    folders, servers = look_at_folders(), look_at_servers(environment)
    versions = _versions()
    hosts, of_cluster = _hosts(cluster)
    problems = (
        *of_cluster,
        *terminal.problems,
        *clipboard.problems,
        *(problem for folder in folders for problem in folder.problems),
        *(
            Problem(plain("versions"), plain("{name} is not installed", name=name), plain("install tuibrowser anew"))
            for name, version in versions.items()
            if not version
        ),
        *problems_of(servers),
    )
    return Diagnosis(terminal, look_at_locale(environment), clipboard, (*folders, *servers), versions, problems, hosts)


def _hosts(cluster: ClusterFile | None) -> tuple[tuple[HostFound, ...], tuple[Problem, ...]]:
    if cluster is None:
        return (), ()
    from tuibrowser.doctor.hosts import look_at_hosts  # with Dask, which few need

    return look_at_hosts(cluster)


def _versions() -> dict[str, str]:
    """Versions by name, empty for what is not installed."""
    versions = {
        "tuibrowser": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        plain("system"): f"{platform.system()} {platform.release()}",
    }
    for name in PACKAGES:
        try:
            versions[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            versions[name] = ""
    return versions
