from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tuibrowser.clipboard.copy import Receipt, copy, current
from tuibrowser.clipboard.transports import osc52

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATH = os.environ["PATH"]
REMOTE = {"SSH_CONNECTION": "1 2 3 4", "TERM": "xterm-256color", "PATH": PATH}


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], None]:
    """Puts a program of that name and shell script on the path `tmp_path/bin`."""
    (tmp_path / "bin").mkdir()

    def put(name: str, script: str) -> None:
        file = tmp_path / "bin" / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    return put


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"PATH": f"{tmp_path / 'bin'}:{PATH}", "TERM": "xterm-256color", **more}


def test_over_ssh_the_terminal_is_asked_and_nobody_says_copied(tmp_path: Path) -> None:
    written: list[str] = []
    receipt = copy("高質量發展", written.append, REMOTE, folder=tmp_path)
    assert written == [osc52("高質量發展").decode()]
    assert receipt.message == "5 characters sent to the terminal"
    assert not receipt.sure
    assert "OSC 52" in receipt.hint
    assert receipt.kept == str(tmp_path / "clipboard.txt")
    assert (tmp_path / "clipboard.txt").read_text() == "高質量發展"


def test_what_is_sent_is_clean(tmp_path: Path) -> None:
    written: list[str] = []
    copy("紅\x1b[31m\x00", written.append, REMOTE, folder=tmp_path)
    assert written == [osc52("紅").decode()]


def test_a_local_program_is_sure(tmp_path: Path, program: Callable[[str, str], None]) -> None:
    program("xclip", f"cat > {tmp_path}/got")
    receipt = copy("一", pytest.fail, environment(tmp_path, DISPLAY=":0"), folder=tmp_path, platform="linux")
    assert (tmp_path / "got").read_text() == "一"
    assert receipt.message == "1 character sent to xclip"
    assert receipt.sure
    assert receipt.hint == ""
    assert receipt.kept == ""


def test_a_route_that_fails_is_followed_by_the_next(tmp_path: Path, program: Callable[[str, str], None]) -> None:
    program("xclip", "echo no display >&2; exit 1")
    program("xsel", f"cat > {tmp_path}/got")
    receipt = copy("一", pytest.fail, environment(tmp_path, DISPLAY=":0"), folder=tmp_path, platform="linux")
    assert receipt.routes == ("xsel",)
    assert receipt.errors == ("xclip: no display",)


def test_in_a_local_tmux_both_clipboards_get_it_once(tmp_path: Path, program: Callable[[str, str], None]) -> None:
    program("xclip", f"cat > {tmp_path}/xclip")
    program("xsel", f"cat > {tmp_path}/xsel")
    program("tmux", f'[ "$1" = load-buffer ] && cat > {tmp_path}/tmux')
    where = environment(tmp_path, DISPLAY=":0", TMUX="/tmp/x,1,0")
    receipt = copy("一", pytest.fail, where, folder=tmp_path, platform="linux")
    assert receipt.routes == ("xclip", "tmux")
    assert receipt.message == "1 character sent to xclip and tmux"
    assert receipt.sure
    assert (tmp_path / "tmux").read_text() == "一"
    assert not (tmp_path / "xsel").exists()


def test_a_tmux_without_w_keeps_it_in_its_buffer_and_the_terminal_is_asked(
    tmp_path: Path, program: Callable[[str, str], None]
) -> None:
    program("tmux", f'[ "$1 $2" = "load-buffer -" ] && cat > {tmp_path}/tmux')
    written: list[str] = []
    where = environment(tmp_path, SSH_CONNECTION="1 2 3 4", TMUX="/tmp/x,1,0")
    receipt = copy("一", written.append, where, folder=tmp_path)
    assert receipt.routes == ("tmux's own buffer", "the terminal")
    assert written == [osc52("一").decode()]
    assert (tmp_path / "tmux").read_text() == "一"


def test_a_terminal_that_cannot_be_written_to_leaves_the_file(tmp_path: Path) -> None:
    def broken(_: str) -> None:
        raise OSError("gone")

    receipt = copy("一二", broken, REMOTE, folder=tmp_path)
    assert not receipt.sent
    assert receipt.message == f"2 characters kept in {tmp_path / 'clipboard.txt'}"
    assert receipt.hint == "the terminal: gone"


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    written: list[str] = []
    receipt = copy("一", written.append, REMOTE, folder=tmp_path / "file" / "folder")
    assert receipt.sent
    assert receipt.file is None
    assert receipt.errors[0].startswith("not kept in a file")


def test_nothing_is_sent_for_nothing(tmp_path: Path) -> None:
    receipt = copy("\x00\x1b[0m", pytest.fail, REMOTE, folder=tmp_path)
    assert receipt == Receipt(0)
    assert receipt.message == "nothing to copy"
    assert list(tmp_path.iterdir()) == []


def test_tmux_knows_better_than_old_variables_where_the_reader_is(
    tmp_path: Path, program: Callable[[str, str], None]
) -> None:
    program("tmux", "printf 'DISPLAY=:7\\n-SSH_CONNECTION\\nLANG=C\\n'")
    old = environment(tmp_path, TMUX="/tmp/x,1,0", SSH_CONNECTION="1 2 3 4", SSH_TTY="/dev/pts/1", LANG="zh_CN.UTF-8")
    fresh = current(old)
    assert "SSH_CONNECTION" not in fresh
    assert "SSH_TTY" not in fresh
    assert fresh["DISPLAY"] == ":7"
    assert fresh["LANG"] == "zh_CN.UTF-8"


def test_without_an_answer_of_tmux_the_old_variables_count(tmp_path: Path, program: Callable[[str, str], None]) -> None:
    program("tmux", "exit 1")
    old = environment(tmp_path, TMUX="/tmp/x,1,0", SSH_TTY="/dev/pts/1")
    assert current(old) == old
    program("tmux", "echo DISPLAY=:7")
    assert current(old) == old


def test_the_file_is_named_as_a_reader_types_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    receipt = copy("一", lambda _: None, REMOTE, folder=tmp_path / "state")
    assert receipt.kept == "~/state/clipboard.txt"


def test_of_a_copy_in_a_page_no_file_is_kept(tmp_path: Path) -> None:
    written: list[str] = []
    receipt = copy("改革", written.append, environment(tmp_path, TUIBROWSER_PAGE="1"), folder=tmp_path / "state")
    assert written == [osc52("改革").decode()]
    assert receipt.file is None
    assert not (tmp_path / "state").exists()
