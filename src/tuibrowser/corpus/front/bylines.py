"""Bylines: read who wrote a text from lines and file names that are no fields: 文/林间, 宋 林間 撰, 渡口 by 林间."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from tuibrowser.corpus.dates import find_dates
from tuibrowser.corpus.front.people import name_alone
from tuibrowser.language.patterns import late

_LONGEST: Final = 60
"""Code points of a line that is a byline, or holds one."""
_BLANK: Final = "[ \t\u3000]"
_DYNASTY: Final = (
    "先秦|春秋|[戰战][國国]|[西東东後后]?[漢汉]|曹?魏|蜀[漢汉]?|[孫孙]?[吳吴]|三[國国]|[西東东]?[晉晋]"
    "|南朝[宋齊齐梁陳陈]?|[劉刘]宋|[南北][齊齐]"
    "|[齊齐]|梁|[陳陈]|[北後后]魏|北[周朝]|隋|唐|五代|[後后][梁唐晉晋漢汉周蜀]|南唐|[北南]?宋|[遼辽]|金|元|明|清"
    "|民[國国]|近代|[現现]代|[當当]代"
    "|日本|朝[鮮鲜]|高[麗丽]|新[羅罗]|西夏|秦|周"
)
_WRITES: Final = "原著|撰述|撰次|撰集|撰|[編编]著|著|譔|[編编]纂|纂|述|[編编][輯辑]|[編编]|[輯辑]"
_OTHER_ROLE: Final = (
    "集解|集注|集註|[譯译]注|[譯译]|[註注疏]|校[點点勘注註]?|[點点]校|[評评][點点]?|[奉]?[詔诏][譯译]|[補补]"
    "|箋|笺|[閱阅]|刊"
)
_HAN_NAME: Final = (
    rf"[\u3400-\u9fff·‧・\U00020000-\U0003ffff](?:{_BLANK}{{0,3}}[\u3400-\u9fff·‧・\U00020000-\U0003ffff]){{1,7}}?"
)
_NAME: Final = r"[A-Za-z0-9_\u3400-\u9fff][A-Za-z0-9_\u3400-\u9fff·‧・.\- \u3000()（）]{0,24}"
_CREDIT: Final = late(
    rf"[(（【\[]?(?:(?:(?:[图圖摄攝]{_BLANK}?[/／]?{_BLANK}?)?文(?:{_BLANK}?[/／]?{_BLANK}?[图圖摄攝])?|文字|撰文"
    rf"|作者|原?著者?|原作)"
    rf"{_BLANK}{{0,3}}[/／|｜丨·]|(?:[图圖摄攝][/／]文|文[/／][图圖摄攝]){_BLANK}){_BLANK}{{0,3}}(?P<name>{_NAME})"
)
_CREDIT_FIELD: Final = late(
    rf"[(（【\[]?(?:[图圖摄攝]{_BLANK}?[/／]?{_BLANK}?)?(?:撰?文|文字)(?:{_BLANK}?[/／]?{_BLANK}?[图圖摄攝])?"
    rf"{_BLANK}{{0,3}}[:：]{_BLANK}{{0,3}}(?P<name>[\u4e00-\u9fff](?:{_BLANK}{{0,3}}[\u4e00-\u9fff]){{1,3}})[)）】\]]?"
)
_CREDITED: Final = late(rf"[(（【\[]?(?P<name>{_HAN_NAME}){_BLANK}{{0,3}}[/／]{_BLANK}{{0,3}}文[)）】\]]?")
_AUTHOR_APART: Final = late(rf"[(（【\[]?(?:作{_BLANK}?者|著{_BLANK}?者){_BLANK}+(?P<name>{_NAME})")
_BY: Final = late(rf"(?:[—–-]{{1,3}}{_BLANK}?)?by{_BLANK}{{0,2}}[:：]?{_BLANK}{{0,2}}(?P<name>{_NAME})", re.IGNORECASE)
_BULLET: Final = late(rf"[◎□■●○◇◆▲△☆★]{_BLANK}{{0,2}}(?P<name>[\u4e00-\u9fff \u3000]{{2,8}})")
_ROLE: Final = late(
    rf"(?:(?P<open>[(（\[〔【])?(?P<dynasty>{_DYNASTY})(?(open)[)）\]〕】])(?P<gap>{_BLANK}*))?"
    rf"(?P<name>{_HAN_NAME})(?P<apart>{_BLANK}*)(?:(?P<writes>{_WRITES})|(?P<other>{_OTHER_ROLE}))(?=$"
    rf"|[ \t\u3000，、；])"
)
_HONOURED: Final = re.compile(
    "[\u3400-\u9fff]{1,4}(?:[真][人君]|祖[師师]|先生|居士|道人|山人|[禪禅法][師师]|和尚|大[師师]|上人|老人|散人|散仙)[\u3400-\u9fff]{0,4}"
)
"""A name with a title that masters of the Way and of the Dharma, and recluses, bear."""
_BY_ORDER: Final = late(
    rf".{{0,40}}臣{_BLANK}?(?P<name>[\u3400-\u9fff]{{2,3}}?)等?{_BLANK}?奉{_BLANK}?[敕勅詔诏旨]{_BLANK}?(?:{_WRITES})"
)
_REPORTER: Final = late(
    r"^(?:本[报報刊台网網社]|新[华華]社|特[约約])?(?:特[约約])?(?:[记記]者|通[讯訊][员員]"
    r"|[评評][论論][员員])[ \u3000:：]*"
)

_EDITION: Final = (
    "校[对對]版|精校|全本|完本|完[结結]|全集|全文|全[书書]|完整|未[删刪]|[无無][删刪]|[连連][载載]|txt|epub|下[载載]"
    "|[电電]子[书書]|[简簡]体|繁[体體]"
)
_NOTE: Final = rf"{_BLANK}{{0,2}}[（(【\[][^（）()【】\[\]]{{0,20}}(?i:{_EDITION})[^（）()【】\[\]]{{0,20}}[)）】\]]"
_NOTE_BEFORE: Final = late(
    rf"^[（(【\[][^（）()【】\[\]]{{0,10}}(?i:{_EDITION})[^（）()【】\[\]]{{0,10}}[)）】\]]{_BLANK}{{0,2}}(?=.)"
)
_NOTES: Final = late(
    rf"(?:{_NOTE}|{_BLANK}{{0,2}}(?i:全集|全本|完本|完[结結]|精校版|校[对對]版|全文|txt(?:下[载載])?))+$"
)
_OPENS_NOTE: Final = frozenset("（(【[")
_ENDS_NOTE: Final = frozenset(")）】]集本结結版文tT载載\n")
"""Characters with which each note behind a title ends, or the line that ends in it."""
_WITH_AUTHOR: Final = late(
    rf"(?P<title>.{{1,50}}?)(?:(?:(?<=[》】」』）)\]])|{_BLANK}{{1,8}}|[_—–-]{{1,2}})"
    rf"(?:作{_BLANK}?者|著者|原著|文(?=[/／:：])|[Bb][Yy](?![A-Za-z]))"
    rf"|(?P<glued>(?<=[\u3400-\u9fff])作者(?=[/／:：_])))"
    rf"{_BLANK}{{0,2}}[:：/／_｜|]?{_BLANK}{{0,3}}(?P<name>{_NAME}(?:[【\[][^】\]]{{0,12}}[】\]])?)"
)
_WRITTEN_BY: Final = late(
    rf"(?P<title>.{{2,40}}?)(?:(?<=[》】」』）)\]]){_BLANK}{{0,8}}"
    rf"|{_BLANK}{{1,12}})(?P<name>[\u3400-\u9fff]{{2,4}}){_BLANK}{{0,3}}[著撰]"
)
_QUOTED: Final = late("[《〈【「『](?P<title>[^《》〈〉【】「」『』]{1,50})[》〉】」』]")
_QUOTES: Final = frozenset("《〈【「『")
_AUTHOR_BEFORE: Final = late(
    rf"[\[【（(]?(?P<by>作者[:：_]?{_BLANK}{{0,2}})?(?P<name>[\u4e00-\u9fff]{{2,4}})[\]】）)]?(?:{_BLANK}|[-_—–:：]){{0,3}}"
    r"《(?P<title>[^《》]{1,50})》"
)
"""A name of a file that has the author before the title: 林间《渡口》."""
_CHAPTERS: Final = late(r"[（(【\[][第\d一二三四五六七八九十百千\-—–~～至到卷章回集册冊 ]{2,16}[)）】\]]$")
_SENTENCE: Final = late("[。！？；，：:!?;,]")
_HAN: Final = late("[\u3400-\u9fff]")


class Named(NamedTuple):
    """The title and the author that a line or a file name gives."""

    title: str | None
    author: str | None


_UNNAMED: Final = Named(None, None)
_LABELS: Final = frozenset(("标题", "標題", "题目", "題目", "题名", "題名", "篇名", "书名", "書名"))
"""What stands above the titles in a table."""
_IN_BYLINES: Final = frozenset(
    "/／|｜丨·:：者◎□■●○◇◆▲△☆★Bb撰述次集編编著譔纂輯辑解注註疏譯译校點点勘評评詔诏補补箋笺閱阅刊"
)
_IN_AUTHORS: Final = frozenset("作著文Bb撰")
"""Characters of which each line that is a byline, and each that holds a title and an author, has one."""
TELLING: Final = _IN_BYLINES | _IN_AUTHORS
"""Both."""


def byline(text: str) -> str | None:
    """The author that a line of its own names at the head of a text; None for a line that is no byline."""
    if len(text) > _LONGEST:
        return None
    if name := _of_dynasty(text):
        return name
    if _IN_BYLINES.isdisjoint(text):
        return None
    for pattern in (_CREDIT, _CREDIT_FIELD, _CREDITED, _AUTHOR_APART):
        if found := pattern.fullmatch(text):
            return author_of(found["name"])
    if (found := _BY.fullmatch(text)) and _is_pen_name(found["name"]):
        return author_of(found["name"])
    if found := _BULLET.fullmatch(text):
        return name_alone(found["name"].strip())
    return _by_role(text)


def title_and_author(text: str, *, glued: bool = False) -> Named | None:
    """The title and the author in one line: 《渡口》作者：林间, 渡口 by 林间, 渡口　林间著.

    `glued` says that nothing need divide them, as in names of files: 渡口作者：林间.
    """
    if len(text) > 2 * _LONGEST or "。" in text or _IN_AUTHORS.isdisjoint(text):
        return None
    found = _WITH_AUTHOR.fullmatch(text)
    if found and found["glued"] and not glued:
        return None
    if found and not (_HAN.search(found["title"]) and (author := author_of(found["name"])) and _is_pen_name(author)):
        return None
    if found is None:
        found = _WRITTEN_BY.fullmatch(text)
        if found is None or name_alone(found["name"]) is None:
            return None
        author = found["name"]
    title = _plain_title(found["title"])
    return Named(title, author) if title and title not in _LABELS and not _SENTENCE.search(title[-1]) else None


def named_by_file(stem: str) -> Named:
    """The title and the author in the name of a file; the title is None where the name is no more than it."""
    if stem.isdecimal():
        return _UNNAMED
    if not _IN_AUTHORS.isdisjoint(stem) and (both := title_and_author(_without_notes(stem), glued=True)):
        return both
    before = _AUTHOR_BEFORE.fullmatch(_NOTES.sub("", stem)) if "《" in stem else None
    if before and (before["by"] or name_alone(before["name"])):
        return Named(before["title"].strip(), author_of(before["name"]))
    title = _plain_title(stem)
    return Named(title if title != stem else None, None)


def author_of(value: str) -> str | None:
    """The name in the value of a field or a byline, without dates, sites, dynasty and role around it."""
    date = next((date for date in find_dates(value) if not date.bare), None)
    if date is not None:
        value = value[: date.start] or value[date.end :]
    value = _TAIL.sub("", value).strip(_EDGES)
    value = re.sub(r"[ \u3000](?:于|於|at|on)$", "", value)
    value = _balanced(_REPORTER.sub("", value))
    found = _ROLE.fullmatch(value)
    if found and found["writes"] and (found["apart"] or found["gap"] or found["open"]):
        value = _role_name(found)
    elif found := _WITH_DYNASTY.fullmatch(value):
        value = found["name"]
    value = re.sub(r"(?<=[\u3400-\u9fff])[ \u3000](?=[\u3400-\u9fff]$)", "", value)
    return None if value.casefold() in _NOBODY else value or None


_EDGES: Final = " \t\u3000,，;；|｜/／_-—–:："
_NOBODY: Final = frozenset(
    ("admin", "administrator", "user", "未知", "不详", "不詳", "无", "無", "none", "null", "unknown", "n/a")
)
"""Values of the field for the author that name nobody."""
_TAIL: Final = late(
    r"(?<=.)(?:[\s,，;；|｜/／·(（【\[_—–-]*(?:(?:原[创創])?首[发發](?:于|於|[:：]|$|[\s)）])|[发發](?:表|布|佈)(?:于"
    r"|於|在|[时時][间間]|日期|[:：])|[转轉](?:自|[载載])|[来來][源自][:：]?|出[处處][:：]|[摘选選录錄]自)"
    r"|[\s,，;；|｜/／(（【\[_—–-]+(?:[录錄]入|整理|校[对對]|[扫掃]描|[制製]作|更新|字[数數]|[类類][别別型]|分[类類]"
    r"|[状狀][态態]|[阅閱][读讀]|[点點][击擊]|[浏瀏][览覽]|[责責][编編]"
    r"|[编編][辑輯]|[邮郵]箱|e-?mail|QQ|微信|公[众眾]号|[0-9]{1,2}[-/月]|https?:|www\.|\S{0,12}(?:[网網]|[论論][坛壇]"
    r"|社[区區]|文[学學]城|[书書]院|[贴貼]吧|\.(?:com|cn|net|org)\S*)[)）】\]]?$)"
    r"|@\S*$|[【\[(（](?:完|[^】\]]{0,8}(?:" + _EDITION + r"))).*",
    re.IGNORECASE | re.DOTALL,
)
"""What follows a name in the value of a field: where it was published, and what else a site says."""
_WITH_DYNASTY: Final = late(
    rf"(?:[(（\[〔【](?:{_DYNASTY})[)）\]〕】]{_BLANK}*|(?:{_DYNASTY})[ \u3000]+)(?P<name>{_HAN_NAME})"
)


_OF_DYNASTY: Final = late(
    rf"(?:[(（\[〔【](?P<marked>{_DYNASTY})[)）\]〕】]{_BLANK}*|(?!金)(?:{_DYNASTY})[·•・]{_BLANK}*)"
    r"(?P<name>[\u3400-\u9fff]{2,4})"
)
"""A line that is a name with its dynasty, [宋]陈楠. Behind a dot it must be like one, since 金·某某 is foreign."""
_OPENING: Final = frozenset("(（[〔【")
_DOTS: Final = frozenset("·•・")
_LONGEST_DHARMA_NAME: Final = 3
_OF_TEXTS: Final = frozenset("一二三四五六七八九十百序跋卷篇章回集选選诗詩词詞曲赋賦文首注註录錄经經史传傳论論")
"""Characters of what else stands behind a dynasty than a name."""


def may_be_of_dynasty(text: str) -> bool:
    """Whether a line may be a name with its dynasty before it, which takes little time to tell."""
    return text[:1] in _OPENING or text[1:2] in _DOTS


def _of_dynasty(text: str) -> str | None:
    """The name that a line is, with the dynasty before it."""
    found = _OF_DYNASTY.fullmatch(text) if may_be_of_dynasty(text) else None
    if found is None:
        return None
    name = found["name"]
    is_bare = found["marked"] and len(name) <= _LONGEST_DHARMA_NAME and _OF_TEXTS.isdisjoint(name)
    return name if is_bare or name_alone(name) else None


def _by_role(text: str) -> str | None:
    """The name before 撰 or 著, without the dynasty where that stands apart."""
    if found := _BY_ORDER.fullmatch(text):
        return found["name"]
    at = 0
    author: str | None = None
    while found := _ROLE.match(text, at):
        if not all(len(piece) == 1 for piece in found["name"].split()[1:]):
            return None  # a title stands before the name
        if found["writes"] and author is None and _may_be_author(found):
            author = _role_name(found)
        at = found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip(" \t\u3000，、；"))
    return author if at == len(text) else None


def _may_be_author(found: re.Match[str]) -> bool:
    """Whether what stands before 撰 is a name: it is set apart, has a dynasty or a title, or looks like one."""
    if found["apart"] or found["dynasty"]:
        return True
    return name_alone(found["name"]) is not None or _HONOURED.fullmatch(found["name"]) is not None


def _role_name(found: re.Match[str]) -> str:
    name = re.sub(r"[ \t\u3000]", "", found["name"])
    glued = found["dynasty"] and not (found["gap"] or found["open"])
    whole = f"{found['dynasty']}{name}" if glued else name
    return _of_dynasty(whole) or whole


def _is_pen_name(name: str) -> bool:
    """Whether a text may be a name: some Han characters, or Latin words that are no sentence."""
    words = name.split()
    if _HAN.search(name):
        return len(words) <= 3 and not _SENTENCE.search(name)
    return len(words) == 1 or (len(words) <= 4 and all(word[:1].isupper() for word in words))


def _plain_title(text: str) -> str:
    """A title without the notes of an edition behind it and the brackets around it."""
    text = _without_notes(text).strip(" \t\u3000_-—")
    found = _QUOTED.fullmatch(_CHAPTERS.sub("", text)) if text[:1] in _QUOTES else None
    return found["title"].strip() if found else text


def _without_notes(text: str) -> str:
    """A title without the notes of an edition before and behind it."""
    if text[:1] in _OPENS_NOTE:
        text = _NOTE_BEFORE.sub("", text)
    return _NOTES.sub("", text) if text[-1:] in _ENDS_NOTE else text


def _balanced(value: str) -> str:
    """A value without a bracket at its end that nothing opens, and without empty ones."""
    for opening, closing in ("（）", "()", "【】", "[]", "〔〕"):
        if value.endswith(closing) and value.count(closing) > value.count(opening):
            value = value[:-1].rstrip()
        if value.endswith(opening):
            value = value[:-1].rstrip()
        value = value.removesuffix(opening + closing).rstrip()
    return value
