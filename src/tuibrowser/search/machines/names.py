"""Names: the types that values between machines may have, by the names that annotations give them.

A type that a protocol's module imports for type checkers alone needs a name here; where it has none a test fails. What
another process sends is made into nothing but the types of the signatures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tuibrowser.corpus import model as texts
from tuibrowser.corpus.files.found import Found
from tuibrowser.corpus.files.looks import Looks
from tuibrowser.hanzi.alignment import Alignment
from tuibrowser.search import model as answers
from tuibrowser.search import searcher, values
from tuibrowser.search.answering.listing import Listing
from tuibrowser.search.answering.rows import Rows
from tuibrowser.search.answering.source import Located
from tuibrowser.search.counting.clusters import ClusterCounts
from tuibrowser.search.counting.words.grams import GramCounts
from tuibrowser.search.likeness.model import SimilarWord, SimilarWords
from tuibrowser.search.machines import shelf
from tuibrowser.search.machines.arrays import Array, Integers
from tuibrowser.search.parallels.model import Parallel, Parallels
from tuibrowser.search.parallels.seeds import Pairs
from tuibrowser.search.planning.commonest import Strings
from tuibrowser.search.query import Word
from tuibrowser.search.reuse.model import ReuseOrder, SharedPassage, Standing

HANDLES: Final = (searcher.Occurrences, searcher.Matches, searcher.Units, searcher.CutTexts, searcher.Reuse)
"""What stays where it is: the other side gets a number for it."""

PLAIN: Final = (
    *(answers.Bound, answers.Excerpt, answers.Hit, answers.HitKind, answers.Order, answers.Scope),
    *(answers.SearchResult, answers.TitleMatch),
    *(values.Beside, values.Chosen, values.Clusters, values.Context, values.Coverage, values.Cutting),
    *(
        values.Frequencies,
        values.HostState,
        values.Match,
        values.Missing,
        values.Neighbour,
        values.Neighbours,
        values.Place,
    ),
    values.Reach,
    *(values.Unit, SimilarWord, SimilarWords, Listing, Parallel, Parallels, ReuseOrder, SharedPassage, Standing),
    *(texts.Belonging, texts.Document, texts.DocumentProblem, texts.DocumentText, texts.Edit, texts.Heading),
    *(texts.HeadingKind, texts.Layer, texts.LayerSpan, texts.Locator, texts.Metadata, texts.Paragraph),
    *(texts.ParagraphKind, texts.PathProblem, texts.Script, texts.Source, Alignment, Looks, Found),
    *(shelf.About, shelf.Card, shelf.Outline, shelf.Reading),
)
"""What is sent with all that it holds."""

PARTIAL: Final = (Rows, Located, Strings, ClusterCounts, GramCounts, Pairs, Word)
"""What a part of a corpus tells, to be put together with what others tell."""

NAMES: Final[dict[str, Any]] = {
    **{each.__name__: each for each in (*HANDLES, *PLAIN, *PARTIAL)},
    "Ranges": tuple[tuple[int, int], ...],
    "Shares": Mapping[int, int],
    "Callable": Callable,
    "Collection": Collection,
    "Iterator": Iterator,
    "Mapping": Mapping,
    "Sequence": Sequence,
    "Any": Any,
    "array": Integers,
    "Array": Array,
    "Path": Path,
    "Cancelled": Callable[[], bool],
    "Progress": Callable[[int, int], object],
    "Span": tuple[int, int],
}
