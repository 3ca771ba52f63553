"""Small corpora of random texts, cut into segments in any way, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from support.searching import Texts, answer, engine_of
from tuibrowser.corpus.model import Metadata
from tuibrowser.search.engine import Engine
from tuibrowser.search.index.making.merge import part
from tuibrowser.search.index.making.sorting import indexed
from tuibrowser.search.model import Order, Scope
from tuibrowser.search.query import READ_LAYERS
from tuibrowser.search.values import Beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from tuibrowser.search.model import Excerpt
    from tuibrowser.search.searcher import Matches, Searcher, Units

HAN = "□高質治發发展中国國人民法院的一是不了大小学習"
DATES = (None, "2020", "2021-03")
SCOPES = (
    Scope(),
    Scope(folder="a/"),
    Scope(document=0),
    Scope(exact=True),
    Scope(order=Order.DATE),
    Scope(order=Order.HITS),
    Scope(order=Order.PATH),
    Scope(once=True),
)


@dataclass(frozen=True)
class Small:
    """A small corpus: the engine that holds it as one segment, and a text of which its documents repeat parts."""

    engine: Engine
    theme: str
    text: str


def small(rng: Random) -> Small:
    """A corpus of some documents."""
    theme = "".join(rng.choices(HAN, k=rng.randint(8, 40)))
    texts: Texts = {}
    for number in range(rng.randint(2, 7)):
        pieces = [_piece(rng, theme) for _ in range(rng.randint(1, 6))]
        name = f"{'ab'[number % 2]}/{number}.txt"
        texts[name] = "".join(pieces), Metadata(title=pieces[0][:4], delivered=rng.choice(DATES))
    return Small(engine_of(texts), theme, "".join(str(value[0]) for value in texts.values()))


def _piece(rng: Random, theme: str) -> str:
    """Characters at random, or a part of the theme, perhaps with a wrong character, and a mark behind it."""
    begin = rng.randrange(len(theme))
    text = theme[begin : begin + rng.randint(2, 20)] if rng.random() < 0.4 else _random(rng)
    if rng.random() < 0.3:
        text = wrong(rng, text)
    return text + rng.choice(("，", "。", "\n", "（", "）", " ", "", ""))


def _random(rng: Random) -> str:
    return "".join(rng.choices(HAN[: rng.randint(3, len(HAN))], k=rng.randint(1, 25)))


def wrong(rng: Random, text: str) -> str:
    """A text with one character replaced."""
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(HAN) + text[at + 1 :]


def cut(engine: Engine, bounds: Sequence[int]) -> Engine:
    """An engine over the same documents, in segments that end before those of some numbers."""
    (whole,) = engine.segments
    other = Engine(engine._corpus)
    ends = [0, *bounds, len(whole.numbers)]
    other.adopt(tuple(indexed(part(whole, first, last)) for first, last in pairwise(ends)))
    return other


def queries(rng: Random, corpus: Small) -> Iterator[str]:
    """Queries of every kind, of what is in the texts and of what is nearly there."""

    def piece(length: int) -> str:
        at = rng.randrange(max(1, len(corpus.text) - length))
        return corpus.text[at : at + length].replace("\n", "，")

    yield from (piece(1), piece(2), piece(4), "g", "gao", "gaozhi", "zhong guo", "gzf", "国 zhi", "fayuan 高", "国x人")
    yield from (wrong(rng, piece(3)), wrong(rng, piece(4)), wrong(rng, wrong(rng, piece(8))), f'"{piece(3)}"')
    yield from (f"{piece(2)} {piece(2)}", f"{wrong(rng, piece(3))} {piece(2)}", f"{piece(2)} {piece(1)} {piece(2)}")
    yield from (f"{piece(2)} in:a", "高 发 in:b", "gaozhi fa in:a", f"{piece(2)} -{piece(1)}", "yuan fa -国")
    yield from ("高|国", "re:的.{1,3}[国国]", "高…发", "的 高|国", f"like:{corpus.theme[:20]}", corpus.theme[3:23])
    yield wrong(rng, wrong(rng, wrong(rng, corpus.theme[:16])))


def answers(searcher: Searcher, query: str, scope: Scope, limit: int, documents: Sequence[int] = (0, 1)) -> list[Any]:
    """All that can be asked about a query, as plain values; the hits of some documents are asked for each by itself."""
    result = replace(answer(searcher, query, scope, limit), elapsed_ms=0)
    occurrences, listing = searcher.occurrences(query, scope), searcher.listing(query, scope)
    every = list(occurrences)
    middle = every[len(every) // 2] if every else (0, 0, 0)
    steps = [occurrences.after(*middle[:2]), occurrences.before(*middle[:2]), occurrences.in_document(middle[0])]
    listed = [list(listing), list(listing.documents), list(listing.begins), list(listing.places)]
    spans = [searcher.spans_in(query, number) for number in documents]
    return [result, every, steps, listed, spans, [_plain(each) for each in searcher.excerpts(result.hits)]]


def _plain(excerpt: Excerpt | None) -> Excerpt | None:
    """The same, whose spans are a tuple, whatever they were sent as."""
    return None if excerpt is None else replace(excerpt, raw_spans=tuple(excerpt.raw_spans))


def figures(matches: Matches) -> list[Any]:
    """All that is counted of matches, as plain values."""
    half = matches.of_indices(range(0, len(matches), 2))
    clusters = matches.clusters(1, Beside.RIGHT)
    company = matches.neighbours(2, 3, 1), matches.neighbours(1, 1, 2, 2)
    found: list[Any] = [list(matches), matches.totals(), matches.by_document(), matches.strips(3), list(half)]
    found += [matches.at_least, matches.bounds, matches.notes, matches.contexts(1, 5, 4), *company]
    found += [matches.ordered(beside) for beside in Beside]
    found += [list(clusters.units), list(clusters.counts), matches.near(company[0].units[:3], 2, 2)]
    if company[0].units:
        found.append(list(matches.beside(company[0].units[0], 2, 2)))
    if clusters.counts:
        form = next(iter(clusters.units[0].forms))
        found.append(list(matches.clustered(form, 1, Beside.RIGHT).of_documents([0, 1, 2])))
    return found


def words_beside(matches: Matches, *, exact: bool = False) -> list[Any]:
    """What is counted of the words around matches, as plain values."""
    company = matches.word_neighbours(2, 2, exact=exact)
    found = [company, matches.words_near(company.units[:3], 2, 2, exact=exact), list(matches.whole_words())]
    return [*found, *(list(matches.beside_word(word, 2, 2, exact=exact)) for word in company.units[:1])]


def counted(units: Units) -> list[Any]:
    """All that is known of units, as plain values."""
    commonest = units.commonest(1)
    named = commonest.units[:5]
    return [units.total(), units.types(), commonest, units.frequencies(named), units.described(named)]


def of_corpus(searcher: Searcher, corpus: Small) -> list[Any]:
    """All that is asked of a corpus without a query, as plain values."""
    documents = range(searcher.reach().total)
    found: list[Any] = [
        counted(searcher.units(list(documents)[1:], size, READ_LAYERS, exact=exact))
        for size in (1, 2)
        for exact in (False, True)
    ]
    found += [list(searcher.matches_of_unit(unit, documents, READ_LAYERS)) for unit in ("国", "高质")]
    found += [list(searcher.digests()), list(searcher.significant(READ_LAYERS)), searcher.titles(corpus.theme[:3])]
    found += [searcher.chosen("高 in:a"), searcher.reach(), list(searcher.documents(0, 3))]
    found += [_plain(searcher.around(0, (0, 2))), searcher.line_of(1, 3), searcher.places([(0, 0, 1), (1, 1, 2)])]
    return [*found, replace(searcher.parallels(corpus.theme[:25]), elapsed_ms=0)]


def of_repeats(searcher: Searcher) -> list[Any]:
    """What is counted where each paragraph counts once, as plain values."""
    documents = range(searcher.reach().total)
    units = counted(searcher.units(list(documents)[1:], 1, READ_LAYERS, once=True))
    return [list(searcher.repeated(documents, READ_LAYERS)), units]


def of_words(searcher: Searcher) -> list[Any]:
    """What is counted of all words of a corpus, as plain values."""
    documents = range(1, searcher.reach().total)
    tables = [searcher.cut_texts.units(documents, READ_LAYERS, size) for size in (1, 2)]
    tables += [searcher.cut_texts.units(documents, READ_LAYERS, size, exact=True) for size in (1, 2)]
    found: list[Any] = [searcher.cut_texts.coverage(documents), *map(counted, tables)]
    named = [unit for table in tables for unit in table.commonest(1).units[:1]]
    return [*found, *(list(searcher.cut_texts.matches_of_unit(unit, documents, READ_LAYERS)) for unit in named)]
