"""`tuibrowser define`: print what a word and its characters are, and how often it stands in some texts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.output import Palette, one_line
from tuibrowser.cli.searched import searched_corpus
from tuibrowser.cli.sources import say
from tuibrowser.corpus.names import as_utf8
from tuibrowser.language.i18n import plain
from tuibrowser.lexicon.define import define as define_word
from tuibrowser.lexicon.define import usage_of
from tuibrowser.lexicon.lexicon import Lexicon
from tuibrowser.lexicon.lines import definition_lines
from tuibrowser.reading.harmless import json_line
from tuibrowser.settings.early import own_lexica

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments


def define(arguments: Arguments) -> int:
    """Print what a word is; return the exit status."""
    if not arguments.operands or not (word := "".join(as_utf8(arguments.operands[0]).split())):
        raise UsageError(plain("the word that is looked up is missing"), arguments.command)
    paths = arguments.operands[1:]
    lexicon = Lexicon(own_lexica())
    usage = usage_of(word, searched_corpus(paths, arguments).searcher) if paths else None
    found = define_word(word, lexicon, usage)
    say(lexicon.problems)
    if arguments.flag("--json"):
        sys.stdout.write(f"{json_line(found.record())}\n")
    else:
        palette = Palette()
        for line in definition_lines(found):
            text = one_line(line.text)
            sys.stdout.write(f"{palette.place(text) if line.is_head else text}\n")
    return 1 if found.is_empty else 0
