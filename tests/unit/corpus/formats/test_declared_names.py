"""What the properties of office and PDF files are trusted to say."""

from __future__ import annotations

import pytest

from tuibrowser.corpus.formats.declared_names import borne_out, declared_person, declared_title


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("山中杂记", "山中杂记"),
        ("  山中\n杂记 ", "山中 杂记"),
        ("Microsoft Word - 山中杂记.doc", "山中杂记"),
        ("WPS 文字 - 山中杂记.wps", "山中杂记"),
        ("山 中 杂 记", "山中杂记"),
        ("<" + "山中杂记".encode("gb18030").hex() + ">", "山中杂记"),
        ("<" + "Microsoft Word - 山中杂记.doc".encode("gb18030").hex().upper() + ">", "山中杂记"),
        ("山中杂记".encode("gb18030").decode("latin-1"), "山中杂记"),
        ("山中雜記之屬".encode().decode("latin-1"), "山中雜記之屬"),
        ("Essays in Idleness", "Essays in Idleness"),
        ("Microsoft Word - 1.doc", None),
        ("C:\\文档\\山中杂记.doc", None),
        ("/home/a/山中杂记.txt", None),
        ("http://a.example/山中", None),
        ("无标题", None),
        ("文档1", None),
        ("新建 Microsoft Word 文档", None),
        ("未命名-2", None),
        ("Document1", None),
        ("untitled", None),
        ("920-1", None),
        ("1", None),
        ("", None),
        (None, None),
        ("Straße und Gärten", "Straße und Gärten"),
    ],
)
def test_titles(value: str | None, title: str | None) -> None:
    assert declared_title(value) == title


@pytest.mark.parametrize(
    ("value", "person"),
    [
        ("王小波", "王小波"),
        ("欧阳修", "欧阳修"),
        ("王 小波", "王小波"),
        ("王小波；李银河", "王小波、李银河"),
        ("张三 著", "张三"),
        ("加西亚·马尔克斯", "加西亚·马尔克斯"),
        ("国务院办公厅", "国务院办公厅"),
        ("某市人民政府", None),
        ("北京大学出版社", "北京大学出版社"),
        ("John Fairbank", "John Fairbank"),
        ("王小波".encode("gb18030").decode("latin-1"), "王小波"),
        ("Administrator", None),
        ("微软用户", None),
        ("Microsoft Office User", None),
        ("Windows User", None),
        ("雨林木风", None),
        ("asus", None),
        ("CNKI", None),
        ("oempc", None),
        ("清风明月夜", None),
        ("name@mail.example", None),
        ("104363", None),
        ("Then", None),
        ("卍乾☰坤☷", None),
        (None, None),
    ],
)
def test_persons(value: str | None, person: str | None) -> None:
    assert declared_person(value) == person


def test_a_title_counts_only_where_the_text_or_the_name_of_the_file_bears_it_out() -> None:
    assert borne_out("山中杂记", "《山中杂记》\n一九二〇年", "1.pdf") == "山中杂记"
    assert borne_out("山中杂记", "别的文字", "山中杂记.pdf") == "山中杂记"
    assert borne_out("山中杂记（修订版）", "别的文字", "山中杂记.pdf") == "山中杂记（修订版）"
    assert borne_out("山中杂记", "别的文字", "3.pdf") is None
    assert borne_out(None, "别的文字", "3.pdf") is None
