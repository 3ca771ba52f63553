"""Judged: the judgements of lines that a command counts by, out of a table or as the reader keeps them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.judging.model import Judging
from tuibrowser.analysis.judging.table import TableError, judgements_in
from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.line.figures import KEPT
from tuibrowser.host.regular import read_regular
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tuibrowser.analysis.judging.model import Judgement
    from tuibrowser.cli.line.grammar import Arguments

_LARGEST: Final = 1_000_000_000
"""Bytes up to which a table is read."""

_FORMS: Final = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl"}


def judging_of(arguments: Arguments, queries: Sequence[str]) -> Judging | None:
    """The judgements to count some queries by; None where none are named.

    A table holds those of the first query. Raise CommandError where it cannot be read.
    """
    source, codes = arguments.text("--judged"), arguments.text("--codes")
    if source is None:
        if codes is not None:
            raise UsageError(plain("--codes needs --judged"), arguments.command)
        return None
    judgements = _kept(queries) if source == KEPT else _in_table(source, queries[0], arguments.command)
    return Judging(judgements, None if codes is None else frozenset(codes))


def _kept(queries: Sequence[str]) -> list[Judgement]:
    """What the reader keeps of some queries, without making a database."""
    from tuibrowser.userdata.store import UserData, default_path  # Tables need no database.

    if not default_path().exists():
        return []
    data = UserData(default_path())
    try:
        kept = [judgement for query in dict.fromkeys(queries) for judgement in data.judgements(query)]
        if data.trouble and not kept:
            raise CommandError(plain("the judgements cannot be read: {reason}", reason=data.trouble))
        return kept
    finally:
        data.close()


def _in_table(file: str, query: str, command: str) -> list[Judgement]:
    form = _FORMS.get(Path(file).suffix.lower())
    if form is None:
        why = plain("{file}: judged lines are read from {known}", file=file, known=listed(_FORMS))
        raise UsageError(why, command)
    try:
        return judgements_in(read_regular(Path(file), _LARGEST).decode("utf-8"), query, form)
    except UnicodeDecodeError:
        raise CommandError(plain("{file}: not UTF-8", file=file)) from None
    except TableError as error:
        raise CommandError(plain("{file}: {problem}", file=file, problem=said(error))) from None
    except (OSError, ValueError) as error:  # A null character in the name is a ValueError.
        raise CommandError(plain("{file}: {problem}", file=file, problem=system_reason(error))) from None
