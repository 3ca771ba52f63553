"""The program's entry: `tuibrowser` and `python -m tuibrowser`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process; return its exit status."""
    from tuibrowser.vector_sort import avoid_slow_sort

    avoid_slow_sort()
    from tuibrowser.cli.run import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
