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
CLASSICAL = {
    "云": (
        (
            "白青碧黄紫彩朱玄素片寒秋春夏冬晴阴风烟长层重停断闲野岭溪江海楚巫梁朝暮晓孤行浮归流山水南北东西出入凌拂披干卧"
            "拨排步乘驾随如若似为祥庆卿瑞冻雪火愁乱残薄淡轻香翠积同看望穿穹"
        ),
        (
            "雨雾霞山门中间外里深起生飞归无气去来霄路水树根泉月日烟峰海天鹤雁帆锦鬟旗台阙汉林松石房屋阁楼梯衢翼髻鬓裳衣屏"
            "物物影色龙端表际边上下底头开收散横屯涛浪梦壑岭岫嶂"
        ),
    ),
    "叶": (
        "木桃竹柳桐枫黄红霜枯新花草莲蕉梧桑槐荷树落枝绿青碧翠一千万片密疏残秋春风寒枣桂橘兰松蒲菱榆杨败贝银金玉七双百",
        "落下飞上底间声暗密稀舟尽黄红满干脱初未如似成覆露动战吹",
    ),
    "里": (
        (
            "梦花雨风月声烟镜帐夜水林雪影殿楼宫闺箧春醉病愁闲客云雾帘香窗灯歌笑怀袖囊匣眼心这那其内表火土舟船江湖溪谷洞壁纸"
            "画堂屋房院园庭寺庙店市街巷城营军马车轿轮壶杯瓶酒茶笼篱草竹松柳叶霜尘沙涛浪波"
        ),
        "头面边",
    ),
    "游": (
        "同远南东北西交宴遨旧胜清神优巡天仙冶夜春秋来从出漫重曾昔俊宦卧俱共少壮倦薄",
        "侠仙丝女宦猎骑赏人幸从宴客子目观历踪山春冶兴处士说谈学览",
    ),
    "采": ("可往行樵收摘", "莲菱桑薇菊药蕨芝樵诗兰珠择撷芹葛苓茶花菊掇芳拾实"),
    "郁": ("蓊苍沉忧幽悒抑葱勃烦", "郁陶结蒸积勃葱烈悒蓊律纡"),
    "帘": ("珠卷疏湘画绣重开垂入隔水晶下上绮青酒窗风翠罗半满", "外前栊影钩幕下内里间卷垂旌"),
    "系": ("所维牵拘囚羁心", "马舟缆书心颈之于辞缚囚牵住臂"),
    "干": ("天阑已未风露晒焦枯唇舌潮吹", "坤隆清元枯燥道德象惕父母"),
    "谷": ("五百黍新米嘉谷禾", "粟麦帛贱贵食雨谷米熟"),
    "斗": ("争战力奋格健酣好私", "鸡争战兵草死者勇力智狠讼"),
    "征": ("明特象祥休咎有无可应", "兆象辟召祥士求信"),
    "丑": ("美好妍可其恶", "恶女妇类虏"),
}
"""Characters before and behind a character, with which it makes a word of verse and old prose that OpenCC lacks."""
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
    for character, (before, behind) in CLASSICAL.items():
        for word in (*(each + character for each in before), *(character + each for each in behind)):
            found[character].setdefault(word, 0)
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
