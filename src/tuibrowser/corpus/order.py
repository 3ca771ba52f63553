"""Natural order of names: 第2章 before 第10章, 卷二 before 卷十, 卷上 before 卷中 before 卷下."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from tuibrowser.corpus.names import suffix
from tuibrowser.hanzi.alike import usual
from tuibrowser.hanzi.numerals import NUMERAL_CHARACTERS, parse_numeral

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
_FRONT: Final = _words(
    "序 自序 原序 序言 序文 前序 總序 总序 敘 叙 自敘 自叙 敘言 弁言 前言 引言 導言 导言 "
    "緒言 绪言 導讀 导读 凡例 例言 題辭 题辞 目錄 目录 目次 總目 总目 卷首 楔子 引子 封面 "
    "獻詞 献词",
)
_BACK: Final = _words(
    "跋 後序 后序 後敘 后叙 後記 后记 後跋 后跋 附錄 附录 附則 附则 卷末 卷尾 尾聲 尾声 "
    "結語 结语 跋語 跋语 參考文獻 参考文献 索引",
)


def natural_key(name: str) -> Key:
    """The sort key of a name whose parts are divided by `/`.

    Within a part Arabic, full-width and Chinese numbers compare by value and before letters, which compare without
    regard to case; 上中下 and 甲乙丙 count as numbers beside 卷, 冊, 編 and the like. A part that is no more than 序 or
    凡例 comes first in its folder, and 跋, 後記 or 附錄 last.
    """
    return tuple(_part(part) for part in name.split("/"))


def _part(part: str) -> tuple[int, tuple[tuple[int, int, str], ...], str, str]:
    ending = suffix(part)
    stem = usual(part[: len(part) - len(ending)])
    rank = 0 if stem in _FRONT else 2 if stem in _BACK else 1
    return rank, tuple(_tokens(stem)), ending, part


def _tokens(stem: str) -> list[tuple[int, int, str]]:
    tokens: list[tuple[int, int, str]] = []
    last = 0
    for found in _TOKEN.finditer(stem):
        value = _value(found)
        if value is None:
            continue
        if found.start() > last:
            tokens.append((1, 0, stem[last : found.start()].casefold()))
        tokens.append((0, value, ""))
        last = found.end()
    if last < len(stem):
        tokens.append((1, 0, stem[last:].casefold()))
    return tokens


def _value(found: re.Match[str]) -> int | None:
    if found["arabic"]:
        return int(found["arabic"])
    if found["chinese"]:
        return parse_numeral(found["chinese"])
    return _ORDINALS[found[0]]
