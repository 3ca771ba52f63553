"""Collections: names of folders and files that stand for no work, since they only gather documents of their own."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.patterns import late

_HAN: Final = late(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_YEAR: Final = r"(?:1[0-9]|20)[0-9]{2}|[一二][〇零○一二三四五六七八九]{3}"
_DATED: Final = late(
    rf"(?<![0-9])(?:{_YEAR})(?![0-9])"
    r"|(?<![0-9])(?:1[89]|20)[0-9]{2}[01][0-9](?:[0-3][0-9])?(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}(?:月|[-.][0-9]{1,2}(?![0-9.]))"
    r"|[0-9一二三四五六七八九十]{1,3}[月日][份刊]?\Z"
)
_MAY_BE_DATED: Final = late(r"[0-9]{2}|[月日]|[一二][〇零○一二三四五六七八九]|[0-9][-.]")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_OFFICIAL: Final = _words(
    "通知 決定 决定 決議 决议 意见 意見 报告 報告 讲话 講話 致辞 致辭 致詞 致词 办法 辦法 条例 條例 规定 規定 规则 "
    "規則 细则 細則 公告 公报 公報 批复 批覆 公约 公約 "
    "纪要 紀要 宣言 章程 纲要 綱要 规划 規劃 方案 修正案 声明 聲明 法律 解释 解釋 标准 標準 判决书 判決書 裁定书 "
    "裁定書 發言 发言 演讲 演講 "
    "周报 週報 日报 日報 月报 月報 年报 年報"
)
"""Endings of the titles of documents that stand by themselves."""
_GATHERED: Final = _words(
    "法规 法規 法律 规章 規章 政策 文件 文档 文檔 资料 資料 材料 新闻 新聞 语料 語料 数据 數據 样本 樣本 下载 下載 "
    "备份 備份 合集 测试 測試"
)
"""Endings of the names of folders that gather documents."""
_GATHERING: Final = frozenset(
    _words(
        "问题 問題 样例 樣例 例文 文稿 新闻稿 新聞稿 稿件 段落 片段 练习 練習 试题 試題 考试 考試 "
        "制度 文本 文章 文字 消息 例子 案例 报道 報導 社论 社論 评论 評論 论文 論文 作业 作業 作文 笔记 筆記 日记 "
        "日記 小说 小說 诗歌 詩歌 诗词 詩詞 "
        "古文 古籍 古典 经典 經典 典籍 书籍 書籍 图书 圖書 书库 書庫 书 書 书单 書單 电子书 電子書 文库 文庫 文学 "
        "文學 名著 归档 歸檔 汇编 彙編 其他 其它 杂项 雜項 "
        "未分类 未分類 新建 新建文件夹 桌面 附件 截图 截圖 网页 網頁 会议 會議 记录 記錄 问答 問答 提案 判决 判決 "
        "裁定 合同 通讯 通訊 周刊 月刊 期刊 杂志 雜誌 星期 作品 "
        "全部 完本 连载 連載 原文 原著 译文 譯文 正文 章节 章節 目录 目錄 经 經 史 子 集 经部 經部 史部 子部 集部"
    )
)
"""Names of folders that gather documents."""
_KINDS: Final = _words("小说 小說 文学 文學 名著 诗歌 詩歌 诗词 詩詞 散文 经典 經典 古籍")
_BEFORE_KINDS: Final = _words(
    "中国 中國 外国 外國 古典 古代 现代 現代 当代 當代 网络 網路 玄幻 武侠 武俠 言情 科幻 短篇 长篇 長篇 历史 歷史 世界"
)
_BODIES: Final = _words(
    "省 市 县 縣 区 區 州 旗 镇 鎮 乡 鄉 部 厅 廳 局 委 委员会 委員會 办 办公室 政府 院 校 公司 大学 大學 学会 學會 "
    "协会 協會 银行 銀行 中心 "
    "人大 政协 政協 常委会 党 黨 报 報 社"
)
"""Endings of the names of places and bodies whose documents a folder may gather."""
_PLACES: Final = frozenset(
    _words(
        "北京 天津 上海 重庆 重慶 河北 山西 辽宁 遼寧 吉林 黑龙江 黑龍江 江苏 江蘇 浙江 安徽 福建 江西 山东 山東 "
        "河南 湖北 湖南 "
        "广东 廣東 广西 廣西 海南 四川 贵州 貴州 云南 雲南 西藏 陕西 陝西 甘肃 甘肅 青海 宁夏 寧夏 新疆 内蒙古 "
        "內蒙古 香港 澳门 澳門 "
        "台湾 臺灣 台灣 中国 中國 全国 全國 中央 地方 国内 國內 国际 國際"
    )
)
_LONGEST: Final = 40
_BRACKETS: Final = late(r"[（(][^()（）]{1,20}[)）]\s*\Z")


def is_dated(name: str) -> bool:
    """Whether a name holds a year or a day, as that of a document of its own does, and no part of a book."""
    return _MAY_BE_DATED.search(name) is not None and _DATED.search(name) is not None


def collects(name: str) -> bool:
    """Whether a name ends as the titles of documents do that stand by themselves."""
    if name.endswith((")", "）")):
        name = _BRACKETS.sub("", name)
    return name.endswith(_OFFICIAL)


def names_no_work(name: str, *, strictly: bool) -> bool:
    """Whether a name is not that of a work, or, `strictly`, may not be: no Han, dated, or gathering documents."""
    if not _HAN.search(name) or len(name) > _LONGEST or is_dated(name) or _gathers(name):
        return True
    return strictly and (len(name) == 1 or collects(name) or name.endswith(_BODIES))


def _gathers(name: str) -> bool:
    bare = name.rstrip("类類库庫夹夾")
    if {name, bare} & (_GATHERING | _PLACES) or bare.endswith(_GATHERED):
        return True
    return bare.endswith(_KINDS) and bare.startswith(_BEFORE_KINDS)
