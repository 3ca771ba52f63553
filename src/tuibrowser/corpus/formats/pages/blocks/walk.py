"""The walk through the markup of a page, which divides its text into blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html import escape, unescape
from types import MethodType
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.formats.pages.blocks.block import Lost
from tuibrowser.corpus.formats.pages.blocks.builder import HEADINGS, Builder
from tuibrowser.corpus.formats.pages.blocks.markup import attributes, whole_tag
from tuibrowser.corpus.formats.pages.blocks.mistaken import mistaken
from tuibrowser.corpus.formats.pages.blocks.pieces import Pieces
from tuibrowser.corpus.formats.pages.blocks.skips import (
    READINGS,
    after_comment,
    after_element,
    after_raw,
    after_reading,
)
from tuibrowser.corpus.formats.pages.blocks.tags import Tag, Tags, nothing, tag_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from tuibrowser.corpus.formats.pages.blocks.block import Page
    from tuibrowser.corpus.formats.pages.blocks.tags import Act, Skip

_BOXES: Final = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p section summary"
        " table tbody td tfoot th thead tr ul",
    )
)
"""Elements that begin a line of their own."""
_DROPPED: Final = frozenset(["annotation", "button", "datalist", "noscript", "select", "svg", "template", "title"])
"""Elements whose text is none of the page's; that of a button in a heading, which opens what stands below, is."""
_RAW: Final = frozenset(["script", "style", "iframe", "noembed", "noframes", "textarea", "xmp"])
"""Elements whose content is no markup, and none of the page's text."""
_LEAVES: Final = frozenset(["li", "p", "div", "td", "th", "dt", "dd"])
"""Boxes that mostly hold nothing but a text or a link."""
_EMPTY: Final = frozenset(["br", "hr", "img", "meta", "link", "input", "col", "wbr"])
"""Elements that have no end tag."""
_XML: Final = "<?xml"
"""How a page begins that is XML for sure."""
_VERBATIM: Final = "<![CDATA["
_AHEAD: Final = 3
"""Chunks that are looked at before their turn."""
_NAMED_REFERENCE: Final = re.compile(r"noteref|footnote")


def walk(markup: str, *, watched: Collection[str] | None = None) -> Page:
    """Divide the text of a page into blocks; rows of tables are one each, and ruby is left out.

    Takes time linear in the text. `watched` are names (`id`) of elements to keep the places of, for XHTML, whose
    page breaks are kept too; it is None for HTML.
    """
    if _VERBATIM in markup and (watched is not None or markup.startswith(_XML)):
        markup = _spelled_out(markup)
    return _Walk(markup, watched).run()


def _spelled_out(xhtml: str) -> str:
    """XHTML with its verbatim text, `<![CDATA[春 < 眠]]>`, as other text is written; what does not end stays."""
    first, *others = xhtml.split(_VERBATIM)
    parts = [first]
    for text, end, following in (other.partition("]]>") for other in others):
        parts += (escape(text, quote=False), following) if end else (_VERBATIM, text)
    return "".join(parts)


def resolved(text: str) -> str:
    """A text with its character references resolved."""
    text = text.replace("&nbsp;", "\xa0")
    return unescape(text) if "&" in text else text


