"""Commands: the table of the commands of the shell, from which parsing, help and completion are made."""

from __future__ import annotations

from tuibrowser.cli.line.figures import FIGURE_COMMANDS
from tuibrowser.cli.line.grammar import Command, Option
from tuibrowser.cli.line.options import (
    CERTIFICATES,
    CLUSTER,
    ENCODING,
    HELP,
    INDEX_DIR,
    JSON,
    JSON_FORMAT,
    NO_SERVER,
    PARTIAL,
    VERSION,
)
from tuibrowser.cli.line.study import STUDY_COMMANDS
from tuibrowser.hanzi.convert import CONFIGURATIONS
from tuibrowser.language.i18n import plain
from tuibrowser.settings.config import LEAN, MOUSE

SHELLS = ("bash", "zsh", "fish")
SCRIPTS = ("original", "hans", "hant")

DEFAULT_LIMIT = 20

FORMAT_NAMES = (
    *("json", "jsonl", "csv", "tsv", "vimgrep"),
    *("text", "cited", "original", "both", "markdown", "org", "latex", "footnote", "bibtex", "ris", "csl-json"),
    "reference",
)
"""The formats of records and, after these, of quotations."""

LEAN_MODE = Option(
    "--lean", plain("send the terminal only what changed: auto (where TERM can), on or off"), "MODE", choices=LEAN
)

MOUSE_MODE = Option("--mouse", plain("use the mouse: auto (not in GNU screen), on or off"), "MODE", choices=MOUSE)

READ = Command(
    name="",
    module="read",
    summary=plain("read, search and quote Chinese text corpora from any terminal"),
    usage=("tuibrowser [--encoding NAME] [+LINE | +/QUERY | +F | REFERENCE] [PATH… | -]", "tuibrowser COMMAND …"),
    description=plain(
        "Opens files and folders of Chinese texts for reading; without a PATH, what was opened last, at first the "
        "texts that come with the program; with -, standard input. Press ? for the keys and q to leave."
    ),
    options=(ENCODING, INDEX_DIR, NO_SERVER, CLUSTER, CERTIFICATES, LEAN_MODE, MOUSE_MODE, HELP, VERSION),
    examples=(
        (plain("go on where you were; at first, the texts that come with the program"), "tuibrowser"),
        (plain("read every text below a folder"), "tuibrowser ~/texts"),
        (plain("open a file at line 120, or at the first match of a query"), "tuibrowser +120 report.txt"),
        ("", "tuibrowser +/高质量发展 report.txt"),
        (plain("follow a file that grows, at its end"), "tuibrowser +F server.log"),
        (plain("open a passage again by what was copied as reference"), "tuibrowser 'report.txt#39:12-30@0f3a9c21'"),
        (plain("read what another program prints"), "curl -s https://example.org/a.txt | tuibrowser -"),
        (plain("say the encoding where the guess is wrong"), "tuibrowser --encoding big5hkscs old.txt"),
        (plain("open a file that is named like a command"), "tuibrowser ./search"),
    ),
)

