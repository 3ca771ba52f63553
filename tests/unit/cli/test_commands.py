"""The table of commands, and the modules that carry them out."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING

import pytest

from tuibrowser.cli.line.commands import COMMANDS, READ, SERVE
from tuibrowser.cli.line.options import INDEX_DIR, NO_SERVER

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Command


@pytest.mark.parametrize("command", [READ, *COMMANDS.values()], ids=lambda command: command.name or "read")
def test_the_module_of_a_command_carries_it_out(command: Command) -> None:
    module = import_module(f"tuibrowser.cli.{command.module}")
    assert list(signature(getattr(module, command.name or "read")).parameters) == ["arguments"]


@pytest.mark.parametrize("command", [READ, *COMMANDS.values()], ids=lambda command: command.name or "read")
def test_whoever_uses_an_index_can_do_without_a_server(command: Command) -> None:
    uses_an_index = INDEX_DIR in command.options and command is not SERVE
    assert (NO_SERVER in command.options) == uses_an_index
