"""Overconverted: characters that a poor converter took for their first Traditional form: 皇後 for 皇后, 公裏 for 公里.

The words are those that such a converter gets wrong and no careful text has; none of these edits is certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tuibrowser.corpus.model import Edit
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tuibrowser.corpus.repairs.counted import Counted

OVERCONVERTED: Final = "overconverted"
"""The rule of these edits."""


class _Fault(NamedTuple):
    """The form that a converter gives, the one that is right, and the words, each as it gives it and as is right."""

    wrong: str
    right: str
    words: tuple[tuple[str, str], ...]


_WORDS: Final = """
後后 皇后 太后 后妃
裏里 公里 英里 華里 萬里 里程 鄰里
裡里 公里 英里 華里 萬里 里程 鄰里
發髮 頭髮 毛髮 髮廊 染髮 鬢髮
幹干 干涉 干擾 干預 若干 干戈
幹乾 乾燥 乾淨 餅乾 乾旱 乾糧 乾涸
徵征 征途 遠征 征討 征戰
採采 神采 喝采
範范 范仲淹 范蠡 范成大
雲云 人云亦云 不知所云
穀谷 山谷 河谷 峽谷 曼谷 幽谷
鬥斗 北斗 漏斗 煙斗 斗篷 筋斗 熨斗 泰斗
幾几 茶几
醜丑 小丑 丑角
復複 複雜 重複 複數
髒臟 心臟 內臟 肝臟 腎臟 臟器
鍾鐘 分鐘 鐘頭 鐘錶 時鐘 鬧鐘 警鐘
籤簽 簽署 簽訂 簽約 簽證
歷曆 日曆 農曆 陰曆 陽曆
鬱郁 濃郁 馥郁
鹹咸 咸豐 咸陽 咸寧
準准 批准 准許 獲准
佔占 占卜 占星
僕仆 前仆後繼
闢辟 復辟 辟邪
"""
_FAULTS: Final = tuple(
    _Fault(line[0], line[1], tuple((word.replace(line[1], line[0]), word) for word in line.split()[1:]))
    for line in _WORDS.strip().splitlines()
)
_WRONG: Final = frozenset(fault.wrong for fault in _FAULTS)
_OTHER_WORD: Final = late("[後發裏裡](?=[生現展言表出揮動布佈放起給射來面])")
"""The end of a word before a character that makes another one of it: 街頭發生, 王太後來."""


def overconverted(raw: str, counted: Counted) -> tuple[Edit, ...]:
    """The words of a text that were converted wrongly, as flags; only where the text lacks the right character."""
    return tuple(sorted(_edits(raw, counted), key=lambda edit: edit.start))


def _edits(raw: str, counted: Counted) -> Iterator[Edit]:
    if _WRONG.isdisjoint(counted.characters):
        return
    for fault in _FAULTS:
        if fault.wrong not in counted.characters or not counted.stands_for(fault.wrong, fault.right):
            continue
        for wrong, word in fault.words:
            if counted.has_all(wrong) and wrong in raw and word not in raw:
                yield from _places(raw, wrong, word)


def _places(raw: str, wrong: str, right: str) -> Iterator[Edit]:
    at = raw.find(wrong)
    while at >= 0:
        end = at + len(wrong)
        if not _OTHER_WORD.match(raw, end - 1):
            yield Edit(at, end, wrong, right, OVERCONVERTED, certain=False)
        at = raw.find(wrong, end)
