"""Log: lines about what a server does, on standard error."""

from __future__ import annotations

import sys
import time

from tuibrowser.cli.printing.output import one_line


def log(line: str) -> bool:
    """Write a line, in English with the time before it, to standard error; return whether that is there.

    Readers are answered on where it is not.
    """
    try:
        sys.stderr.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {one_line(line)}\n")
        sys.stderr.flush()
    except OSError:
        return False
    return True