class _Walk:
    """A walk through chunks of the markup: each is a tag without its < and the text after it."""

    def __init__(self, markup: str, watched: Collection[str] | None) -> None:
        self._markup = markup
        self._chunks = markup.split("<") + [""] * _AHEAD
        self._passed = self._offset = 0
        self._builder = Builder()
        self._watched = watched
        self._unclosed: set[str] = set()
        self._endless: list[str] = []
        """Tags behind which another one begins before they end."""
        self._unended: list[tuple[str, int]] = []
        pieces = self._builder.pieces
        self._link_away = Tag("a", "", pieces.open_link)
        self._link_within = Tag("a", "", pieces.open_link_within)
        self._reference = Tag("a", "", pieces.open_reference)
        self._tags = Tags(self._learn, Tag("", "", nothing, self._whole))

    def run(self) -> Page:
        """Go through the chunks."""
        builder, tags = self._builder, self._tags
        texts, opened = builder.pieces.texts, builder.opened
        texts.append(resolved(self._chunks[0]))
        resume = 1
        for at, chunk in enumerate(self._chunks[:-_AHEAD]):
            if at < resume:
                continue
            written, end, text = chunk.partition(">")
            if not end:
                self._endless.append(written)
            if (tag := tags[written]) is not None:
                if tag.skip is None:
                    tag.act(tag)
                else:
                    resume, text = tag.skip(tag, at, text)
            if text and (texts or not text.isspace() or opened.preformatted):
                texts.append(resolved(text) if "&" in text else text)
        page = builder.made()
        page.tags = tuple(tags)
        if (found := mistaken(tags, self._endless)) or self._unended:
            page.lost = Lost(found, self._unended)
        self._let_go()
        return page

    def _let_go(self) -> None:
        """Let tags refer to the walk no longer, so that it is freed without a search for garbage."""
        for tag in self._tags.values():
            if tag is not None:
                tag.act, tag.skip = nothing, None
        del self._tags

    def _learn(self, name: str, written: str) -> Tag | None:
        """What is known of a tag by the name of its element and its attributes."""
        if self._watched is not None and name[0] != "/":
            return self._learn_xhtml(name, written)
        return self._learn_html(name, written)

    def _learn_html(self, name: str, written: str) -> Tag | None:
        if name == "a":
            return self._link(written)
        if (step := self._step(name)) is not None:
            return tag_of(name, written, *step)
        return Tag(name, written, self._picture) if name == "img" and "footnote" in written else None

    def _learn_xhtml(self, name: str, written: str) -> Tag | None:
        """What is known of a tag that may be an element without content, or one whose place is watched."""
        is_whole = written.endswith("/") and name not in _EMPTY
        tag = self._learn_html(name, written.removesuffix("/"))
        is_passed = tag is not None and tag.act is nothing
        is_watched = not is_passed and ("id=" in written or "pagebreak" in written)
        if not is_whole and not is_watched:
            return tag
        acts = [tag.act] if tag is not None else []
        if is_watched:
            acts.append(self._watch)
        if is_whole and (end := self._step(f"/{name}")) is not None:
            acts.append(end[0])
        return replace(tag or Tag(name, "", nothing), written=written, act=partial(_each, acts), skip=None)

    def _step(self, name: str) -> tuple[Act, Skip | None] | None:
        """What is done where an element begins, or ends (/), by its name."""
        if (skip := _SKIPS.get(name)) is not None:
            return self._builder.start_box if name in _LEAVES else nothing, MethodType(skip, self)
        if (of_builder := _OF_BUILDER.get(name)) is not None:
            return MethodType(of_builder, self._builder), None
        if (of_pieces := _OF_PIECES.get(name)) is not None:
            return MethodType(of_pieces, self._builder.pieces), None
        return None

    def _link(self, written: str) -> Tag | None:
        if "backlink" in written:
            return Tag("a", written, nothing, self._drop)
        if "href" not in written and "href" not in written.lower() and "filepos" not in written:
            return None
        if "#" not in written and "filepos" not in written:
            return self._link_away
        return self._reference if _NAMED_REFERENCE.search(written) else self._link_within

    def _picture(self, tag: Tag) -> None:
        """Take in the note that an e-book keeps as the description of its sign."""
        said = attributes(tag.written)
        self._builder.pieces.note(said.get("zy-footnote") or said.get("alt", ""))

    def _watch(self, tag: Tag) -> None:
        """Keep the place of an element by its name, and that of the page that begins there."""
        said = attributes(tag.written)
        name = said.get("id", "")
        if name in (self._watched or ()):
            self._builder.anchors.append(name)
        if "pagebreak" in f"{said.get('epub:type')} {said.get('role')}":
            self._builder.pieces.label((said.get("title") or said.get("aria-label") or "").strip())

    def _skip_raw(self, tag: Tag, at: int, text: str) -> tuple[int, str]:
        """Pass over an element whose content is no markup, unless its tag is damaged, so that its end may be, too.

        In a page that begins as XML does, one that ends as it begins, as `<script src="x"/>`, has no content.
        """
        is_empty = tag.written.endswith("/") and self._markup.startswith(_XML)
        if is_empty or "<" in tag.written:
            return at + 1, text
        return self._ended(after_raw(self._chunks, at, tag.name), at, tag.name), ""

    def _ended(self, number: int, at: int, name: str) -> int:
        """The number of a chunk behind an element or comment, which is kept where it is that of none."""
        if number == len(self._chunks):
            self._unended.append((name, len("<".join(self._chunks[at:-_AHEAD]))))
        return number

    def _drop(self, tag: Tag, at: int, text: str) -> tuple[int, str]:
        """Pass over an element with all that it holds; one that does not end is not passed over."""
        if tag.name not in self._unclosed and not (tag.name == "button" and self._builder.in_heading):
            if (end := after_element(self._chunks, at, tag.name)) is not None:
                return end, ""
            self._unclosed.add(tag.name)
        return at + 1, text

    def _skip_reading(self, tag: Tag, at: int, text: str) -> tuple[int, str]:
        end = after_reading(self._chunks, at, tag.name, _BOXES)
        return (end, "") if end is not None else (at + 1, text)

    def _start_leaf(self, tag: Tag, at: int, text: str) -> tuple[int, str]:
        """Begin a box; take it as a whole where it holds nothing but a text or a link, as most do."""
        chunks, builder = self._chunks, self._builder
        end, following = tag.end, chunks[at + 1]
        if following.startswith(end):
            if builder.add_leaf(tag, resolved(text) if "&" in text else text):
                return at + 2, following[len(end) :]
        elif following.startswith("a ") and (not text or text.isspace()):
            after = chunks[at + 3]
            if after.startswith(end) and chunks[at + 2].rstrip() == "/a>":
                written, _, linked = following.partition(">")
                if self._tags[written] is self._link_away and builder.add_leaf(
                    tag, resolved(linked) if "&" in linked else linked, is_linked=True
                ):
                    return at + 4, after[len(end) :]
        tag.act(tag)
        return at + 1, text

    def _whole(self, _: Tag, at: int, __: str) -> tuple[int, str]:
        """Read a tag that goes on in a quoted value, a comment, or a < that begins no tag."""
        chunks, markup = self._chunks, self._markup
        if chunks[at].startswith("!--"):
            number, text = after_comment(chunks, at)
            return self._ended(number, at, "!--"), text
        self._offset += sum(map(len, chunks[self._passed : at])) + at - self._passed
        self._passed = at
        written, end = whole_tag(markup, self._offset - 1)
        if not end:
            return at + 1, f"<{chunks[at]}"
        resume = at + 1 + markup.count("<", self._offset, end)
        following = markup.find("<", end)
        text = markup[end:following] if following >= 0 else markup[end:]
        tag = self._tags.learn(written)
        if tag is not None and tag.skip is not None:
            return tag.skip(tag, resume - 1, text)
        if tag is not None:
            tag.act(tag)
        return resume, text


def _each(acts: list[Act], tag: Tag) -> None:
    for act in acts:
        act(tag)


_OF_BUILDER: Final = {
    **dict.fromkeys(_BOXES, Builder.start_box),
    **dict.fromkeys([f"/{name}" for name in _BOXES], Builder.end_box),
    **dict.fromkeys(HEADINGS, Builder.start_heading),
    **dict.fromkeys([f"/{name}" for name in HEADINGS], Builder.end_heading),
    "pre": Builder.start_preformatted,
    "/pre": Builder.end_preformatted,
    "br": Builder.break_line,
    "hr": Builder.rule,
}
"""What the builder does where elements begin and where they end (/), by their names."""
_OF_PIECES: Final = {"/a": Pieces.close_link, "sup": Pieces.open_raised, "/sup": Pieces.close_raised}
"""What is done with the pieces of the block at hand."""
_SKIPS: Final = {
    **dict.fromkeys(_LEAVES, _Walk._start_leaf),
    **dict.fromkeys(_RAW, _Walk._skip_raw),
    **dict.fromkeys(_DROPPED, _Walk._drop),
    **dict.fromkeys(READINGS, _Walk._skip_reading),
}
"""How the walk passes over elements, or takes them as a whole."""
