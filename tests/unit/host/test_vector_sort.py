import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tuibrowser.host.vector_sort import VARIABLE, avoid_slow_sort

PROCESSOR = """processor\t: {number}
vendor_id\t: {vendor}
cpu family\t: {family}
model name\t: a processor
flags\t\t: fpu sse2 avx2 {more}

"""


@pytest.fixture
def cpuinfo(tmp_path: Path) -> Path:
    return tmp_path / "cpuinfo"


@pytest.fixture(autouse=True)
def numpy_is_not_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)


def write(cpuinfo: Path, vendor: str = "AuthenticAMD", family: int = 25, more: str = "avx512f avx512dq") -> Path:
    cpuinfo.write_text(
        "".join(PROCESSOR.format(number=number, vendor=vendor, family=family, more=more) for number in range(64))
    )
    return cpuinfo


def installed(monkeypatch: pytest.MonkeyPatch, folder: Path, release: str, tag: str) -> None:
    package, described = folder / "numpy", folder / f"numpy-{release}.dist-info"
    package.mkdir()
    (package / "__init__.py").touch()
    described.mkdir()
    (described / "WHEEL").write_text(f"Wheel-Version: 1.0\nTag: cp311-cp311-{tag}_x86_64\n")
    monkeypatch.setattr(sys, "path", [str(folder)])
    monkeypatch.setattr(sys, "path_importer_cache", {})


@pytest.mark.parametrize(
    ("release", "name"), [("2.0.2", "AVX512F"), ("2.3.5", "AVX512F"), ("2.4.0", "X86_V4"), ("2.10.1", "X86_V4")]
)
def test_the_sort_of_zen_4_is_turned_off_by_the_name_of_the_release(
    release: str, name: str, cpuinfo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, tmp_path, release, "manylinux_2_28")
    environment: dict[str, str] = {}
    avoid_slow_sort(environment, write(cpuinfo))
    assert environment == {VARIABLE: name}


def test_where_the_last_processor_that_is_read_is_cut_off_does_not_matter(
    cpuinfo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, tmp_path, "2.4.0", "manylinux_2_28")
    for padding in range(0, 240, 4):
        environment: dict[str, str] = {}
        avoid_slow_sort(environment, write(cpuinfo, more="x" * padding + " avx512f avx512dq"))
        assert environment == {VARIABLE: "X86_V4"}, padding


@pytest.mark.parametrize(
    "processor",
    [{"family": 26}, {"more": ""}, {"vendor": "GenuineIntel"}, {"vendor": "GenuineIntel", "family": 6}],
    ids=["Zen 5", "Zen 3", "Intel of that number", "Intel"],
)
def test_other_processors_are_left_as_they_are(processor: dict[str, str], cpuinfo: Path) -> None:
    environment: dict[str, str] = {}
    avoid_slow_sort(environment, write(cpuinfo, **processor))  # type: ignore[arg-type]
    assert environment == {}


def test_a_choice_of_the_reader_stands(cpuinfo: Path) -> None:
    environment = {VARIABLE: ""}
    avoid_slow_sort(environment, write(cpuinfo))
    assert environment == {VARIABLE: ""}


@pytest.mark.parametrize(("release", "tag"), [("2.4.0", "linux"), ("of.today", "manylinux_2_28")])
def test_a_build_of_ones_own_is_left_as_it_is(
    release: str, tag: str, cpuinfo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, tmp_path, release, tag)
    environment: dict[str, str] = {}
    avoid_slow_sort(environment, write(cpuinfo))
    assert environment == {}


def test_nothing_is_asked_of_a_system_that_does_not_say(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    avoid_slow_sort(environment, tmp_path / "none")
    (tmp_path / "broken").write_bytes(b"\xff\xfe: \0\n\n:\n")
    avoid_slow_sort(environment, tmp_path / "broken")
    assert environment == {}


def test_numpy_can_be_imported_without_it(cpuinfo: Path) -> None:
    """With the NumPy of here, whatever processor this is: the names are those it knows."""
    code = (
        "import pathlib, sys\n"
        "from tuibrowser.host.vector_sort import avoid_slow_sort\n"
        "avoid_slow_sort(cpuinfo=pathlib.Path(sys.argv[1]))\n"
        "import numpy\n"
        "print(numpy.sort(numpy.array([3, 1, 2], numpy.uint64)).tolist(), numpy.__version__)\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(write(cpuinfo))], capture_output=True, check=True, text=True)
    assert run.stdout.split("] ") == ["[1, 2, 3", f"{version('numpy')}\n"]
    assert run.stderr == ""
