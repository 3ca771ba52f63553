"""Write the key table of the README from the registry of commands: python scripts/update_readme.py."""

from __future__ import annotations

from pathlib import Path

from tuibrowser.commands import Place, commands_of, key_label

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- keys -->\n", "<!-- /keys -->"

TITLES = {
    Place.READING: "Reading (a number before a key: so many times)",
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


def with_key_table(readme: str) -> str:
    """The text of the README with the key table of today."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}{key_table()}{END}{after}"


if __name__ == "__main__":
    README.write_text(with_key_table(README.read_text(encoding="utf-8")), encoding="utf-8")
