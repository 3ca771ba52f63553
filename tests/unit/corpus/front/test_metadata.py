from __future__ import annotations

import pytest

from tuibrowser.corpus.files.seeds import seeds_path
from tuibrowser.corpus.formats.lines import Parsed
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import Metadata, ParagraphKind
from tuibrowser.corpus.structure import Structured, structure


def read(raw: str, name: str = "文.txt") -> Structured:
    return structure(raw, PLAIN.parse(raw), name)


def kinds(made: Structured) -> list[tuple[str, str]]:
    return [
        (paragraph.kind.value, made.text.repaired[paragraph.start : paragraph.end])
        for paragraph in made.text.paragraphs
    ]


def test_the_document_that_comes_with_the_program_says_what_it_is() -> None:
    raw = next(path for path in seeds_path().iterdir() if path.suffix == ".txt").read_text(encoding="utf-8")
    made = read(raw)
    assert made.metadata == Metadata(
        title="踐行對黨忠誠 建設政治機關——在市直機關“機關黨建高質量發展”系列現場會(第四場)上的講話",
        author="李彥來",
        published="2022-10-28T19:34:10",
        publisher="市直機關工委",
        source="北京市直機關工委",
    )
    assert [kind for kind, _ in kinds(made)[:6]] == ["furniture", "heading", "furniture", "heading", "heading", "body"]


def test_fields_above_a_text_are_its_metadata_and_furniture() -> None:
    made = read(
        "标题：试论\n作者：王小明\n来源：《求是》2022年第3期\n发布日期：二〇二二年十月\n\n正文第一段说的是这些事情。\n"
    )
    assert made.metadata == Metadata("试论", "王小明", None, "2022-10", None, "《求是》2022年第3期")
    assert [kind for kind, _ in kinds(made)] == ["furniture"] * 4 + ["body"]


def test_several_fields_share_a_line_and_a_date_may_stand_before_them() -> None:
    raw = (
        "北京工作会议召开\n2022-10-28 10:00　来源：新华网　作者：张三　【字体：大 中 小】\n\n"
        "会议今天在北京召开，有关方面出席。\n"
    )
    assert read(raw).metadata == Metadata("北京工作会议召开", "张三", None, "2022-10-28T10:00", None, "新华网")


def test_a_speech_was_delivered_where_its_head_says_so() -> None:
    raw = (
        "政府工作报告\n\n——2023年3月5日在第十四届全国人民代表大会第一次会议上\n\n国务院总理　\n李克强\n\n"
        "各位代表：\n\n现在，我代表国务院报告工作。\n"
    )
    assert read(raw).metadata == Metadata("政府工作报告", "李克强", "2023-03-05")


def test_a_date_in_brackets_below_the_title_of_a_speech_is_when_it_was_delivered() -> None:
    raw = "在庆祝大会上的讲话\n（2021年7月1日）\n习近平\n同志们，朋友们：\n　　今天是一个十分重大而庄严的日子。\n"
    assert read(raw).metadata == Metadata("在庆祝大会上的讲话", "习近平", "2021-07-01")


def test_a_notice_is_dated_and_published_by_its_signature() -> None:
    raw = (
        "关于做好工作的通知\n国办发〔2022〕10号\n\n各省、自治区、直辖市人民政府：\n　　为做好工作，现通知如下。\n\n"
        "　　国务院办公厅\n　　2022年5月3日\n"
    )
    assert read(raw).metadata == Metadata("关于做好工作的通知", published="2022-05-03", publisher="国务院办公厅")


def test_a_law_of_taiwan_is_dated_by_its_last_change() -> None:
    raw = (
        "法規名稱：中央銀行處務規程\n法規類別：行政＞中央銀行＞組織目\n最新異動日期：20240529\n\n\n"
        "第 1 條\n    本規程依法訂定之。\n"
    )
    assert read(raw).metadata == Metadata("中央銀行處務規程", published="2024-05-29")


