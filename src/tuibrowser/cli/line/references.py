"""References: open the passage of `path#39:12-30@hash`, in the file or in a corpus opened before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError
from tuibrowser.cli.sources import STANDARD_INPUT, exists
from tuibrowser.corpus.containers.within import is_there, within
from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.names import as_utf8, printable
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from tuibrowser.reading.quoting.reference import Reference
    from tuibrowser.userdata.model import RecentCorpus


def reference_in(operand: str) -> Reference | None:
    """The reference that an operand is; None where it is a path, also one with `#3` in its name."""
    if exists(operand):
        return None
    from tuibrowser.reading.quoting.reference import parse_reference  # Most operands are paths.

    return parse_reference(operand)


def home_of(reference: Reference) -> tuple[tuple[str, ...], str | None, Reference]:
    """The paths to open for a reference, their encoding if one was named, and the reference in what is then opened.

    Raise CommandError where no such document is known.
    """
    path = reference.path
    if path == STANDARD_INPUT:
        return (path,), None, reference
    if exists(path):
        if Path(path).is_dir():
            raise CommandError(plain("{path} is a folder: a reference is to a passage of a file", path=printable(path)))
        return (path,), None, replace(reference, path=printable(Path(path).name))
    if is_there(path) and (place := within(path)) is not None:
        name = f"{Path(place.container).name}/{place.member}"
        return (place.container,), None, replace(reference, path=printable(name))
    corpus = _corpus_with(as_utf8(path))
    if corpus is not None:
        return corpus.paths, corpus.encoding, reference
    if _holds(str(seeds_path()), path):
        return (str(seeds_path()),), None, reference
    raise CommandError(plain("no such file, nor a document of a corpus opened lately: {path}", path=printable(path)))


def _corpus_with(name: str) -> RecentCorpus | None:
    """The corpus opened last of those that have a document of a name."""
    from tuibrowser.userdata.store import UserData, default_path  # Most command lines have no reference.

    if not default_path().exists():
        return None
    data = UserData(default_path())
    try:
        known = data.corpora()
    finally:
        data.close()
    return next((corpus for corpus in known if any(_holds(path, name) for path in corpus.paths)), None)


def _holds(path: str, name: str) -> bool:
    """Whether a file or folder has a document of a name, which may begin with that of the folder."""
    root = Path(path)
    if root.is_dir():
        return is_there(str(root / name)) or (name.startswith(f"{root.name}/") and is_there(str(root.parent / name)))
    return (name == root.name or name.startswith(f"{root.name}/")) and is_there(str(root.parent / name))
