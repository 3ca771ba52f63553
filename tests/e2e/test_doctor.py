"""`tuibrowser doctor` as a reader meets it: piped, at a terminal, in tmux."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from e2e.harness import APP, Terminal

if TYPE_CHECKING:
    from e2e.harness import Tmux


def doctor(variables: dict[str, str], *arguments: str, status: int = 0) -> str:
    done = subprocess.run(
        (*APP, "doctor", *arguments),
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        start_new_session=True,
    )
    assert done.returncode == status, done.stderr
    return done.stderr if status == 2 else done.stdout


def test_everything_is_told_as_one_object(variables: dict[str, str]) -> None:
    found: dict[str, Any] = json.loads(doctor(variables, "--json"))
    assert list(found) == ["terminal", "locale", "clipboard", "folders", "versions", "problems", "hosts", "sent"]
    assert found["terminal"]["term"] == "xterm-256color"
    assert found["locale"] == {"name": "C.UTF-8", "encoding": "utf-8"}
    assert found["clipboard"]["route"] == "the terminal"
    assert [folder["kind"] for folder in found["folders"]] == ["config", "state", "cache"]
    assert found["versions"]["python"] == sys.version.split()[0]
    assert {"tuibrowser", "textual", "opencc", "jieba", "rapidfuzz"} <= set(found["versions"])
    assert found["sent"] is None


def test_problems_are_named_and_are_no_error(variables: dict[str, str]) -> None:
    told = doctor({**variables, "LC_ALL": "zh_CN.GB18030"})
    assert told.startswith("To be mended\n")
    assert "the locale's encoding is gb18030, not UTF-8. Next: LC_ALL=C.UTF-8 tuibrowser" in told
    assert doctor(variables).startswith("Nothing to be mended\n")


def test_without_a_terminal_nothing_can_be_sent(variables: dict[str, str]) -> None:
    told = doctor(variables, "--send", status=1)
    assert "\x1b" not in told
    assert "kept in ~/state/tuibrowser/clipboard.txt" in told


def test_a_file_or_an_unknown_option_is_a_usage_error(variables: dict[str, str]) -> None:
    assert "doctor takes no files" in doctor(variables, "x", status=2)
    assert "unknown option --sent" in doctor(variables, "--sent", status=2)


def test_a_passage_is_sent_to_the_terminal_and_shown_to_be_compared(variables: dict[str, str]) -> None:
    with Terminal((*APP, "doctor", "--send"), variables) as terminal:
        assert terminal.wait() == 0
        (passage,) = terminal.clipboards
        assert "𠮷日良辰，高質量／高质量" in passage
        assert passage.rpartition(" ")[2] in terminal.display
        assert "sent to the terminal" in terminal.display


def test_in_tmux_its_settings_are_told(tmux: Tmux) -> None:
    with tmux.attach() as outer:
        tmux.type(f"'{APP[0]}' -m tuibrowser doctor --send --json > \"$HOME/found\"; echo ended with $?")
        tmux.send("Enter")
        tmux.wait_for("ended with 0")
        found = json.loads((Path(tmux.variables["HOME"]) / "found").read_text(encoding="utf-8"))
        server = found["terminal"]["tmux"]
        assert (server["set_clipboard"], server["passthrough"]) == ("external", "off")
        assert (server["clients"], server["terminal"], server["takes"]) == (1, "xterm-256color", True)
        assert found["sent"]["routes"] == ["tmux"]
        outer.wait_for_clipboard(found["sent"]["passage"])