def test_the_history_of_a_law_is_a_note_and_dates_it() -> None:
    raw = (
        "立法院各委員會組織法\n1.中華民國三十六年十二月二十五日總統令制定公布全文21條\n"
        "2.中華民國九十一年一月二十五日總統（91）華總一義字第091000156\n20 號令修正公布第 2 條條文\n"
        "第 1 條 本法依立法院組織法第十二條制定之。\n第 2 條 各委員會審查本院會議交付審查之議案。\n"
    )
    made = read(raw, "A0010043_立法院各委員會組織法.txt")
    assert made.metadata == Metadata("立法院各委員會組織法", published="2002-01-25")
    assert kinds(made)[2] == (
        "note",
        "2.中華民國九十一年一月二十五日總統（91）華總一義字第09100015620 號令修正公布第 2 條條文",
    )


def test_a_law_is_dated_by_its_name() -> None:
    raw = (
        "青岛市城市供水条例\n\n1996年7月26日 青岛市第十一届人民代表大会常务委员会通过\n\n"
        "第一条 为了加强管理，制定本条例。\n"
    )
    assert read(raw, "青岛市城市供水条例(2017-12-01).md").metadata.published == "2017-12-01"
    assert read(raw, "青岛市城市供水条例.md").metadata.published == "1996-07-26"


def test_the_clock_of_a_web_page_is_no_date_of_the_text() -> None:
    made = read("2021年11月16日 星期二\n\n论学习的方法\n\n学习要靠自己，这是人人都知道的道理。\n", "论学习的方法.txt")
    assert made.metadata == Metadata("论学习的方法")
    assert kinds(made)[0] == ("furniture", "2021年11月16日 星期二")


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 新闻中心 > 要闻",
        "当前位置：首页",
        "首頁｜新聞｜公告｜聯絡我們",
        "【打印】【关闭】",
        "打印 關閉 分享",
        "文字縮放：大 中 小",
    ],
)
def test_menus_and_tools_are_furniture(line: str) -> None:
    made = read(f"{line}\n某某会议召开\n来源：新华网\n\n会议今天在北京召开，有关方面出席了会议。\n")
    assert kinds(made)[0] == ("furniture", line)


def test_the_foot_of_a_page_is_furniture() -> None:
    foot = [
        "责任编辑：王某",
        "更多精彩内容，请关注本报微信公众号。",
        "上一篇：甲",
        "下一篇：乙",
        "版权所有 某某网",
        "【打印】【关闭】",
    ]
    made = read("会议今天在北京召开，有关方面出席了会议。\n会议还讨论了其他问题，并作出决定。\n" + "\n".join(foot))
    assert kinds(made)[2:] == [("furniture", line) for line in foot]


@pytest.mark.parametrize(
    ("line", "is_banner"),
    [
        ("免费论文下载中心 http://www.example.com", True),
        ("更多小说请到 www.example.com", True),
        ("数据来源：http://www.example.com", False),
        ("http://www.example.com", False),
    ],
)
def test_what_a_site_writes_several_times_into_a_text_is_furniture(line: str, is_banner: bool) -> None:
    text = ["渡口有舟三艘，皆旧，行人往来不绝。", "岸上有亭，亭中有碑，字已漫漶。", "舟子日日在岸上候客，风雨不改。"]
    made = read(f"\n\n{line}\n\n".join(text))
    assert [kind == "furniture" for kind, _ in kinds(made)] == [False, is_banner, False, is_banner, False]
    once = read(f"\n\n{line}\n\n".join(text[:2]) + "\n\n" + text[2])
    assert "furniture" not in dict(kinds(once))


def test_the_licence_of_a_wiki_is_furniture() -> None:
    text = "　　正文到此为止，没有别的话了。\n　　再说一句，就是这样了。\n"
    made = read(text + "本作品是中华人民共和国的\n法律\n，属于公有领域。\nfalse\n")
    assert [kind for kind, _ in kinds(made)] == ["body", "body", "furniture", "furniture"]


