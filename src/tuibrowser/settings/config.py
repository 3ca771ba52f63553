"""Config: the options of the reader's config file, each checked; a wrong one is named with its line."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.environment import SERVER_OFF
from tuibrowser.host.regular import read_regular
from tuibrowser.host.state_folder import below_home
from tuibrowser.language import i18n
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.settings.commands import COMMANDS
from tuibrowser.settings.key_names import key_name
from tuibrowser.settings.keymaps import PRESETS, keymap, without_clashes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.language.i18n import Message

    Scripts = Callable[[], frozenset[str]]
    """Names the scripts that can be shown, when asked."""

    CitationCheck = Callable[[Mapping[str, object]], Mapping[str, str]]
    """Names the settings of a citation that are wrong, and why each is."""

    Wrong = list[tuple[str, str]]
    """What is wrong: the key in the file, and why."""

    Read = Callable[[str, Any, "Checks"], tuple[Any, Wrong]]
    """From an option's name and its value in the file to its value here and what is wrong; None has the default."""

LEAST_MEASURE, LARGEST_MEASURE = 20, 400
_LARGEST: Final = 1_000_000
"""Bytes up to which a file is read."""
MOST_COLUMNS = 2
LARGEST_SIDEBAR = 200
LEAN: Final = ("auto", "on", "off")
MOUSE: Final = ("auto", "on", "off")
AMBIGUOUS: Final = ("auto", "narrow", "wide")
AUTO: Final = "auto"
PLOTS: Final = (AUTO, "braille", "ascii")
LANGUAGES: Final = (AUTO, *i18n.LANGUAGES)
_TERMINAL_THEMES = ("ansi-dark", "ansi-light")
_DARK_THEMES = (
    *("textual-dark", "nord", "gruvbox", "catppuccin-mocha", "catppuccin-frappe", "catppuccin-macchiato", "dracula"),
    *("tokyo-night", "monokai", "flexoki", "solarized-dark", "rose-pine", "rose-pine-moon", "atom-one-dark"),
)
_LIGHT_THEMES = ("textual-light", "catppuccin-latte", "solarized-light", "rose-pine-dawn", "atom-one-light")
THEMES: Final = (*_TERMINAL_THEMES, "contrast-dark", "contrast-light", *_DARK_THEMES, *_LIGHT_THEMES)


@frozen
class Checks:
    """The checks of values that other rooms provide."""

    scripts: Scripts
    citation: CitationCheck


@frozen
class Option:
    """An option of the file: how its value is read, and what is said of it where the file is written.

    `sample` is TOML that shows how it is given where the default itself does not (a path, a table).
    """

    read: Read
    comment: Message
    sample: str = ""


def _option(default: object, read: Read, comment: Message, sample: str = "") -> Any:
    """A field of Config that is an option: its default, its reading, its comment."""
    return field(default=default, metadata={"option": Option(read, comment, sample)})


def _table(read: Read, comment: Message, sample: str) -> Any:
    """A field of Config that is a table of the file, empty by default."""
    return field(default_factory=dict, metadata={"option": Option(read, comment, sample)})


def _checked(
    is_right: Callable[[Any], bool], say: Callable[[str], Message], take: Callable[[Any], object] | None = None
) -> Read:
    """Read a value that has to pass a check; `say` says what an option's is, `take` makes what is kept of it."""

    def read(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
        if not is_right(value):
            return None, [(name, say(name))]
        return (value if take is None else take(value)), []

    return read


def _whole(least: int, largest: int) -> Read:
    return _checked(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= largest,
        lambda name: plain(
            "{option} is a whole number from {least} to {largest}", option=name, least=least, largest=largest
        ),
    )


def _one_of(names: tuple[str, ...]) -> Read:
    return _checked(lambda value: value in names, lambda name: _is_one_of(name, names))


def _is_one_of(name: str, names: Sequence[str]) -> Message:
    return plain("{option} is one of {names}", option=name, names=listed(names))


_BOOLEAN = _checked(lambda value: isinstance(value, bool), lambda name: plain("{option} is true or false", option=name))


def _is_file(value: object) -> bool:
    """Whether a value is the path of a regular file."""
    try:
        return isinstance(value, str) and Path(value).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):  # A name too long, a user unknown, a null character.
        return False


