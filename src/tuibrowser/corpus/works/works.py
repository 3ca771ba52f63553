"""Works: find what a file is a part of, by the names of its folder and of the files beside it.

A folder is a work where the files in it are its parts: 卷一, 第三章, 序, 001. Files whose names share a title before
such a label (渡口集卷一, 渡口集卷二) are parts of that title, whatever their folder. A folder that merely collects
documents (法规, 2022, reports) is no work; where the names leave it open there is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.model import Belonging
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.collections import collects, is_dated, names_no_work
from tuibrowser.hanzi.numerals import NUMERAL_CHARACTERS, parse_numeral
from tuibrowser.language.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NUMBER: Final = rf"[0-9０-９{NUMERAL_CHARACTERS}]{{1,8}}(?:[.．][0-9]{{1,2}})?"
_UNIT: Final = "卷巻章回篇编編册冊部集出折齣幕课課讲講輯辑话話節节"
_VOLUME: Final = (
    rf"第\s?{_NUMBER}\s?[{_UNIT}](?!程)"
    rf"|[卷巻]之?(?:{_NUMBER}|[上中下首末終终前後后])(?!宗)"
    rf"|{_NUMBER}[卷巻](?!宗)"
    r"|(?:chapter|chap|volume|vol|juan|book|part)[ ._-]?[0-9]{1,4}(?![0-9])"
    r"|番外"
)
_LABEL: Final = late(_VOLUME, re.IGNORECASE)
_WHOLE: Final = late(r"[上中下](?:[卷巻册冊篇编編部集])?|[内內外杂雜前后後正续續][卷巻篇编編集]", re.IGNORECASE)
"""Labels that are the whole of a name."""
_FIRM: Final = late(
    r"(?:自|原|總|总|重刊|後|后|.{2,4})?[序敘叙]|[跋]|[後后]?跋|凡例|例言|序例|序文|序言|楔子|引子|尾聲|尾声|題辭|题辞"
)
"""What a book alone has before its first part and after its last."""
_BESIDE: Final = late(
    r"目[錄录次]|總目|总目|前言|引言|導[言讀]|导[言读]|弁言|[緒绪][言論论]|附[錄录]|[後后][記记]|[結结][語语]|終章|终章"
)
"""What a book may have, and a collection too."""
_COUNTED: Final = late(r"(?P<number>[0-9０-９]{1,4})(?![0-9０-９])(?P<rest>.*)", re.DOTALL)
_LISTED: Final = late(rf"(?P<number>[{NUMERAL_CHARACTERS}]{{1,6}})(?P<rest>[、.．_ ·].*)?", re.DOTALL)
_LAST_NUMBER: Final = late(
    rf"(?<![0-9０-９])[0-9０-９]{{1,3}}\Z|[(（](?:{_NUMBER}|[上中下])[)）]\Z"
    rf"|(?<=[ ·・_])[{NUMERAL_CHARACTERS}]{{1,4}}\Z"
)
"""A number that is the end of a name, as that of a part of several may be."""
_LATIN: Final = late(r"[A-Za-z _-]+")
"""Names such as README, which a book does not give to its parts."""
_ENDS: Final = " \t\u3000_-·・.,，、:：—–"
_SECTION: Final = "／"
"""What divides a part from its section in the name of a file."""
_SAMPLED: Final = 100
"""Names at the beginning, in the middle and at the end of a large folder that are looked at to judge it."""
_MOST: Final = 0.6
_NEARLY_ALL: Final = 0.8
_FEW: Final = 0.1
_LEAST_SECTIONED: Final = 4
_SPARSE: Final = 8
"""Numbers of a series for each file that has one, at most."""


class Part(Enum):
    """The part of a work that a file's name tells of."""

    LABEL = auto()
    """It is a volume or chapter."""
    FIRM = auto()
    """It is a preface or the like, which only a book has."""
    BESIDE = auto()
    """It may stand in a book as well as in a collection."""
    NUMBER = auto()
    """It has a number, as a chapter may, and a document in a list."""
    OTHER = auto()


def part_of(name: str) -> Part:
    """The part of a work that the name of a file or folder, without its suffix, tells of."""
    name = name.strip()
    section = name.partition(_SECTION)[0].strip()
    if _LABEL.match(section) or _WHOLE.fullmatch(section):
        return Part.LABEL
    if _FIRM.fullmatch(section):
        return Part.FIRM
    if _BESIDE.fullmatch(section):
        return Part.BESIDE
    return Part.NUMBER if _numbered(name) is not None else Part.OTHER


def _numbered(name: str) -> int | None:
    """The number that a name is or begins with, as that of a part may be; a year or a day is none."""
    if is_dated(name):
        return None
    found = _COUNTED.fullmatch(name) or _LISTED.fullmatch(name)
    if found is None or collects(found["rest"] or ""):
        return None
    return int(found["number"]) if found["number"].isdecimal() else parse_numeral(found["number"])


@dataclass(slots=True)
class _Folder:
    """The names, without suffixes, of the files and folders in a folder."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [*self.files, *self.folders]


class Evidence(Enum):
    """Evidence that a folder is a work."""

    NONE = auto()
    NUMBERS = auto()
    """Only that its files are numbered."""
    PARTS = auto()
    """What its files are called."""


def works(paths: Sequence[str], beside: Sequence[str] = ()) -> list[Belonging | None]:
    """Return, for each of some files, given by printable absolute paths, the work that it is a part of.

    `beside` are the paths of further files that tell about them. Takes linear time.
    """
    return _Works(list(map(_split, paths)), list(map(_split, beside))).all()


def _split(path: str) -> tuple[str, str]:
    """The folder of a file, and the file's name without its suffix."""
    folder, _, name = path.rpartition("/")
    return folder, stem(name)


