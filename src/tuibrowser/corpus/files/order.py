"""Natural order of names: 第2章 before 第10章, 卷二 before 卷十, 卷上 before 卷中 before 卷下."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, TypeAlias

from tuibrowser.corpus.names import suffix
from tuibrowser.hanzi.alike import usual
from tuibrowser.hanzi.numerals import NUMERAL_CHARACTERS, parse_numeral

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

Place: TypeAlias = tuple[str, str]
"""Where a number stands in a name: the folder of the part that it is in, and what goes before it there."""
Key: TypeAlias = tuple[tuple[int, tuple[tuple[int, int, str], ...], str, str], ...]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNIT: Final = "卷冊册編编篇部集輯辑章回捲巻"
_ORDINALS: Final = {
    character: value
    for series in ("上中下", "甲乙丙丁戊己庚辛壬癸", "元亨利貞")
    for value, character in enumerate(series, 1)
} | {"贞": 4}
_ORDINAL: Final = "".join(_ORDINALS)
_TOKEN: Final = re.compile(
    rf"(?P<arabic>[0-9０-９]{{1,32}})"
    rf"|(?P<chinese>[{NUMERAL_CHARACTERS}]+)"
    rf"|(?P<ordinal>(?<=[{_UNIT}])[{_ORDINAL}](?![^\W{_UNIT}])|[{_ORDINAL}](?=[{_UNIT}])|[上中下](?=[)）〕】」』]*\Z))"
)
_SHORT: Final = re.compile(rf"[百佰千仟万萬亿億][一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖](?![{NUMERAL_CHARACTERS}])")
"""The end of a number that leaves out a unit, or a zero: 一百二."""
_ZERO: Final = re.compile("[百佰千仟万萬][〇零]")
_FRONT: Final = _words(
    "序 自序 原序 序言 序文 前序 總序 总序 敘 叙 自敘 自叙 敘言 弁言 前言 引言 導言 导言 "
    "緒言 绪言 導讀 导读 凡例 例言 題辭 题辞 目錄 目录 目次 總目 总目 卷首 楔子 引子 封面 "
    "獻詞 献词",
)
_BACK: Final = _words(
    "跋 後序 后序 後敘 后叙 後記 后记 後跋 后跋 附錄 附录 附則 附则 卷末 卷尾 尾聲 尾声 "
    "結語 结语 跋語 跋语 參考文獻 参考文献 索引",
)


def natural_order(names: Collection[str]) -> Callable[[str], Key]:
    """The sort key of names that stand beside each other, as `natural_key` has it.

    A number such as 一百二 is 102 or 120, whichever goes better with the numbers in the names beside it.
    """
    return partial(natural_key, units=_in_units(names))


def natural_key(name: str, units: frozenset[Place] = frozenset()) -> Key:
    """The sort key of a name whose parts are divided by `/`.

    Within a part Arabic, full-width and Chinese numbers compare by value and before letters, which compare without
    regard to case; 上中下 and 甲乙丙 count as numbers beside 卷, 冊, 編 and the like. A part that is no more than 序 or
    凡例 comes first in its folder, and 跋, 後記 or 附錄 last.
    """
    folder, divider, last = name.rpartition("/")
    above = _folder_key(folder, units) if divider else ()
    return (*above, _part(last, folder, units))


@lru_cache(1024)
def _folder_key(folder: str, units: frozenset[Place]) -> Key:
    """The key of a folder. Kept: those of two names in one folder begin with the same object, which compares fast."""
    return tuple([_part(part, above, units) for above, part in _parts(folder)])


def _parts(name: str) -> Iterator[tuple[str, str]]:
    """The parts of a name, each behind the folder that it is in."""
    start = 0
    while (end := name.find("/", start)) >= 0:
        yield name[:start], name[start:end]
        start = end + 1
    yield name[:start], name[start:]


def _in_units(names: Iterable[str]) -> frozenset[Place]:
    """The places in names whose short numbers end in units: 一百二 is 102 there."""
    short = {place for name in names if _SHORT.search(name) for place, _ in _numerals(name)}
    if not short:
        return frozenset()
    beside: dict[Place, set[str]] = {place: set() for place in short}
    folders = tuple({folder for folder, _ in short})
    for name in names:
        for place, numeral in _numerals(name) if name.startswith(folders) else ():
            if place in beside:
                beside[place].add(numeral)
    return frozenset(place for place, numerals in beside.items() if _ends_in_units(numerals))


def _numerals(name: str) -> Iterator[tuple[Place, str]]:
    """The Chinese numbers in a name, and where each stands."""
    folder, divider, last = name.rpartition("/")
    if divider:
        yield from _folder_numerals(folder)
    yield from _part_numerals(folder, last)


@lru_cache(1024)
def _folder_numerals(folder: str) -> tuple[tuple[Place, str], ...]:
    return tuple(each for above, part in _parts(folder) for each in _part_numerals(above, part))


def _part_numerals(folder: str, part: str) -> Iterator[tuple[Place, str]]:
    stem = usual(part[: len(part) - len(suffix(part))])
    for found in _TOKEN.finditer(stem):
        if found["chinese"]:
            yield (folder, stem[: found.start()]), found[0]


def _ends_in_units(numerals: set[str]) -> bool:
    """Whether numbers such as 一百二 end in units, by which no two are the same and more follow on each other."""
    short = [numeral for numeral in numerals if _SHORT.search(numeral)]
    others = {value for numeral in numerals if (value := parse_numeral(numeral)) and not _SHORT.search(numeral)}
    spoken, units = ([parse_numeral(each, spoken=way) or 0 for each in short] for way in (True, False))
    clash, clashes = (not others.isdisjoint(values) for values in (spoken, units))
    if clash != clashes:
        return clash
    if any(_ZERO.search(numeral) for numeral in numerals):
        return False
    return _neighbours(others.union(units)) > _neighbours(others.union(spoken))


def _neighbours(values: set[int]) -> int:
    return sum(value + 1 in values for value in values)


def _part(part: str, folder: str, units: frozenset[Place]) -> tuple[int, tuple[tuple[int, int, str], ...], str, str]:
    ending = suffix(part)
    stem = usual(part[: len(part) - len(ending)])
    rank = 0 if stem in _FRONT else 2 if stem in _BACK else 1
    return rank, tuple(_tokens(stem, folder, units)), ending, part


def _tokens(stem: str, folder: str, units: frozenset[Place]) -> list[tuple[int, int, str]]:
    tokens: list[tuple[int, int, str]] = []
    last = 0
    for found in _TOKEN.finditer(stem):
        value = _value(found, spoken=not units or (folder, stem[: found.start()]) not in units)
        if value is None:
            continue
        if found.start() > last:
            tokens.append((1, 0, stem[last : found.start()].casefold()))
        tokens.append((0, value, ""))
        last = found.end()
    if last < len(stem):
        tokens.append((1, 0, stem[last:].casefold()))
    return tokens


def _value(found: re.Match[str], *, spoken: bool) -> int | None:
    if found["arabic"]:
        return int(found["arabic"])
    if found["chinese"]:
        return parse_numeral(found["chinese"], spoken=spoken)
    return _ORDINALS[found[0]]
