"""Copy once: what `y` does, without the program around it; copies TEXT, or TEXT so many TIMES, and prints what it says.

Usage: copy_once.py TEXT [TIMES]
"""

from __future__ import annotations

import sys

from tuibrowser.clipboard.copy import copy


def write(sequence: str) -> None:
    sys.stdout.write(sequence)
    sys.stdout.flush()


if __name__ == "__main__":
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    print(copy(sys.argv[1] * times, write).message)
