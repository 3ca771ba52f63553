"""Listed: write the documents behind a figure to the file that `--manifest` names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tuibrowser.analysis.texts.manifest import manifest
from tuibrowser.cli.errors import UsageError
from tuibrowser.cli.printing.files import write_file
from tuibrowser.cli.sources import say
from tuibrowser.host.whole import encoded
from tuibrowser.language.i18n import many, plain
from tuibrowser.language.wording import listed

if TYPE_CHECKING:
    from tuibrowser.api import OpenCorpus
    from tuibrowser.cli.line.grammar import Arguments

_ENDINGS: Final = (".csv", ".json")


def write_manifest(corpus: OpenCorpus, arguments: Arguments) -> None:
    """Write the manifest where one is asked for; raise UsageError for a file whose ending is not known."""
    name = arguments.text("--manifest")
    if name is None:
        return
    if not name.lower().endswith(_ENDINGS) or name == arguments.text("--output"):
        why = plain(
            "{option} takes a file of its own, whose name ends in one of {known}",
            option="--manifest",
            known=listed(_ENDINGS),
        )
        raise UsageError(why, arguments.command)
    documents = manifest(corpus.searcher)
    text = documents.as_json() if name.lower().endswith(".json") else documents.as_csv()
    write_file(Path(name), encoded(text))
    say([plain("{documents} listed in {file}", documents=many(len(documents.records), "document"), file=name)])
