"""How well characters that a converter left over are found, and how often others are taken for them.

    python benchmarks/unconverted.py [--failures N] [--files N] PATH…

Each PATH is a folder of texts that were Traditional from the start. They are read as they are, where each edit is
false; and again damaged: made Simplified, then made Traditional but for the characters for which OpenCC's
STCharacters has several Traditional forms. Prints the false edits and flags in 100,000 characters, the share of
damaged texts that the rule takes for such, and precision and recall of its edits in all damaged texts.

An edit is right if it restores the text's own form, or a variant of that form. Two figures of recall are given: of all
characters left over, and of those that are more than a variant of the text's own form.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tuibrowser.corpus.repairs.repair import converted_badly
from tuibrowser.hanzi.convert import convert

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
from make_script_table import entries

VARIANTS = (
    "畫劃 逕徑 讚贊 歎嘆 淒悽 鍊煉 跡蹟 鍾鐘 燬毀 臺台檯 註注 僱雇 迴回 卹恤 佈布 佔占 昇陞升 週周 夥伙 蒐搜 摺折 "
    "癒愈 脩修 慾欲 閑閒 覈核 牴抵 燻薰熏 纔才 掛挂 喫吃 瞭了 釐厘 巖岩 嶽岳 剋克 並併 嚐嘗 飢饑 煙菸 菓果 凌淩"
)
SETS = {form: group[0] for group in VARIANTS.split() for form in group}


@dataclass
class Score:
    """What was counted over the texts of a folder."""

    size: int = 0
    texts: int = 0
    gates: int = 0
    false: int = 0
    flags: int = 0
    right: int = 0
    wrong: int = 0
    left: int = 0
    left_variants: int = 0
    restored: int = 0
    seconds: float = 0.0
    failures: Counter[str] = field(default_factory=Counter)

    def print(self, label: str, failures: int) -> None:
        share = 100_000 / max(1, self.size)
        print(
            f"{label}: {self.texts} texts, {self.size:,} characters; as they are {self.false} false edits "
            f"({self.false * share:.2f} in 100,000) and {self.flags} flags ({self.flags * share:.2f})"
        )
        print(
            f"  damaged: {self.gates} of {self.texts} taken for such; precision "
            f"{self.right / max(1, self.right + self.wrong):.4f}, recall {self.restored / max(1, self.left):.4f}, with "
            f"variants {self.right / max(1, self.left + self.left_variants):.4f}; {self.seconds:.2f} s"
        )
        for failure, number in self.failures.most_common(failures):
            print(f"  {number:6} {failure}")


def main() -> None:
    options = arguments()
    one_form = {key: forms[0] for key, forms in entries("STCharacters").items() if len(forms) == 1}
    for folder in options.paths:
        score = Score()
        for path in sorted(each for each in folder.rglob("*") if each.suffix in {".txt", ".md", ".xml", ".org"})[
            : options.files
        ]:
            measure(path.read_text(encoding="utf-8", errors="replace"), one_form, score)
        score.print(str(folder), options.failures)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--failures", type=int, default=0, help="print the N most frequent failures")
    parser.add_argument("--files", type=int, help="take N files of each folder")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    return parser.parse_args()


def measure(text: str, one_form: dict[str, str], score: Score) -> None:
    """Count the edits in a text as it is and in the damaged text."""
    score.texts += 1
    score.size += len(text)
    for edit in converted_badly(text):
        score.false += edit.certain
        score.flags += not edit.certain
        kind = "false edit" if edit.certain else "flag"
        score.failures[f"{kind} {edit.original}→{edit.replacement}: {around(text, edit.start)}"] += 1
    simplified = convert(text, "t2s")[0]
    damaged = "".join(one_form.get(character, character) for character in simplified)
    start = time.process_time()
    edits = converted_badly(damaged)
    score.seconds += time.process_time() - start
    found = {edit.start: edit.replacement for edit in edits if edit.certain}
    score.gates += bool(found)
    for at, (own, now) in enumerate(zip(text, damaged, strict=True)):
        compare(own, now, found.get(at), around(damaged, at), is_left=now == simplified[at], score=score)


def compare(own: str, now: str, edit: str | None, context: str, *, is_left: bool, score: Score) -> None:
    """Count one character of a damaged text: the text's own form, what it is now, and what the rule makes of it."""
    if edit is not None:
        if same(own, edit):
            score.right += 1
        else:
            score.wrong += 1
            score.failures[f"wrong {own}: {now}→{edit}: {context}"] += 1
    if own == now or not is_left or convert(own, "t2s")[0] != now:
        return
    if same(own, now):
        score.left_variants += 1
        return
    score.left += 1
    if edit is not None and same(own, edit):
        score.restored += 1
    elif edit is None:
        score.failures[f"missed {own}: {now}: {context}"] += 1


def same(one: str, other: str) -> bool:
    """Whether two characters are the same, or variants of one."""
    one, other = convert(one, "t2tw")[0], convert(other, "t2tw")[0]
    return SETS.get(one, one) == SETS.get(other, other)


def around(text: str, at: int) -> str:
    return text[max(0, at - 3) : at + 4].replace("\n", "/")


if __name__ == "__main__":
    main()
