"""The tree of the outline: folders, documents and headings, opened up only where it is looked at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import Enum
from typing import TYPE_CHECKING

from tuibrowser.corpus.chronology import shown_date
from tuibrowser.corpus.documents import Documents
from tuibrowser.corpus.model import HeadingKind
from tuibrowser.corpus.names import stem
from tuibrowser.corpus.works.naming import file_apart, file_name, full_title, part_title
from tuibrowser.tui.widgets.outline.node import Node, NodeKind
from tuibrowser.tui.widgets.outline.rows import Rows, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tuibrowser.corpus.model import Document, Heading
    from tuibrowser.tui.widgets.outline.rows import Piece


class DocumentOrder(Enum):
    """How the documents are ordered; by path they stand in their folders."""

    PATH = "path"
    TITLE = "title"
    DATE = "date"


class OutlineTree:
    """The nodes of a corpus and the rows that are visible of them.

    `documents` is the corpus's own list, in reading order, whose records are replaced as documents are read. `numbers`
    are all of them in an order other than that by path.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        order: DocumentOrder = DocumentOrder.PATH,
        numbers: Sequence[int] = (),
    ) -> None:
        self._documents = documents
        self.order = order
        self.rows = Rows(self._document_node)
        self._nodes: dict[int, Node] = {}
        """Those of the documents that were looked at."""
        self._followed: Node | None = None
        self._numbers: Sequence[int] = range(len(documents))
        """The documents in their order."""
        self._places: dict[int, int] = {}
        """Where each document stands in an order that is not that of their numbers."""
        if order is DocumentOrder.PATH:
            self.rows = Rows(self._document_node, self._entries(None, 0, len(documents), 0))
            if len(self.rows) == 1:
                self.expand(self.rows[0])
        else:
            self._numbers = numbers
            self.rows = Rows(self._document_node, [Run(None, self._numbers)] if self._numbers else [])
            self._places = {number: place for place, number in enumerate(self._numbers)}

    def sequence(self) -> Sequence[int]:
        """The documents' numbers in the order shown."""
        return self._numbers

    # Building

    def _document_node(self, number: int, parent: Node | None) -> Node:
        node = self._nodes.get(number)
        if node is None:
            node = self._nodes[number] = Node(NodeKind.DOCUMENT, parent, number, number + 1, document=number)
        return node

    def _name(self, number: int) -> str:
        documents = self._documents
        return documents.sources.name(number) if isinstance(documents, Documents) else documents[number].name

    def _after(self, number: int) -> int:
        """The document after one, or after the records beside it in its file."""
        if not isinstance(self._documents, Documents):
            return number + 1
        sources = self._documents.sources
        return sources.numbers_in(sources.place(number)[0]).stop

    def _entries(self, parent: Node | None, first: int, last: int, prefix: int) -> Iterator[Piece]:
        """The folders and documents among some documents whose names agree up to `prefix` characters."""
        at = begin = first
        while at < last:
            name = self._name(at)
            slash = name.find("/", prefix)
            if slash < 0:
                at = min(self._after(at), last)
                continue
            if begin < at:
                yield Run(parent, range(begin, at))
            end = self._folder_end(name[: slash + 1], at, last)
            slash = self._deepest(name, slash, at, end)
            yield Node(NodeKind.FOLDER, parent, at, end, name[prefix:slash])
            at = begin = end
        if begin < at:
            yield Run(parent, range(begin, at))

    def _folder_end(self, folder: str, at: int, last: int) -> int:
        """The document after those of a folder, which stand together from one on: by halves, since they may be many."""
        step = 1
        while at + step < last and self._name(at + step).startswith(folder):
            at, step = at + step, 2 * step
        end = min(at + step, last)
        return bisect_left(range(end), 1, at + 1, end, key=lambda number: not self._name(number).startswith(folder))

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
            node.children = self._headings(node) if node.kind is NodeKind.DOCUMENT else []
        return node.children

    def _below(self, folder: Node) -> Iterator[Piece]:
        """What is right under a folder, with the documents that are unfolded each for itself."""
        if folder.entries is None:
            folder.entries = list(self._entries(folder, folder.first, folder.last, self._folder_prefix(folder)))
        for piece in folder.entries:
            if isinstance(piece, Run):
                yield from self._divided(piece)
            else:
                yield piece

    def _divided(self, run: Run) -> Iterator[Piece]:
        """A run without the documents in it that are unfolded, and these."""
        unfolded = sorted(number for number, node in self._nodes.items() if node.open and number in run.numbers)
        at = 0
        for number in unfolded:
            place = run.numbers.index(number)
            if at < place:
                yield Run(run.parent, run.numbers[at:place])
            yield self._nodes[number]
            at = place + 1
        if at < len(run.numbers):
            yield Run(run.parent, run.numbers[at:])

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
        words = words or file_apart(document, alike)
        if title == stem(document.name) and title in words:  # a title that is but the name of the file
            return words if words != title else file_name(document.name)
        return f"{title}  {words}"

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
        folder = self._name(number).rpartition("/")[0]
        near = (each for each in (number - 1, number + 1) if 0 <= each < len(self._documents))
        return [each for each in near if self._name(each).rpartition("/")[0] == folder]

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
        self.rows.insert(self.rows.find(node) + 1, list(self._visible(node)))
        return True

    def collapse(self, node: Node) -> bool:
        """Hide what is under a node; whether that was news."""
        if not node.open:
            return False
        row = self.rows.find(node)
        self.rows.remove(row + 1, self.rows.end_below(row))
        node.open = False
        return True

    def _visible(self, node: Node) -> Iterator[Piece]:
        pieces: Iterable[Piece] = self._below(node) if node.kind is NodeKind.FOLDER else self.children(node)
        for child in pieces:
            if isinstance(child, Run):
                yield child
                continue
            if child.kind is NodeKind.SECTION and child.children and child.children[0].kind is NodeKind.SECTION:
                child.open = True
            yield child
            if child.open:
                yield from self._visible(child)

    def reread(self, numbers: Iterable[int]) -> None:
        """Take up new records of documents."""
        read = numbers if isinstance(numbers, range) else set(numbers)
        for node in [node for number, node in self._nodes.items() if number in read]:
            if node.children is not None or node.open:
                self._make_again(node)

    def _make_again(self, node: Node) -> None:
        was_open = self.collapse(node) if self.rows.find(node) >= 0 else False
        node.children, node.open = None, False
        if was_open:
            self.expand(node)

    # Following the reader

    def reveal(self, number: int) -> Node | None:
        """Unfold the folders above a document; return its node."""
        while (node := self._nodes.get(number) or self.rows.in_run(number)) is None:
            folders = (each for each in self.rows.nodes() if each.kind is NodeKind.FOLDER and not each.open)
            folder = next((each for each in folders if each.first <= number < each.last), None)
            if folder is None:
                return None
            self.expand(folder)
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
            if self._followed is not None and self.rows.find(self._followed) >= 0:
                self.collapse(self._followed)
            self._followed = node if self.expand(node) else None
        target = self._innermost(node, offset)
        return self.rows.find(target)

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
