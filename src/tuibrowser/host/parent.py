"""Parent: what a process that another one of this program started owes to that one."""

from __future__ import annotations

import os
import threading
import time
from typing import Final

_CHECK_SECONDS: Final = 0.2
_NICENESS: Final = 5


def give_way() -> None:
    """Lower the priority of this process: the reader comes first."""
    os.nice(_NICENESS)


def end_with_parent() -> None:
    """From now on, end this process as soon as its parent is gone: nobody waits for its work any more."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_CHECK_SECONDS)
    os._exit(0)
