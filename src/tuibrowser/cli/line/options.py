"""The options that several commands share."""

from __future__ import annotations

from tuibrowser.cli.line.grammar import Option
from tuibrowser.language.i18n import plain

HELP = Option("--help", plain("show this help"), short="-h")
VERSION = Option("--version", plain("show the version"))
ENCODING = Option(
    "--encoding",
    plain("read the files in this encoding instead of finding it out"),
    value="NAME",
    choices=("utf-8", "gb18030", "big5hkscs", "utf-16"),
)
INDEX_DIR = Option(
    "--index-dir", plain("look for a shared index in DIR first (see tuibrowser index --help)"), value="DIR"
)
NO_SERVER = Option("--no-server", plain("ask no server, even where one has these texts (see tuibrowser serve --help)"))
CLUSTER = Option(
    "--cluster",
    plain("search the hosts of a cluster: FILE, or tls://HOST:PORT (see docs/machines.md)"),
    value="FILE",
)
CERTIFICATES = Option("--certificates", plain("find your certificate for that cluster in DIR"), value="DIR")
PARTIAL = Option(
    "--partial", plain("count or write what is there where hosts of the corpus do not answer (see docs/machines.md)")
)
JSON = Option("--json", plain("print JSON for programs (see docs/command-line.md)"))
JSON_FORMAT = Option("--json", plain("print JSON for programs: short for --format json"))
"""That of commands that have `--format` as well."""
