"""Config: the options of the reader's config file, each checked; a wrong one is named with its line."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.host.toml_lines import line_of
from tuibrowser.language import i18n
from tuibrowser.language.frozen import frozen
from tuibrowser.language.i18n import plain
from tuibrowser.language.wording import listed
from tuibrowser.settings.early import text_of
from tuibrowser.settings.keymaps import PRESETS, keymap, without_clashes
from tuibrowser.settings.option import (
    AUTO,
    BOOLEAN,
    Checks,
    one_of,
    option,
    read_citation,
    read_folder,
    read_keys,
    read_lexicon_files,
    read_records,
    read_script,
    read_server,
    read_users,
    read_word_files,
    table,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tuibrowser.settings.option import CitationCheck, Option, Scripts

LEAST_MEASURE, LARGEST_MEASURE = 20, 400
MOST_COLUMNS = 2
LARGEST_SIDEBAR = 200
LEAN: Final = ("auto", "on", "off")
MOUSE: Final = ("auto", "on", "off")
AMBIGUOUS: Final = ("auto", "narrow", "wide")
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
class Config:
    """The options, in the order of the file; the entry of an option holds everything about it.

    `keys` are the keys, by Textual's names, of the commands that the reader bound anew.
    """

    measure: int = option(
        80,
        whole(LEAST_MEASURE, LARGEST_MEASURE),
        plain(
            "Cells of a line of text, {least} to {largest}; 80 are forty Chinese characters.",
            least=LEAST_MEASURE,
            largest=LARGEST_MEASURE,
        ),
    )
    script: str = option(
        "original",
        read_script,
        plain("The script at the start: original, hans, hant or an OpenCC configuration such as s2twp."),
    )
    theme: str = option(
        "ansi-dark",
        one_of(THEMES),
        plain(
            "Colours. ansi-dark and ansi-light are the terminal's own, contrast-dark and contrast-light are black and "
            "white; then there are {dark}; light are {light}.",
            dark=listed(_DARK_THEMES),
            light=listed(_LIGHT_THEMES),
        ),
    )
    outline: bool = option(True, BOOLEAN, plain("Whether the outline is shown at the start."))
    language: str = option(
        AUTO,
        one_of(LANGUAGES),
        plain(
            "The language of the program: auto (that of the environment, as in LANG), en, zh-Hans (简体中文) or "
            "zh-Hant (繁體中文)."
        ),
    )
    lean: str = option(
        "auto",
        one_of(LEAN),
        plain("Send the terminal only what changed: auto (where that is right), on or off; docs/thrift.md tells more."),
    )
    mouse: str = option(
        "auto",
        one_of(MOUSE),
        plain("The mouse: auto (not in GNU screen, where Esc would wait for the next key), on or off."),
    )
    ambiguous: str = option(
        "auto",
        one_of(AMBIGUOUS),
        plain("Whether “ ” … — · take one cell (narrow) or two (wide); auto takes one, and says where that is wrong."),
    )
    plots: str = option(
        AUTO,
        one_of(PLOTS),
        plain("What strips and bars are drawn with: auto (braille, ASCII on the console of Linux), braille or ascii."),
    )
    columns: int = option(
        1,
        whole(1, MOST_COLUMNS),
        plain("Columns of text: 2 sets it in two where the screen has room; `zc` changes it."),
    )
    sidebar: int = option(
        0,
        whole(0, LARGEST_SIDEBAR),
        plain("Cells of the outline beside the text; 0 takes 30 % of the screen, 26 to 44 cells."),
    )
    dictionary: tuple[Path, ...] = option(
        (),
        read_word_files,
        plain("A file of your own words, one a line, or a list of such: what texts are cut into words by."),
        '"~/words.txt"',
    )
    stopwords: tuple[Path, ...] = option(
        (),
        read_word_files,
        plain("A file of words that figures have no row for, one a line, or a list of such; docs/corpus-work.md."),
        '"~/stop.txt"',
    )
    lexica: tuple[Path, ...] = option(
        (),
        read_lexicon_files,
        plain("A dictionary of your own to look words up in, or a list: CEDICT, StarDict (.ifo), tab-separated."),
        '["~/glosses.tsv"]',
    )
    server: str = option(
        AUTO,
        read_server,
        plain("Whether a server that has the same texts is asked: auto, off, or the path of its socket."),
        '"off"',
    )
    trust: tuple[str, ...] = option(
        (),
        read_users,
        plain("Users, beside you and root, whose servers are trusted; docs/machines.md."),
        '["texts"]',
    )
    certificates: str = option(
        "",
        read_folder,
        plain("The folder of your certificate for --cluster; docs/machines.md."),
        '"~/tls"',
    )
    preset: str = option(
        "vim",
        one_of(tuple(PRESETS)),
        plain("The keys to start from: vim or less; those under [keys] lie over it."),
    )
    citation: Mapping[str, str] = table(
        read_citation,
        plain("How Y and e write a citation; docs/quoting.md has all settings and fields."),
        'style = "chinese"\ntitles = "《》〈〉"\nquotes = "「」『』"',
    )
    records: Mapping[str, tuple[str, ...]] = table(
        read_records,
        plain("Names of the fields of records (JSON, CSV) beside those that are known; docs/formats.md has those."),
        'title = ["篇題"]\ntext = ["釋文"]',
    )
    keys: Mapping[str, tuple[str, ...]] = table(
        read_keys,
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


def load(path: Path, scripts: Scripts, citation: CitationCheck) -> ReadConfig:
    """Read a config file; one that is not there is no problem.

    `scripts` names the scripts that can be shown; `citation` says which settings of a citation are wrong, and why.
    """
    try:
        text = text_of(path)
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
    found = sorted((line_of(text, key, table), why) for table, key, why in wrong)
    problems = (plain("{file}, line {line}: {problem}", file=path.name, line=line, problem=why) for line, why in found)
    return ReadConfig(config, tuple(problems))


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
