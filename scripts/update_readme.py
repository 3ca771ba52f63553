"""Write the screens and the key table of the README from the program itself: python scripts/update_readme.py."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tuibrowser.commands import Place, commands_of, key_label
from tuibrowser.start import StartRequest
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.screens.browser import BrowserScreen

README = Path(__file__).resolve().parents[1] / "README.md"
SIZE = (96, 22)
"""Columns and rows of the screens shown."""

SCREENS = (("right_square_bracket", "j"), ("slash", *"gaozhiliang", "down"))
"""The keys that lead to each screen."""

SECONDS = 10.0
"""Time to wait for a screen at most."""

TITLES = {
    Place.READING: "Reading (a number before a key: so many times)",
    Place.SELECTING: "While something is selected",
    Place.EVERYWHERE: "Everywhere but in text fields",
    Place.OUTLINE: "Outline",
    Place.FIELD: "Search field",
    Place.LIST: "List of hits",
}


def key_table() -> str:
    """The keys of every place as Markdown tables."""
    blocks = []
    for place, title in TITLES.items():
        rows = [
            f"| {' '.join(f'`{key_label(key)}`' for key in command.keys)} | {command.help} |"
            for command in commands_of(place)
        ]
        blocks.append("\n".join([f"**{title}**", "", "| keys | |", "|---|---|", *rows]))
    return "\n\n".join(blocks) + "\n"


async def screen(keys: tuple[str, ...]) -> str:
    """The screen that some keys lead to from the start on the seeds, as text."""
    start = StartRequest()
    app = BrowserApp(start, lambda: find_corpus(start))
    async with app.run_test(size=SIZE) as pilot:
        async with asyncio.timeout(SECONDS):
            while not (isinstance(app.screen, BrowserScreen) and app.screen.is_loaded):
                await pilot.pause(0.05)
        await pilot.press(*keys)
        await pilot.pause(0.5)
        return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def screens() -> str:
    """All screens as code blocks."""
    return "\n".join(f"```\n{asyncio.run(screen(keys))}\n```\n" for keys in SCREENS)


def with_part(readme: str, name: str, text: str) -> str:
    """The README with what stands between the marks of `name` replaced."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = readme.split(begin)
    return f"{before}{begin}{text}{end}{rest.split(end)[1]}"


def current(readme: str) -> str:
    """The README with the screens and the key table of today."""
    return with_part(with_part(readme, "screens", screens()), "keys", key_table())


if __name__ == "__main__":
    README.write_text(current(README.read_text(encoding="utf-8")), encoding="utf-8")
