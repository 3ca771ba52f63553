from __future__ import annotations

import pytest

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.line.commands import COMMANDS, READ, SEARCH, SHOW
from tuibrowser.cli.line.grammar import parse
from tuibrowser.cli.run import choose


@pytest.mark.parametrize(
    ("line", "operands", "values"),
    [
        (["高质量", "texts"], ("高质量", "texts"), {}),
        (["高质量", "--limit", "5", "texts", "--json"], ("高质量", "texts"), {"--limit": "5", "--json": None}),
        (["--limit=5", "高质量"], ("高质量",), {"--limit": "5"}),
        (["--limit=", "高质量"], ("高质量",), {"--limit": ""}),
        (["--limit", "5", "--limit", "7", "高"], ("高",), {"--limit": "7"}),
        (["--", "--json", "-"], ("--json", "-"), {}),
        (["--batch", "-", "-"], ("-",), {"--batch": "-"}),
        (["-h"], (), {"--help": None}),
        ([""], ("",), {}),
    ],
)
def test_options_and_operands_stand_in_any_order(
    line: list[str], operands: tuple[str, ...], values: dict[str, str | None]
) -> None:
    parsed = parse(SEARCH, line)
    assert parsed.operands == operands
    assert dict(parsed.values) == values


@pytest.mark.parametrize("query", ["-广东 广州", "-5", "-a b", "-", "--、", "-\n--json", '-"高质量"', "+高"])
def test_a_query_that_begins_with_a_dash_is_no_option_unless_it_looks_like_one(query: str) -> None:
    assert parse(SEARCH, [query, "texts"]).operands == (query, "texts")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["--colour"], "unknown option --colour"),
        (["-x"], "unknown option -x"),
        (["--script=hans"], "unknown option --script"),
        (["--limit"], "--limit needs N"),
        (["--limit", "--", "5"], "--limit needs N"),
        (["--json=yes"], "--json takes no value"),
    ],
)
def test_what_is_no_option_is_named(line: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        parse(SEARCH, line)


@pytest.mark.parametrize("number", ["0", "-1", "five", "1.5", "", "５", "1" * 10, "1_000", " 1"])
def test_a_limit_is_a_whole_number_from_1(number: str) -> None:
    with pytest.raises(UsageError, match="--limit takes a whole number from 1"):
        parse(SEARCH, [f"--limit={number}"]).number("--limit")


def test_a_number_that_was_not_given_is_none() -> None:
    assert parse(SEARCH, []).number("--limit") is None
    assert parse(SEARCH, ["--limit", "007"]).number("--limit") == 7


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ([], "", []),
        (["search", "高"], "search", ["高"]),
        (["--encoding", "search", "show", "a"], "show", ["--encoding", "search", "a"]),
        (["--json", "search", "高"], "search", ["--json", "高"]),
        (["--limit", "3", "search", "高"], "search", ["--limit", "3", "高"]),
        (["./search"], "", ["./search"]),
        (["--", "search"], "", ["--", "search"]),
        (["texts", "search"], "", ["texts", "search"]),
        (["+5", "search"], "", ["+5", "search"]),
        (["search", "search"], "search", ["search"]),
        (["-", "search"], "", ["-", "search"]),
    ],
)
def test_the_first_operand_alone_names_the_command(line: list[str], command: str, rest: list[str]) -> None:
    chosen, arguments = choose(line)
    assert (chosen.name, arguments) == (command, rest)


def test_every_option_says_what_it_does_and_no_name_is_taken_twice() -> None:
    for command in (READ, *COMMANDS.values()):
        names = [name for option in command.options for name in (option.name, option.short) if name]
        assert len(names) == len(set(names))
        assert all(option.help for option in command.options)
    assert SHOW.option("--width") is not None
