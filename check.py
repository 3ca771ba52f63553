#!/usr/bin/env python3
"""Check the project: every check, with the interpreter this is run by; the tests come last.

`--quick` leaves out the tests of the screen and of other programs, and those marked slow, looks at few of the examples
that tests make up, and runs first the tests of modules that git says were changed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = sys.executable

# import-linter has no `python -m`.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# Many tests wait for a terminal or a clock more than half of their time, so three processes share a processor; one that
# has no test left takes some of another's.
_PROCESSES = min(3 * (os.cpu_count() or 1), 8)
_PYTEST = (PYTHON, "-m", "pytest", "--dist", "worksteal", "--numprocesses")

CHECKS = {
    "format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "types": (PYTHON, "-m", "mypy"),
    "layers": (PYTHON, "-c", _LINT_IMPORTS),
}
COLLECTION = {"collection": (PYTHON, "-m", "pytest", "--collect-only")}
"""It compiles the tests beside the other checks; else each process that runs them would do so."""
TESTS = {"tests": (*_PYTEST, str(_PROCESSES))}
_FEW = ("--hypothesis-profile", "few", "-m", "not long and not slow")
QUICK_TESTS = {"quick tests": (*_PYTEST, "auto", "--maxprocesses", "4", *_FEW, "tests/unit")}


def main() -> int:
    """Run all checks, also after one that failed; return 0 if every one passed, else 1."""
    is_quick = "--quick" in sys.argv[1:]
    failed = failed_beside(CHECKS if is_quick else CHECKS | COLLECTION)
    failed += [name for name, command in (quick_tests() if is_quick else TESTS).items() if not passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def failed_beside(checks: dict[str, tuple[str, ...]]) -> list[str]:
    """Run checks one beside another, which print nothing but why they failed; return the names of those."""
    failed = []
    with ThreadPoolExecutor() as pool:
        running = {name: pool.submit(run, command, subprocess.PIPE) for name, command in checks.items()}
        for name, outcome in running.items():
            print(f"== {name}", flush=True)
            if (done := outcome.result()).returncode:
                print(done.stdout, end="", flush=True)
                failed.append(name)
    return failed


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
    """Run one check, its output under its name."""
    print(f"== {name}", flush=True)
    return run(command).returncode == 0


def run(command: tuple[str, ...], output: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in the project's folder; import-linter needs that folder on its path.

    Bytecode is written even where the environment forbids it: without it, each process of the tests, and each program
    that a test starts, compiles the whole package again.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=output, stderr=output and subprocess.STDOUT, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
