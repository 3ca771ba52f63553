"""Early: what commands take of the config file before they begin; what is wrong with it is for `config.load` to say."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.regular import read_regular
from tuibrowser.host.state_folder import below_home
from tuibrowser.language import i18n
from tuibrowser.language.frozen import frozen
from tuibrowser.settings.option import (
    AUTO,
    Checks,
    read_folder,
    read_lexicon_files,
    read_records,
    read_server,
    read_users,
    read_word_files,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LARGEST: Final = 1_000_000
"""Bytes up to which a file is read."""


def default_path() -> Path:
    """Where the config file is looked for."""
    if sys.platform == "linux":
        # As platformdirs has it, which takes longer to load than the file to read; every command looks for it.
        folder = os.environ.get("XDG_CONFIG_HOME", "")
        named = Path(folder if folder.startswith("/") else "~/.config")
        return below_home(named.expanduser) / "tuibrowser" / "config.toml"
    from platformdirs import user_config_path

    return below_home(lambda: user_config_path("tuibrowser")) / "config.toml"


def text_of(path: Path) -> str:
    """The text of a file, without the byte order mark of some editors. Raise OSError or UnicodeDecodeError."""
    return read_regular(path, _LARGEST).decode("utf-8-sig").replace("\r\n", "\n")


@frozen
class AtStart:
    """What every command takes from the config file before it begins, as far as it can be used."""

    language: str
    """The language to speak, one of those of `i18n`: as the file says, else as the environment asks for."""
    record_names: Mapping[str, Sequence[str]]
    """The names of fields of records."""
    dictionaries: Sequence[Path]
    """The dictionaries of the reader that are files."""
    server: str = ""
    """What is said of servers: off, the path of a socket, or nothing."""
    trust: Sequence[str] = ()
    """The users whose servers are trusted."""
    certificates: str = ""
    """The folder of the reader's certificate for a cluster, or nothing."""


_SAYS_SOMETHING: Final = r"^[ \t]*\[?[ \t]*[\"']?(?:language|records|dictionary|server|trust|certificates)\b"
"""A line of the file that says something of it; a file that only has examples is not parsed."""


def at_start(environ: Mapping[str, str], path: Path | None = None) -> AtStart:
    """Read what every command needs; what is wrong with the file is for `load` to say.

    `path` is where the file is, else `default_path`.
    """
    values = _values(path or default_path())
    named = values.get("language", AUTO)
    server = read_server("server", values.get("server", AUTO), _NO_CHECKS)[0] or AUTO
    return AtStart(
        named if named in i18n.LANGUAGES else i18n.preferred(environ),
        read_records("records", values.get("records", {}), _NO_CHECKS)[0],
        read_word_files("dictionary", values["dictionary"], _NO_CHECKS)[0] or () if "dictionary" in values else (),
        server if server != AUTO else "",
        read_users("trust", values.get("trust", []), _NO_CHECKS)[0] or (),
        read_folder("certificates", values.get("certificates", ""), _NO_CHECKS)[0] or "",
    )


def _values(path: Path, says: str = _SAYS_SOMETHING) -> Mapping[str, Any]:
    """The options of a file that has a certain line; none where it cannot be read."""
    with suppress(OSError, ValueError, RecursionError):
        if re.search(says, text := text_of(path), re.MULTILINE):
            import tomllib

            return tomllib.loads(text)
    return {}


def own_stopwords(path: Path | None = None) -> Sequence[Path]:
    """The stop lists that the config file names, whether or not they can be read."""
    given = _values(path or default_path(), r"^[ \t]*[\"']?stopwords\b").get("stopwords", [])
    named = given if isinstance(given, list) else [given]
    return [_expanded(each) for each in named if isinstance(each, str)]


def _expanded(path: str) -> Path:
    """A path below a home folder; as it stands where there is none of that name."""
    with suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)


def own_lexica(path: Path | None = None) -> Sequence[Path]:
    """The dictionaries to look words up in that the config file names, as far as they are files."""
    values = _values(path or default_path(), r"^[ \t]*[\"']?lexica\b")
    return read_lexicon_files("lexica", values["lexica"], _NO_CHECKS)[0] or () if "lexica" in values else ()


_NO_CHECKS: Final = Checks(frozenset, lambda _: {})
