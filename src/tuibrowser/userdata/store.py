"""Store: a reader's places, bookmarks, jumps, searches, judgements, corpora, on the disk as soon as a call returns."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import astuple, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.judging.model import Judgement
from tuibrowser.host.state_folder import state_folder
from tuibrowser.language.i18n import plain
from tuibrowser.userdata.database import Database
from tuibrowser.userdata.model import Bookmark, ReadingPlace, RecentCorpus, Spot
from tuibrowser.userdata.stored import loaded, stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tuibrowser.userdata.database import Lost

LONGEST_PASSAGE: Final = 2_000
"""Code points kept of a passage; enough to find it by and to know it by."""

_MOST_PLACES: Final = 10_000
_MOST_JUMPS: Final = 1_000
_MOST_QUERIES: Final = 1_000
_MOST_CORPORA: Final = 100
_LONGEST_QUERY: Final = 10_000
_LONGEST_NAME: Final = 40

_BOOKMARK: Final = "id, path, content, offset, end, passage, title, section, note, size, created, changed"
_PUT_BOOKMARK: Final = f"INSERT OR REPLACE INTO bookmarks ({_BOOKMARK}) VALUES ({', '.join('?' * 12)})"
_JUDGEMENT: Final = "query, path, content, paragraph, start, end, left, node, right, code, changed"
_PUT_JUDGEMENT: Final = f"INSERT OR REPLACE INTO judgements ({_JUDGEMENT}) VALUES ({', '.join('?' * 11)})"
_DROP_JUDGEMENT: Final = "DELETE FROM judgements WHERE query = ? AND path = ? AND start = ? AND end = ?"
_PLACE: Final = "path, content, offset, script, repaired, passage"


class UserData:
    """The reader's data on disk. Every method may be called from any thread and in several programs at once.

    A write may wait some milliseconds for the disk, and up to five seconds for another program: call it beside an event
    loop. Nothing here raises for what befalls the disk; `say` is told once, and work goes on in memory.
    """

    def __init__(self, path: Path | None, say: Callable[[str], None] = lambda _: None) -> None:
        """Open the database of a path (`default_path()`), or keep everything in memory for None."""
        self._database = Database(path, say)

    @property
    def is_kept(self) -> bool:
        """Whether what is written is on the disk, not only in memory."""
        return self._database.is_kept

    @property
    def trouble(self) -> str:
        """Why what is written is not on the disk; empty where it is."""
        return self._database.trouble

    def close(self) -> Lost | None:
        """Close the database; return what never reached the disk, None where there is nothing of the kind."""
        return self._database.close()

    # Where documents were read

    def save_place(self, place: ReadingPlace, corpus: RecentCorpus | None = None) -> None:
        """Keep where a document is read now, and that it is the one read last of its corpus."""
        spot = place.spot
        values = (*_spot(spot), place.script, place.repaired, stored(place.passage[:LONGEST_PASSAGE]), time.time())
        statements = [
            (f"INSERT OR REPLACE INTO places ({_PLACE}, seen) VALUES (?, ?, ?, ?, ?, ?, ?)", values),
            _trim("places", _MOST_PLACES),
        ]
        if corpus is not None:
            statements.append(_corpus(replace(corpus, document=spot.path)))
        self._database.write(*statements)

    def place(self, path: str, content: str) -> ReadingPlace | None:
        """Where the document of a path was read; of a path that is not known, that with the same content."""
        sql = f"SELECT {_PLACE} FROM places WHERE"
        rows = self._database.read(f"{sql} path = ?", (stored(path),))
        if not rows:
            rows = self._database.read(f"{sql} content = ? ORDER BY seen DESC LIMIT 1", (stored(content),))
        return _place(rows[0]) if rows else None

    # Bookmarks

    def mark(
        self, spot: Spot, end: int, passage: str, *, title: str, section: str = "", note: str = "", size: int = 0
    ) -> Bookmark:
        """Keep a new bookmark and return it."""
        now = _now()
        passage = passage[:LONGEST_PASSAGE]
        bookmark = Bookmark(uuid.uuid4().hex, spot, end, passage, title, section, note, size, now, now)
        self.put(bookmark)
        return bookmark

    def put(self, *bookmarks: Bookmark) -> None:
        """Keep bookmarks as they are: deleted ones again, or those of a file; one of the same id is replaced."""
        names = tuple(_name(bookmark.note or bookmark.passage or bookmark.title) for bookmark in bookmarks)
        self._database.write(*((_PUT_BOOKMARK, _bookmark_row(bookmark)) for bookmark in bookmarks), what=names)

    def annotate(self, identity: str, note: str) -> None:
        """Change a bookmark's note."""
        sql = "UPDATE bookmarks SET note = ?, changed = ? WHERE id = ?"
        self._database.write((sql, (stored(note), _now(), stored(identity))), what=(_name(note),))

    def delete(self, identity: str) -> None:
        """Delete a bookmark; one that is gone already is no error."""
        deletion = plain("a deletion")
        self._database.write(("DELETE FROM bookmarks WHERE id = ?", (stored(identity),)), what=(deletion,))

    def bookmarks(self) -> list[Bookmark]:
        """All bookmarks, the oldest first."""
        sql = f"SELECT {_BOOKMARK} FROM bookmarks ORDER BY created, rowid"
        return [_bookmark(row) for row in self._database.read(sql)]

    def take_over(self, bookmarks: Iterable[Bookmark]) -> tuple[int, int]:
        """Take over bookmarks from a file; of two with the same id the one changed last stays.

        Return how many were new and how many replaced an older one.
        """
        known = {bookmark.id: bookmark for bookmark in self.bookmarks()}
        given = {bookmark.id: bookmark for bookmark in bookmarks}
        new = [bookmark for identity, bookmark in given.items() if identity not in known]
        newer = [
            bookmark
            for identity, bookmark in given.items()
            if identity in known and bookmark.changed >= known[identity].changed and bookmark != known[identity]
        ]
        self.put(*new, *newer)
        return len(new), len(newer)

    # Judged lines

    def judge(self, made: Iterable[Judgement], gone: Iterable[Judgement] = ()) -> None:
        """Keep judgements of lines, and forget those that they replace or that were taken back."""
        drops = [(_DROP_JUDGEMENT, (stored(each.query), stored(each.path), each.start, each.end)) for each in gone]
        puts = [(_PUT_JUDGEMENT, _row(astuple(each))) for each in made]
        if drops or puts:
            self._database.write(*drops, *puts, what=(plain("judgements of lines"),))

    def judgements(self, query: str) -> list[Judgement]:
        """The judgements of the lines of a query, in the order of their documents and places."""
        sql = f"SELECT {_JUDGEMENT} FROM judgements WHERE query = ? ORDER BY path, start, end"
        return [_judgement(row) for row in self._database.read(sql, (stored(query),))]

    # Jumps, searches, corpora

    def add_jump(self, spot: Spot) -> None:
        """Keep a place that the reader left by a jump."""
        self._database.write(
            ("INSERT INTO jumps (path, content, offset) VALUES (?, ?, ?)", _spot(spot)),
            ("DELETE FROM jumps WHERE id <= (SELECT max(id) FROM jumps) - ?", (_MOST_JUMPS,)),
        )

    def jumps(self, limit: int = 200) -> list[Spot]:
        """The last places left by jumps, the oldest first."""
        rows = self._database.read("SELECT path, content, offset FROM jumps ORDER BY id DESC LIMIT ?", (limit,))
        return [_loaded_spot(row) for row in reversed(rows)]

    def add_query(self, query: str) -> None:
        """Keep a search; the same one again only moves to the front."""
        if query.strip():
            value = stored(query[:_LONGEST_QUERY])
            self._database.write(
                ("INSERT OR REPLACE INTO queries VALUES (?, ?)", (value, time.time())), _trim("queries", _MOST_QUERIES)
            )

    def queries(self, limit: int = 200) -> list[str]:
        """Earlier searches, the last one first."""
        rows = self._database.read("SELECT query FROM queries ORDER BY seen DESC, rowid DESC LIMIT ?", (limit,))
        return [loaded(row[0]) for row in rows]

    def add_corpus(self, corpus: RecentCorpus) -> None:
        """Keep that a corpus was opened; a document read last is kept where it names none."""
        self._database.write(_corpus(corpus), _trim("corpora", _MOST_CORPORA))

    def corpora(self, limit: int = _MOST_CORPORA) -> list[RecentCorpus]:
        """The corpora opened, the last one first; all that are kept unless told."""
        sql = "SELECT key, encoding, document FROM corpora ORDER BY seen DESC, rowid DESC LIMIT ?"
        return [_loaded_corpus(row) for row in self._database.read(sql, (limit,))]

    def tell(self, corpus: RecentCorpus, state: str) -> bool:
        """Keep that the reader was told of the state of a corpus; return whether that is news to the reader."""
        key = _key(corpus)
        if self._database.read("SELECT 1 FROM told WHERE key = ? AND state = ?", (key, stored(state))):
            return False
        told = ("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (key, stored(state), time.time()))
        self._database.write(told, _trim("told", _MOST_CORPORA))
        return True


def default_path() -> Path:
    """Where the reader's database is: in the program's state folder."""
    return state_folder() / "state.db"


def _name(words: str) -> str:
    """The beginning of a note or passage, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _trim(table: str, most: int) -> tuple[str, Sequence[object]]:
    """Return the statement that leaves a table its rows seen last, so many at most."""
    sql = f"DELETE FROM {table} WHERE seen < (SELECT seen FROM {table} ORDER BY seen DESC LIMIT 1 OFFSET ?)"
    return sql, (most - 1,)


def _spot(spot: Spot) -> tuple[object, object, int]:
    return stored(spot.path), stored(spot.content), spot.offset


def _loaded_spot(row: Sequence[object]) -> Spot:
    path, content, offset = row
    return Spot(loaded(path), loaded(content), _number(offset))


def _place(row: Sequence[object]) -> ReadingPlace:
    *spot, script, repaired, passage = row
    return ReadingPlace(_loaded_spot(spot), loaded(script), bool(repaired), loaded(passage))


def _bookmark_row(bookmark: Bookmark) -> tuple[object, ...]:
    identity, _, *rest = astuple(bookmark)
    return _row((identity, *astuple(bookmark.spot), *rest))


def _row(values: Sequence[object]) -> tuple[object, ...]:
    return tuple(stored(value) if isinstance(value, str) else value for value in values)


def _judgement(row: Sequence[object]) -> Judgement:
    query, path, content, paragraph, start, end, left, node, right, code, changed = row
    return Judgement(
        loaded(query),
        loaded(path),
        loaded(content),
        _number(paragraph),
        _number(start),
        _number(end),
        loaded(left),
        loaded(node),
        loaded(right),
        loaded(code),
        loaded(changed),
    )


def _bookmark(row: Sequence[object]) -> Bookmark:
    identity, path, content, offset, end, passage, title, section, note, size, created, changed = row
    return Bookmark(
        loaded(identity),
        _loaded_spot((path, content, offset)),
        _number(end),
        loaded(passage),
        loaded(title),
        loaded(section),
        loaded(note),
        _number(size),
        loaded(created),
        loaded(changed),
    )


def _key(corpus: RecentCorpus) -> str:
    # Lone surrogates, and everything else beyond ASCII, are escaped here.
    return json.dumps([*corpus.paths, corpus.encoding])


def _corpus(corpus: RecentCorpus) -> tuple[str, Sequence[object]]:
    document = None if corpus.document is None else stored(corpus.document)
    sql = (
        "INSERT INTO corpora (key, encoding, document, seen) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
        "document = coalesce(excluded.document, document), seen = excluded.seen"
    )
    return sql, (_key(corpus), corpus.encoding, document, time.time())


def _loaded_corpus(row: Sequence[object]) -> RecentCorpus:
    key, encoding, document = row
    paths = tuple(str(path) for path in json.loads(loaded(key))[:-1])
    return RecentCorpus(paths, loaded(encoding) or None, loaded(document) or None)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
