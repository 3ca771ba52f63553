"""The process that reads files beside the user interface, so that its interpreter stays free.

It takes pickled tasks from standard input and answers on standard output in frames: eight bytes of length, then a
pickle. Only the process that started it is at the other end. It ends with its standard input, or with its parent.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from tuibrowser.corpus.containers.told import PACKAGES
from tuibrowser.corpus.files.contents import contents_beside
from tuibrowser.corpus.formats import format_for
from tuibrowser.corpus.loading.frames import FRAME
from tuibrowser.corpus.loading.limits import limit_memory
from tuibrowser.corpus.loading.loaded import attempting
from tuibrowser.corpus.names import is_compressed
from tuibrowser.corpus.read import reading, reading_contents
from tuibrowser.host.abreast import abreast, alone
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

_SMALL: Final = 16 * 1024
"""Bytes of a file that is read abreast of others, at most; a compressed one may hold a hundred times as much."""
_COMPRESSING: Final = frozenset({*PACKAGES, "pdf", "mobi"})
"""The keys of the formats that compress."""


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
            answer = _answers(encoding, documents, made)
            data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
            del answer
        answers.write(FRAME.pack(len(data)))
        answers.write(data)
        answers.flush()


def _answers(
    encoding: str | None, documents: Sequence[tuple[int, Source]], made: Callable[[LoadedDocument], Any] | None
) -> list[Any]:
    if made is None:
        return [_whole(source, number, encoding) for number, source in documents]
    beside = contents_beside([source for _, source in documents], encoding)
    tasks = [
        (
            source.size <= _SMALL and not _may_swell(source.name),
            attempting(
                number,
                reading(source, number, encoding) if contents is None else reading_contents(contents, source, number),
                made,
            ),
        )
        for (number, source), contents in zip(documents, beside, strict=True)
    ]
    return [*abreast(task for small, task in tasks if small), *(alone(task) for small, task in tasks if not small)]


def _may_swell(name: str) -> bool:
    """Whether a file of that name may hold very much more than its bytes."""
    kind = format_for(name)
    return is_compressed(name) or (kind is not None and kind.key in _COMPRESSING)


def _whole(source: Source, number: int, encoding: str | None) -> Reading | Exception:
    """A document with its texts, or what reading it raises, without the traceback, which no pipe takes."""
    try:
        return alone(reading(source, number, encoding))
    except Exception as error:
        return error.with_traceback(None)


if __name__ == "__main__":
    main()
