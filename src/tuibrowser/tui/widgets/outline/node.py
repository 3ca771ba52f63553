"""Nodes of the outline: folders, documents, and the headings in them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuibrowser.tui.widgets.outline.rows import Piece


class NodeKind(Enum):
    """What a line of the outline stands for; a run of articles is folded into one."""

    FOLDER = auto()
    DOCUMENT = auto()
    SECTION = auto()
    ARTICLES = auto()
    ARTICLE = auto()


class Node:
    """A line of the outline.

    `first` and `last` (exclusive) are the documents of a folder or the headings of an article run; of the other
    kinds `first` is the document's or the heading's number. `document` is -1 for a folder, whose documents are in
    `entries` as far as they were asked for; what is under others is in `children`.
    """

    __slots__ = ("children", "depth", "document", "entries", "first", "kind", "label", "last", "open", "parent")

    def __init__(
        self, kind: NodeKind, parent: Node | None, first: int, last: int, label: str = "", document: int = -1
    ) -> None:
        self.kind = kind
        self.parent = parent
        self.first = first
        self.last = last
        self.label = label
        self.document = document
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.open = False
        self.children: list[Node] | None = None
        self.entries: list[Piece] | None = None

    @property
    def is_document(self) -> bool:
        """Whether it stands for a document."""
        return self.kind is NodeKind.DOCUMENT
