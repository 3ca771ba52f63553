"""`index --cluster FILE`: build the index of a corpus on the hosts of a cluster, or bring it up to date."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tuibrowser.cli.errors import CommandError, UsageError
from tuibrowser.cli.index import Told
from tuibrowser.cli.searched import left_out_lines
from tuibrowser.cli.sources import check_paths, say
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.corpus.errors import CorpusError
from tuibrowser.corpus.records.catalogue import CatalogueError, take_records
from tuibrowser.host.parent import end_with_parent
from tuibrowser.host.system_errors import system_reason
from tuibrowser.language.i18n import plain, said
from tuibrowser.search.building.build import Order, build
from tuibrowser.search.building.gateway import open_gateway
from tuibrowser.search.index.store import IndexUnusableError
from tuibrowser.search.network.cluster_file import GATEWAY, read_cluster_file
from tuibrowser.search.network.extra import need_packages

if TYPE_CHECKING:
    from tuibrowser.cli.line.grammar import Arguments
    from tuibrowser.search.building.gateway import Plan
    from tuibrowser.search.network.cluster_file import ClusterFile


def index_on_hosts(arguments: Arguments, file: Path) -> int:
    """Build or refresh the index; return 0, or 1 when there is no document to index."""
    need_packages()
    cluster = read_cluster_file(file)
    _check(arguments, cluster)
    if arguments.flag("--json"):
        end_with_parent()
    corpus = Corpus.discover(cluster.texts, encoding=cluster.encoding)
    if not corpus.documents:
        say([plain("there is no text to index")])
        return 1
    folder = cluster.folder(GATEWAY)
    told = Told(corpus, str(folder), programs=arguments.flag("--json"))
    try:
        anything = _build(corpus, cluster, folder, told)
        gateway = open_gateway(corpus, folder)
        take_records(corpus, gateway.catalogue)
    except IndexUnusableError as error:
        told.failed(plain("the index {reason}", reason=error.reason))
    except CatalogueError:
        told.failed(plain("the index {reason}", reason=plain("is damaged")))
    except CorpusError as error:
        told.failed(said(error))
    except OSError as error:
        told.failed(system_reason(error))
    else:
        told.done(anything, _size(gateway.plan), len({host for names in gateway.holders.values() for host in names}))
        if not arguments.flag("--json"):
            say(left_out_lines(corpus.problems))
    return 0


def _check(arguments: Arguments, cluster: ClusterFile) -> None:
    """Raise UsageError for paths or an encoding that are not those of the cluster."""
    for option in ("--index-dir", "--encoding", "--for-reader"):
        if arguments.flag(option):
            wrong = plain("{option} does not go with {other}", option=option, other="--cluster")
            raise UsageError(wrong, arguments.command)
    given = [Path(os.path.abspath(path)) for path in arguments.operands]  # noqa: PTH100
    if given and given != list(cluster.texts):
        texts = " ".join(map(str, cluster.texts))
        raise CommandError(plain("{file} has other texts: {texts}", file=cluster.path, texts=texts))
    check_paths([str(path) for path in cluster.texts])


def _build(corpus: Corpus, cluster: ClusterFile, folder: Path, told: Told) -> bool:
    from tuibrowser.search.network.dask import security
    from tuibrowser.search.network.transport import DaskTransport

    secured = security(cluster.certificates, GATEWAY)
    with closing(DaskTransport(cluster.hosts, secured)) as transport:
        ordered = Order(tuple(cluster.hosts), cluster.copies)
        return build(corpus, ordered, folder, transport, told.listener, lambda: False)


def _size(plan: Plan) -> int:
    """The bytes of the index on all hosts."""
    return sum(piece.size * len(plan.holders.get(piece.shard, ())) for piece in plan.pieces)
