from __future__ import annotations

import pytest

from tuibrowser.corpus.front.bylines import Named, author_of, byline, named_by_file, title_and_author


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("文/沈青", "沈青"),
        ("文／ 沈青", "沈青"),
        ("图/文 沈青", "沈青"),
        ("文丨沈青", "沈青"),
        ("（文/本报记者 沈青）", "沈青"),
        ("作　者　沈青", "沈青"),
        ("沈青/文", "沈青"),
        ("by 沈青", "沈青"),
        ("——By: shenqing", "shenqing"),
        ("◎沈青", "沈青"),
        ("宋　沈青　撰", "沈青"),
        ("宋　沈　青　撰", "沈青"),
        ("〔清〕沈青 著", "沈青"),
        ("宋沈青撰", "宋沈青"),
        ("元好問撰", "元好問"),
        ("沈真人希白述", "沈真人希白"),
        ("松溪道人撰", "松溪道人"),
        ("唐 沈青 撰　宋 陸白 集解", "沈青"),
        ("翰林學士臣沈青奉敕撰", "沈青"),
        ("[宋]沈青", "沈青"),
        ("〔唐〕玄青", "玄青"),
        ("明·沈青 原著", "沈青"),
    ],
)
def test_a_byline_names_the_author(text: str, author: str) -> None:
    assert byline(text) == author


@pytest.mark.parametrize(
    "text",
    [
        "文/武之道，一张一弛",
        "by the way he went",
        "[宋]词一百首",
        "（清）卷一",
        "金·沈青",
        "國學名著",
        "晉 陸白 注",
        "唐 三藏法師 奉 詔譯",
        "山中日记　沈青　著",
        "○○",
        "他读书是为了著书立说。",
        "",
    ],
)
def test_what_names_no_author_is_no_byline(text: str) -> None:
    assert byline(text) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《山中日记》作者：沈青", "山中日记"),
        ("山中日记 by 沈青", "山中日记"),
        ("山中日记　文/沈青", "山中日记"),
        ("山中日记　沈青　著", "山中日记"),
        ("《山中日记》（1-90章）作者：沈青【完结】", "山中日记"),
    ],
)
def test_a_line_gives_the_title_and_the_author(text: str, title: str) -> None:
    assert title_and_author(text) == Named(title, "沈青")


@pytest.mark.parametrize(
    "text", ["stand by me", "论作者的死亡", "谈谈作者：沈青之死", "我问他：作者：谁", "住在山中。"]
)
def test_a_line_that_speaks_of_an_author_gives_none(text: str) -> None:
    assert title_and_author(text) is None


@pytest.mark.parametrize(
    ("stem", "title", "author"),
    [
        ("《山中日记》（精校版全本）作者：沈青", "山中日记", "沈青"),
        ("山中日记作者：沈青", "山中日记", "沈青"),
        ("[完结]山中日记 by 沈青(全集)", "山中日记", "沈青"),
        ("《山中日记》全集 作者_沈青", "山中日记", "沈青"),
        ("《山中日记》", "山中日记", None),
        ("山中日记（校对版）", "山中日记", None),
        ("沈青《山中日记》", "山中日记", "沈青"),
        ("[沈青]《山中日记》（精校版）", "山中日记", "沈青"),
        ("重读《山中日记》", None, None),
        ("《山中日记》卷二", None, None),
        ("中华人民共和国某某法(2005-10-27)", None, None),
        ("山中日记", None, None),
    ],
)
def test_the_name_of_a_file_gives_title_and_author(stem: str, title: str | None, author: str | None) -> None:
    assert named_by_file(stem) == Named(title, author)


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("沈青 2019/03/02发表于：某某书屋", "沈青"),
        ("沈青 发表于：某某书屋", "沈青"),
        ("沈青（首发于某站）", "沈青"),
        ("沈青 - 某某文学网", "沈青"),
        ("沈青@某某社区", "沈青"),
        ("沈青 10-21 14:17", "沈青"),
        ("（宋）沈青", "沈青"),
        ("沈 青", "沈青"),
        ("shenqing (沈青)", "shenqing (沈青)"),
        ("沈青、陆白", "沈青、陆白"),
        ("约翰·史密斯", "约翰·史密斯"),
        ("新华网", "新华网"),
        ("阅读人生", "阅读人生"),
        ("admin", None),
    ],
)
def test_an_author_ends_before_what_a_site_says(value: str, author: str | None) -> None:
    assert author_of(value) == author


@pytest.mark.parametrize("line", ["文：沈青", "（文：沈青）", "图/文：沈 青", "撰文: 沈青"])
def test_a_credit_may_have_a_colon(line: str) -> None:
    assert byline(line) in ("沈青", "沈 青")
    assert byline("文：渡口的船都停了") is None