def test_the_name_of_a_poet_stands_below_the_title() -> None:
    made = read("静夜思\n李白\n\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n", "静夜思.txt")
    assert made.metadata == Metadata("静夜思", "李白")
    assert kinds(made)[-1][0] == ParagraphKind.VERSE


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "子曰：學而時習之，不亦說乎？\n有朋自遠方來，不亦樂乎？\n",
        "他说：作者是谁？\n没有人知道，也没有人关心这件事。\n",
        "“你到哪里去？”\n\n他没有回答，只是低着头往前走，走了很久很久。\n\n“到底去哪里？”\n",
        "时间：深夜\n地点：火车站\n甲从左边上，手里提着一盏灯。\n",
        "泊姑熟口 王周\n杳杳金陵路，難禁欲斷魂。\n湖口縣 王周\n柴桑分邑載圖經，屈曲山光展畫屏。\n",
        "第一章　总则\n第一条　为了加强管理，制定本条例。\n",
    ],
)
def test_nothing_is_read_into_a_text_that_says_nothing_of_itself(raw: str) -> None:
    assert read(raw).metadata == Metadata()


def test_what_the_format_declares_goes_before_all_else() -> None:
    raw = "标题：甲\n来源：乙\n\n正文在这里，说的是一些事情。\n"
    parsed = Parsed(PLAIN.parse(raw).lines, Metadata("丙", published="2020"))
    assert structure(raw, parsed, "文.txt").metadata == Metadata("丙", published="2020", source="乙")


def test_fields_are_read_as_they_are_drawn() -> None:
    raw = (
        "\u200b标题：⼭居\u200b笔记\n\ufeff作者：⽼\u2060李\n⽇期：二○一○年⼋⽉三⽇\n\n"
        + "夜里下过一场雨，早上路还湿着，山门却早已开了。" * 3
        + "\n"
    )
    metadata = structure(raw, PLAIN.parse(raw), "a.txt").metadata
    assert (metadata.title, metadata.author, metadata.published) == ("山居笔记", "老李", "2010-08-03")


BODY = "　　山路很长，走到半山的时候雨停了，云从谷底升起来。\n　　他坐在石头上，把信又读了一遍。\n"


@pytest.mark.parametrize("line", ["文/沈青", "by 沈青", "宋　沈青　撰", "◎沈青", "作者 沈青"])
def test_a_byline_names_the_author_and_the_line_above_is_the_title(line: str) -> None:
    made = read(f"山路\n{line}\n\n{BODY}")
    assert (made.title, made.metadata.author) == ("山路", "沈青")
    assert ("note", line) in kinds(made)


def test_a_post_of_a_board_says_who_wrote_it_when() -> None:
    made = read(
        "发信人: shenqing (沈青), 信区: Novel\n标  题: 山路\n发信站: 某某站 (Tue Mar  7 08:05:09 2006), 站内\n\n"
        f"{BODY}--\n\n※ 来源:·某某站 bbs.example.org·[FROM: 10.0.0.1]\n"
    )
    assert made.metadata == Metadata("山路", "shenqing (沈青)", published="2006-03-07T08:05:09", source="某某站")
    assert [kind for kind, _ in kinds(made)].count("furniture") == 5


@pytest.mark.parametrize(
    "header",
    [
        "作者  shenqing (沈青)          看板  Novel\n標題  [創作] 山路\n時間  Tue Mar  7 08:05:09 2006\n",
        "作者shenqing (沈青)看板Novel標題[創作] 山路時間Tue Mar 7 08:05:09 2006\n",
        "作者: shenqing (沈青) 看板: Novel\n標題: [創作] 山路\n時間: Tue Mar  7 08:05:09 2006\n",
    ],
)
def test_headers_of_posts_need_no_colons(header: str) -> None:
    assert read(f"{header}\n{BODY}").metadata == Metadata(
        "[創作] 山路", "shenqing (沈青)", published="2006-03-07T08:05:09"
    )


