#!/usr/bin/env python3
"""Check: every check of the project, with the interpreter this is run by; the tests come last."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PYTHON = sys.executable

# import-linter has no `python -m`.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

CHECKS = {
    "format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "lint": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "types": (PYTHON, "-m", "mypy"),
    "layers": (PYTHON, "-c", _LINT_IMPORTS),
    "tests": (PYTHON, "-m", "pytest", "--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile"),
}


def main() -> int:
    """Run all checks, also after one that failed; return 0 if every one passed, else 1."""
    failed = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check in the project's folder, its output under its name; import-linter needs that folder on its path."""
    print(f"== {name}", flush=True)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
