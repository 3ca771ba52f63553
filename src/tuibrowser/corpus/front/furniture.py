"""Page furniture: lines of a web page that are no part of its text, such as menus, tools and copyright notices."""

from __future__ import annotations

from typing import Final

from tuibrowser.language.patterns import late

_LONGEST: Final = 100
"""Code points; a longer line is text."""

_MENU: Final = late(r"(?:[^<#|｜>＞»›。，；]{1,16}[|｜>＞»›]){2,20}[^|｜>＞»›。；]{0,60}")
_PLACE: Final = late(
    r"[【\[]?(?:您?(?:当前|當前|现在|現在|目前)?的?所?在?的?位置|首[页頁]\s{0,3}[>＞»›|｜/-]|导航|導航)"
    r"(?:\s{0,3}[:：>＞»›|｜/-]|$)"
)
_TOOL: Final = (
    "打印本[页頁]|打印|列印|关闭[窗視视]?[口窗]?|關閉[視视窗]?[窗口]?|分享到?|收藏|字[号號体體]|文字[缩縮]放|大|中|小"
    "|默[认認]"
    "|返回[顶頂]部|返回首[页頁]|返回列表|返回|[纠糾][错錯]|微信|微博|朋友圈|QQ空间|QQ|扫一扫|掃一掃|手机版|手機版"
    "|无障碍|無障礙|朗[读讀]"
    "|打[开開][词詞字]典|[显顯]示相[近似]段落|相[关關][讨討][论論]|登[录錄入]|[注註][册冊]|[设設][为為]首[页頁]"
    "|加入[书書][签籤]|我的[书書]架"
    "|A\\+|A-|A|[繁简簡][体體]中文|[繁简簡][体體]|English|Public domain|false|true"
)
_TOOLS: Final = late(rf"(?:[\s\[\]【】()（）:：|｜/、·\-+]*(?:{_TOOL})){{1,20}}[\s\[\]【】()（）:：|｜/、·\-+]*")
_SINGLE_TOOL: Final = late(
    "[大中小A]|登[录錄入]|[注註][册冊]|[繁简簡][体體](?:中文)?|返回|微信|微博|收藏|English|true|手[机機]版|朗[读讀]"
)
"""Words that are a button of the page only beside another button."""
_FOOT: Final = late(
    r"[【\[（(]?(?:※\s?(?:[来來]源|[发發]信站|修改|文章[网網]址|[转轉][载載錄])|版[权權]所有|[Cc]opyright\b|©"
    r"|.{0,20}ICP[备備]|.{0,20}公网安[备備]|[上下]一[篇条條页頁]\s{0,2}(?:[:：]|$)"
    r"|相[关關](?:[阅閱][读讀]|[链鏈][接結]|新[闻聞]|文章|推荐|推薦)\s{0,2}(?:[:：]|$)|(?:责任|責任|网络"
    r"|網絡)?[编編][辑輯]\s{0,2}[:：]"
    r"|[责責][编編]\s{0,2}[:：]|返回(?:[顶頂]部|首[页頁]|列表)|(?:主|承|协|協)[办辦]([单單]位)?\s{0,2}[:：]"
    r"|[网網]站(?:地[图圖]|[标標][识識])"
    r"|[关關][于於]我[们們]|[联聯][系繫]我[们們]|[扫掃](?:描|一[扫掃]).{0,12}[二维維码碼]|转载请注明|轉載請註明"
    r"|(?:更多|最新)[^。]{0,16}(?:敬?[请請]|[欢歡]迎)[^。]{0,8}(?:[关關]注|[扫掃]|下[载載]|搜索)"
    r"|(?:[浏瀏][览覽]|[点點][击擊]|[阅閱][读讀])(?:次[数數]|量|数|數)\s{0,2}[:：])"
)
_SITE: Final = late(
    r"[^，。；]{0,20}(?:https?://|www\.)[!-~]+\W{0,10}"
    r"|[【\[（(]?(?:本[书書文]|此[书書文]|本作品|小[说說])(?:由|[来來]自|下[载載][于於自]).{1,50}(?:整理|[制製]作"
    r"|下[载載]|收集|提供|[上传傳]{2}|[录錄]入|[网網]络?|www\.\S+|\.(?:com|net|org|cn)\S*).{0,20}"
    r"|(?:更多|最新).{0,24}(?:[请請]|尽在|盡在|[访訪][问問]|[关關]注|搜索|登[录陆陸錄]).{0,40}(?:[网網站]"
    r"|[论論][坛壇]|[书書][库庫屋]|[A-Za-z]{3})\S{0,10}"
    r"|(?:[欢歡]迎|[请請])(?:光[临臨]|[访訪][问問]|[来來]到|收藏|登[录陆陸錄]).{0,40}(?:[网網站]|[论論][坛壇]"
    r"|[书書][库庫屋]|[A-Za-z]{3})\S{0,10}"
    r"|跳[转轉至到過过].{0,6}(?:[导導][航览覽]|搜[索尋]|[内內]容|[侧側][边邊])|[维維]基[文百][库庫科]，自由的.{2,10}"
    r"|[Ss]kip to \w+.{0,20}|[Jj]ump to .{0,30}"
    r"|.{0,30}(?i:txt|epub|小[说說]|[电電]子[书書]|[书書]籍)(?:免[费費]|全本|全文)?(?:下[载載]"
    r"|在[线線][阅閱][读讀])(?:[站网網]|[论論][坛壇]).{0,40}"
)
"""What sites write above and below the texts they offer."""
_BANNER: Final = late(
    r"(?=.{0,40}(?:免[费費]|下[载載]|[论論][坛壇]|小[说說]|[电電]子[书書]|[书書][库庫屋]|[阅閱][读讀]|提供|[转轉][载載]"
    r"|[论論]文|[网網站]|中心|(?i:txt|epub)))[^，。；：:]{0,30}[：:]?\s?(?:https?://|www\.)[!-~]+\W{0,10}"
)
_LICENCE: Final = late(
    r"(?:本作品|此作品|本文|[这這]部作品).{0,400}(?:公有[领領]域|公共[领領]域|著作[权權]|知[识識]共享)"
    r"|本作品是?.{0,20}(?:的|，)$"
)
_LICENCE_FIRST: Final = frozenset("本此这這")
LICENCE: Final = "品文"
"""Characters of which each licence notice has one."""


