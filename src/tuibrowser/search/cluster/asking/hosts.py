"""Hosts: ask the hosts of a corpus, and know which of them holds which document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from tuibrowser.corpus.errors import CorpusError
from tuibrowser.language.i18n import plain
from tuibrowser.search.cluster.host.calls import ANSWERED, FAULTY, GONE, METHODS, answer_of, asked
from tuibrowser.search.index.arrays import changes
from tuibrowser.search.patterns.find import PatternError
from tuibrowser.search.values import Missing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from tuibrowser.search.cluster.asking.transport import Transport
    from tuibrowser.search.cluster.host.kept import Holding

    Array = npt.NDArray[Any]

_DEADLINE = 10.0
"""Seconds in which a host must answer,"""
_PATIENCE = 24 * 3600.0
"""and those in which it must have done what takes longer."""
_PATIENT = frozenset(("kept.contexts", "kept.prepare", "kept.text_forms", "kept.vocabulary"))


class LostError(CorpusError):
    """Hosts did not answer: what was asked has to begin again without them."""

    def __init__(self) -> None:
        super().__init__(plain("a host of the corpus does not answer"))


class GoneError(LookupError):
    """Hosts no longer keep what they were asked about, which can be found again."""


@dataclass
class Hosts:
    """The hosts of a corpus, by their numbers. Those that do not answer are missing from then on."""

    transport: Transport
    numbers: Sequence[int]
    generation: str = ""
    holdings: dict[int, Holding] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)

    def learn(self) -> None:
        """Ask the hosts what they hold. Raise CorpusError where none answers."""
        self.missing = set()
        found = self._ask("kept.holding", {number: (None, {}) for number in self.numbers})
        self.holdings.update({number: holding for number, (holding, _) in found.items()})
        self.missing = set(self.numbers) - found.keys()
        if not found:
            raise CorpusError(plain("no host of the corpus answers"))
        documents = max(each.documents for each in self.holdings.values())
        self.owners = np.full(documents, -1)
        for number, holding in self.holdings.items():
            for each in holding.segments:
                self.owners[each] = number

    owners: Array = field(default_factory=lambda: np.empty(0, np.int64))
    """The host of each document, -1 for none."""

    @property
    def there(self) -> list[int]:
        """The hosts that answer."""
        return [number for number in self.numbers if number not in self.missing]

    def parts(self) -> tuple[Missing, ...]:
        """The hosts that do not answer, with their share of the text as far as that is known."""
        whole = sum(each.characters for each in self.holdings.values())
        return tuple(
            Missing(str(number), self.holdings[number].characters / whole if number in self.holdings else 0.0)
            for number in sorted(self.missing)
        )

    def all(
        self, method: str, target: Any, arguments: Mapping[str, Any], only: Iterable[int] | None = None
    ) -> dict[int, Any]:
        """Ask all hosts, or some, the same of the same target; return the answers by host."""
        return self.each(method, dict.fromkeys(self.there if only is None else only, (target, arguments)))

    def each(self, method: str, questions: Mapping[int, tuple[Any, Mapping[str, Any]]]) -> dict[int, Any]:
        """Ask hosts, each about a target of its own with arguments of its own. Raise LostError, GoneError."""
        return {number: value for number, (value, _) in self.steps(method, questions).items()}

    def steps(self, method: str, questions: Mapping[int, tuple[Any, Mapping[str, Any]]]) -> dict[int, tuple[Any, int]]:
        """The same, with the number of matches that each host has then."""
        found = self._ask(method, questions)
        if len(found) < len(questions):
            self.missing |= questions.keys() - found.keys()
            raise LostError
        return found

    def tell_repeats(self, documents: Collection[int]) -> None:
        """Tell the hosts which paragraphs of some documents stand on several of them."""
        answers = self.all("kept.prints", None, {"documents": documents, "layers": frozenset()}).values()
        prints, firsts = (np.concatenate([answer[at] for answer in answers]) for at in (0, 1))
        order = np.lexsort((firsts, prints))
        prints, firsts = prints.take(order), firsts.take(order)
        begins = np.flatnonzero(changes(prints))
        several = begins.compress(np.diff(np.append(begins, len(prints))) > 1)
        shared = {"documents": documents, "prints": prints.take(several), "firsts": firsts.take(several)}
        self.all("kept.tell", None, shared)

    def counted(self, method: str, arguments: Mapping[str, Any]) -> dict[int, Any]:
        """Ask all hosts about some documents; where paragraphs count once, hosts are told what repeats if need be."""
        try:
            return self.all(method, None, arguments)
        except GoneError:
            self.tell_repeats(arguments["documents"])
            return self.all(method, None, arguments)

    def _ask(self, name: str, questions: Mapping[int, tuple[Any, Mapping[str, Any]]]) -> dict[int, tuple[Any, int]]:
        kind, _, rest = name.partition(".")
        method = METHODS[kind][rest]
        data = {number: asked(self.generation, method, *question) for number, question in questions.items()}
        found = {}
        deadline = _PATIENCE if name in _PATIENT else _DEADLINE
        for number, answer in self.transport.ask(name, data, deadline).items():
            state, value, total = answer_of(answer, method)
            if state == GONE:
                raise GoneError
            if state == FAULTY:
                raise PatternError(value)
            if state != ANSWERED:
                raise CorpusError(value)
            found[number] = value, total
        return found
