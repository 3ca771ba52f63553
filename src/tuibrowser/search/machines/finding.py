"""Finding: the server of a corpus, where there is one that may be trusted and the reader wants it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.host.environment import SERVER, SERVER_OFF, SERVER_OWNERS
from tuibrowser.language.i18n import plain
from tuibrowser.search.machines.places import found_at, is_trusted, uid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tuibrowser.search.machines.served import ServedCorpus


def sockets_of(paths: Sequence[str], encoding: str | None, environ: Mapping[str, str] = os.environ) -> Iterator[Path]:
    """The sockets at which some texts may be served; none where the reader wants no server."""
    wanted = environ.get(SERVER, "")
    if wanted in ("", SERVER_OFF):
        return iter(()) if wanted else found_at(paths, encoding, owners(environ))
    path = Path(wanted)
    if not is_trusted(path, owners(environ)):
        raise CorpusError(plain("there is no server that may be trusted at {path}", path=wanted))
    return iter((path,))


def find_served(
    paths: Sequence[str], encoding: str | None, environ: Mapping[str, str] = os.environ
) -> ServedCorpus | None:
    """The texts as a server has them; None where none serves them. Raise CorpusError where the one named does not."""
    for socket in sockets_of(paths, encoding, environ):
        from tuibrowser.search.machines.line import LostError, UnansweredError
        from tuibrowser.search.machines.served import ServedCorpus  # most texts are served by none

        try:
            corpus = ServedCorpus(socket, owners(environ))
        except (OSError, LostError, UnansweredError):
            continue
        asked = tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100  # links stay as they are
        if (corpus.about.paths, corpus.about.encoding) == (asked, encoding):
            return corpus
        corpus.line.close()
        if environ.get(SERVER):
            raise CorpusError(plain("the server at {path} has other texts", path=str(socket)))
    return None


def owners(environ: Mapping[str, str]) -> frozenset[int]:
    """The users whose servers are trusted beside the reader's own and root's; names of nobody are passed over."""
    names = environ.get(SERVER_OWNERS, "").split(",")
    return frozenset(uid for name in names if (uid := uid_of(name.strip())) is not None)
