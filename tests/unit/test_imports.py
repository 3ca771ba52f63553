"""What importing the core, and the commands that show no screen, load: neither Textual nor dictionaries."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tuibrowser

ROOMS = (
    *(
        "language",
        "host",
        "settings",
        "hanzi",
        "corpus",
        "search",
        "reading",
        "analysis",
        "study",
        "lexicon",
        "clipboard",
        "userdata",
    ),
    "doctor",
)
SLOW = {"textual", "rich", "jieba", "pypinyin"}
CORE = [
    module.name
    for module in pkgutil.walk_packages(tuibrowser.__path__, "tuibrowser.")
    if module.name.split(".")[1] in ROOMS
]
LOADED = "\nimport json, sys\nprint(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def loaded_by(code: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded after `code`."""
    done = subprocess.run((sys.executable, "-c", code + LOADED), capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def loaded_by_command(*arguments: str) -> set[str]:
    """The top-level modules a command of the shell loads, its output thrown away."""
    return loaded_by(
        "import contextlib, io, sys\n"
        "from tuibrowser.__main__ import main\n"
        f"sys.argv[1:] = {list(arguments)!r}\n"
        "with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding='utf-8')), "
        "contextlib.suppress(SystemExit):\n"
        "    main()\n"
    )


def test_every_room_of_the_core_is_looked_at() -> None:
    there = {path.name for path in Path(tuibrowser.__path__[0]).iterdir() if (path / "__init__.py").exists()}
    assert {name.split(".")[1] for name in CORE} == there.intersection(ROOMS)


def test_the_core_loads_neither_the_screen_nor_dictionaries() -> None:
    imports = "\n".join(f"import {name}" for name in CORE)
    assert loaded_by(imports) & SLOW == set()


def test_the_package_alone_loads_no_room() -> None:
    code = "import tuibrowser, sys\nassert not [name for name in sys.modules if name.startswith('tuibrowser.')]"
    assert loaded_by(code) & (SLOW | {"numpy", "opencc"}) == set()


def test_what_others_know_of_search_loads_no_arrays() -> None:
    modules = ("api", "search.searcher", "search.model", "tui.work.messages")
    assert "numpy" not in loaded_by("import " + ", ".join(f"tuibrowser.{name}" for name in modules))


def test_a_command_that_needs_no_folder_does_not_load_what_finds_them() -> None:
    assert "platformdirs" not in loaded_by_command("--help")


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("outline", "--json")])
def test_commands_that_show_nothing_load_no_screen(arguments: tuple[str, ...]) -> None:
    assert loaded_by_command(*arguments) & SLOW == set()


def test_every_module_is_on_a_floor() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    layers, *_ = project["tool"]["importlinter"]["contracts"]
    assert layers["exhaustive"]
    on_floors = {name.strip() for layer in layers["layers"] for name in layer.split("|")}
    assert {module.name for module in pkgutil.iter_modules(tuibrowser.__path__)} == on_floors


def test_a_search_loads_nothing_that_counts_studies_or_defines(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("渡口有船", encoding="utf-8")
    code = (
        "import sys\n"
        "from tuibrowser.cli.run import run\n"
        f"assert run(['search', '渡口', {str(tmp_path)!r}]) == 0\n"
        "print('\\n'.join(sys.modules))"
    )
    done = subprocess.run((sys.executable, "-X", "utf8", "-c", code), capture_output=True, text=True, check=True)
    rooms = ("tuibrowser.analysis.figures", "tuibrowser.study", "tuibrowser.lexicon", "rapidfuzz", "email", "sqlite3")
    names = {"tuibrowser.study", "tuibrowser.study.aids"}  # the methods of an open corpus
    found = [name for name in done.stdout.split() if name.startswith(rooms) and name not in names]
    assert found == []


NOT_AT_FIRST = {
    "numpy",
    "sqlite3",
    "jieba",
    "opencc",
    "rapidfuzz",
    "tuibrowser.corpus.read",
    "tuibrowser.corpus.structure",
    "tuibrowser.corpus.formats",
    "tuibrowser.corpus.decoding.decode",
    "tuibrowser.corpus.files.discover",
    "tuibrowser.search.engine",
    "tuibrowser.tui.widgets.search.panel",
    "tuibrowser.tui.widgets.search.hit_list",
    "tuibrowser.tui.work.searching",
    "tuibrowser.tui.dialogs.picker",
    "tuibrowser.tui.dialogs.text_dialog",
    "tuibrowser.tui.dialogs.bookmarks",
    "tuibrowser.reading.quoting.quotation",
}
"""What reads and searches documents (a process beside the reader's reads the first one), and what is opened later."""


def test_the_first_frame_needs_nothing_that_reads_or_searches_or_is_opened_later() -> None:
    code = (
        "import tuibrowser.__main__, tuibrowser.cli.run, tuibrowser.cli.read, tuibrowser.tui.app\n"
        "import tuibrowser.terminal.driver, tuibrowser.corpus.corpus, tuibrowser.corpus.loading.ahead\n"
        "import sys\n"
        f"print(sorted(set(sys.modules) & {NOT_AT_FIRST!r}))"
    )
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
