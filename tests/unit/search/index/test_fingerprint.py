"""What an index depends on: every module that runs when one is made, and the data of its rooms."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from tuibrowser.corpus.containers import CONTAINERS
from tuibrowser.corpus.formats import FORMATS
from tuibrowser.corpus.formats.base import ExtractedFormat
from tuibrowser.search.index import fingerprint
from tuibrowser.search.index.fingerprint import PACKAGE, data_files, imports, modules, rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILDS = """
import json, sys
from pathlib import Path
from tuibrowser.corpus.records import catalogue
from tuibrowser.corpus.corpus import Corpus
from tuibrowser.search.index.refresh import Listener, refresh
corpus = Corpus.discover([Path(sys.argv[1])])
assert refresh(corpus, Path(sys.argv[2]), Listener(), lambda: False)
print(json.dumps([name for name in sys.modules if name.startswith("tuibrowser.")]))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program."""
    return shutil.copytree(PACKAGE, tmp_path / "tuibrowser", ignore=shutil.ignore_patterns("__pycache__"))


def test_every_module_that_runs_when_an_index_is_made_is_followed(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "文.md").write_text("# 章\n\n各村修路。\n", encoding="utf-8")
    (texts / "古.txt").write_bytes("舊時修路。\n".encode("big5"))
    command = [sys.executable, "-c", BUILDS, str(texts), str(tmp_path / "index")]
    run = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"HOME": str(tmp_path)})
    loaded = set(json.loads(run.stdout))
    assert "tuibrowser.search.index.making.gather" in loaded
    assert loaded <= modules().keys()
    assert "tuibrowser.corpus.loading.worker" in modules()  # started by its name as a process


def test_what_searches_an_index_does_not_make_it() -> None:
    assert not modules().keys() & {
        "tuibrowser.search.planning.plan",
        "tuibrowser.search.answering.rank",
        "tuibrowser.search.engine",
    }
    assert not any(name.startswith(("tuibrowser.tui", "tuibrowser.cli", "tuibrowser.reading")) for name in modules())


@pytest.mark.slow
def test_each_module_and_each_file_of_data_changes_the_fingerprint(program: Path) -> None:
    seen = {rules(package=program)}
    found = modules(program)
    files = [*found.values(), *data_files(found, program)]
    assert len(files) > 50
    for file in files:
        before = file.read_bytes()
        file.write_bytes(before + (b"\n" if file.suffix == ".py" else b"x"))
        changed = rules(package=program)
        assert changed not in seen, file
        seen.add(changed)
        file.write_bytes(before)
    assert rules(package=program) in seen


def test_a_module_that_is_imported_from_now_on_is_followed(program: Path) -> None:
    before = rules(package=program)
    new = program / "search" / "another.py"
    new.write_text("VALUE = 1\n")
    assert rules(package=program) == before
    gather = program / "search" / "index" / "making" / "gather.py"
    gather.write_text(gather.read_text("utf-8") + "\nfrom tuibrowser.search import another\n", encoding="utf-8")
    with_it = rules(package=program)
    new.write_text("VALUE = 2\n")
    assert len({before, with_it, rules(package=program)}) == 3


def test_what_is_imported_for_types_alone_is_not_followed() -> None:
    source = b"from typing import TYPE_CHECKING\nimport a.b\nif TYPE_CHECKING:\n    import c\nelse:\n    import d\n"
    assert set(imports(source)) == {"typing", "typing.TYPE_CHECKING", "a.b", "d"}
    assert set(imports(b"def f():\n    from a import b\nX = 'tuibrowser.corpus.loading.worker'\n")) == {
        "a",
        "a.b",
        "tuibrowser.corpus.loading.worker",
    }


def test_a_kept_answer_is_of_the_program_as_it_is(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = program.parent / "rules.json"
    found = rules(kept, program)
    assert found == rules(package=program)
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "_digest", lambda _: pytest.fail("it is known"))
        assert rules(kept, program) == found
    for damage in ("", "[]", "{}", '{"stamp": 1, "libraries": 2, "rules": 3}'):
        kept.write_text(damage)
        assert rules(kept, program) == found
    (program / "search" / "index" / "making" / "gather.py").write_text("VALUE = 1\n")
    assert rules(kept, program) == rules(package=program) != found


def test_where_nothing_can_be_kept_it_is_found_each_time(program: Path) -> None:
    assert rules(program.parent / "nowhere" / "rules.json", program) == rules(package=program)


def test_an_index_depends_on_the_module_of_every_format_and_container() -> None:
    found = modules()
    named = [each.module for each in FORMATS if isinstance(each, ExtractedFormat)]
    named += [each.module for each in CONTAINERS]
    assert named
    assert [name for name in named if name not in found] == []


def test_imports_in_every_kind_of_block_are_followed() -> None:
    source = b"""
try:
    import a
except ImportError:
    import b
else:
    import c
finally:
    import d
match a:
    case 1:
        import e
with a:
    while a:
        for _ in a:
            import f
        else:
            class G:
                async def g(self):
                    import g
"""
    assert sorted(imports(source)) == ["a", "b", "c", "d", "e", "f", "g"]


def test_an_import_in_brackets_with_comments_and_other_names_is_followed() -> None:
    source = b"from a import (  # one\n    b as c,\n    d,  # two, three\n)\nimport e.f as g, h  # four\n"
    assert sorted(imports(source)) == ["a", "a.b", "a.d", "e.f", "h"]


@pytest.mark.slow
def test_the_lines_of_each_module_name_what_its_statements_import() -> None:
    for file in PACKAGE.rglob("*.py"):
        source = file.read_bytes()
        assert set(_parsed(ast.parse(source))) <= set(imports(source)), file


def _parsed(tree: ast.Module) -> Iterator[str]:
    """What a module imports when it runs, as Python parses it."""
    pending: list[ast.AST] = [*tree.body]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            pending += node.orelse
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))
        else:
            pending += ast.iter_child_nodes(node)


def test_every_library_that_is_installed_counts_with_its_version() -> None:
    libraries = fingerprint._libraries(modules())
    installed = {name for name in libraries if find_spec(name) is not None}
    assert {"numpy", "pypdfium2_raw", "olefile"} <= installed
    assert [name for name in installed if not fingerprint._version(name)] == []
