"""Write what README and docs say of the program from the program itself: python scripts/update_readme.py.

The screens and the key table of the README, and the file and the preset in docs/configuration.md.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from tuibrowser.commands import COMMANDS, MOUSE, PLACE_TITLES, commands_of, key_label, keys_label
from tuibrowser.config_file import commented
from tuibrowser.keymaps import PRESETS, rebound
from tuibrowser.start import StartRequest
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.screens.browser import BrowserScreen

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
SIZE = (96, 22)
"""Columns and rows of the screens shown."""

SCREENS = (("right_square_bracket", "j"), ("slash", *"gaozhiliang", "down"))
"""The keys that lead to each screen."""

SECONDS = 10.0
"""Time to wait for a screen at most."""


def key_table() -> str:
    """The keys of every place as Markdown tables."""
    blocks = []
    for place, title in PLACE_TITLES.items():
        rows = [
            f"| {' '.join(f'`{key_label(key)}`' for key in command.keys) or keys_label(command)} | {command.help} |"
            for command in commands_of(place)
        ]
        blocks.append("\n".join([f"**{title}**", "", "| keys | |", "|---|---|", *rows]))
    gestures = [f"| {gesture} | {words} |" for gesture, words in MOUSE]
    blocks.append("\n".join(["**The mouse in the text**", "", "| mouse | |", "|---|---|", *gestures]))
    return "\n\n".join(blocks) + "\n"


def preset_table(preset: str) -> str:
    """The commands whose keys a preset changes, as a Markdown table."""
    rows = [
        f"| {command.place} | {' '.join(f'`{key_label(key)}`' for key in command.keys)} | {command.help} |"
        for before, command in zip(COMMANDS, rebound(PRESETS[preset]), strict=True)
        if command != before
    ]
    return "\n".join(["| where | keys | |", "|---|---|---|", *rows]) + "\n"


def command_names() -> str:
    """The names of the commands of every place, as a Markdown list."""
    named = ((place, [f"`{command.id}`" for command in commands_of(place)]) for place in PLACE_TITLES)
    return "".join(f"- {place}: {', '.join(names)}\n" for place, names in named)


def current_configuration(page: str) -> str:
    """The page on configuration with the file, the preset and the commands of today."""
    page = with_part(page, "file", f"```toml\n{commented()}```\n")
    return with_part(with_part(page, "less", preset_table("less")), "names", command_names())


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
    CONFIGURATION.write_text(current_configuration(CONFIGURATION.read_text(encoding="utf-8")), encoding="utf-8")
    README.write_text(current(README.read_text(encoding="utf-8")), encoding="utf-8")
