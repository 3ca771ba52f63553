"""A passage copied as a reference, the program left, and the passage opened again by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from e2e.harness import APP, Terminal

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = [f"第{number}段，天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。" for number in range(1, 61)]


def test_a_reference_opens_the_very_passage_in_its_corpus(variables: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "年").mkdir(parents=True)
    (folder / "一.txt").write_text("第一篇\n\n開卷。\n", encoding="utf-8")
    (folder / "年" / "千字文.txt").write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    with Terminal((*APP, str(folder)), variables) as terminal:
        terminal.wait_for("開卷")
        terminal.send("J")
        terminal.wait_for("第2段")
        terminal.send("39G")
        terminal.wait_for("¶39/")
        for key in "v6l":
            terminal.send(key)
        terminal.send("e")
        terminal.wait_for("what opens the passage again")
        terminal.send("reference")
        terminal.wait_for("reference ")
        terminal.send("\r")
        terminal.wait_for("as reference")
        reference = terminal.clipboards[-1]
        terminal.send("q")
        assert terminal.wait() == 0
    assert re.fullmatch(r"年/千字文\.txt#39:0-\d@[0-9a-f]{8}", reference)
    with Terminal((*APP, reference), variables) as terminal:
        terminal.wait_for("¶39/")
        terminal.send("y")
        terminal.wait_for("characters sent to")
        assert terminal.clipboards == [PARAGRAPHS[38][: len("第39段，天地")]]
        terminal.send("q")
        assert terminal.wait() == 0
