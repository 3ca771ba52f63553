"""HTML and XHTML: the main text of a page, and the rest of it as furniture."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tuibrowser.corpus.dates import iso_date
from tuibrowser.corpus.errors import NotTextError
from tuibrowser.corpus.formats.extraction import Extraction
from tuibrowser.corpus.formats.lines import LineRole
from tuibrowser.corpus.formats.pages.about import ABOVE, BELOW, Lines, about, unread_date
from tuibrowser.corpus.formats.pages.blocks.walk import walk
from tuibrowser.corpus.formats.pages.encoding import decode_page
from tuibrowser.corpus.formats.pages.head import one_line, read_head
from tuibrowser.corpus.formats.pages.losses import losses
from tuibrowser.corpus.formats.pages.main_text import Part, is_own, parts_of, speaks
from tuibrowser.corpus.formats.pages.notes import in_notes
from tuibrowser.corpus.formats.pages.signed import signed
from tuibrowser.corpus.formats.pages.writing import write_block
from tuibrowser.corpus.formats.problems import DECLARED_DATE, no_date
from tuibrowser.corpus.front.furniture import is_furniture
from tuibrowser.language.i18n import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.corpus.formats.base import Contents, Extracted
    from tuibrowser.corpus.formats.pages.blocks.block import Block

_FIRST: Final = 3
"""Lines of the text itself that may say what it is."""
_MORE_ABOUT: Final = re.compile(
    r"[\s【\[■●◆▍|]*(?:相[关關](?:[阅閱][读讀]|新[闻聞]|文章|报道|報道|報導|[链鏈][接結]|推[荐薦]|[资資][讯訊])|延伸[阅閱][读讀]|推[荐薦][阅閱][读讀]"
    r"|[热熱][门門点點]?(?:推[荐薦]|[阅閱][读讀]|文章|新[闻聞]|[评評][论論])|精彩推[荐薦]|猜你喜[欢歡]|你可能[会會]?(?:也|还|還)?(?:喜[欢歡]|感[兴興]趣)"
    r"|[为為][你您]推[荐薦]|更多(?:新[闻聞]|文章|精彩)|大家都在看|最新(?:[评評][论論]|文章|[资資][讯訊])|[网網]友[评評][论論]|[发發]表[评評][论論])[\s】\]:：]*"
)
"""What stands above lists of other pages, and above comments."""
_AROUND_END: Final = 4
"""Blocks before and after the end of the text that may name its author."""
_ENDS: Final = 8
"""Blocks at either end of the text that may belong to the page."""
_BUTTONS: Final = re.compile(
    r"(?:打印|列印|字[体體号號]|放大|[缩縮]小|正常|默[认認]|分享到?|收藏|[關关][闭閉]|微信|微博|朋友圈|[TA][+-]?"
    r"|[大中小 :：|｜/()（）\[\]【】])+"
)
"""A line of buttons that change how the page looks, or pass it on."""
_INSERTED: Final = re.compile(
    r"[【\[（(]?(?:[请請]?(?:[继繼][续續]往下[阅閱][读讀]|往下[继繼][续續][阅閱][读讀])|[广廣]告|ADVERTISEMENT|未完待[续續])[.…。：:\s】\])）]*|原[标標][题題][：:].{2,60}"
    r"|[^。！？]{0,30}(?:下[载載]|用)\s?(?:APP|App|客[户戶]端)[^。！？]{0,30}"
)
"""A line that a site puts between those of a text."""
_LONGEST_INSERTED: Final = 70
_SHEET: Final = re.compile(
    r"《\s?[^《》]{2,20}\s?》\s?[（(]\s?[12]\d{3}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日,?\s?第?\s?\d{1,3}\s?版\s?[)）]"
)
"""The sheet of a paper that a text was printed on, as its site puts it below the text."""
_LITTLE: Final = 0.3
"""Share of the text below that."""
_NO_LETTERS: Final = re.compile(r"[\W_]+")


def extract(contents: Contents) -> Extracted:
    """Extract the text of a page. Raises NotTextError where it is none, and CorpusError for an unknown encoding."""
    decoded = decode_page(contents)
    page = walk(decoded.text)
    parts = parts_of(page)
    noted = in_notes(page)
    shown = [(block, part) for block, part in zip(page.blocks, parts, strict=True) if part is not Part.HIDDEN]
    if not shown:
        raise NotTextError(plain("a page without text"))
    blocks = [block for block, _ in shown]
    texts = [part is Part.TEXT for _, part in shown]
    _fold_ends(blocks, texts)
    begin = _begin(blocks, texts)
    head = read_head(decoded.text)
    metadata = about(head, _headings(blocks), _lines(blocks, texts, begin), signed(decoded.text, page.tags))
    title = _title_line(blocks, begin, metadata.title)
    _fold_bare_headings(blocks, texts)
    made = Extraction()
    for number, block in enumerate(blocks):
        if number == title:
            write_block(made, block, LineRole.HEADING, 1)
        elif not texts[number]:
            write_block(made, block, LineRole.FURNITURE)
        else:
            write_block(made, block, LineRole.NOTE if id(block) in noted else None)
    problems = (*decoded.problems, *losses([page.lost]))
    if metadata.published is None and (unread := unread_date(head)):
        problems = (*problems, no_date(DECLARED_DATE, unread))
    return made.extracted(metadata, encoding=decoded.encoding, problems=problems)


def _begin(blocks: Sequence[Block], texts: Sequence[bool]) -> int:
    """The number of the block with which the text begins: the first sentence of it."""
    first = next((number for number, text in enumerate(texts) if text and speaks(blocks[number])), None)
    return first if first is not None else next((number for number, text in enumerate(texts) if text), 0)


def _headings(blocks: Sequence[Block]) -> list[str]:
    """The headings of the highest level."""
    return [one_line(block.text) for block in blocks if block.level == 1]


def _lines(blocks: Sequence[Block], texts: Sequence[bool], begin: int) -> Lines:
    above = blocks[max(0, begin - ABOVE) : begin]
    heads = [block for block in above if is_own(block)]
    end = next((number for number in range(len(texts) - 1, 0, -1) if texts[number]), 0) + 1
    return Lines(
        *(
            [one_line(block.text) for block in each]
            for each in (
                above,
                blocks[begin : begin + _FIRST],
                blocks[-BELOW:],
                heads,
                [block for block in heads if block.level],
                blocks[max(begin, end - _AROUND_END) : end + _AROUND_END],
            )
        )
    )


def _title_line(blocks: Sequence[Block], begin: int, title: str | None) -> int | None:
    """The number of the block above the text, or the first of it, that bears the title."""
    wanted = _NO_LETTERS.sub("", title or "")
    if not wanted:
        return None
    return next((number for number in range(begin, -1, -1) if _NO_LETTERS.sub("", blocks[number].text) == wanted), None)


def _fold_ends(blocks: Sequence[Block], texts: list[bool]) -> None:
    """Take for furniture what stands above the first and below the last sentence and is none of the text.

    So is all from a heading such as 相关阅读 on, if there is little.
    """
    spoken = [number for number, text in enumerate(texts) if text and speaks(blocks[number])]
    if not spoken:
        return
    sizes = list(accumulate(len(block.text) if text else 0 for block, text in zip(blocks, texts, strict=True)))
    for number in range(spoken[0] + 1, len(blocks)):
        is_little = sizes[-1] - sizes[number] < _LITTLE * sizes[-1]
        if texts[number] and is_little and _MORE_ABOUT.fullmatch(blocks[number].text.strip()):
            texts[number:] = [False] * (len(blocks) - number)
            break
    own = [number for number, text in enumerate(texts) if text]
    for number in own:
        texts[number] = len(blocks[number].text) > _LONGEST_INSERTED or not _INSERTED.fullmatch(
            one_line(blocks[number].text)
        )
    for number in (*own[:_ENDS], *own[-_ENDS:]):
        line = one_line(blocks[number].text)
        is_of_page = is_furniture(line) or _BUTTONS.fullmatch(line) or _SHEET.fullmatch(line)
        texts[number] = texts[number] and not (is_of_page or (number < spoken[0] and iso_date(line)))


def _fold_bare_headings(blocks: Sequence[Block], texts: list[bool]) -> None:
    """Take headings below which the page has nothing but furniture for furniture, such as 相关阅读."""
    below = bare = False
    for number in range(len(blocks) - 1, -1, -1):
        if not texts[number]:
            bare = True
        elif not blocks[number].level:
            below, bare = True, False
        else:
            texts[number] = below or not bare
            below = bare = False