SEARCH = Command(
    name="search",
    module="search",
    summary=plain("find passages: other script, near misses, pinyin, keywords"),
    usage=(
        "tuibrowser search QUERY [PATH…] [--limit N|all] [--format NAME | --json] [--output FILE]",
        "tuibrowser search --batch FILE [PATH…] [--limit N|all] [--format NAME | --json] [--output FILE]",
    ),
    description=plain(
        "Searches files and folders; without a PATH, the texts that come with the program. "
        "Files that cannot be searched are counted on standard error by reason, with the first of their names. "
        "Ends with 0 when something was found, with 1 when nothing was, with 2 after an error or where no file can be "
        "searched."
    ),
    options=(
        Option(
            "--limit",
            plain("show the best N hits of a query, or all of them (else {default})", default=DEFAULT_LIMIT),
            value="N",
            choices=("all",),
        ),
        Option(
            "--batch",
            plain("every line of FILE (- for standard input) is a query; one answer each, in order"),
            value="FILE",
        ),
        Option(
            "--format",
            plain("print records or quotations (see docs/command-line.md)"),
            value="NAME",
            choices=FORMAT_NAMES,
        ),
        JSON_FORMAT,
        Option("--output", plain("write to FILE, whose ending is the format if none is named"), value="FILE"),
        PARTIAL,
        ENCODING,
        INDEX_DIR,
        NO_SERVER,
        CLUSTER,
        CERTIFICATES,
        HELP,
    ),
    examples=(
        (plain("a phrase, in whichever script it is written"), "tuibrowser search 高质量发展 ~/texts"),
        (plain("by its sound"), "tuibrowser search gaozhiliang ~/texts"),
        (plain("keywords in one paragraph"), 'tuibrowser search "党建 质量 群众" ~/texts'),
        (
            plain("many queries at once, for a program"),
            "tuibrowser search --batch queries.txt ~/texts --json --limit 10",
        ),
        (
            plain("every place, for the quickfix list of an editor"),
            "tuibrowser search 高质量 . --limit all --format vimgrep",
        ),
        (plain("all hits for a spreadsheet"), "tuibrowser search 高质量 ~/texts --limit all --output hits.csv"),
        (plain("a query that looks like an option"), "tuibrowser search -- --json notes/"),
    ),
)

OUTLINE = Command(
    name="outline",
    module="outline",
    summary=plain("list documents, their headings and what is known of them"),
    usage=("tuibrowser outline [PATH…] [--json]",),
    description=plain(
        "Lists folders, documents and headings with their lines; without a PATH, the texts that come with the program. "
        "Files that were left out are listed with the reason."
    ),
    options=(JSON, ENCODING, INDEX_DIR, NO_SERVER, CLUSTER, CERTIFICATES, HELP),
    examples=(
        (plain("the headings of a book"), "tuibrowser outline 紅樓夢.txt"),
        (
            plain("titles and dates of a whole collection"),
            "tuibrowser outline ~/texts --json | jq '.documents[] | [.date, .title]'",
        ),
    ),
)

INFO = Command(
    name="info",
    module="info",
    summary=plain("say what a corpus consists of, and what was left out of it"),
    usage=("tuibrowser info [PATH…] [--metadata FILE.csv] [--json]",),
    description=plain(
        "Counts documents by format and encoding, characters, dates, documents without a date or an author, and what "
        "was left out by reason; without a PATH, of the texts that come with the program. --metadata writes title, "
        "author, date and the like of every document as a table; corrected and kept as metadata.csv beside the files, "
        "it says what these are."
    ),
    options=(
        Option("--metadata", plain("write what is known of every document to FILE"), value="FILE"),
        JSON,
        ENCODING,
        INDEX_DIR,
        NO_SERVER,
        CLUSTER,
        CERTIFICATES,
        HELP,
    ),
    examples=(
        (plain("what is in a folder"), "tuibrowser info ~/texts"),
        (
            plain("a table of titles, authors and dates, to be corrected"),
            "tuibrowser info ~/texts --metadata ~/texts/new.csv",
        ),
    ),
)

SHOW = Command(
    name="show",
    module="show",
    summary=plain("print a text: repaired, in another script, set to a width"),
    usage=("tuibrowser show FILE|REFERENCE [--script NAME] [--raw] [--width N] [--json]",),
    description=plain(
        "Prints a text (- for standard input) repaired, one paragraph a line, with the page furniture that the reader "
        "folds away; of a copied reference the passage, ending with 1 where that was changed. "
        "The scripts are original, hans, hant and the configurations of OpenCC (s2t, t2s, s2twp …)."
    ),
    options=(
        Option(
            "--script",
            plain("convert the text: original, hans, hant or an OpenCC configuration"),
            value="NAME",
            choices=(*SCRIPTS, *CONFIGURATIONS),
        ),
        Option("--raw", plain("print the decoded text as it is, without repairs")),
        Option("--width", plain("break lines at N cells as the reader does"), value="N"),
        JSON,
        ENCODING,
        HELP,
    ),
    examples=(
        (plain("repaired, one paragraph a line"), "tuibrowser show report.txt"),
        (plain("in simplified characters, set to 60 columns"), "tuibrowser show report.txt --script hans --width 60"),
        (plain("as UTF-8, otherwise untouched"), "tuibrowser show old-big5.txt --raw > new.txt"),
        (plain("the passage of a reference"), "tuibrowser show 'report.txt#12:3-20@1f2e3d4c'"),
        (plain("the repairs, one a line"), "tuibrowser show report.txt --json | jq -c '.edits[]'"),
    ),
)

