"""Dating: the dates of records, which stand under one name or under those of a year, a month and a day."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tuibrowser.corpus.dates import SaidDate, said_date
from tuibrowser.corpus.formats.records.fields import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tuibrowser.corpus.formats.records.fields import Keys, Shape

_YEAR: Final = ("year", "年", "年份", "年代")
_MONTH: Final = ("month", "月", "月份")
_DAY: Final = ("day", "日")
_STAMP: Final = re.compile(r"(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)(?:\d{6})?")
_SECONDS: Final = re.compile(r"(?P<seconds>1[0-8]\d{8}|[3-9]\d{8})(?:\d{3})?")
"""A time in seconds, or milliseconds, since 1970: from 1979 to 2029, so that it is no date in figures."""


def date_of_record(record: Mapping[str, Any], shape: Shape) -> SaidDate | None:
    """The date of a record: that of its field for a date, else of its fields for a year, a month and a day."""
    key = shape.keys["date"]
    date = date_of(record[key]) if key is not None else None
    return _date_of_parts(record) if date is None and _has_year(shape.names) else date


@lru_cache(4096)
def _has_year(names: tuple[str, ...]) -> bool:
    """Whether one of the names of values that are not empty is that of a year."""
    return not set(map(plain_name, names)).isdisjoint(_YEAR)


def unread_date_of(record: Mapping[str, Any], keys: Keys) -> str | None:
    """What a record without a date has in its field for one; None where it has nothing there, or no text or number."""
    value = record[key] if (key := keys["date"]) is not None else None
    return str(value).strip() or None if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def date_of(value: object) -> SaidDate | None:
    """The date of a value: a text, a number such as 20190615, parts in an object, the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        return _date_of_parts(value) or date_of(value.get("$date") or value.get("date") or value.get("value"))
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return _date_written(str(value).strip())


@lru_cache(1024)
def _date_written(text: str) -> SaidDate | None:
    """Kept: many records of a file are of one day."""
    if found := _SECONDS.fullmatch(text):
        return SaidDate(datetime.fromtimestamp(int(found["seconds"]), UTC).strftime("%Y-%m-%d"))
    if found := _STAMP.fullmatch(text):
        return _date_of_parts(found.groupdict())
    return said_date(text.replace("T", " ", 1) if text[:4].isdigit() else text, exact=True)


@lru_cache(4096)
def _parts_of_a_date(keys: tuple[str, ...]) -> tuple[str | None, ...]:
    """The keys of a year, a month and a day. Kept: the records of a file have the same keys."""
    by_name = {plain_name(key): key for key in keys}
    return tuple(next((by_name[name] for name in names if name in by_name), None) for names in (_YEAR, _MONTH, _DAY))


def _date_of_parts(record: Mapping[str, Any]) -> SaidDate | None:
    """The date of a year, a month and a day that stand apart; a year may be one of a reign."""
    found: SaidDate | None = None
    for key, mark in zip(_parts_of_a_date(tuple(record)), "年月日", strict=True):
        said = "" if key is None else str(record[key]).strip()
        text = said.removesuffix(mark)
        if not (text.isascii() and text.isdigit()):
            if found or mark != "年" or not said:
                return found
            return said_date(said, exact=True) or said_date(f"{text}{mark}", exact=True)
        said_so_far = said_date(f"{found.iso}-{text:0>2}" if found else text, exact=True)
        if said_so_far is None:
            return found
        found = said_so_far
    return found
