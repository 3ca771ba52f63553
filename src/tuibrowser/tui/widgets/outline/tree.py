"""The tree of the outline: folders, documents and headings, opened up only where it is looked at."""

from __future__ import annotations

from bisect import bisect_right
from enum import Enum, auto
from typing import TYPE_CHECKING

from tuibrowser.corpus.chronology import chronological, shown_date
from tuibrowser.corpus.model import HeadingKind
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.naming import full_title, part_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tuibrowser.corpus.model import Document, Heading


class DocumentOrder(Enum):
    """How the documents are ordered; by path they stand in their folders."""

    PATH = "path"
    TITLE = "title"
    DATE = "date"


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
    kinds `first` is the document's or the heading's number. `document` is -1 for a folder.
    """

    __slots__ = ("children", "depth", "document", "first", "kind", "label", "last", "open", "parent")

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


class OutlineTree:
    """The nodes of a corpus and the rows that are visible of them.

    `documents` is the corpus's own list, in reading order, whose records are replaced as documents are read.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        order: DocumentOrder = DocumentOrder.PATH,
        sort_key: Callable[[str], object] = str,
    ) -> None:
        self._documents = documents
        self.order = order
        self.rows: list[Node] = []
        self._nodes: dict[int, Node] = {}
        self._followed: Node | None = None
        self._numbers: list[int] = []
        self._places: dict[int, int] = {}
        """The documents in an order that is not that of their numbers, and where each of them stands."""
        if order is DocumentOrder.PATH:
            self.rows = list(self._entries(None, 0, len(documents), 0))
            if len(self.rows) == 1:
                self.expand(self.rows[0])
        else:
            self.rows = [self._document_node(number, None) for number in self._sorted(order, sort_key)]
            self._numbers = [node.document for node in self.rows]
            self._places = {number: place for place, number in enumerate(self._numbers)}

    def _sorted(self, order: DocumentOrder, sort_key: Callable[[str], object]) -> list[int]:
        numbers = range(len(self._documents))
        if order is DocumentOrder.TITLE:
            return sorted(numbers, key=lambda number: (sort_key(self._documents[number].title), number))
        dates = [chronological(document.metadata.date or "9999") for document in self._documents]
        return sorted(numbers, key=lambda number: (dates[number], number))

    def sequence(self) -> list[int]:
        """The documents' numbers in the order shown."""
        if self.order is DocumentOrder.PATH:
            return list(range(len(self._documents)))
        return [node.document for node in self.rows if node.kind is NodeKind.DOCUMENT]

    # Building

    def _document_node(self, number: int, parent: Node | None) -> Node:
        node = Node(NodeKind.DOCUMENT, parent, number, number + 1, document=number)
        self._nodes[number] = node
        return node

    def _entries(self, parent: Node | None, first: int, last: int, prefix: int) -> Iterator[Node]:
        """The folders and documents among some documents whose names agree up to `prefix` characters."""
        at = first
        while at < last:
            name = self._documents[at].name
            slash = name.find("/", prefix)
            if slash < 0:
                yield self._document_node(at, parent)
                at += 1
                continue
            end = self._folder_end(name[: slash + 1], at, last)
            slash = self._deepest(name, slash, at, end)
            yield Node(NodeKind.FOLDER, parent, at, end, name[prefix:slash])
            at = end

    def _folder_end(self, folder: str, at: int, last: int) -> int:
        while at < last and self._documents[at].name.startswith(folder):
            at += 1
        return at

    def _deepest(self, name: str, slash: int, first: int, last: int) -> int:
        """Where the part of a folder's name ends that all its documents share, so that chains become one line."""
        while (beyond := name.find("/", slash + 1)) >= 0 and self._folder_end(name[: beyond + 1], first, last) == last:
            slash = beyond
        return slash

    def _folder_prefix(self, node: Node) -> int:
        length = 0
        above: Node | None = node
        while above is not None:
            length += len(above.label) + 1
            above = above.parent
        return length

    def children(self, node: Node) -> list[Node]:
        """The nodes right under one, made when first asked for."""
        if node.children is None:
            if node.kind is NodeKind.FOLDER:
                node.children = list(self._entries(node, node.first, node.last, self._folder_prefix(node)))
            elif node.kind is NodeKind.DOCUMENT:
                node.children = self._headings(node)
            else:
                node.children = []
        return node.children

    def _headings(self, document: Node) -> list[Node]:
        top: list[Node] = []
        stack: list[tuple[int, Node]] = []
        run: Node | None = None
        for number, heading in enumerate(self._documents[document.document].headings):
            if heading.kind is HeadingKind.ARTICLE:
                parent = stack[-1][1] if stack else document
                if run is None or run.parent is not parent:
                    run = self._attach(Node(NodeKind.ARTICLES, parent, number, number, document=document.document), top)
                run.last = number + 1
                self._attach(Node(NodeKind.ARTICLE, run, number, number + 1, document=document.document), top)
                continue
            run = None
            while stack and stack[-1][0] >= heading.level:
                stack.pop()
            parent = stack[-1][1] if stack else document
            node = self._attach(Node(NodeKind.SECTION, parent, number, number + 1, document=document.document), top)
            stack.append((heading.level, node))
        return top

    @staticmethod
    def _attach(node: Node, top: list[Node]) -> Node:
        parent = node.parent
        if parent is None or parent.kind is NodeKind.DOCUMENT:
            top.append(node)
        elif parent.children is None:
            parent.children = [node]
        else:
            parent.children.append(node)
        return node

    # What a node stands for

    def heading(self, node: Node) -> Heading | None:
        """The heading of a node, or of the first article of a run."""
        if node.kind in {NodeKind.FOLDER, NodeKind.DOCUMENT}:
            return None
        headings = self._documents[node.document].headings
        return headings[node.first] if node.first < len(headings) else None

    def label(self, node: Node) -> str:
        """The label of a node in the outline, in the documents' own script."""
        if node.kind is NodeKind.FOLDER:
            return node.label
        document = self._documents[node.document]
        if node.kind is NodeKind.DOCUMENT:
            return self._document_label(document)
        headings = document.headings
        if node.last > len(headings):
            return ""
        title = headings[node.first].title
        if node.kind is NodeKind.ARTICLES and node.last - node.first > 1:
            return f"{title}–{headings[node.last - 1].title}"
        return title

    def _document_label(self, document: Document) -> str:
        """The title of a document, with its date or file where the one before or after it has the same."""
        beside = [self._documents[number] for number in self._beside(document.number)]
        title = self._title(document, beside)
        alike = [each for each in beside if self._title(each, beside) == title]
        if not alike:
            return title
        date = shown_date(document.metadata.date)
        dates = {shown_date(each.metadata.date) for each in alike}
        words = date if date not in dates and self.order is not DocumentOrder.DATE else ""
        return f"{title}  {words or stem(document.name)}"

    def _title(self, document: Document, beside: Sequence[Document]) -> str:
        """A document's title: of a part among parts of the same work in a folder that of the part alone."""
        if self.order is DocumentOrder.PATH:
            among = [each.work for each in beside] or [document.name.rpartition("/")[0].rpartition("/")[2]]
            return part_title(document) if set(among) == {document.work} else full_title(document)
        date = document.metadata.date
        title = full_title(document)
        return f"{shown_date(date)} {title}" if self.order is DocumentOrder.DATE and date else title

    def _beside(self, number: int) -> list[int]:
        """The documents before and after one in the order shown, in the same folder."""
        if self.order is not DocumentOrder.PATH:
            at = self._places[number]
            return [self._numbers[place] for place in (at - 1, at + 1) if 0 <= place < len(self._numbers)]
        folder = self._documents[number].name.rpartition("/")[0]
        near = (each for each in (number - 1, number + 1) if 0 <= each < len(self._documents))
        return [each for each in near if self._documents[each].name.rpartition("/")[0] == folder]

    def has_children(self, node: Node) -> bool:
        """Whether there is something to unfold."""
        if node.kind is NodeKind.FOLDER:
            return True
        if node.kind is NodeKind.DOCUMENT:
            return bool(self._documents[node.document].headings)
        return bool(node.children)

    # Unfolding

    def expand(self, node: Node) -> bool:
        """Show what is under a node, whose row must be visible; whether that was news."""
        if node.open or not self.has_children(node):
            return False
        node.open = True
        at = self.rows.index(node) + 1
        self.rows[at:at] = list(self._visible(node))
        return True

    def collapse(self, node: Node) -> bool:
        """Hide what is under a node; whether that was news."""
        if not node.open:
            return False
        at = self.rows.index(node) + 1
        end = at
        while end < len(self.rows) and self.rows[end].depth > node.depth:
            end += 1
        del self.rows[at:end]
        node.open = False
        return True

    def _visible(self, node: Node) -> Iterator[Node]:
        for child in self.children(node):
            if child.kind is NodeKind.SECTION and child.children and child.children[0].kind is NodeKind.SECTION:
                child.open = True
            yield child
            if child.open:
                yield from self._visible(child)

    def reread(self, number: int) -> None:
        """Take up a new record of a document."""
        node = self._nodes.get(number)
        if node is None or (node.children is None and not node.open):
            return
        was_open = self.collapse(node) if node in self.rows else False
        node.children, node.open = None, False
        if was_open:
            self.expand(node)

    # Following the reader

    def reveal(self, number: int) -> Node | None:
        """Unfold the folders above a document; return its node."""
        while number not in self._nodes:
            folder = next(
                (n for n in self.rows if n.kind is NodeKind.FOLDER and n.first <= number < n.last and not n.open), None
            )
            if folder is None:
                return None
            self.expand(folder)
        node = self._nodes[number]
        self._open_above(node)
        return node

    def _open_above(self, node: Node) -> None:
        above = []
        parent = node.parent
        while parent is not None:
            above.append(parent)
            parent = parent.parent
        for parent in reversed(above):
            self.expand(parent)

    def follow(self, number: int, offset: int) -> int:
        """Unfold the document and the section in which a raw offset lies, and return its row.

        What was unfolded only for the reader's way through another document is folded again.
        """
        node = self.reveal(number)
        if node is None:
            return -1
        if self._followed is not node:
            if self._followed is not None and self._followed in self.rows:
                self.collapse(self._followed)
            self._followed = node if self.expand(node) else None
        target = self._innermost(node, offset)
        return self.rows.index(target)

    def _innermost(self, node: Node, offset: int) -> Node:
        """The deepest visible node under an open one that begins at or before an offset."""
        while node.open:
            children = self.children(node)
            starts = [heading.start if (heading := self.heading(child)) else 0 for child in children]
            at = bisect_right(starts, offset) - 1
            if at < 0:
                break
            node = children[at]
        return node
