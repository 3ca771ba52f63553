"""The process that reads files beside the user interface, so that its interpreter stays free.

It takes pickled tasks from standard input and answers on standard output in frames: eight bytes of length, then a
pickle. Only the process that started it is at the other end. It ends with its standard input, or with its parent.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tuibrowser.corpus.loading.limits import limit_memory
from tuibrowser.corpus.loading.loaded import attempt
from tuibrowser.corpus.read import read
from tuibrowser.host.collecting import nothing_to_collect
from tuibrowser.host.parent import end_with_parent, give_way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tuibrowser.corpus.loading.loaded import LoadedDocument
    from tuibrowser.corpus.model import Source
    from tuibrowser.corpus.read import Reading

Task: TypeAlias = "tuple[str | None, Sequence[tuple[int, Source]], Callable[[LoadedDocument], Any] | None]"
"""An encoding, the numbers and sources of the documents to read, and what is made of each.

The answer is a list of what was made, or a Failure, for each document; where nothing is to be made of them, it is a
list of Readings and exceptions.
"""

COMMAND: Final = ("-P", "-X", "utf8", "-m", "tuibrowser.corpus.loading.worker")
"""What starts it. -P: the folder of the texts is no place to import modules from."""

FRAME: Final = struct.Struct(">Q")


def main() -> None:
    """Read what is asked for until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_way()
    end_with_parent()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not spoil the answers
    tasks = sys.stdin.buffer
    while True:
        try:
            encoding, documents, made = pickle.load(tasks)
        except EOFError:
            return
        limit_memory([source for _, source in documents])
        with nothing_to_collect():  # a batch is small, and what it makes goes with its answer
            answer = [_answer(number, source, encoding, made) for number, source in documents]
            data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            del answer
        answers.write(FRAME.pack(len(data)))
        answers.write(data)
        answers.flush()


def _answer(number: int, source: Source, encoding: str | None, made: Callable[[LoadedDocument], Any] | None) -> object:
    if made is None:
        return _whole(source, number, encoding)
    return attempt(number, partial(read, source, number, encoding), made)


def _whole(source: Source, number: int, encoding: str | None) -> Reading | Exception:
    """A document with its texts, or what reading it raises, without the traceback, which no pipe takes."""
    try:
        return read(source, number, encoding)
    except Exception as error:
        return error.with_traceback(None)


if __name__ == "__main__":
    main()
