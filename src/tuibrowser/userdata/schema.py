"""Schema: the tables of the reader's database, version by version."""

from __future__ import annotations

from typing import Final

VERSIONS: Final = (
    """
    CREATE TABLE bookmarks (
        id PRIMARY KEY, path, content, offset INTEGER, end INTEGER, passage, title, section, note,
        size INTEGER, created, changed
    );
    CREATE TABLE places (
        path PRIMARY KEY, content, offset INTEGER, script, repaired INTEGER, passage, seen REAL
    );
    CREATE INDEX places_by_content ON places (content, seen);
    CREATE TABLE jumps (id INTEGER PRIMARY KEY AUTOINCREMENT, path, content, offset INTEGER);
    CREATE TABLE queries (query PRIMARY KEY, seen REAL);
    CREATE TABLE corpora (key PRIMARY KEY, encoding, document, seen REAL);
    """,
    """
    CREATE TABLE told (key PRIMARY KEY, state, seen REAL);
    """,
    """
    CREATE TABLE judgements (
        query, path, content, paragraph INTEGER, start INTEGER, end INTEGER, left, node, right, code, changed,
        PRIMARY KEY (query, path, start, end)
    );
    """,
)
"""Statements that bring a database from each version to the next. Columns of text have no type: see `stored.stored`."""

TABLES: Final = ("bookmarks", "places", "jumps", "queries", "corpora", "told", "judgements")