def test_a_date_without_a_year_is_none_and_belongs_to_no_field() -> None:
    assert read(f"山路\n发布时间：03-21 14:17\n来源：某报\n\n{BODY}").metadata == Metadata("山路", source="某报")
    assert read(f"山路\n作者：沈青　来源：某报　03-21 14:17\n\n{BODY}").metadata == Metadata(
        "山路", "沈青", source="某报"
    )


@pytest.mark.parametrize(
    ("entries", "date"),
    [
        ("1.中華民國六十九年八月三十六日府（69）法字第 2274 號令發布", "1980-08"),
        ("1.中華民國八月六日府（69）法字第 2274 號令發布", "1980"),
        ("1.中華民國八月六日府法字第 2274 號令發布", None),
        ("1.中華民國六十九年八月六日府法字第 1986 號令發布\n2.中華民國九月府法字第 1998 號令修正", None),
        ("1.中華民國六十九年八月六日府法字第 1986 號令發布\n2.中華民國七十年五月一日府法字第 1 號令修正", "1981-05-01"),
    ],
)
def test_the_number_of_a_decree_is_no_year(entries: str, date: str | None) -> None:
    assert read(f"山路管理辦法\n{entries}\n\n第 1 條　入山應先登記。\n").metadata.date == date


@pytest.mark.parametrize(
    "line",
    [
        "打開字典顯示相近段落",
        "某某小说网 www.example.org",
        "http://www.example.org/12.html",
        "更多精彩小说，请访问某某书库",
        "本书由某某论坛整理提供",
        "跳转到导航",
        "登录 | 注册",
    ],
)
def test_what_a_site_writes_above_a_text_is_not_its_title(line: str) -> None:
    made = read(f"{line}\n山路\n\n{BODY}")
    assert made.title == "山路"
    assert kinds(made)[0] == ("furniture", line)


@pytest.mark.parametrize("line", ["欢迎来到山中客栈", "更多的雨", "上山下山"])
def test_a_title_that_sounds_like_a_site_stays(line: str) -> None:
    assert read(f"{line}\n\n{BODY}").title == line


def test_a_volume_is_not_the_title_of_the_whole() -> None:
    assert read(f"上卷\n\n第一章 山\n{BODY}\n下卷\n\n第一章 海\n{BODY}").title is None


def test_the_name_of_the_file_speaks_last() -> None:
    name = "《山路》（校对版全本）作者：沈青.txt"
    assert read(f"第一章 雨\n{BODY}", name).metadata == Metadata("山路", "沈青")
    assert read(f"标题：海路\n作者：陆白\n\n{BODY}", name).metadata == Metadata("海路", "陆白")


@pytest.mark.parametrize("line", ["沈青", "（沈青）", "文：沈青", "沈　青"])
def test_a_name_below_the_first_line_makes_that_the_title(line: str) -> None:
    made = read(f"去海边的路\n{line}\n\n\u3000\u3000{BODY}", "7.txt")
    assert (made.title, made.metadata.author) == ("去海边的路", "沈青")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("李小山　　2019年5月", "李小山"),
        ("成都　2019年5月", None),
        ("山河报 2019年5月", None),
        ("李小山讲 2019年5月", None),
    ],
)
def test_a_name_may_stand_beside_the_date_below_the_title(line: str, author: str | None) -> None:
    made = read(f"农家书屋调研报告\n{line}\n\n　　县文化馆组织志愿者走进村庄，为村民整理旧书。\n")
    assert made.metadata.author == author


def test_a_short_line_that_is_no_name_is_no_author() -> None:
    assert read(f"去海边的路\n又是雨天\n\n\u3000\u3000{BODY}", "7.txt").metadata.author is None


