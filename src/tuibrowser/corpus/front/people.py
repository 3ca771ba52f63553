"""Personal names at the head of a document: who wrote or delivered it."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.language.patterns import late

_SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董潘袁蔡蒋蔣余餘于於杜叶葉程魏苏蘇"
    "吕呂丁任卢盧姚沈锺鍾钟姜崔谭譚陆陸范範汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻阎段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴"
    "莫孔向常汤湯康易乔喬牛洪庞龐施兰蘭齐齊申季柴俞倪关關翁柳甘温溫焦葛章殷柯习習习汪华華穆纪紀舒屈项項祝路岳梅盛尚鲍鮑骆駱涂翟游裴毕畢霍苗祁左"
    "耿安聂聶符单單詹柏解谷冷卞伍瞿古宫宮冉蒙车車甄辛雍成蒲巩鞏欧歐佟容卓滕宁寧寗卜艾房凌艾楚臧连連费費苑郎牟边邊危岑戚敖麦麥傅樊滑蓝藍乌烏娄婁鲁魯郁茅"
)
_COMPOUND: Final = (
    "欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|东方|東方|司徒|夏侯|长孙|長孫"
    "|独孤|獨孤|南宫|南宮"
)
_NAME: Final = (
    rf"(?:(?:{_COMPOUND})[ \u3000]{{0,4}}[\u4e00-\u9fff]{{1,2}}"
    rf"|[{_SURNAMES}](?:[ \u3000]{{0,4}}[\u4e00-\u9fff]){{1,2}})"
)
_POST: Final = (
    "书记|書記|主席|总理|總理|总统|總統|部长|部長|省长|省長|市长|市長|州长|州長|县长|縣長|区长|區長|镇长|鎮長|乡长|鄉長|院长|院長|校长|校長|局长|局長"
    "|厅长|廳長|司长|司長|处长|處長|科长|科長|署长|署長|行长|行長|会长|會長|社长|社長|董事长|董事長|委员长|委員長|秘书长|秘書長|检察长|檢察長|主任|委员|委員"
    "|常委|代表|教授|研究员|研究員|院士|博士|记者|記者|同志|先生|女士|主编|主編|总编辑|總編輯|总经理|總經理|经理|經理|总裁|總裁|特首|行政长官|行政長官|大使|司令员|司令員"
)
_WITH_POST: Final = late(
    rf"(?=.{{0,60}}(?:{_POST}))(?:[^。；，,;:：]{{0,60}})(?<=\S)(?:{_POST})[ \u3000:：]{{0,6}}(?P<name>{_NAME})"
)
_ALONE: Final = late(rf"[（(]?(?P<name>{_NAME})[)）]?")
_BEHIND: Final = late(rf"(?P<name>{_NAME})[ \u3000]?(?:同志|先生|女士|教授)")
_NO_NAME: Final = frozenset("章节節条條编編卷回目录錄序言总總则則程论論史说說法华華文")
_PLACE_NAMES: Final = (
    "江苏 江蘇 江西 安徽 安阳 安陽 安庆 安慶 安康 成都 常州 常德 常熟 温州 溫州 徐州 宁波 寧波 宁夏 寧夏 "
    "宁德 寧德 黄山 黃山 黄石 黃石 郑州 鄭州 武汉 武漢 苏州 蘇州 柳州 梅州 贺州 賀州 雷州 滕州 金门 金門 "
    "高雄 江门 江門 江阴 江陰 龙岩 龍岩 石狮 石獅 韩国 韓國 石家庄 石家莊 马鞍山 馬鞍山 连云港 連雲港 张家港 "
    "張家港 张家界 張家界 莫斯科 关注 關注 房产 房產 金融 高考 安全 方案"
)
_PLACES: Final = frozenset(_PLACE_NAMES.split())
"""Places and sections of papers that begin as a surname does."""
_EDGES: Final = " \t\u3000|｜/／·,，（）()[]【】"
_LONGEST_NAME: Final = 12
_LONGEST_BESIDE: Final = 12
_BODIES: Final = tuple("报報网網社台界院部局省市县縣区區")
"""How names of papers, bodies and places end."""
_LONGEST: Final = 70


def name_alone(text: str) -> str | None:
    """The name that a line is, its inner spaces left out: 李　克强."""
    if len(text) > _LONGEST_NAME or (found := _ALONE.fullmatch(text)) is None:
        return None
    name = re.sub(r"[ \u3000]", "", found["name"])
    return None if name in _PLACES or any(character in _NO_NAME for character in name[1:]) else name


def name_beside_date(text: str, start: int, end: int) -> str | None:
    """The name that stands alone with a date, which is from `start` to `end` of a line: 林某　2010年3月5日."""
    if start > _LONGEST_BESIDE or text[end:].strip(_EDGES):
        return None
    name = name_alone(text[:start].strip(_EDGES))
    return name if name is not None and not name.endswith(_BODIES) else None


def name_after_post(text: str) -> str | None:
    """The name at the end of a line that gives a person's post before it: 国务院总理　李克强."""
    if len(text) > _LONGEST or TELLING.isdisjoint(text):
        return None
    found = _WITH_POST.fullmatch(text) or _BEHIND.fullmatch(text)
    return re.sub(r"[ \u3000]", "", found["name"]) if found else None


def is_post(text: str) -> bool:
    """Whether a line gives a post and no more, so that a name may follow on the next: 国务院总理."""
    return len(text) <= _LONGEST and not TELLING.isdisjoint(text) and _ONLY_POST.fullmatch(text) is not None


TELLING: Final = frozenset(post[-1] for post in (*_POST.split("|"), "同志", "先生", "女士", "教授"))
"""Characters of which each line that gives a post has one."""
_ONLY_POST: Final = late(rf"[^。；，,;:：]{{0,50}}(?:{_POST})[ \u3000]*")
