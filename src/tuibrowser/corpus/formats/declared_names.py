"""Titles and persons in the properties of office and PDF files, which programs fill in and which often lie."""

from __future__ import annotations

import re
from typing import Final

from tuibrowser.corpus.front.people import name_alone
from tuibrowser.corpus.names import stem
from tuibrowser.hanzi.frequency import mean_cost

_LONGEST: Final = 120
"""Code points of a title or of a list of persons."""
_HEAD: Final = 3_000
"""Code points at the beginning of a text that bear its title out."""
_SHORTEST_BORNE_OUT: Final = 2

_HEX: Final = re.compile(r"<((?:[0-9A-Fa-f]{2}){3,})>?")
_AS_LATIN: Final = re.compile("[\u00a1-\u00ff][\u00a1-\u00ff•-™ﬁﬂ€ŁŒŠŸŽıłœšžƒˆ˜]{2}")
_CODECS: Final = ("utf-8", "gb18030", "big5hkscs")
_CHINESE: Final = re.compile(r"[\x00-\x7f\u2010-\u203b\u3000-\u30ff\u3400-\u9fff\uff01-\uff5e·\U00020000-\U0003ffff]*")
_EUROPEAN: Final = re.compile(r"[\x20-\x7e\u00c0-\u024f\u2010-\u2026]*")
_BYTES: Final = {
    character: code
    for first, characters in ((0x18, "˘ˇˆ˙˝˛˚˜"), (0x80, "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"), (0xA0, "€"))
    for code, character in enumerate(characters, first)
}
"""What PDF takes bytes for that are no Latin-1."""

