from __future__ import annotations

from typing import TYPE_CHECKING

from tuibrowser.tui.browser.parts.passage import LONG_PASSAGE

if TYPE_CHECKING:
    from pathlib import Path

    from support.reader import Browse

PARAGRAPH = "以高質量黨建引領高質量發展，是新時代機關黨建的要求。"


async def test_a_long_passage_is_made_beside_the_keys_and_is_whole(
    browse: Browse, tmp_path: Path, sent: list[str]
) -> None:
    count = LONG_PASSAGE // len(PARAGRAPH) + 1
    file = tmp_path / "長.txt"
    file.write_text("\n\n".join([PARAGRAPH] * count), encoding="utf-8")
    async with browse(file) as reader:
        await reader.press("V", *str(count), "right_curly_bracket", "y")
        await reader.until(lambda: sent)
        assert sent == ["\n".join([PARAGRAPH] * count)]
        await reader.press("g", "V", *str(count), "right_curly_bracket", "e")
        await reader.type("markdown")
        await reader.press("enter")
        await reader.until(lambda: len(sent) == 2)
        assert sent[1].startswith(f"> {PARAGRAPH}\n>\n> {PARAGRAPH}")


async def test_how_copying_works_here_is_told_in_a_dialog(browse: Browse, corpus: Path) -> None:
    async with browse(corpus) as reader:
        await reader.press("colon")
        await reader.type("doctor")
        await reader.press("enter")
        await reader.sees("How copying works here")
        await reader.sees("you sit at another machine (SSH)")
        await reader.press("escape")
        await reader.until(lambda: "How copying works here" not in reader.screen)
