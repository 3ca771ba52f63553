from __future__ import annotations

import base64
import os
import re
import stat
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.clipboard.transports import (
    SCREEN_CHUNK,
    UndeliveredError,
    encoded,
    osc52,
    osc52_through_tmux,
    run,
    screen_osc52,
    write_file,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_osc52_carries_base64_of_utf8() -> None:
    assert osc52("高質量") == b"\x1b]52;c;6auY6LOq6YeP\x07"


def test_a_tmux_on_the_way_is_asked_in_both_ways() -> None:
    plain = osc52("發")
    assert osc52_through_tmux("發") == plain + b"\x1bPtmux;\x1b" + plain + b"\x1b\\"


@given(st.text(st.characters(codec="utf-8"), max_size=3000))
def test_screen_chunks_make_up_the_whole_sequence(text: str) -> None:
    chunks = re.findall(rb"\x1bP(.*?)\x1b\\", screen_osc52(text), re.DOTALL)
    assert b"".join(chunks) == osc52(text)
    assert all(len(chunk) <= SCREEN_CHUNK + len(b"\x1b]52;c;") for chunk in chunks)


def test_programs_read_what_they_can() -> None:
    assert encoded("發", "utf-8") == "發".encode()
    assert encoded("發", "utf-16-le") == b"\x7c\x76"
    assert base64.b64decode(encoded("發", "base64")) == "發".encode()


def test_a_program_reads_the_passage(tmp_path: Path) -> None:
    target = tmp_path / "clipboard"
    run(("sh", "-c", f"cat > '{target}'; echo done"), "高質量".encode(), os.environ)
    assert target.read_text() == "高質量"


def test_a_program_that_stays_in_the_background_is_not_waited_for() -> None:
    started = time.monotonic()
    run(("sh", "-c", "cat > /dev/null; sleep 20 &"), b"x", os.environ)
    assert time.monotonic() - started < 10


def test_a_program_that_hangs_is_given_up() -> None:
    started = time.monotonic()
    with pytest.raises(UndeliveredError, match=r"sh did not end within 0\.2 s"):
        run(("sh", "-c", "exec sleep 60"), b"x", os.environ, seconds=0.2)
    assert time.monotonic() - started < 30


def test_a_program_that_reads_nothing_does_not_hold_up_a_long_passage() -> None:
    run(("true",), b"x" * 1_000_000, os.environ)


def test_a_failure_is_told_in_its_own_words_without_their_controls() -> None:
    with pytest.raises(UndeliveredError, match=r"^sh: no \[31mdisplay$"):
        run(("sh", "-c", r"printf 'no \033[31mdisplay\nmore\n' >&2; exit 1"), b"", os.environ)
    with pytest.raises(UndeliveredError, match="exit status 3"):
        run(("sh", "-c", "exit 3"), b"", os.environ)
    with pytest.raises(UndeliveredError, match="no-such-program"):
        run(("no-such-program",), b"", os.environ)


def _no_folder(*_: object, **__: object) -> None:
    raise FileNotFoundError(2, "No usable temporary directory found")


def test_a_program_runs_where_no_temporary_file_can_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", _no_folder)
    assert run(("sh", "-c", "cat; echo done"), b"passage ", os.environ) == "passage done\n"


def test_without_any_file_a_program_fails_in_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", _no_folder)
    monkeypatch.delattr("os.memfd_create")
    with pytest.raises(UndeliveredError, match=r"^cat: .*temporary directory"):
        run(("cat",), b"", os.environ)


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "tuibrowser"
    file = write_file("高質量", folder)
    assert file.read_text(encoding="utf-8") == "高質量"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_file_is_replaced_whole_and_through_no_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("別人的")
    (tmp_path / "clipboard.txt").symlink_to(other)
    write_file("一", tmp_path)
    file = write_file("二", tmp_path)
    assert file.read_text() == "二"
    assert other.read_text() == "別人的"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clipboard.txt", "other"]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "clipboard.txt").mkdir()
    with pytest.raises(OSError, match=r"clipboard\.txt"):
        write_file("一", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["clipboard.txt"]
