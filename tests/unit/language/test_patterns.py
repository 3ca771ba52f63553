"""Patterns are compiled when they are first used, and are then what `re.compile` makes."""

from __future__ import annotations

import re

import pytest

from tuibrowser.language.patterns import late


def test_a_pattern_is_compiled_at_its_first_use() -> None:
    broken = late("(沒有盡頭")
    with pytest.raises(re.error):
        broken.search("沒有盡頭")


def test_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    text = "甲乙 丙丁 abc"
    for source, flags in (("[甲-龥]+", 0), ("ABC", re.IGNORECASE), (r"(?P<first>\S)\S*", 0)):
        compiled, pattern = re.compile(source, flags), late(source, flags)
        assert [found.span() for found in pattern.finditer(text)] == [found.span() for found in compiled.finditer(text)]
        assert pattern.sub("·", text) == compiled.sub("·", text)
        assert pattern.split(text) == compiled.split(text)
        assert (pattern.pattern, pattern.flags, pattern.groupindex) == (source, compiled.flags, compiled.groupindex)
