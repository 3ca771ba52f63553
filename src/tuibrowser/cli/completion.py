"""Completion: the scripts for bash, zsh and fish, made from the table of commands."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.commands import COMMANDS, READ, SHELLS
from tuibrowser.language.i18n import plain, shown
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tuibrowser.cli.line.grammar import Arguments, Command, Option

_ZSH_VALUES = {"FILE": "_files", "DIR": "_files -/"}
_FISH_VALUES = {"FILE": "-r", "DIR": "-x -a '(__fish_complete_directories)'"}
"""How the value of an option is completed that is no word of a list."""


def completion(arguments: Arguments) -> int:
    """Print the completion script of a shell; return the exit status."""
    if len(arguments.operands) != 1 or arguments.operands[0] not in SHELLS:
        raise UsageError(plain("name one shell: {shells}", shells=listed(SHELLS)), arguments.command)
    sys.stdout.write({"bash": bash, "zsh": zsh, "fish": fish}[arguments.operands[0]]())
    return 0


def bash() -> str:
    """The script for bash."""
    valued = _valued()
    offered = "\n".join(
        f'        {_names(option)}) COMPREPLY=($(compgen -W "{" ".join(option.choices)}" -- "$word")); return ;;'
        for option in valued
        if option.choices
    )
    numbers = "|".join(_names(option) for option in valued if option.value == "N")
    options = _bash_words((command.name, _all_names(command)) for command in (READ, *COMMANDS.values()))
    operands = _bash_words((each.name, each.operands) for each in COMMANDS.values() if each.operands is not None)
    return f"""\
# bash completion for tuibrowser

_tuibrowser() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command="" seen=0 words="" at file
    COMPREPLY=()
    for ((at = 1; at < COMP_CWORD; at++)); do
        case ${{COMP_WORDS[at]}} in
            {"|".join(_names(option) for option in valued)}) ((at++)) ;;
            -*) ;;
            {"|".join(COMMANDS)}) ((seen)) || command=${{COMP_WORDS[at]}}; seen=1 ;;
            *) seen=1 ;;
        esac
    done
    case $before in
{offered}
        {numbers}) return ;;
    esac
    if [[ $word == -* ]]; then
        case $command in
{options}
        esac
    else
        case $command in
{operands}
            "") ((seen)) || words="{" ".join(COMMANDS)}" ;;
        esac
    fi
    [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$word"))
    if [[ -z $command && $word != -* ]]; then
        compopt -o filenames 2> /dev/null
        while IFS= read -r file; do COMPREPLY+=("$file"); done < <(compgen -f -- "$word")
    fi
}}

complete -o default -o bashdefault -F _tuibrowser tuibrowser
"""


def _bash_words(of_commands: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The cases that set the words to choose from, command by command."""
    return "\n".join(f'            "{name}") words="{" ".join(words)}" ;;' for name, words in of_commands)


def zsh() -> str:
    """The script for zsh, to be put in a folder of `$fpath` as `_tuibrowser`."""
    commands = "\n".join(
        f"        {_quoted(f'{command.name}:{shown(command.summary)}')}" for command in COMMANDS.values()
    )
    cases = "\n".join(map(_zsh_case, COMMANDS.values()))
    return f"""\
#compdef tuibrowser

_tuibrowser() {{
    local context state state_descr line
    typeset -A opt_args
    local -a commands
    commands=(
{commands}
    )
    _arguments -s -C : {_zsh_options(READ)} '1: :->first' '*:: :->rest'
    case $state in
        first)
            _describe -t commands command commands
            _files
            return
            ;;
        rest) ;;
        *) return ;;
    esac
    case $words[1] in
{cases}
        *) _files ;;
    esac
}}

if [[ $funcstack[1] == _tuibrowser ]]; then
    _tuibrowser "$@"
else
    compdef _tuibrowser tuibrowser
fi
"""


def fish() -> str:
    """The script for fish."""
    return "\n".join(["# fish completion for tuibrowser", *_fish_lines()]) + "\n"


def _fish_lines() -> Iterator[str]:
    names = " ".join(COMMANDS)
    for command in COMMANDS.values():
        summary = _quoted(shown(command.summary))
        yield f"complete -c tuibrowser -n __fish_use_subcommand -a {command.name} -d {summary}"
    for option in READ.options:
        yield _fish_option(option, f"not __fish_seen_subcommand_from {names}")
    for command in COMMANDS.values():
        condition = f"__fish_seen_subcommand_from {command.name}"
        for option in command.options:
            yield _fish_option(option, condition)
        if command.operands is not None:
            yield f"complete -c tuibrowser -n {_quoted(condition)} -f -a {_quoted(' '.join(command.operands))}"


def _fish_option(option: Option, condition: str) -> str:
    words = ["complete -c tuibrowser", f"-n {_quoted(condition)}"]
    if option.short:
        words.append(f"-s {option.short[1:]}")
    words.append(f"-l {option.name[2:]}")
    if option.choices:
        words.append(f"-x -a {_quoted(' '.join(option.choices))}")
    elif option.value is not None:
        words.append(_FISH_VALUES.get(option.value, "-x"))
    return " ".join([*words, f"-d {_quoted(shown(option.help))}"])


def _zsh_case(command: Command) -> str:
    arguments = f"_arguments -s : {_zsh_options(command)} {_zsh_operands(command)}"
    return f"        {command.name})\n            {arguments}\n            ;;"


def _zsh_options(command: Command) -> str:
    return " ".join(_quoted(spec) for option in command.options for spec in _zsh_option(option))


def _zsh_option(option: Option) -> Iterator[str]:
    explained = f"[{shown(option.help).replace('[', '(').replace(']', ')')}]"
    for name in filter(None, (option.short, option.name)):
        if option.value is None:
            yield f"{name}{explained}"
        elif option.choices:
            yield f"{name}={explained}:{option.value}:({' '.join(option.choices)})"
        else:
            yield f"{name}={explained}:{option.value}:{_ZSH_VALUES.get(option.value, ' ')}"


def _zsh_operands(command: Command) -> str:
    if command.operands is not None:
        return _quoted(f"*:{command.name}:({' '.join(command.operands)})")
    return _quoted("*:file:_files")


def _valued() -> list[Option]:
    """The options of all commands that take a value, each once."""
    options = {option.name: option for command in (READ, *COMMANDS.values()) for option in command.options}
    return [option for option in options.values() if option.value is not None]


def _names(option: Option) -> str:
    return "|".join(filter(None, (option.short, option.name)))


def _all_names(command: Command) -> list[str]:
    return [name for option in command.options for name in (option.short, option.name) if name]


def _quoted(text: str) -> str:
    escaped = text.replace("'", "'\\''")
    return f"'{escaped}'"
