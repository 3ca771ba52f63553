"""What is said where there can be no page, and where everyone could read one."""

from __future__ import annotations

import shlex
import socket
import sys
from pathlib import Path

import pytest

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.commands import COMMANDS
from tuibrowser.cli.line.grammar import parse
from tuibrowser.cli.web.pages import Pages, reader_command
from tuibrowser.cli.web.starting import pages_of


def asked(*arguments: str) -> tuple[Pages | None, list[str]]:
    log: list[str] = []
    parsed = parse(COMMANDS["serve"], arguments)
    return pages_of(parsed, parsed.operands, None, Path("/run/s.sock"), log.append), log


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_nothing_is_shown_where_nothing_is_asked_for() -> None:
    assert asked("texts") == (None, [])


@pytest.mark.parametrize("option", ["--web-at=80", "--web-name=a", "--web-readers=2"])
def test_its_options_alone_are_refused(option: str) -> None:
    with pytest.raises(UsageError, match="goes with --web"):
        asked("texts", option)


def test_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "tuibrowser.cli.web.pages")
    with pytest.raises(CommandError, match=r"pip install 'tuibrowser\[web\]'"):
        asked("texts", "--web")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(CommandError, match="no page at http://127"):
        asked("texts", "--web", "--web-at", str(taken.getsockname()[1]))


def test_a_warning_where_others_reach_it() -> None:
    port = free_port()
    pages, log = asked("texts", "--web", "--web-at", f"0.0.0.0:{port}")
    assert isinstance(pages, Pages)
    pages.start()
    pages.stop()
    assert "it asks for no password" in log[1]
    pages, log = asked("texts", "--web", "--web-at", f"127.0.0.1:{port}")
    assert isinstance(pages, Pages)
    pages.start()
    pages.stop()
    assert log == [f"web pages at http://127.0.0.1:{port}/"]


def test_a_reader_asks_the_server_and_knows_nothing_of_the_terminal_around_it() -> None:
    words = shlex.split(reader_command(["/srv/a b", "/srv/'c"], "big5hkscs", Path("/run/s.sock")))
    assert words[:2] == ["exec", "env"]
    assert {"TMUX", "DISPLAY"} <= set(words[2 : words.index("TUIBROWSER_PAGE=1")])
    assert "TUIBROWSER_SERVER=/run/s.sock" in words
    assert words[-5:] == ["--encoding", "big5hkscs", "--", "/srv/a b", "/srv/'c"]
