from __future__ import annotations

from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.structure import structure


def paragraphs(raw: str) -> list[str]:
    return structure(raw, PLAIN.parse(raw), "文.txt").text.repaired.split("\n")


BARE = (
    "石桥流水绕孤村小雨初晴燕子归山下老农牵犊去门前稚子拾薪回",
    "一声长笛起江皋数点归帆入暮潮沙上白鸥浑似雪随风飞过赤栏桥",
    "茶烟轻飏竹窗前病起春深懒下帘有客叩门来问字旋烹新笋荐壶觞",
    "城南旧日看花处十里东风草色齐折得一枝无寄处夕阳楼外乱莺啼",
    "夜深灯火照书帷四壁虫声伴我诗忽忆故人千里外西窗剪烛是何时",
    "霜落空林雁影稀寒砧处处捣征衣遥怜塞上无消息月满关山人未归",
)


def test_verse_without_marks_in_lines_of_one_width_is_not_joined() -> None:
    assert paragraphs("\n".join(BARE)) == list(BARE)
    assert paragraphs("\n".join(BARE * 8)) == list(BARE * 8)


def test_titles_between_bare_verse_of_one_length_are_not_joined_with_it() -> None:
    lines = [line for number in range(0, 6, 2) for line in ("春日杂兴", *BARE[number : number + 2])]
    assert paragraphs("\n".join(lines)) == lines


def test_prose_without_marks_that_was_cut_is_joined() -> None:
    whole = "".join(BARE)
    parts = [whole[:113], whole[:40:-1], whole[::2], whole[1::2], whole[::3]]
    lines = [part[at : at + 22] for part in parts for at in range(0, len(part), 22)]
    assert paragraphs("\n".join(lines)) == parts


def test_signed_titles_of_the_width_of_their_poems_are_not_joined() -> None:
    titles = [
        f"{when}与诸弟夜坐，因忆{where}旧游，各赋一章以寄怀，用{rhyme}字韵 沈怀远"
        for when in ("暮春", "中秋", "岁除")
        for where, rhyme in (("江南", "先"), ("湖上", "阳"))
    ]
    songs = (
        "渔灯乱，渔灯乱如天上星。一夜西风吹不定，满江都是橹声声。",
        "山中何所有，山中有白云，白云不可寄，且把新茶寄与君，君莫嫌。",
        "问谁家，门前种柳，楼上吹箫？惹得行人，又误了一程。",
    )
    lines = [line for number, title in enumerate(titles) for line in (title, songs[number % 3])]
    assert paragraphs("\n".join(lines)) == lines


def test_titles_in_two_lines_above_irregular_verse_are_not_joined() -> None:
    about = "十月之望过城西旧宅见池上残荷犹有数茎而昔日同游诸君或仕或隐散在四方慨然久之因成"
    lines = []
    for number in "一二三四五六":
        lines += [f"{about}短歌五章以寄诸友其{number}"]
        lines += ["池上荷，荷已残，犹有清香，与我共清寒。旧时人，今何在？山一程，水一程，路漫漫，长相望，何时还。"]
    assert paragraphs("\n".join(lines)) == lines


def test_speeches_of_about_one_length_are_not_joined() -> None:
    said = (
        "老何，给我沏一壶新茶来，要山里采的，别拿旧的来糊弄我",
        "哪儿能呢，您可是老主顾了，我怎么敢糊弄您老人家呀",
        "听说了吗，河对岸的戏班子昨晚上散了，往后可没戏听",
        "散就散吧，反正茶馆里天天都有人唱，您就放心听您的",
        "这话说得在理，只是少了锣鼓，听起来总归不大热闹嘛",
    )
    lines = [f"{who}：{what}" for who, what in zip(("刘四", "何掌柜", "常二", "刘四", "何掌柜"), said, strict=True)]
    assert paragraphs("\n".join(["茶馆", "（幕启。）", *lines, "（众人沉默。）"])) == [
        "茶馆",
        "（幕启。）",
        *lines,
        "（众人沉默。）",
    ]


def test_items_in_which_no_sentence_ends_are_not_joined() -> None:
    items = [
        f"{where}{what}"
        for where in ("石桥镇召开会议，", "柳巷小学举行庆典，", "渡口修复工程开工，")
        for what in ("部署来年春天的各项工作", "各界人士一同出席并发言", "强调安全最为要紧")
    ]
    assert paragraphs("\n".join(items)) == items


def test_bare_couplets_below_titles_are_not_joined() -> None:
    couplets = [line[at : at + 14] for line in BARE for at in (0, 14)]
    sizes = (2, 4, 2, 2)
    lines: list[str] = []
    for title, size in zip(("春日", "题友人山居", "秋夜有怀", "渡口"), sizes, strict=True):
        lines += [title, *couplets[:size]]
        couplets = couplets[size:]
    assert paragraphs("\n".join(lines)) == lines
