"""Precision and recall of the outline on laws whose own markup or layout tells the truth.

    python benchmarks/outline.py [--failures N] PATH…

Each PATH is a folder of laws. The truth of a Markdown law is its `#` headings, which are taken out of the text that
the outline is made from. The truth of a Taiwanese law (.txt) is its layout: articles and headings stand alone on
their lines, all of the text is indented, or, where nothing is indented, the numbering alone tells. Prints precision
and recall of sections and of articles, and what failed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.markdown import MARKDOWN
from tuibrowser.corpus.formats.plain import PLAIN
from tuibrowser.corpus.model import HeadingKind
from tuibrowser.corpus.structure import structure

ARTICLE_TW = re.compile(
    r"第 ?[\d一二三四五六七八九十百千零]+(?:-\d+)? ?條(?: ?之 ?[一二三四五六七八九十\d]+)?(?=$|[ （(])"
)
SECTION_TW = re.compile(r"第 ?[\d一二三四五六七八九十百零]+ ?[編章節款目](?: ?之 ?[一二三四五六七八九十\d]+)?(?: .*)?")
ARTICLE_CN = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?(?=[ \u3000【（(])")


@dataclass
class Score:
    """Headings found, expected and both, and the files in which something failed."""

    files: int = 0
    right: int = 0
    found: int = 0
    expected: int = 0
    spurious: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, name: str, found: Counter[tuple[int, str]], expected: Counter[tuple[int, str]]) -> None:
        both = found & expected
        self.right += both.total()
        self.found += found.total()
        self.expected += expected.total()
        self.spurious += [f"{name}:{line}: {title}" for line, title in found - both]
        self.missed += [f"{name}:{line}: {title}" for line, title in expected - both]

    def print(self, label: str, failures: int) -> None:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.expected)
        print(f"{label}: precision {precision:.4f} recall {recall:.4f} ({self.expected} headings, {self.found} found)")
        for what, places in (("spurious", self.spurious), ("missed", self.missed)):
            for place in places[:failures]:
                print(f"  {what} {place}")


def markdown_law(raw: str) -> tuple[str, Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """A law without its `#`, its sections and its articles, by line and title; its title is no heading."""
    sections: Counter[tuple[int, str]] = Counter()
    articles: Counter[tuple[int, str]] = Counter()
    lines = raw.split("\n")
    parsed = MARKDOWN.parse(raw)
    top = min((line.level for line in parsed.lines if line.role is LineRole.HEADING), default=0)
    tops = [line.number for line in parsed.lines if line.role is LineRole.HEADING and line.level == top]
    for line in parsed.lines:
        text = raw[line.text_start : line.text_end]
        if line.role is LineRole.HEADING:
            lines[line.number - 1] = text
            if not (line.number == tops[0] and len(tops) == 1):
                sections[line.number, squeeze(text)] += 1
        elif line.role is LineRole.PLAIN and (article := ARTICLE_CN.match(text)):
            articles[line.number, squeeze(article[0])] += 1
        elif line.role is LineRole.MARKUP:
            lines[line.number - 1] = ""
    return "\n".join(lines), sections, articles


def taiwan_law(raw: str) -> tuple[str, Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """A law, its sections and its articles by line and title, as its layout tells them."""
    sections: Counter[tuple[int, str]] = Counter()
    articles: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(raw.split("\n"), 1):
        if article := ARTICLE_TW.match(line):
            articles[number, squeeze(article[0])] += 1
        elif SECTION_TW.fullmatch(line.strip()) and not re.search("[。；，]", line):
            sections[number, squeeze(line)] += 1
    return raw, sections, articles


def without_contents(sections: Counter[tuple[int, str]]) -> Counter[tuple[int, str]]:
    """The sections without the entries of a table of contents: in it they follow line on line, and all come again."""
    times = Counter(title for _, title in sections)
    kept: Counter[tuple[int, str]] = Counter()
    run: list[tuple[int, str]] = []
    for section in [*sorted(sections), (10**9, "")]:
        line, title = section
        goes_on = run and line - run[-1][0] <= 2 and times[title] > 1 and title not in {each for _, each in run}
        if not goes_on:
            kept.update(run if len(run) < 3 else [])
            run = []
        if times[title] > 1:
            run.append(section)
        elif title:
            kept[section] += 1
    return kept


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def measure(root: Path, failures: int, *, contents: bool) -> None:
    """Print the scores of all laws below a folder."""
    scores = {".md": (Score(), Score()), ".txt": (Score(), Score())}
    for path in sorted(root.rglob("*")):
        if path.suffix not in scores or not path.is_file() or "SOURCES" in path.name:
            continue
        raw = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
        text, sections, articles = (markdown_law if path.suffix == ".md" else taiwan_law)(raw)
        if not contents:
            sections = without_contents(sections)
        made = structure(text, PLAIN.parse(text), path.name)
        found: dict[HeadingKind, Counter[tuple[int, str]]] = {kind: Counter() for kind in HeadingKind}
        for heading in made.headings:
            found[heading.kind][made.text.line_of(heading.start), squeeze(heading.title)] += 1
        of_sections, of_articles = scores[path.suffix]
        of_sections.files += 1
        of_sections.add(path.name, found[HeadingKind.SECTION], sections)
        of_articles.add(path.name, found[HeadingKind.ARTICLE], articles)
    for suffix, (of_sections, of_articles) in scores.items():
        if of_sections.files:
            print(f"{root} {suffix}: {of_sections.files} files")
            of_sections.print("  sections", failures)
            of_articles.print("  articles", failures)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--contents", action="store_true", help="count entries of tables of contents as headings")
    parser.add_argument("--failures", type=int, default=10, help="print so many of each kind")
    arguments = parser.parse_args()
    for path in arguments.paths:
        measure(path, arguments.failures, contents=arguments.contents)


if __name__ == "__main__":
    main()
