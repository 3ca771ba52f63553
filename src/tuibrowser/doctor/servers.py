"""Servers: the sockets of servers that this user's readers find, and what stands behind them; change nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.doctor.model import FolderFound, Problem
from tuibrowser.host.environment import SERVER, SERVER_OFF
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed
from tuibrowser.search.machines.finding import owners
from tuibrowser.search.machines.places import SHARED, is_trusted, own_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SILENT: Final = plain("does not answer")
_SEVERAL: Final = 2


def look_at_servers(environment: Mapping[str, str] = os.environ) -> tuple[FolderFound, ...]:
    """The servers of this user and of everyone on the machine, or the one that is named."""
    named = environment.get(SERVER, "")
    if named == SERVER_OFF:
        return (FolderFound(plain("server"), "", healthy=True, state=plain("none is wanted")),)
    from pathlib import Path

    sockets = [Path(named)] if named else [path for folder in (own_folder(), SHARED) for path in _sockets(folder)]
    return tuple(_server(path, environment) for path in sockets)


def problems_of(servers: Sequence[FolderFound]) -> list[Problem]:
    """What is wrong with servers; the sockets that are left of several are told together."""
    problems = [problem for server in servers for problem in server.problems]
    left = [server for server in servers if server.state == _SILENT]
    if len(left) < _SEVERAL:
        return problems
    silent = [problem for server in left for problem in server.problems]
    what = plain("nothing answers at {path}", path=listed([server.path for server in left]))
    return [*(each for each in problems if each not in silent), Problem(plain("server"), what, silent[0].remedy)]


def _sockets(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.sock"))
    except OSError:
        return []


def _server(path: Path, environment: Mapping[str, str]) -> FolderFound:
    if os.path.lexists(path) and not path.is_socket():
        what = plain("{path} is no socket", path=str(path))
        problem = Problem(plain("server"), what, plain("remove it, or name another path: tuibrowser serve --socket"))
        return FolderFound(plain("server"), str(path), healthy=False, state=plain("no socket"), problems=(problem,))
    if os.path.lexists(path) and not is_trusted(path, owners(environment)):
        what = plain("the socket {path} belongs to another user", path=str(path))
        problem = Problem(plain("server"), what, plain("name its owner under trust in the config file"))
        return FolderFound(plain("server"), str(path), healthy=False, state=plain("not trusted"), problems=(problem,))
    from tuibrowser.search.machines.line import LostError  # late: mostly there is none

    try:
        return FolderFound(plain("server"), str(path), healthy=True, state=_at_work(path, environment))
    except (OSError, CorpusError, LostError):
        what = plain("nothing answers at {path}", path=str(path))
        problem = Problem(plain("server"), what, plain("start the server again: tuibrowser serve"))
        return FolderFound(plain("server"), str(path), healthy=False, state=_SILENT, problems=(problem,))


def _at_work(path: Path, environment: Mapping[str, str]) -> str:
    """What a server has. Raise OSError and CorpusError where it does not answer."""
    from tuibrowser.search.machines.served import ServedCorpus  # late: mostly there is none

    corpus = ServedCorpus(path, owners(environment))
    texts, paths = many(len(corpus.sources), "document"), " ".join(map(str, corpus.about.paths))
    corpus.line.close()
    return plain("{who}: {documents} in {paths}", who=corpus.about.server, documents=texts, paths=paths)
