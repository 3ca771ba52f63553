"""Header fields: lines such as 標題：… 日期：… that say what the text below them is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS: Final = {
    "title": "标题 標題 题名 題名 题目 題目 篇名 书名 書名 主题 主題 subject 法规名称 法規名稱 文件名称 文件名稱 名称 "
    "名稱 title",
    "author": "作者 著者 原作者 讲话人 講話人 演讲者 演講者 演讲人 演講人 主讲人 主講人 讲者 講者 报告人 報告人 发言人 "
    "發言人 撰文 撰稿 文 发信人 發信人 寄信人 发件人 發件人 寄件者 寄件人 发帖人 發帖人 发贴人 發文者 楼主 樓主 原著 "
    "from "
    "author",
    "delivered": "讲话时间 講話時間 讲话日期 講話日期 演讲时间 演講時間 "
    "演讲日期 演講日期 报告时间 報告時間 会议时间 會議時間",
    "published": "发布时间 發布時間 發佈時間 发布日期 發布日期 發佈日期 "
    "发表时间 發表時間 发表日期 發表日期 发文日期 發文日期 "
    "公布日期 公佈日期 公布时间 公布時間 成书时间 成書時間 成书年代 成書年代 写作时间 寫作時間 写作年代 寫作年代 "
    "刊刻时间 刊刻時間 刊刻年代 刊行年代 成文日期 生成日期 刊登日期 刊登時間 出版日期 出版时间 出版時間 修正日期 "
    "最新異動日期 异动日期 異動日期 发信时间 發信時間 发帖时间 發帖時間 发贴时间 最后更新 最後更新 更新时间 更新時間 "
    "更新日期 时间 時間 日期 date published",
    "publisher": "发布人 發布人 發佈人 发布者 發布者 發佈者 发布单位 "
    "發布單位 發佈單位 发布机构 發布機構 发布机关 發布機關 "
    "公布机关 公布機關 制定机关 制定機關 发文机关 發文機關 发文单位 發文單位 出版社 出版者 出版 主管機關 "
    "publisher",
    "source": "来源 來源 信息来源 信息來源 文章来源 文章來源 稿件来源 稿件來源 "
    "资料来源 資料來源 稿源 出处 出處 转自 轉自 发信站 發信站 转信站 轉信站 首发 首發 首发于 首發於 发表于 發表於 "
    "发布于 發布於 發佈於 "
    "发表在 發表在 原载 原載 原刊 刊于 刊於 录自 錄自 选自 選自 摘自 "
    "source",
    "": "文字缩放 文字縮放 字体 字體 字号 字號 字体大小 字體大小 浏览次数 瀏覽次數 浏览量 瀏覽量 浏览 瀏覽 点击数 "
    "點擊數 点击 點擊 点击量 點擊量 阅读 閱讀 阅读次数 閱讀次數 阅读量 閱讀量 责任编辑 責任編輯 编辑 編輯 责编 "
    "責編 校对 校對 审核 審核 索引号 索引號 文号 文號 发文字号 發文字號 发文字號 主题分类 主題分類 法规类别 "
    "法規類別 分类 分類 类别 類別 关键词 關鍵詞 关键字 關鍵字 主题词 主題詞 有效性 效力级别 效力級別 时效性 "
    "時效性 施行日期 生效日期 打印 分享 分享到 记者 記者 摄影 攝影 信区 信區 看板 看版 讨论区 討論區 站内 站內 转信 "
    "轉信 是否首发 是否首發 是否原创 是否原創 阅读数 閱讀數 "
    "字数 字數 总字数 總字數 状态 狀態 连载状态 連載狀態 标签 標籤 内容标签 內容標籤 授权 授權 录入 錄入 整理 扫描 "
    "掃描 排版 上传 上傳 "
    "newsgroups message-id lines organization content-type",
}
_FIELD_OF: Final = {key: field for field, keys in _KEYS.items() for key in keys.split()}
_WEAK: Final = frozenset(
    re.findall(
        r"\S+",
        "时间 時間 日期 题目 題目 名称 名稱 文 出版 编辑 編輯 类别 類別 分类 分類 阅读 閱讀 浏览 "
        "瀏覽 点击 點擊 打印 分享 记者 記者 主题 主題 subject from 楼主 樓主 原著 首发 首發 原载 原載 原刊 刊于 刊於 "
        "选自 選自 摘自 "
        "字数 字數 状态 狀態 标签 標籤 授权 授權 录入 錄入 整理 扫描 掃描 排版 上传 上傳 站内 站內 转信 轉信 lines "
        "organization date",
    )
)
"""Keys that stand in other texts too, and count only beside others."""

# A key is looked up, not spelled out in a pattern: to compile five hundred keys costs a start 50 ms.
_KEY: Final = r"(?P<key>[\w-](?:[\w \u3000-]{0,40}[\w-])?)"
_START: Final = late(rf"[【\[(（]?\s{{0,2}}{_KEY}\s{{0,2}}[】\])）]?\s{{0,2}}[:：]\s*")
_NEXT: Final = late(rf"(?<=[\s|｜】\])）\d,，;；])(?P<open>[【\[(（]?){_KEY}\s{{0,2}}[】\])）]?[:：](?!//)\s*")
_SPACED: Final = late(r"(?<=[^\x00-\x7f\u3000])[ \u3000]{1,3}(?=[^\x00-\x7f\u3000])")
"""Blanks between the characters of a key, which a line may spread."""
_MOST_OTHER: Final = 6
"""Characters of a key that is not known, which counts behind a blank or a bar."""
_LONGEST: Final = 1_000
"""Code points of a line of fields."""


def read_fields(text: str) -> Mapping[str, str] | None:
    """The fields of a line by their own keys; None for a line that does not begin with a known key and a colon.

    A field without a value is there with an empty one.
    """
    if len(text) > _LONGEST or not (":" in text or "：" in text):
        return None
    found = _START.match(text)
    if found is None or not _is_known(found["key"]):
        return None
    fields: dict[str, str] = {}
    while True:
        key = re.sub(r"[ \u3000]", "", found["key"]).lower()
        following = _next(text, found.end())
        value = text[found.end() : following.start() if following else len(text)]
        fields.setdefault(key, _trim(value))
        if following is None:
            return fields
        found = following


def _is_known(key: str) -> bool:
    return _SPACED.sub("", key).lower() in _FIELD_OF


def _next(text: str, start: int) -> re.Match[str] | None:
    """Find the next key and its colon: one that is known, or another one behind a blank or a bar."""
    while (found := _NEXT.search(text, start)) is not None:
        if _is_known(found["key"]) or _is_other(text, found):
            return found
        start = found.start() + 1
    return None


def _is_other(text: str, found: re.Match[str]) -> bool:
    before = text[found.start() - 1]
    return (
        (before.isspace() or before in "|｜")
        and found["open"] not in {"(", "（"}
        and 2 <= len(found["key"]) <= _MOST_OTHER
        and all("\u4e00" <= character <= "\u9fff" for character in found["key"])
    )


def _trim(value: str) -> str:
    value = value.strip(" \t\u3000|｜").rstrip(",，;；").rstrip()
    for opening, closing in ("（）", "()", "【】", "[]"):
        if value.endswith(closing) and opening not in value:
            value = value[:-1].rstrip()
        if value.endswith(opening):
            value = value[:-1].rstrip()
    return value


def field_of(key: str) -> str | None:
    """The metadata that a key stands for; empty for one that stands for none; None for an unknown key."""
    return _FIELD_OF.get(key)


def is_weak(key: str) -> bool:
    """Whether a key counts only beside others, or is unknown."""
    return key in _WEAK or key not in _FIELD_OF
