"""The command that checks the project."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("check", ROOT / "check.py")
assert spec is not None
assert spec.loader is not None
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("src/tuibrowser/hanzi/fold.py", "tests/unit/hanzi/test_fold.py"),
        ("src/tuibrowser/api.py", "tests/unit/test_api.py"),
        ("tests/unit/test_check.py", "tests/unit/test_check.py"),
        ("tests/tui/test_mouse.py", None),
        ("README.md", None),
    ],
)
def test_a_module_has_the_test_of_its_name(path: str, test: str | None) -> None:
    assert check.test_of(Path(path)) == (Path(test) if test is not None else None)


def test_checks_beside_one_another_print_why_they_fail(capfd: pytest.CaptureFixture[str]) -> None:
    say = (sys.executable, "-c", "import sys; print('said'); sys.exit(len(sys.argv) - 1)")
    assert check.failed_beside({"one": say, "two": (*say, "more"), "three": say}) == ["two"]
    assert capfd.readouterr().out == "== one\n== two\nsaid\n== three\n"


def test_every_check_ends_in_tests() -> None:
    assert "tests" in check.TESTS
    assert list(check.quick_tests())[-1] == "quick tests"
