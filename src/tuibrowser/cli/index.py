"""`tuibrowser index`: build the index of a corpus, or bring it up to date."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.printing.output import one_line
from tuibrowser.cli.sources import STANDARD_INPUT, Progress, check_paths, say, standard_input
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.files.listing import unpacked_sources
from tuibrowser.corpus.loading.pool import begun
from tuibrowser.corpus.records.catalogue import take_records
from tuibrowser.host.parent import end_with_parent, give_way
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import many, plain, said, shown, stored
from tuibrowser.reading.harmless import json_line
from tuibrowser.search.index.places import folder_of, kept_listing
from tuibrowser.search.index.refresh import Listener, refresh
from tuibrowser.search.index.store import IndexUnusableError, open_index, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tuibrowser.cli.line.grammar import Arguments


def index(arguments: Arguments) -> int:
    """Build or refresh an index; return 0, or 1 when there is no document to index."""
    paths = arguments.operands
    if (cluster := arguments.text("--cluster")) is not None:
        from tuibrowser.cli.cluster.indexing import index_on_hosts

        return index_on_hosts(arguments, Path(cluster))
    if not paths:
        raise UsageError(plain("what to index is missing"), arguments.command)
    if STANDARD_INPUT in paths:
        raise UsageError(plain("standard input (-) cannot be indexed"), arguments.command)
    check_paths(paths)
    if arguments.flag("--json"):
        end_with_parent()
    with begun() as begin:
        return _index(arguments, begin)


def _index(arguments: Arguments, begin: Callable[[], None]) -> int:
    """Do the same; `begin` starts the processes that read the files."""
    paths, encoding = arguments.operands, arguments.text("--encoding")

    def kept(paths: Sequence[Path], encoding: str | None) -> bytes | None:
        """The files as they were ordered; while very many are ordered for the first time, who reads them starts."""
        listing = kept_listing(paths, encoding)
        if listing is None:
            begin()
        return listing

    if arguments.flag("--for-reader"):
        begin()
        corpus = _given(paths, encoding)
    else:
        corpus = Corpus.discover(paths, encoding=encoding, keeper=kept)
    if not corpus.documents:
        say([plain("there is no text to index")])
        return 1
    root = arguments.text("--index-dir")
    folder = folder_of(corpus, Path(root) if root else None)
    told = Told(corpus, str(folder), programs=arguments.flag("--json"), parts=arguments.flag("--for-reader"))
    try:
        anything = refresh(corpus, folder, told.listener, lambda: False, shared=root is not None)
        take_records(corpus, open_index(corpus, folder, own=root is None).catalogue)
        told.done(anything, size_of(folder))
    except IndexUnusableError as error:
        told.failed(plain("the index {reason}", reason=error.reason))
    except OSError as error:
        told.failed(system_reason(error))
    return 0


def _given(paths: Sequence[str], encoding: str | None) -> Corpus:
    """The corpus that the reader has found already."""
    give_way()
    try:
        sources = unpacked_sources(standard_input())
    except ValueError as error:
        raise CommandError(plain("not a list of files: {problem}", problem=said(error))) from None
    return Corpus(sources, paths=[Path(path) for path in paths], encoding=encoding)


class Told:
    """What is said while an index is built: JSON lines for programs; a word on standard error for people."""

    def __init__(self, corpus: Corpus, folder: str, *, programs: bool, parts: bool = False) -> None:
        """`folder` is where the index is."""
        self._corpus = corpus
        self._folder = folder
        self._programs = programs
        self._for_reader = parts
        self._began = time.monotonic()
        progress = Progress()
        self.listener = Listener(
            progress=self._progress if programs else progress,
            waiting=lambda: self._say(
                {"event": "waiting"}, plain("another process is building this index: waiting for it")
            ),
            note=lambda sentence: self._say({"event": "note", "text": sentence}, sentence),
            part=(lambda path: self._line({"event": "part", "path": str(path)})) if parts else None,
        )

    def _progress(self, done: int, total: int) -> None:
        self._line({"event": "progress", "done": done, "total": total})

    def _say(self, record: Mapping[str, object], sentence: str) -> None:
        if self._programs:
            self._line(record)
        else:
            say([sentence])

    @staticmethod
    def _line(record: Mapping[str, object]) -> None:
        sys.stdout.write(json_line(record) + "\n")
        sys.stdout.flush()

    def done(self, anything: bool, size: int, hosts: int = 0) -> None:
        """Say what was done; `size` is that of the index, on so many hosts or in its folder."""
        count = len(self._corpus.documents) - len(self._corpus.left_out())
        seconds = time.monotonic() - self._began
        left_out = len(self._corpus.problems)
        if self._programs:
            self._line(
                {
                    "event": "done",
                    "changed": anything,
                    "documents": count,
                    "left_out": left_out,
                    "bytes": size,
                    "seconds": round(seconds, 3),
                    "path": self._folder,
                    **({"hosts": hosts} if hosts else {}),
                }
            )
            return
        text = self._corpus.sources.total_size
        state = plain("indexed in {seconds:.1f} s", seconds=seconds) if anything else plain("up to date")
        values = {"documents": many(count, "document"), "read": text / 1e6, "state": state, "kept": size / 1e6}
        if hosts:
            values["hosts"] = many(hosts, "host")
            told = plain("{documents}, {read:,.1f} MB: {state}, {kept:,.1f} MB on {hosts}", **values)
        else:
            values["folder"] = one_line(self._folder)
            told = plain("{documents}, {read:,.1f} MB: {state}, {kept:,.1f} MB in {folder}", **values)
        if left_out and not hosts:
            told = plain("{indexed}; {count:,} left out (outline says why)", indexed=told, count=left_out)
        sys.stdout.write(f"{shown(told)}\n")

    def failed(self, reason: str) -> None:
        """Say why there is no index; raises CommandError."""
        if self._programs:
            self._line({"event": "failed", "reason": stored(reason) if self._for_reader else reason})
        raise CommandError(plain("cannot keep an index in {folder}: {reason}", folder=self._folder, reason=reason))
