"""Write what README and docs say of the program from the program itself: python scripts/update_readme.py [--pictures].

The keys of the first hour and the formats in README.md, all formats in docs/formats.md, all keys in docs/keys.md, the
file, the preset and the names of commands in docs/configuration.md; with --pictures also the pictures in docs/pictures.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.corpus.containers import CONTAINERS
from tuibrowser.corpus.formats import FORMATS
from tuibrowser.corpus.names import COMPRESSED
from tuibrowser.settings.commands import COMMANDS, MOUSE, PLACE_TITLES, commands_of, first_hour, keys_label
from tuibrowser.settings.config_file import commented
from tuibrowser.settings.key_names import key_label
from tuibrowser.settings.keymaps import PRESETS, rebound
from tuibrowser.tui.app import BrowserApp, find_corpus
from tuibrowser.tui.browser.screen import BrowserScreen
from tuibrowser.tui.start import StartRequest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
KEYS = ROOT / "docs" / "keys.md"
FORMATS_PAGE = ROOT / "docs" / "formats.md"
CONFIGURATION = ROOT / "docs" / "configuration.md"
SIZE = (96, 22)
"""Columns and rows of the screens shown."""

PICTURES = {"reading": ("right_square_bracket", "j"), "searching": ("slash", *"gaozhiliang", "down")}
"""The keys that lead to the screen of each picture."""

SECONDS = 10.0
"""Time to wait for a screen at most."""


def first_keys() -> str:
    """The keys of the first hour as a Markdown table."""
    rows = [f"| {' '.join(f'`{key}`' for key in keys)} | {words} |" for keys, words in first_hour()]
    return "\n".join(["| keys | |", "|---|---|", *rows]) + "\n"


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


def format_names() -> str:
    """The names of all formats and containers, as a sentence."""
    names = dict.fromkeys(each.name for each in FORMATS)
    holders = dict.fromkeys(each.name for each in CONTAINERS if not each.holds_records)
    packed = ", ".join(f"`{ending}`" for ending in sorted(COMPRESSED))
    return f"{', '.join(names)}; each in {', '.join(holders)}, or compressed by {packed}.\n"


def format_table() -> str:
    """All formats and containers with the suffixes they go by, as a Markdown table."""
    records = {ending for each in CONTAINERS if each.holds_records for ending in each.suffixes}
    rows = [(each.key, each.name, each.suffixes, set(each.suffixes) <= records) for each in FORMATS]
    rows += [(each.key, each.name, each.suffixes, True) for each in CONTAINERS if not each.holds_records]
    written = [
        f"| `{key}` | {name} | {_suffixes(endings)} | {'several' if many else 'one'} |"
        for key, name, endings, many in rows
    ]
    return "\n".join(["| key | format | suffixes | documents in a file |", "|---|---|---|---|", *written]) + "\n"


def _suffixes(endings: tuple[str, ...]) -> str:
    return " ".join(f"`{ending}`" for ending in endings if ending) or "(told by the first line)"


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


async def picture(keys: tuple[str, ...]) -> str:
    """The screen that some keys lead to from the start on the seeds, in colour, as SVG."""
    start = StartRequest()
    app = BrowserApp(start, lambda: find_corpus(start))
    async with app.run_test(size=SIZE) as pilot:
        async with asyncio.timeout(SECONDS):
            while not (isinstance(app.screen, BrowserScreen) and app.screen.is_loaded):
                await pilot.pause(0.05)
        await pilot.press(*keys)
        await pilot.pause(0.5)
        return plain_svg(app.export_screenshot(title="tuibrowser"))


def plain_svg(svg: str) -> str:
    """A picture that fetches no font from elsewhere and has the same names each time it is made."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL).replace("Fira Code", "Noto Sans Mono CJK TC")
    return re.sub(r"terminal-\d+", "terminal", svg)


def with_part(readme: str, name: str, text: str) -> str:
    """The README with what stands between the marks of `name` replaced."""
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, rest = readme.split(begin)
    return f"{before}{begin}{text}{end}{rest.split(end)[1]}"


def current(readme: str) -> str:
    """The README with the first keys and the formats of today."""
    return with_part(with_part(readme, "keys", first_keys()), "formats", format_names())


def current_formats(page: str) -> str:
    """The page on formats with the table of today."""
    return with_part(page, "formats", format_table())


def current_keys(page: str) -> str:
    """The page on keys with the key table of today."""
    return with_part(page, "keys", key_table())


def update(page: Path, make: Callable[[str], str]) -> None:
    """Write a page anew."""
    page.write_text(make(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    update(CONFIGURATION, current_configuration)
    update(FORMATS_PAGE, current_formats)
    update(KEYS, current_keys)
    update(README, current)
    if "--pictures" in sys.argv[1:]:
        for name, keys in PICTURES.items():
            (ROOT / "docs" / "pictures" / f"{name}.svg").write_text(asyncio.run(picture(keys)), encoding="utf-8")