INDEX = Command(
    name="index",
    module="index",
    summary=plain("read a corpus once, so that it opens and is searched at once"),
    usage=(
        "tuibrowser index PATH… [--index-dir DIR] [--json]",
        "tuibrowser index --cluster FILE [PATH…] [--json]",
    ),
    description=plain(
        "Builds the index of files and folders, or brings it up to date, reading only what changed. The reader and "
        "search do so by themselves where there is much to read; this does it beforehand, or for others: whoever gives "
        "the same PATHs and the same --index-dir uses the same index."
    ),
    options=(
        Option("--index-dir", plain("keep the index in DIR instead of your cache"), value="DIR"),
        Option("--cluster", plain("build the index on the hosts of a cluster, as FILE says"), value="FILE"),
        Option(
            "--json", plain("print progress as JSON for programs, one object a line; end with the one who started it")
        ),
        ENCODING,
        Option(
            "--for-reader",
            plain("take the files from standard input and tell of parts that are ready (for the reader)"),
        ),
        HELP,
    ),
    examples=(
        (plain("index a folder"), "tuibrowser index ~/texts"),
        (plain("an index for everyone on this machine"), "tuibrowser index --index-dir /srv/index /srv/texts"),
        (plain("and what they use it by"), "tuibrowser --index-dir /srv/index /srv/texts"),
        (plain("an index on several hosts"), "tuibrowser index --cluster cluster.toml"),
    ),
)

SERVE = Command(
    name="serve",
    module="serve",
    summary=plain("search a corpus for all readers of this machine, at a Unix socket"),
    usage=(
        "tuibrowser serve PATH… [--socket FILE] [--group NAME] [--web [--web-at HOST:PORT]]",
        "tuibrowser serve --cluster FILE [--host NAME] [--socket FILE] [--group NAME]",
        "tuibrowser serve --certificates DIR [--cluster FILE] [NAME…]",
    ),
    description=plain(
        "Holds the index of files and folders for everyone who opens or searches the same PATHs here: they find the "
        "socket by themselves, and a reader takes little memory. Files that change are indexed again, after a minute "
        "at most or at once on SIGHUP. SIGTERM ends it. See docs/machines.md."
    ),
    options=(
        Option("--socket", plain("listen at FILE instead of a name made from the PATHs"), value="FILE"),
        Option("--group", plain("let the users of a group connect as well"), value="NAME"),
        Option("--web", plain("show a reader in a web page to everyone who reaches it (extra web)")),
        Option(
            "--web-at",
            plain("show it at this address and port (else {default})", default="127.0.0.1:8000"),
            value="HOST:PORT",
        ),
        Option("--web-name", plain("answer to this name of the page too, such as that of a proxy"), value="NAME"),
        Option("--web-readers", plain("have at most N pages open (else {default})", default=20), value="N"),
        Option(
            "--cluster", plain("serve what the hosts of a cluster hold, as FILE says (extra cluster)"), value="FILE"
        ),
        Option("--host", plain("be the host of this name of the cluster"), value="NAME"),
        Option("--certificates", plain("make the certificates of a cluster in DIR"), value="DIR"),
        ENCODING,
        INDEX_DIR,
        HELP,
    ),
    examples=(
        (plain("for your own sessions"), "tuibrowser serve ~/texts"),
        (plain("for the users of a group, as root or by systemd"), "tuibrowser serve --group readers /srv/texts"),
        (plain("and what they read and search it by"), "tuibrowser /srv/texts"),
        (plain("in a web page of this machine: http://127.0.0.1:8000/"), "tuibrowser serve --web ~/texts"),
        (plain("the gateway of a cluster, and on each host"), "tuibrowser serve --cluster cluster.toml"),
        ("", "tuibrowser serve --cluster cluster.toml --host h1"),
        (
            plain("certificates of the hosts of a cluster, and of an operator"),
            "tuibrowser serve --certificates tls --cluster cluster.toml lin",
        ),
    ),
)

