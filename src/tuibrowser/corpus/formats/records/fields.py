"""Fields of records: which of their names stand for a title, an author, a date or the text."""

from __future__ import annotations

import json
import os
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from tuibrowser.host.environment import RECORD_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": (
        *("title", "headline", "subject", "标题", "標題", "题名", "題名", "题目", "題目", "篇名", "篇目", "name"),
        *(
            "诗题",
            "詩題",
            "诗名",
            "詩名",
            "rhythmic",
            "词牌",
            "詞牌",
            "chapter",
            "法規名稱",
            "法规名称",
            "名称",
            "名稱",
        ),
    ),
    "author": (
        *("author", "authors", "writer", "speaker", "creator", "byline", "作者", "著者", "撰者", "讲者", "講者"),
        *("诗人", "詩人", "词人", "詞人", "发言人", "發言人", "讲话人", "講話人"),
        *("寄信人", "发信人", "發信人", "写信人", "寫信人", "sender", "责任者", "責任者", "作家", "用户名", "用戶名"),
        *("昵称", "暱稱", "screen_name", "username", "nickname", "user"),
    ),
    "date": (
        *("date", "dates", "published", "published_at", "publish_time", "publish_date", "pubdate", "pub_date"),
        *("pub_time", "pubtime", "publishtime", "publishdate", "time", "datetime", "created_at", "日期", "时间"),
        *("時間", "发布时间", "發布時間", "发布日期", "發布日期", "发表时间", "發表時間", "公布日期", "modifieddate"),
        *("修正日期", "成书年代", "成書年代", "成书时间", "成書時間", "写作年代", "寫作年代", "写作时间", "寫作時間"),
        *("创作年代", "創作年代", "创作时间", "創作時間", "刊刻年代"),
    ),
    "text": (
        *("content", "contents", "paragraphs", "paragraph", "para", "text", "body", "fulltext", "full_text", "正文"),
        *("内容", "內容", "全文", "文本", "原文", "parts", "poem", "chapters", "articles", "article", "sections"),
        *("诗文", "詩文", "诗句", "詩句", "條文內容", "条文内容", "法規內容", "articlecontent"),
    ),
    "source": ("source", "url", "link", "来源", "來源", "出处", "出處", "链接", "網址", "网址"),
    "publisher": ("publisher", "media", "site", "媒体", "媒體", "出版社", "机构", "機構", "发布机构", "發布機構"),
    "note": (
        *("notes", "note", "comments", "comment", "remark", "annotation", "annotations", "注释", "註釋", "注釋"),
        *("评注", "評注", "評註", "备注", "備註", "foreword"),
    ),
    "work": ("book", "collection", "anthology", "work", "书名", "書名", "文集", "集名"),
}
"""The names of each field, the surest first; how they are written, in capitals or with _, does not matter."""

HEADINGS: Final = ("title", "chapter", "section", "heading", "name", "标题", "標題", "章节", "章節", "篇名")
"""Names of the heading of a part of a text."""
LABELS: Final = ("no", "number", "articleno", "条号", "條號", "编号", "編號")
"""Names of the label that stands before a part of a text, as the number of an article."""

_TURNS: Final = frozenset(
    [
        "instruction",
        "input",
        "output",
        "question",
        "answer",
        "prompt",
        "completion",
        "response",
        "query",
        "context",
        "问题",
        "問題",
        "答案",
        "问",
        "問",
        "答",
        "提问",
        "提問",
        "回答",
    ]
)
"""Names of the parts of a question with its answer."""

_LONGEST: Final = 200
"""Code points of a value that is a field; a longer one is a text of some kind."""
_IDENTITY: Final = re.compile(r"_.*|.*_?(?:id|uuid|guid|hash|md5|oid)", re.IGNORECASE)
"""Names of fields that tell records apart and say nothing of a text."""
_OF_OTHERS: Final = re.compile("出生|生卒|去世|逝世|入[库庫]|采集|抓取|爬取|更新|修改")
"""What a name begins with whose value is no date of the text."""
_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^A-Za-z\W_]+")
_SAMPLE_DEPTH: Final = 3
_DEEPEST_LIST: Final = 4
"""Objects within each other around a list of records."""


@lru_cache(4096)
def plain_name(name: str) -> str:
    """The name of a field without regard to capitals, blanks and joints: PublishTime and publish_time are the same."""
    return re.sub(r"[\s_\-]+", "", name).casefold()


@cache
def names_of_field(field: str) -> tuple[str, ...]:
    """The names of a field, those that the config file gives before our own."""
    try:
        given = json.loads(os.environ.get(RECORD_NAMES, "{}")).get(field, ())
        return (*map(str, given), *NAMES[field])
    except (ValueError, AttributeError, TypeError):  # set by hand, and wrongly
        return NAMES[field]


Keys: TypeAlias = "Mapping[str, str | None]"
"""The name under which a record has each field of NAMES, None where it has not."""


def keys_of(record: Mapping[str, Any]) -> Keys:
    """The names under which a record has all fields."""
    return shape_of(record).keys


class Shape(NamedTuple):
    """The names of a record's values that are not empty, and what they stand for; records of a file share one.

    `unknown` are the names that stand for no field, in their order.
    """

    names: tuple[str, ...]
    keys: Keys
    unknown: tuple[str, ...]

    def undated(self) -> Shape:
        """The same where the value under the name of a date is none, and the name as good as unknown."""
        return _shape(self.names, is_dated=False)


