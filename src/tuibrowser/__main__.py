"""The program's entry: `tuibrowser` and `python -m tuibrowser`."""

from __future__ import annotations

import os
import sys

_READER = "tuibrowser.tui.app"
"""The module that only the reader loads; what it leaves takes Python half a second to take apart."""


def main() -> int:
    """Run the command line of this process; return its exit status. After the reader the process ends here."""
    if sys.stderr is None:
        _open_standard_error()
    from tuibrowser.host.vector_sort import avoid_slow_sort

    avoid_slow_sort()
    from tuibrowser.cli.run import run

    status = run(sys.argv[1:])
    if _READER in sys.modules:
        from tuibrowser.tui.garbage import end

        end(status)
    return status


def _open_standard_error() -> None:
    """Send what is said to nobody nowhere: a closed standard error would be the next file that is opened."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    if nowhere != 2:
        os.dup2(nowhere, 2)
        os.close(nowhere)
    sys.stderr = sys.__stderr__ = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)  # type: ignore[misc]  # noqa: SIM115


if __name__ == "__main__":
    sys.exit(main())