FIRST: Final = frozenset(
    " \t\u3000【[（(]】）):：|｜/、·-+本此小更最欢歡请請跳维維SsJj打列关關分收字文大中默返纠糾微朋Q扫掃手无無朗显顯相登"
    "注註设設加我繁简簡EPftA※版Cc©上下责責网網编編主承协協联聯转轉浏瀏点點阅閱"
)
"""Characters one of which a line of furniture begins with, unless it has one of those that tell it."""
TELLING: Final = frozenset("/w载載线線|｜>＞»›置首导導I网")
"""Characters of which each line of furniture has one that does not begin with one of the first."""


def is_furniture(text: str) -> bool:
    """Whether a line at the head or the foot of a text belongs to the web page and not to the text."""
    if len(text) > _LONGEST or not (text[:1] in FIRST or not TELLING.isdisjoint(text)):
        return False
    if _SITE.fullmatch(text):
        return not text.endswith(("。", "！", "？", "…"))
    return bool(_MENU.fullmatch(text) or _PLACE.match(text) or _is_tools(text) or _FOOT.match(text))


def _is_tools(text: str) -> bool:
    """Whether a line holds nothing but buttons: 【打印】【关闭】."""
    return _TOOLS.fullmatch(text) is not None and not _SINGLE_TOOL.fullmatch(text.strip())


def is_banner(text: str) -> bool:
    """Whether a line is what a site writes between the lines of a text as well: what it offers, and its address.

    Certain only where the line comes several times.
    """
    return len(text) <= _LONGEST and _BANNER.fullmatch(text) is not None


def opens_licence(text: str) -> bool:
    """Whether a line opens the licence notice that wikis put below a text."""
    return text[:1] in _LICENCE_FIRST and _LICENCE.match(text) is not None