_PROGRAM: Final = re.compile(
    r"^(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel)|WPS (?:文字|文档|Office)"
    r"|PowerPoint (?:演示文稿|Presentation))"
    r"\s*[-–]\s*",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(
    r"\.(?:docx?|docm|dotx?|wps|rtf|odt|pdf|indd|pmd|qxd|txt|html?|fit|s72|ps|eps|tex|dvi|pptx?|xlsx?)\s*$",
    re.IGNORECASE,
)
_PATH: Final = re.compile(r"\\|^/|^file:|://|^[A-Za-z]:|^www\.", re.IGNORECASE)
_NO_TITLE: Final = re.compile(
    r"(?:无标题|無標題|未命名|未标题|新建|untitled|no ?title|document|文档|文檔|文件|幻灯片|slide|book|page|test|测试"
    r"|标题|標題|题目|題目|题名|正文|目录|目錄|封面|论文题目|文章标题|中文标题|在此输入标题|空白|模板|普通|概述|附件)"
    r"(?:[\W\d_]|microsoft|word|文档|文檔|document|页|頁)*",
    re.IGNORECASE,
)
_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_WORDS: Final = re.compile(r"[^\W\d_]{2,}(?:[^\w]+[^\W\d_]+)+")
"""Two words of letters, as a title in another script has."""
_LETTERS: Final = re.compile(r"[\W_]+")
_SPACED: Final = re.compile(r"(?:[\u3400-\u9fff《》〈〉（）][ \u3000]+)+[\u3400-\u9fff《》〈〉（）]")

_DIVIDER: Final = re.compile(r"\s*[;；,，、/]\s*")
_ROLE: Final = re.compile(r"\s*(?:[编編][著者]?|著|撰|主[编編]|[译譯]|作者)?$")
_ORGANIZATION: Final = re.compile(
    r"[\u4e00-\u9fff]{2,25}(?:大学|大學|学院|學院|研究所|研究院|出版社|出版公司|[书書]局|[图圖][书書][馆館]|委员会|委員會|办公室|辦公室|办公厅"
    r"|辦公廳|[国國][务務]院|政府|人大|法院|[检檢]察院|[协協]会|[协協]會|学会|學會|基金会|基金會|博物[馆館]|[编編][辑輯]部|[编編][写寫][组組]|[课課][题題][组組]|银行|銀行"
    r"|杂志社|雜誌社|[报報]社|通[讯訊]社|公司)"
)
_FOREIGN: Final = re.compile(
    r"(?:[(（\[〔][\u4e00-\u9fff]{1,4}[)）\]〕]\s?)?[\u4e00-\u9fff]{1,8}(?:[·‧・•][\u4e00-\u9fff]{1,8}){1,3}"
)
_WESTERN: Final = re.compile(
    r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?(?: [A-Z]\.?)?(?: (?:van|von|de|der|du|la))?(?: [A-Z][a-z]+){1,2}"
)
_JAPANESE: Final = re.compile(r"[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff]{1,3}")
_NO_PERSON: Final = re.compile(
    r"microsoft|windows|office|user|admin|guest|owner|default|computer|laptop|desktop|lenovo|dell|asus|acer|samsung|huawei"
    r"|unknown|author|adobe|acrobat|writer|system|company|home|china|ghost|雨林木风|深度|番茄花园|电脑|電腦|用户|用戶|系统|管理员|微软|微軟|联想|未知|匿名"
    r"|作者|佚名|某|公司内部|下载|论坛|论坛|中国知网|万方|http|www|@",
    re.IGNORECASE,
)


def declared_title(value: str | None) -> str | None:
    """The title that the properties of a file give, mended; None for what a program or a person left there."""
    title = _PROGRAM.sub("", _mended(value))
    is_file = _ENDING.search(title) is not None
    title = _ENDING.sub("", title).strip(" \u3000_-")
    if not title or len(title) > _LONGEST or _PATH.search(title) or _NO_TITLE.fullmatch(title):
        return None
    if len(_HAN.findall(title)) < _SHORTEST_BORNE_OUT and (is_file or not _WORDS.search(title)):
        return None
    return _closed(title)


def borne_out(title: str | None, text: str, name: str) -> str | None:
    """The title if the beginning of the text or the name of the file has it; properties outlive what they were for."""
    if title is None:
        return None
    bare = _bare(title)
    named = _bare(stem(name))
    if bare in _bare(text[:_HEAD]) or (
        named and len(named) >= _SHORTEST_BORNE_OUT and (named in bare or bare in named)
    ):
        return title
    return None


def declared_person(value: str | None) -> str | None:
    """The persons or the organization that the properties of a file name; None unless all look like names."""
    text = _mended(value)
    if not text or len(text) > _LONGEST or _NO_PERSON.search(text):
        return None
    names = [name for each in _DIVIDER.split(text) if (name := _ROLE.sub("", each).strip())]
    return "、".join(map(_one_name, names)) if names and all(map(_is_name, names)) else None


def _is_name(text: str) -> bool:
    if name_alone(text) is not None:
        return True
    return any(form.fullmatch(text) for form in (_ORGANIZATION, _FOREIGN, _WESTERN, _JAPANESE))


def _one_name(text: str) -> str:
    return name_alone(text) or text


def _mended(value: str | None) -> str:
    """A value without the damage that programs do to it: bytes in hex digits or read as Latin-1."""
    text = " ".join((value or "").split())
    if found := _HEX.fullmatch(text):
        text = _decoded(bytes.fromhex(found[1])) or ""
    if _AS_LATIN.search(text):
        text = _as_latin(text) or ""
    return "".join(character for character in text if character.isprintable()).strip()


def _as_latin(text: str) -> str | None:
    """What text was before its bytes were read as Latin-1; None where it is neither that nor European."""
    try:
        data = bytes(_BYTES.get(character) or ord(character) for character in text)
    except ValueError:
        return None
    return _decoded(data) or (text if _EUROPEAN.fullmatch(text) else None)


def _decoded(data: bytes) -> str | None:
    """Bytes in the encoding in which they are the most usual Chinese; None where there is none, nor ASCII."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _attempt(data, "utf-16")
    texts = [text for codec in _CODECS if (text := _attempt(data, codec)) is not None]
    if data.isascii() or (texts and _attempt(data, "utf-8") is not None):
        return texts[0] if texts else None
    return min(texts, key=mean_cost, default=None)


def _attempt(data: bytes, codec: str) -> str | None:
    """The text of bytes in an encoding if all that is not ASCII in it is Chinese."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return " ".join(text.split()) if _CHINESE.fullmatch(text) else None


def _closed(title: str) -> str:
    """A title without the blanks of letter-spacing."""
    return re.sub(r"[ \u3000]", "", title) if _SPACED.fullmatch(title) else title


def _bare(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