def _word_files(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
    """The files of words that are named, one or a list; what is wrong with the others."""
    return _files(
        name, value, plain("{option} is the path of a file with a word a line, or a list of such", option=name)
    )


def _lexicon_files(name: str, value: Any, _: Checks) -> tuple[Any, Wrong]:
    """The dictionaries that are named, likewise."""
    return _files(name, value, plain("{option} is the path of a dictionary, or a list of such", option=name))


def _files(name: str, value: Any, complaint: Message) -> tuple[Any, Wrong]:
    given = value if isinstance(value, list) else [value]
    found = tuple(Path(path).expanduser() for path in given if _is_file(path))
    return found or None, [(name, complaint)] if len(found) < len(given) else []


def _script(name: str, value: Any, checks: Checks) -> tuple[Any, Wrong]:
    if value == "original":
        return value, []
    scripts = checks.scripts()
    if isinstance(value, str) and value in scripts:
        return value, []
    return None, [(name, _is_one_of(name, sorted(scripts)))]


_server = _checked(
    lambda value: value in (AUTO, SERVER_OFF) or (isinstance(value, str) and value.startswith("/")),
    lambda name: plain("{option} is auto, off or the path of a socket", option=name),
)

_users = _checked(
    lambda value: isinstance(value, list) and all(isinstance(each, str) and each and "," not in each for each in value),
    lambda name: plain("{option} is a list of names of users", option=name),
    tuple,
)


def _citation(name: str, table: Any, checks: Checks) -> tuple[dict[str, str] | None, Wrong]:
    """The settings of a `[citation]` table that can be used, and what is wrong with the others."""
    if not isinstance(table, dict):
        return None, [(name, plain("citation is a table: [citation], and below it template = …"))]
    wrong = checks.citation(table)
    return {setting: text for setting, text in table.items() if setting not in wrong}, list(wrong.items())


def _records(_: str, table: Any, __: Checks) -> tuple[dict[str, tuple[str, ...]], Wrong]:
    """The names in a `[records]` table, and what is wrong with others."""
    if not isinstance(table, dict):
        return {}, [("records", plain("records is a table: a field = a list of names"))]
    named: dict[str, tuple[str, ...]] = {}
    wrong: Wrong = []
    known = listed(RECORD_FIELDS)
    for key, names in table.items():
        if key not in RECORD_FIELDS:
            wrong.append((key, plain("there is no field {name}: one of {fields}", name=key, fields=known)))
        elif not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            wrong.append((key, plain("{name} takes a list of names", name=key)))
        else:
            named[key] = tuple(names)
    return named, wrong


def _keys(_: str, table: Any, __: Checks) -> tuple[dict[str, tuple[str, ...]], Wrong]:
    """The bindings of a `[keys]` table; their clashes are found when every option is known."""
    if not isinstance(table, dict):
        return {}, [("keys", plain("keys is a table: a command's name = a list of keys"))]
    known = {command.id for command in COMMANDS}
    bound: dict[str, tuple[str, ...]] = {}
    wrong: Wrong = []
    for name, keys in table.items():
        if name not in known:
            wrong.append((name, plain("there is no command {name}", name=name)))
        elif not isinstance(keys, list) or not keys or not all(isinstance(key, str) and key for key in keys):
            wrong.append((name, plain("{name} takes a list of keys", name=name)))
        else:
            bound[name] = tuple(map(key_name, keys))
    return bound, wrong


RECORD_FIELDS: Final = ("title", "author", "date", "text", "source", "publisher", "note", "work")
"""The fields of records that have a meaning of their own."""


@frozen
class Config:
    """The options, in the order of the file; the entry of an option holds everything about it.

    `keys` are the keys, by Textual's names, of the commands that the reader bound anew.
    """

    measure: int = _option(
        80,
        _whole(LEAST_MEASURE, LARGEST_MEASURE),
        plain(
            "Cells of a line of text, {least} to {largest}; 80 are forty Chinese characters.",
            least=LEAST_MEASURE,
            largest=LARGEST_MEASURE,
        ),
    )
    script: str = _option(
        "original",
        _script,
        plain("The script at the start: original, hans, hant or an OpenCC configuration such as s2twp."),
    )
    theme: str = _option(
        "ansi-dark",
        _one_of(THEMES),
        plain(
            "Colours. ansi-dark and ansi-light are the terminal's own, contrast-dark and contrast-light are black and "
            "white; then there are {dark}; light are {light}.",
            dark=listed(_DARK_THEMES),
            light=listed(_LIGHT_THEMES),
        ),
    )
    outline: bool = _option(True, _BOOLEAN, plain("Whether the outline is shown at the start."))
    language: str = _option(
        AUTO,
        _one_of(LANGUAGES),
        plain(
            "The language of the program: auto (that of the environment, as in LANG), en, zh-Hans (简体中文) or "
            "zh-Hant (繁體中文)."
        ),
    )
    lean: str = _option(
        "auto",
        _one_of(LEAN),
        plain("Send the terminal only what changed: auto (where that is right), on or off; docs/thrift.md tells more."),
    )
    mouse: str = _option(
        "auto",
        _one_of(MOUSE),
        plain("The mouse: auto (not in GNU screen, where Esc would wait for the next key), on or off."),
    )
    ambiguous: str = _option(
        "auto",
        _one_of(AMBIGUOUS),
        plain("Whether “ ” … — · take one cell (narrow) or two (wide); auto takes one, and says where that is wrong."),
    )
    plots: str = _option(
        AUTO,
        _one_of(PLOTS),
        plain("What strips and bars are drawn with: auto (braille, ASCII on the console of Linux), braille or ascii."),
    )
    columns: int = _option(
        1,
        _whole(1, MOST_COLUMNS),
        plain("Columns of text: 2 sets it in two where the screen has room; `zc` changes it."),
    )
    sidebar: int = _option(
        0,
        _whole(0, LARGEST_SIDEBAR),
        plain("Cells of the outline beside the text; 0 takes 30 % of the screen, 26 to 44 cells."),
    )
    dictionary: tuple[Path, ...] = _option(
        (),
        _word_files,
        plain("A file of your own words, one a line, or a list of such: what texts are cut into words by."),
        '"~/words.txt"',
    )
    stopwords: tuple[Path, ...] = _option(
        (),
        _word_files,
        plain("A file of words that figures have no row for, one a line, or a list of such; docs/corpus-work.md."),
        '"~/stop.txt"',
    )
    lexica: tuple[Path, ...] = _option(
        (),
        _lexicon_files,
        plain("A dictionary of your own to look words up in, or a list: CEDICT, StarDict (.ifo), tab-separated."),
        '["~/glosses.tsv"]',
    )
    server: str = _option(
        AUTO,
        _server,
        plain("Whether a server that has the same texts is asked: auto, off, or the path of its socket."),
        '"off"',
    )
    trust: tuple[str, ...] = _option(
        (),
        _users,
        plain("Users, beside you and root, whose servers are trusted; docs/machines.md."),
        '["texts"]',
    )
    preset: str = _option(
        "vim",
        _one_of(tuple(PRESETS)),
        plain("The keys to start from: vim or less; those under [keys] lie over it."),
    )
    citation: Mapping[str, str] = _table(
        _citation,
        plain("How Y and e write a citation; docs/quoting.md has all settings and fields."),
        'style = "chinese"\ntitles = "《》〈〉"\nquotes = "「」『』"',
    )
    records: Mapping[str, tuple[str, ...]] = _table(
        _records,
        plain("Names of the fields of records (JSON, CSV) beside those that are known; docs/formats.md has those."),
        'title = ["篇題"]\ntext = ["釋文"]',
    )
    keys: Mapping[str, tuple[str, ...]] = _table(
        _keys,
        plain("Keys of commands, as the help shows them; docs/configuration.md has the names of all commands."),
        'next-paragraph = ["}", "p", "enter"]',
    )

    @property
    def keymap(self) -> dict[str, tuple[str, ...]]:
        """The keys of the commands that have others than in the registry."""
        return keymap(self.preset, self.keys)


OPTIONS: Final[Mapping[str, Option]] = {entry.name: entry.metadata["option"] for entry in fields(Config)}


@frozen
class ReadConfig:
    """A config, and what was wrong with the file; a wrong option has its default."""

    config: Config
    problems: tuple[str, ...] = ()


def default_path() -> Path:
    """Where the config file is looked for."""
    if sys.platform == "linux":
        # As platformdirs has it, which takes longer to load than the file to read; every command looks for it.
        folder = os.environ.get("XDG_CONFIG_HOME", "")
        named = Path(folder if folder.startswith("/") else "~/.config")
        return below_home(named.expanduser) / "tuibrowser" / "config.toml"
    from platformdirs import user_config_path

    return below_home(lambda: user_config_path("tuibrowser")) / "config.toml"


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


_SAYS_SOMETHING: Final = r"^[ \t]*\[?[ \t]*[\"']?(?:language|records|dictionary|server|trust)\b"
"""A line of the file that says something of it; a file that only has examples is not parsed."""


def at_start(environ: Mapping[str, str], path: Path | None = None) -> AtStart:
    """Read what every command needs; what is wrong with the file is for `load` to say.

    `path` is where the file is, else `default_path`.
    """
    values = _values(path or default_path())
    named = values.get("language", AUTO)
    server = _server("server", values.get("server", AUTO), _NO_CHECKS)[0] or AUTO
    return AtStart(
        named if named in i18n.LANGUAGES else i18n.preferred(environ),
        _records("records", values.get("records", {}), _NO_CHECKS)[0],
        _word_files("dictionary", values["dictionary"], _NO_CHECKS)[0] or () if "dictionary" in values else (),
        server if server != AUTO else "",
        _users("trust", values.get("trust", []), _NO_CHECKS)[0] or (),
    )


def _values(path: Path, says: str = _SAYS_SOMETHING) -> Mapping[str, Any]:
    """The options of a file that has a certain line; none where it cannot be read."""
    with suppress(OSError, ValueError, RecursionError):
        if re.search(says, text := _text(path), re.MULTILINE):
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
    return _lexicon_files("lexica", values["lexica"], _NO_CHECKS)[0] or () if "lexica" in values else ()


_NO_CHECKS: Final = Checks(frozenset, lambda _: {})


def load(path: Path, scripts: Scripts, citation: CitationCheck) -> ReadConfig:
    """Read a config file; one that is not there is no problem.

    `scripts` names the scripts that can be shown; `citation` says which settings of a citation are wrong, and why.
    """
    try:
        text = _text(path)
    except (FileNotFoundError, NotADirectoryError):
        return ReadConfig(Config())
    except (OSError, UnicodeDecodeError) as error:
        return _failed(path, error)
    import tomllib  # Few readers have a file, and for the others the first frame comes sooner.

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _failed(path, error)
    config, wrong = _config(values, Checks(scripts, citation))
    found = sorted((_line(text, key, table), why) for table, key, why in wrong)
    problems = (plain("{file}, line {line}: {problem}", file=path.name, line=line, problem=why) for line, why in found)
    return ReadConfig(config, tuple(problems))


def _text(path: Path) -> str:
    """The text of a file, without the byte order mark of some editors. Raise OSError or UnicodeDecodeError."""
    return read_regular(path, _LARGEST).decode("utf-8-sig").replace("\r\n", "\n")


def _failed(path: Path, error: OSError | ValueError | RecursionError) -> ReadConfig:
    """Return the defaults, and the problem of a file that cannot be read or is no TOML."""
    from tuibrowser.host.system_errors import system_reason, toml_reason  # late: every command imports this module

    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        reason = system_reason(error, "not UTF-8")
        return ReadConfig(
            Config(), (plain("{file}, line {line}: {problem}", file=path.name, line=line, problem=reason),)
        )
    if isinstance(error, RecursionError):
        problem: str = plain("brackets are nested too deeply")
    elif isinstance(error, ValueError):
        problem = toml_reason(error)
    else:
        problem = system_reason(error)
    return ReadConfig(Config(), (plain("{file}: {problem}", file=path.name, problem=problem),))


def _config(values: Mapping[str, Any], checks: Checks) -> tuple[Config, list[tuple[str, str, str]]]:
    """The options that can be used; and what is wrong with others: its table (empty for none), its key, and why."""
    taken: dict[str, Any] = {}
    wrong: list[tuple[str, str, str]] = []
    for name, value in values.items():
        if name not in OPTIONS:
            options = listed(sorted(OPTIONS))
            wrong.append(("", name, plain("{name} is no option: there are {options}", name=name, options=options)))
            continue
        right, wrongs = OPTIONS[name].read(name, value, checks)
        wrong += [("" if key == name else name, key, why) for key, why in wrongs]
        if right is not None:
            taken[name] = right
    config = Config(**taken)
    keys, clashes = without_clashes(config.preset, config.keys)
    return replace(config, keys=keys), wrong + [("keys", name, why) for name, why in clashes]


def _line(text: str, key: str, table: str = "") -> int:
    """The line, from 1, on which a key stands, of a table or of none; else that of the table."""
    start, end = 0, len(text)
    if table:
        header = re.search(rf"^[ \t]*\[?\s*[\"']?{re.escape(table)}[\"']?\s*[=\].]", text, re.MULTILINE)
        start = header.start() if header is not None else 0
    elif (header := re.search(r"^[ \t]*\[", text, re.MULTILINE)) is not None and _key(text, key, 0, header.start()):
        end = header.start()
    found = _key(text, key, start, end)
    return text.count("\n", 0, found.start() if found is not None else start) + 1


def _key(text: str, key: str, start: int, end: int) -> re.Match[str] | None:
    """A key at the beginning of a line, with its table before it or not, or one in a table on one line."""
    name = rf"[\"']?{re.escape(key)}[\"']?\s*"
    return re.compile(rf"(?:^[ \t]*(?:\w+\s*\.\s*)?\[?|[{{,]\s*){name}[=\].]", re.MULTILINE).search(text, start, end)
