"""`serve --certificates DIR`: make the certificates with which the machines of a cluster know one another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.language.i18n import plain, shown
from tuibrowser.language.wording import listed
from tuibrowser.search.network.cluster_file import GATEWAY, is_name, read_cluster_file
from tuibrowser.search.network.extra import need_packages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tuibrowser.cli.line.grammar import Arguments


def write_certificates(arguments: Arguments, folder: str) -> int:
    """Make the certificates of the gateway, of the hosts of the cluster file, and of the names that are given.

    Say which were made and which were there; return 0.
    """
    need_packages()
    from tuibrowser.search.network.certificates import AUTHORITY, make_certificates

    for name in arguments.operands:
        if not is_name(name):
            raise UsageError(plain("{name!r} can be no name of a certificate", name=name), arguments.command)
    made = make_certificates(Path(folder), _names(arguments.text("--cluster"), arguments.operands))
    if made.made:
        _say(plain("made in {folder}: {names}", folder=folder, names=listed(made.made)))
    if made.kept:
        _say(plain("there already, and left as they are: {names}", names=listed(made.kept)))
    if AUTHORITY in made.made:
        _say(plain("whoever has ca.key can make more: keep it apart from the machines of the cluster"))
    return 0


def _names(cluster_file: str | None, others: Iterable[str]) -> dict[str, list[str]]:
    """The certificates that are wanted, each with the machines that it stands for."""
    names: dict[str, list[str]] = {GATEWAY: []}
    if cluster_file is not None:
        cluster = read_cluster_file(Path(cluster_file))
        names[GATEWAY] = [cluster.scheduler.machine]
        names.update({name: [address.machine] for name, address in cluster.hosts.items()})
    return {**{name: [] for name in others}, **names}


def _say(sentence: str) -> None:
    sys.stdout.write(f"{shown(sentence)}\n")
