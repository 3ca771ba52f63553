"""What the doctor says of the sockets of servers."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from tuibrowser.doctor.servers import look_at_servers, problems_of
from tuibrowser.host.environment import SERVER

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def states(path: Path) -> list[tuple[str, str]]:
    """The state of the server that is named, and what is wrong with it."""
    found = look_at_servers({SERVER: str(path)})
    return [(str(each.state), "; ".join(str(problem.what) for problem in each.problems)) for each in found]


def test_a_file_that_is_no_socket_is_not_taken_for_one_of_another_user(tmp_path: Path) -> None:
    path = tmp_path / "s"
    path.write_text("notes")
    assert states(path) == [("no socket", f"{path} is no socket")]


def test_a_socket_of_another_user_is_not_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        owner = path.stat().st_uid
        monkeypatch.setattr("os.getuid", lambda: owner + 1)
        monkeypatch.setattr("tuibrowser.search.machines.places._ROOT", owner + 2)
        assert states(path) == [("not trusted", f"the socket {path} belongs to another user")]


def test_where_nothing_answers_that_is_said(tmp_path: Path) -> None:
    path = tmp_path / "s"
    assert states(path) == [("does not answer", f"nothing answers at {path}")]


def test_sockets_that_are_left_are_told_together(tmp_path: Path) -> None:
    found = [each for name in "ab" for each in look_at_servers({SERVER: str(tmp_path / name)})]
    (problem,) = problems_of(found)
    assert problem.what == f"nothing answers at {tmp_path / 'a'}, {tmp_path / 'b'}"