COMPLETION = Command(
    name="completion",
    module="completion",
    summary=plain("print a completion script for bash, zsh or fish"),
    usage=("tuibrowser completion SHELL",),
    options=(HELP,),
    examples=(
        ("bash", "tuibrowser completion bash > ~/.local/share/bash-completion/completions/tuibrowser"),
        (plain("zsh, in a folder of $fpath"), "tuibrowser completion zsh > ~/.zfunc/_tuibrowser"),
        ("fish", "tuibrowser completion fish > ~/.config/fish/completions/tuibrowser.fish"),
    ),
    operands=SHELLS,
)

BOOKMARKS = Command(
    name="bookmarks",
    module="bookmarks",
    summary=plain("write bookmarks and notes out, and read them back"),
    usage=("tuibrowser bookmarks export [--json]", "tuibrowser bookmarks import FILE"),
    description=plain(
        "Writes all bookmarks with their passages and notes as Markdown, or JSON, to standard output; reads either "
        "back (- for standard input). Of two with the same id the one changed last stays."
    ),
    options=(Option("--json", plain("write JSON instead of Markdown")), HELP),
    examples=(
        (
            plain("keep them in a file, edit the notes, and take them back"),
            "tuibrowser bookmarks export > bookmarks.md",
        ),
        ("", "tuibrowser bookmarks import bookmarks.md"),
    ),
    operands=("export", "import"),
)

CONFIG = Command(
    name="config",
    module="config",
    summary=plain("print the options that hold and where they are kept, or write a first file"),
    usage=("tuibrowser config [--init]",),
    description=plain(
        "Prints the path of the config file and the value of every option as TOML. What is wrong in the file is named "
        "with its line on standard error, and the command ends with 2. --init writes a file in which every option "
        "stands commented at its default; a file that exists stays as it is."
    ),
    options=(Option("--init", plain("write a config file with every option commented; print its path")), HELP),
    examples=(
        (plain("a file to begin with"), "tuibrowser config --init"),
        (plain("is the file right, and what holds?"), "tuibrowser config"),
    ),
    operands=(),
)

DOCTOR = Command(
    name="doctor",
    module="doctor",
    summary=plain("tell how copying works here, and what is in the way"),
    usage=("tuibrowser doctor [--send] [--cluster FILE] [--json]",),
    description=plain(
        "Tells which way a copied passage goes and why, what the terminal is, where config, bookmarks and caches are "
        "and whether they are sound, and the versions of everything; what is wrong is named with the next step. "
        "Ends with 0, with 1 when --send could send the passage nowhere, with 2 after an error."
    ),
    options=(
        Option("--send", plain("send a short Chinese passage the way a copy goes, and say how to see that it arrived")),
        Option("--cluster", plain("ask each host of a cluster what it is: FILE, or tls://HOST:PORT"), value="FILE"),
        CERTIFICATES,
        JSON,
        HELP,
    ),
    examples=(
        (plain("before asking why nothing is on the clipboard"), "tuibrowser doctor --send"),
        (plain("to go with a report of a fault"), "tuibrowser doctor --json"),
        (plain("whether all hosts of a cluster answer"), "tuibrowser doctor --cluster cluster.toml"),
    ),
    operands=(),
)

COMMANDS = {
    command.name: command
    for command in (
        *(SEARCH, OUTLINE, INFO, SHOW, *FIGURE_COMMANDS, *STUDY_COMMANDS),
        *(INDEX, SERVE, BOOKMARKS, CONFIG, DOCTOR, COMPLETION),
    )
}
