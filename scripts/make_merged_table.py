"""Write the table of Simplified characters that stand for several Traditional ones, from OpenCC and jieba.

A line holds a character, what it is worth as a sign of a poor conversion, the Traditional forms it is to become, and
words. Signs: `t` tells by itself, since no Traditional text has the character; `o` tells nothing, since old texts have
it; `-` tells in a word. Without words, any place is converted as OpenCC does; with words, only those in one of them.
Words are Simplified, those that jieba's dictionary has `FREQUENT` times or more stand before a bar.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from pathlib import Path

import jieba
from make_script_table import TABLE as SCRIPT
from make_script_table import entries

FORMS = (
    "于於 么麼 后後 种種 党黨 确確 极極 据據 万萬 价價 适適 胜勝 广廣 厂廠 愿願 划劃 几幾 荐薦 余餘 丰豐 柜櫃 涂塗 "
    "腊臘 蜡蠟 虫蟲 蝎蠍 筑築 仆僕 术術 干幹乾 范範 征徵 采採 里裏裡 斗鬥 辟闢 咸鹹 郁鬱 夸誇 谷穀 云雲 准準 朴樸 "
    "丑醜 尸屍 松鬆 佣傭 杰傑 叶葉 膻羶 蚝蠔 系係繫 制製 面麪麵 扎紮 胡鬍 舍捨 志誌 托託 游遊 卷捲 只隻 台颱 卜蔔 "
    "吁籲 御禦 沈瀋 姜薑 板闆 致緻 喂餵 杆桿 杠槓 曲麴麯 淀澱 帘簾 苹蘋 咨諮"
)
"""Characters that Traditional texts have too, each with the forms it stands for; no variants of one character."""
ANYWHERE = "于么后种党确极据万价适胜广厂愿划几荐余丰柜涂腊蜡虫蝎筑仆术"
"""Those of them that modern Traditional texts have in names at most, so that no word is needed."""
OLD = (
    "于余云后万并迹卷虫几烟冲凄叹毁艳闲炼朴舍辟荐尸咸谷郁别参恶赞尽宁弥录须荡纤勋哗娴术价胜蜡腊愿适游志丑松曲御吁夸"
    "致面板"
)
"""Those that Traditional texts, printed or old, have for themselves or as a variant."""
TELLING = "种极确广据厂党"
"""Those that tell by themselves, besides all that the table of scripts knows as Simplified-only."""
WRONG = ["不准", "定准", "为准", "定制", "产制", "村里", "地里"]
"""Words that OpenCC takes for others, or that stand in two words more often than not."""
FREQUENT = 300
SURE = 2
"""Characters of a word above which OpenCC's word is taken though jieba does not know it; a short one may be a name."""
LONGEST = 5
"""Characters of the longest word; those within a longer one tell as much."""

TARGET = Path(__file__).resolve().parents[1] / "src/tuibrowser/hanzi/data/merged.txt"


def main() -> None:
    """Write the table and say how large it is."""
    forms = {entry[0]: entry[1:] for entry in FORMS.split()} | simplified_only()
    words = words_of(forms)
    lines = [f"{character} {sign(character)} {forms[character]}" for character in forms]
    lines = [" ".join((line, *words[line[0]])) for line in lines]
    TARGET.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    print(f"{len(lines)} characters, {sum(map(len, words.values()))} words")


def simplified_only() -> dict[str, str]:
    """The characters that only Simplified texts have, with their several Traditional forms and these of Taiwan."""
    traditional, taiwan = entries("TSCharacters"), entries("TWVariants")
    several = {key: forms for key, forms in entries("STCharacters").items() if len(forms) > 1 and key not in forms}
    back = {key: [form for form in forms if traditional.get(form, [""])[0] == key] for key, forms in several.items()}
    both = {key: [*forms, *chain.from_iterable(taiwan.get(form, ()) for form in forms)] for key, forms in back.items()}
    return {key: "".join(dict.fromkeys(forms)) for key, forms in both.items()}


def sign(character: str) -> str:
    """What a character is worth as a sign."""
    simplified = SCRIPT.read_text(encoding="utf-8").splitlines()[1]
    return "o" if character in OLD else "t" if character in TELLING or character in simplified else "-"


def words_of(forms: dict[str, str]) -> dict[str, list[str]]:
    """The words in which a character becomes another, the most frequent ones first."""
    frequencies = jieba_frequencies()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for word, rights in (entries("STPhrases") | entries("STPhrases_GeneratedFromRegionalPhrases")).items():
        if (
            word in WRONG
            or not (len(word) > SURE or frequencies.get(word))
            or not 1 < len(word) == len(rights[0]) <= LONGEST
        ):
            continue
        for character, right in zip(word, rights[0], strict=True):
            if right in forms.get(character, "") and character in FORMS and character not in ANYWHERE:
                found[character][word] = frequencies.get(word, 0)
    return defaultdict(list, {character: listed(words) for character, words in found.items()})


def listed(words: dict[str, int]) -> list[str]:
    """Words by frequency, with a bar behind the frequent ones."""
    ranked = sorted(words, key=lambda word: (-words[word], word))
    frequent = sum(words[word] >= FREQUENT for word in ranked)
    return [*ranked[:frequent], "|", *ranked[frequent:]]


def jieba_frequencies() -> dict[str, int]:
    """How often each word stands in what jieba's dictionary was made from."""
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(frequency) for word, frequency, *_ in map(str.split, lines)}


if __name__ == "__main__":
    main()