def shape_of(record: Mapping[str, Any]) -> Shape:
    """The shape of a record."""
    return _shape(_filled(record))


@lru_cache(4096)
def _shape(names: tuple[str, ...], *, is_dated: bool = True) -> Shape:
    keys = {field: _among(names, names_of_field(field)) if is_dated or field != "date" else None for field in NAMES}
    taken = set(keys.values())
    return Shape(names, keys, tuple([name for name in names if name not in taken]))


def key_of(record: Mapping[str, Any], field: str) -> str | None:
    """The name under which a record has a field: one of its names, or a name that ends in one (LawName)."""
    return _key(record, names_of_field(field))


def named(record: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str | None, str]:
    """The first of some names that a record has, and the text under it; empty where there is none."""
    key = _key(record, names)
    value = record[key] if key is not None else ""
    return key, value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _key(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return _among(_filled(record), names)


def _filled(record: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of a record's values that are not empty."""
    return tuple([key for key, value in record.items() if value or value not in _VACANT])


_VACANT: Final[tuple[object, ...]] = (None, "", [], {})


@lru_cache(4096)
def _among(keys: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    """The key that is one of some names. Kept: the records of a file have the same keys."""
    by_name = {plain_name(key): key for key in keys}
    for name in names:
        if (key := by_name.get(plain_name(name))) is not None:
            return key
    ends = {word: key for key in by_name.values() for word in _endings(key)}
    return next((ends[plain_name(name)] for name in names if plain_name(name) in ends), None)


def _endings(key: str) -> list[str]:
    """What a name ends in, without its first word: ModifiedDate and Date of LawModifiedDate, 内容 of 评论内容."""
    if not key.isascii():
        return [] if _OF_OTHERS.match(key) else [plain_name(key[at:]) for at in range(1, len(key) - 1)]
    words = _WORDS.findall(key)
    return ["".join(words[at:]).casefold() for at in range(1, len(words))]


def is_record(value: object) -> bool:
    """Whether a value is a record: an object with a text in it, or a text."""
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, dict) and (
        key_of(value, "text") is not None or key_of(value, "note") is not None or is_dialogue(value)
    )


def is_turn(key: str) -> bool:
    """Whether the name of a field is that of a question or an answer."""
    return plain_name(key) in _TURNS


def is_dialogue(record: Mapping[str, Any]) -> bool:
    """Whether a record is a question with its answer."""
    return sum(map(is_turn, _filled(record))) > 1


def list_of_records(whole: object) -> tuple[str, ...]:
    """The names that lead to the list of records in an object that is no work itself; none where there is none.

    `data`, `list` for {"code": 0, "data": {"total": 2, "list": […]}}. A work has a title beside its list, and its parts
    are no works of their own: they have neither author nor date.
    """
    names: tuple[str, ...] = ()
    while isinstance(whole, dict) and len(names) < _DEEPEST_LIST:
        if (key := _list_within(whole)) is not None:
            return (*names, key)
        within = [key for key, value in whole.items() if isinstance(value, dict)]
        if len(within) != 1 or key_of(whole, "title") or key_of(whole[within[0]], "title"):
            break
        names, whole = (*names, str(within[0])), whole[within[0]]
    return ()


def outer_fields(whole: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What the objects around a list of records say of all of them: the work they are parts of, its author, its date.

    `names` lead to the list. The title of such an object is that of the work.
    """
    found: dict[str, Any] = {}
    for name in names:
        keys = keys_of({key: value for key, value in whole.items() if key != name})
        for field in _OF_ALL:
            key = keys[field] or (keys["title"] if field == "work" else None)
            if key is not None and isinstance(whole[key], (str, int)):
                found[field] = whole[key]
        whole = whole[name]
    return found


_OF_ALL: Final = ("work", "author", "date", "publisher")


def with_outer(record: Mapping[str, Any], outer: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record with what is said of all records of its list, as far as it does not say it itself."""
    keys = keys_of(record)
    return {**record, **{field: value for field, value in outer.items() if keys[field] is None}}


def _list_within(whole: Mapping[str, Any]) -> str | None:
    """The name of the list of records in an object."""
    for key, value in whole.items():
        if isinstance(value, list) and len(value) > 1 and all(map(is_record, value[:_SAMPLE_DEPTH])):
            first = value[0]
            if not isinstance(first, dict):
                continue
            is_titled = key_of(first, "title") is not None
            has_own = any(key_of(first, name) for name in ("author", "date", "source"))
            if is_titled and (has_own or key_of(whole, "title") is None):
                return str(key)
    return None


def said_under(name: str, value: object) -> str | None:
    """What a record says under a name that is not known; None for a long value, or one that tells records apart."""
    if not isinstance(value, str):
        if isinstance(value, list) and _are_short(value):
            value = "、".join(map(str, value))
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
    words = " ".join(str(value).split())
    return words if words and len(words) <= _LONGEST and not _is_identity(name) else None


@lru_cache(4096)
def _is_identity(name: str) -> bool:
    return _IDENTITY.fullmatch(name) is not None


def _are_short(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, (str, int)) and len(str(value)) <= 40 for value in values)


_NAMES_OF_PEOPLE: Final = ("name", "姓名", "screen_name", "nickname", "username", "昵称", "用户名")


def names_of(value: object) -> str | None:
    """The names that a value gives: a text, or several."""
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, dict):
        return names_of(next((value[key] for key in _NAMES_OF_PEOPLE if value.get(key)), None))
    if isinstance(value, list):
        return "、".join(filter(None, map(names_of, value))) or None
    return None
