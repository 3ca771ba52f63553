#!/usr/bin/env python3
"""Check the project: every check, with the interpreter this is run by; the tests come last.

`--quick` leaves out the tests of the screen and of other programs, and those marked slow, and runs first the tests of
modules that git says were changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = sys.executable

# import-linter has no `python -m`.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Many tests wait for a terminal or a clock, so two processes share a processor; one that has no test left takes some
# of another's.
_PROCESSES = min(2 * (os.cpu_count() or 1), 8)
_PYTEST = (PYTHON, "-m", "pytest", "--dist", "worksteal", "--numprocesses")

CHECKS = {
    "format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "types": (PYTHON, "-m", "mypy"),
    "layers": (PYTHON, "-c", _LINT_IMPORTS),
}
TESTS = {"tests": (*_PYTEST, str(_PROCESSES))}
QUICK_TESTS = {"quick tests": (*_PYTEST, "auto", "--maxprocesses", "4", "-m", "not long and not slow", "tests/unit")}


def main() -> int:
    """Run all checks, also after one that failed; return 0 if every one passed, else 1."""
    checks = CHECKS | (quick_tests() if "--quick" in sys.argv[1:] else TESTS)
    failed = [name for name, command in checks.items() if not passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def quick_tests() -> dict[str, tuple[str, ...]]:
    """The quick tests, those of changed modules first."""
    changed = changed_tests()
    return (
        {"tests of what changed": (PYTHON, "-m", "pytest", "-m", "not long", *changed)} if changed else {}
    ) | QUICK_TESTS


def changed_tests() -> list[str]:
    """The unit tests that changed, and those of modules that changed, as git tells; none where there is no git."""
    command = ("git", "status", "--porcelain", "--untracked-files=all")
    try:
        lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return []
    tests = {test_of(Path(line[3:].split(" -> ")[-1].strip('"'))) for line in lines}
    return sorted(str(test) for test in tests if test is not None and (ROOT / test).is_file())


def test_of(path: Path) -> Path | None:
    """The unit test of a module, or the test itself; None where a file has none."""
    if path.suffix != ".py":
        return None
    if path.parts[:2] == ("tests", "unit"):
        return path
    if path.parts[:2] == ("src", "tuibrowser"):
        return Path("tests", "unit", *path.parts[2:-1], f"test_{path.name}")
    return None


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check in the project's folder, its output under its name; import-linter needs that folder on its path.

    Bytecode is written even where the environment forbids it: without it, each process of the tests, and each program
    that a test starts, compiles the whole package again.
    """
    print(f"== {name}", flush=True)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
