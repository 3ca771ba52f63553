from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.harness import Sshd, Tmux, environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """The environment of a fresh user."""
    home = tmp_path / "home"
    home.mkdir()
    return environment(home)


@pytest.fixture
def tmux(variables: dict[str, str]) -> Iterator[Tmux]:
    with Tmux(variables) as server:
        yield server


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with Sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server