def test_the_first_line_of_a_wrapped_text_is_not_its_title() -> None:
    sentences = "渡口的船很早就停了，只有一个老人还坐在岸边。他望着对面的山，山上的雾慢慢散开，露出一座小小的塔来。"
    text = f"\u3000\u3000{sentences * 3}"
    lines = [text[at : at + 30] for at in range(0, len(text), 30)]
    made = read("\n\n".join(lines), "7.txt")
    assert made.title is None
    assert len(made.text.paragraphs) == 1


def test_a_field_may_say_a_year_by_a_reign_or_before_our_era() -> None:
    made = read("書名：山居雜記\n作者：周某\n成書年代：清康熙三十年六月\n\n山中多雨，晝夜不息，樵者不出。\n").metadata
    assert (made.published, made.dated) == ("1691", "清康熙三十年六月")
    made = read("標題：江上碑\n作者：佚名氏\n刊刻年代：公元前221年\n\n江水東流，晝夜不息，行人欲渡。\n").metadata
    assert (made.published, made.dated) == ("-0220", None)


def test_a_preface_is_dated_by_its_signature() -> None:
    body = "山中多雨，晝夜不息，樵者不出，書成而雨未止。\n\n客有問者，無以應之，但指窗外。\n\n"
    made = read(f"山居雜記序\n\n{body}乾隆五十六年冬十月周某謹序\n").metadata
    assert (made.date, made.dated) == ("1791", "乾隆五十六年冬十月")


def test_the_years_of_annals_are_no_dates_of_the_text() -> None:
    years = "貞觀元年\n\n春正月，大雨，江水溢，民徙於山。\n\n貞觀二年\n\n夏，旱，江水涸，民復其居。\n"
    assert read(f"山中年紀\n\n{years}").metadata.date is None


@pytest.mark.parametrize(
    "stamp", ["2017-07-28 湖边 湖边文化", "湖边公众号佚名2017-07-28", "2017/7/28 09:30 湖边 阅 316"]
)
def test_what_a_site_puts_below_a_title_gives_the_date(stamp: str) -> None:
    raw = f"石桥小志\n\n{stamp}\n\n石桥在镇西三里，相传为旧时所建，今犹可行人车马往来不绝。\n"
    assert (read(raw, "石桥小志.txt").metadata.date or "")[:10] == "2017-07-28"


def test_a_date_within_a_sentence_is_no_stamp() -> None:
    raw = "石桥小志\n\n2017-07-28，桥成。\n\n石桥在镇西三里，相传为旧时所建，今犹可行人车马往来不绝。\n"
    assert read(raw, "石桥小志.txt").metadata.date is None


def test_a_sentence_of_many_parts_is_no_title() -> None:
    first = "每日常外，摄心绝想，闭气握固，鼻引口吐，唯是"
    assert read(f"{first}\n\n细微，满即闭，闭使足心汗出，一至二数至百已上，闭极微吐之，引少气还闭。\n").title is None


def test_lines_below_pictures_and_addresses_are_no_headings() -> None:
    prose = "石桥在镇西三里，相传为旧时所建，今犹可行人车马往来不绝，岁时修葺。"
    titles = ["桥的由来", "石桥（视频截图）", "修桥的人", "www.shiqiao.com整理", "桥边人家"]
    raw = "".join(f"{title}\n\n{prose}{number}。\n\n" for number, title in enumerate(titles))
    assert [each.title for each in read(f"石桥小志\n\n{raw}", "石桥小志.txt").headings] == [
        titles[0],
        titles[2],
        titles[4],
    ]


def test_titles_that_speak_of_pictures_and_sites_are_headings() -> None:
    prose = "石桥在镇西三里，相传为旧时所建，今犹可行人车马往来不绝，岁时修葺。"
    titles = ["桥的由来", "留影（绘画、摄影）", "如何截图", "纪念作者 石匠与桥", "ASP.NET 入门"]
    raw = "".join(f"{title}\n\n{prose}{number}。\n\n" for number, title in enumerate(titles))
    assert [each.title for each in read(f"石桥小志\n\n{raw}", "石桥小志.txt").headings] == titles
