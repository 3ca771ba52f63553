"""Sessions of the program with the lean driver: at every moment the screen is that of the plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.lean_terminal import Comparison
from support.reader import SPEECH
from support.recording import SIZES, Written, random_keys, record
from support.vt import Vt
from tuibrowser.terminal.asking.abilities import Abilities

if TYPE_CHECKING:
    from pathlib import Path

KEYS: list[str | tuple[int, int]] = [
    *["j", "j", "k", "space", "b", "o", "j", "o", "slash", "高", "质", "down", "enter", "n", "t"],
    (80, 24),
    "j",
    "ctrl+l",
]
KEYS += [*["question_mark", "escape"], (120, 40), *["v", "j", "y", "G", "g", "f", "二", "escape", "tab", "j", "enter"]]

ABILITIES = (
    Abilities(colour_erase=True, ambiguous_settled=True),
    Abilities(colour_erase=True, margins=True, ambiguous_settled=True),
    Abilities(colour_erase=True),
    Abilities(erase_characters=False),
    Abilities(scroll=False),
)


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clipboard, no state of whoever runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for variable in ("TMUX", "STY", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a dense text, one with quotation marks, and one with marks of no width and of doubtful width."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "講話.txt").write_text(SPEECH * 12, encoding="utf-8")
    (folder / "長文.txt").write_text(
        "\n\n".join(f"第{n}段：天地玄黃，宇宙洪荒。日月盈昃，“辰宿列張”……" * (n % 9 + 1) for n in range(1, 90)),
        encoding="utf-8",
    )
    (folder / "mixed.txt").write_text(
        "naïve cafe\u0301 葛\U000e0100城 𠀀𪚥 ☎️ ①②③ ｈａｌｆ ﾊﾝｶｸ 한글\n\n" * 30, encoding="utf-8"
    )
    return folder


def compare(written: list[Written]) -> list[Comparison]:
    """Replay what was recorded, in terminals of all abilities beside one plain one; fail at a cell that differs."""
    plain = Vt(*SIZES[0])
    first, *others = comparisons = [Comparison(SIZES[0], abilities, plain) for abilities in ABILITIES]
    for number, (data, size) in enumerate(written):
        answers = [first.feed(data, size), *(each.follow(data, size) for each in others)]
        for abilities, (sent, found) in zip(ABILITIES, answers, strict=True):
            assert not found, f"{abilities}, after {number} of {len(written)}: {found[:5]} {sent[:300]!r}"
    return comparisons


async def test_a_session_shows_the_same_in_a_fraction_of_the_bytes(corpus: Path) -> None:
    written = await record(corpus, KEYS)
    for comparison in compare(written):
        assert comparison.lean_bytes < comparison.plain_bytes / 2


async def test_a_random_session_shows_the_same(corpus: Path) -> None:
    assert compare(await record(corpus, random_keys(80, seed=1)))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 7))
async def test_a_long_random_session_shows_the_same(corpus: Path, seed: int, record_property: object) -> None:
    written = await record(corpus, random_keys(1200, seed))
    for abilities, comparison in zip(ABILITIES, compare(written), strict=True):
        print(
            f"seed {seed}, {abilities}: {len(written):,} writes, {comparison.cells:,} cells compared; "
            f"{comparison.plain_bytes:,} bytes plain, {comparison.lean_bytes:,} lean"
        )