class _Works:
    def __init__(self, files: Sequence[tuple[str, str]], beside: Sequence[tuple[str, str]]) -> None:
        self._files = files
        self._folders: dict[str, _Folder] = defaultdict(_Folder)
        for path, name in (*files, *beside):
            known = path in self._folders
            self._folders[path].files.append(name)
            if not known:
                self._note_above(path)
        self._evidence: dict[str, Evidence] = {}

    def _note_above(self, path: str) -> None:
        """Note a folder in the one above it, as far up as is not known yet."""
        above, _, name = path.rpartition("/")
        while name:
            known = above in self._folders
            self._folders[above].folders.append(name)
            if known:
                break
            above, _, name = above.rpartition("/")

    def all(self) -> list[Belonging | None]:
        by_folder: dict[str, Belonging | None] = {}
        shared: dict[str, Mapping[str, Belonging]] = {}
        found: list[Belonging | None] = []
        for path, name in self._files:
            if path not in by_folder:
                by_folder[path] = self._folder_work(path)
                shared[path] = _shared_titles(self._folders[path].files, path.rpartition("/")[2])
            belonging = by_folder[path]
            if belonging is None or belonging.by_number:
                belonging = shared[path].get(name, belonging)
            found.append(None if belonging is not None and _LATIN.fullmatch(name) else belonging)
        return found

    def _folder_work(self, path: str) -> Belonging | None:
        """What the files of a folder are parts of, by its name and those above it."""
        volumes: list[str] = []
        by_number = False
        while path:
            above, _, name = path.rpartition("/")
            part = part_of(name)
            if not (part is Part.LABEL or (part is Part.NUMBER and _numbered_alone(name))):
                evidence = self._seen(path)
                by_number = by_number or evidence is Evidence.NUMBERS
                return Belonging(_bare(name), tuple(volumes), by_number) if _is_work(name, evidence) else None
            volumes.insert(0, name)
            by_number = by_number or self._seen(path) is Evidence.NUMBERS
            path = above
        return None

    def _seen(self, path: str) -> Evidence:
        if path not in self._evidence:
            self._evidence[path] = _evidence(_sample(self._folders[path].names))
        return self._evidence[path]


def _evidence(names: Sequence[str]) -> Evidence:
    """What the names in a folder speak for."""
    kinds = [part_of(name) for name in names]
    count = Counter(kinds)
    total = len(names)
    parts = total - count[Part.OTHER]
    if count[Part.LABEL] and parts >= _MOST * total:
        return Evidence.PARTS
    if count[Part.FIRM] and total > count[Part.FIRM] and sum(map(_stands_alone, names)) <= _FEW * total:
        return Evidence.PARTS
    if _is_sectioned(names):
        return Evidence.PARTS
    if parts < _NEARLY_ALL * total:
        return Evidence.NONE
    numbers = [number for name in names if (number := _numbered(name)) is not None]
    if len(numbers) > 1 and max(numbers) - min(numbers) < _SPARSE * len(numbers):
        return Evidence.NUMBERS
    return Evidence.NONE


def _stands_alone(name: str) -> bool:
    """Whether a name is that of a document of its own: dated, or an official one."""
    return is_dated(name) or collects(name)


def _is_sectioned(names: Sequence[str]) -> bool:
    """Whether most names have a section before them that several share."""
    sections = Counter(name.partition(_SECTION)[0] for name in names if _SECTION in name)
    held = sum(count for count in sections.values() if count > 1)
    if held < _LEAST_SECTIONED or held < _MOST * len(names):
        return False
    return sum(map(_stands_alone, names)) <= _FEW * len(names)


def _numbered_alone(name: str) -> bool:
    return name.isdecimal() and not is_dated(name)


def _is_work(name: str, evidence: Evidence) -> bool:
    """Whether a folder of this name, with this evidence for it, is a work."""
    return evidence is not Evidence.NONE and not names_no_work(_bare(name), strictly=evidence is Evidence.NUMBERS)


def _bare(name: str) -> str:
    """The title that the name of a folder gives: without a number before it, without 《》."""
    found = _COUNTED.fullmatch(name)
    bare = found["rest"].strip(_ENDS) if found and not is_dated(name) else name.strip(_ENDS)
    if bare.startswith("《") and "》" in bare:
        bare = bare[1 : bare.index("》")]
    return bare or name


def _shared_titles(stems: Sequence[str], folder: str) -> Mapping[str, Belonging]:
    """What several of some names have as a title before the label of a part, by name."""
    by_title = _by_title(_sample(stems))
    if len(stems) > _SAMPLED and any(len(names) > 1 for names in by_title.values()):
        by_title = _by_title(stems)
    shared: dict[str, Belonging] = {}
    for title, names in by_title.items():
        is_key = title.isascii() and title.casefold() == folder.casefold()
        if len(names) > 1 and (is_key or not names_no_work(title, strictly=True)):
            shared.update(dict.fromkeys(names, Belonging(title)))
    return shared


def _by_title(names: Sequence[str]) -> dict[str, list[str]]:
    by_title: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found = _LABEL.search(name, 1) or _LAST_NUMBER.search(name, 1)
        if found is not None and not is_dated(name):
            by_title[_bare(name[: found.start()].strip(_ENDS))].append(name)
    return by_title


def _sample(names: Sequence[str]) -> Sequence[str]:
    """The names that a folder is judged by: all of a small one, some of each end and of the middle of a large one."""
    if len(names) <= 3 * _SAMPLED:
        return names
    middle = len(names) // 2
    return [*names[:_SAMPLED], *names[middle : middle + _SAMPLED], *names[-_SAMPLED:]]
