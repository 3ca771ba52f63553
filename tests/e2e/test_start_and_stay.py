"""What befalls a reader in a terminal: keys before the screen stands, an editor that is not there, an interrupt."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from e2e.harness import APP, Terminal, until

if TYPE_CHECKING:
    from pathlib import Path

LINES = "\n\n".join(f"第{number}段，秋水時至，百川灌河。" for number in range(1, 81))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "秋水.txt"
    path.write_text(f"秋水\n\n{LINES}\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("seconds", [0.0, 0.15, 0.4])
def test_keys_typed_at_the_start_wait_for_the_text(variables: dict[str, str], file: Path, seconds: float) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        until(lambda: terminal.quiet_for() >= seconds, lambda: "it writes")
        terminal.send("5}")
        terminal.wait_for("¶6/")
        terminal.send("q")
        assert terminal.wait() == 0


def test_a_paste_before_the_screen_stands_reaches_the_field_opened_before_it(
    variables: dict[str, str], file: Path
) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        until(lambda: b"\x1b[?2004h" in terminal.received, lambda: "no screen")
        terminal.send("/\x1b[200~第七十七段\x1b[201~")
        terminal.wait_for("/ 第七十七段")
        terminal.send("\x03q")
        assert terminal.wait() == 0


def test_an_editor_that_is_not_there_is_told_and_the_reader_stays(variables: dict[str, str], file: Path) -> None:
    with Terminal((*APP, str(file)), {**variables, "EDITOR": "no-such-editor"}) as terminal:
        terminal.wait_for("第1段")
        terminal.send("E")
        terminal.wait_for("there is no program no-such-editor")
        terminal.send("G")
        terminal.wait_for("第80段")
        terminal.send("q")
        assert terminal.wait() == 0


def test_an_editor_that_cannot_be_run_is_told_and_the_reader_stays(variables: dict[str, str], file: Path) -> None:
    editor = file.with_name("editor")
    editor.write_text("#!/no/such/interpreter\n")
    editor.chmod(0o755)
    with Terminal((*APP, str(file)), {**variables, "EDITOR": str(editor)}) as terminal:
        terminal.wait_for("第1段")
        terminal.send("E")
        terminal.wait_for("cannot open the file in an editor")
        terminal.send("G")
        terminal.wait_for("第80段")


def test_an_editor_that_fails_is_told(variables: dict[str, str], file: Path) -> None:
    with Terminal((*APP, str(file)), {**variables, "EDITOR": "false"}) as terminal:
        terminal.wait_for("第1段")
        terminal.send("E")
        terminal.wait_for("the editor ended with exit status 1")


def test_ctrl_c_in_an_editor_ends_what_the_editor_does_only(variables: dict[str, str], file: Path) -> None:
    editor = file.with_name("editor")
    editor.write_text("#!/bin/sh\necho waits\nsleep 60\n")
    editor.chmod(0o755)
    with Terminal((*APP, str(file)), {**variables, "EDITOR": str(editor)}) as terminal:
        terminal.wait_for("第1段")
        terminal.send("E")
        until(lambda: b"waits" in terminal.received, lambda: terminal.display)
        terminal.send("\x03")
        terminal.wait_for("the editor ended with")
        terminal.send("G")
        terminal.wait_for("第80段")


@pytest.mark.parametrize("place", ["121;10", "10;41", "400;400"])
def test_a_press_outside_the_screen_leaves_a_dialog_its_keys(variables: dict[str, str], file: Path, place: str) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for("第1段")
        terminal.send("m")
        terminal.wait_for("Bookmark")
        terminal.send(f"\x1b[<0;{place}M\x1b[<0;{place}mxyzw")
        terminal.wait_for("xyzw")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGQUIT, 131)])
def test_an_interrupt_from_outside_ends_it_with_the_status_of_the_signal(
    variables: dict[str, str], file: Path, number: signal.Signals, status: int
) -> None:
    with Terminal((*APP, str(file)), variables) as terminal:
        terminal.wait_for("第1段")
        terminal.signal(number)
        assert terminal.wait() == status
        assert b"\x1b[?1049l" in terminal.received


def test_a_closed_standard_error_is_no_reason_not_to_start(variables: dict[str, str], file: Path) -> None:
    with Terminal(("sh", "-c", 'exec "$@" 2>&-', "sh", *APP, str(file)), variables) as terminal:
        terminal.wait_for("第1段")
        terminal.send("G")
        terminal.wait_for("第80段")
        terminal.send("q")
        assert terminal.wait() == 0
