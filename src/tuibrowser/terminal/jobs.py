"""Jobs: whether this process has the terminal, and how it stops for those who can continue it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

BACKGROUND_STEP = 0.1
"""Seconds between two looks at a terminal that others have, where nobody could continue a stopped process."""


def has_terminal(descriptor: int) -> bool:
    """Whether the terminal is this job's; so is one without job control."""
    try:
        return os.tcgetpgrp(descriptor) in {os.getpgrp(), 0}
    except OSError:
        return True


def can_stop() -> bool:
    """Whether anybody would continue this job: a parent of it in the same session, such as a shell, but outside it.

    The kernel discards what stops a job without one, and some parents that are no shells never look.
    """
    process = os.getpid()
    while (parent := _parent(process)) != 0:
        if parent is None:
            return True  # the kernel knows
        try:
            if os.getsid(parent) != os.getsid(0):
                return False
            if os.getpgid(parent) != os.getpgrp():
                return True
        except OSError:
            return False
        process = parent
    return False


def _parent(process: int) -> int | None:
    """The parent of a process, 0 where there is none, None where the system does not tell."""
    if process == os.getpid():
        return os.getppid()
    try:
        stat = Path(f"/proc/{process}/stat").read_text(errors="replace")
        return int(stat.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None


def stop_job(number: signal.Signals) -> None:
    """Stop this job by a signal that stops by default, until it is continued."""
    _stop(0, number)


def stop_process(number: signal.Signals) -> None:
    """Stop this process alone: the others of its job have been sent the signal, too."""
    _stop(os.getpid(), number)


def _stop(target: int, number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_DFL)
    try:
        os.kill(target, number)
    finally:
        signal.signal(number, before)


def wait_for_terminal(descriptor: int) -> None:
    """Return when this job has the terminal; as long as another has it, stop as whoever wants to write there."""
    while not has_terminal(descriptor):
        if can_stop():
            stop_job(signal.SIGTTOU)
        else:
            time.sleep(BACKGROUND_STEP)
