"""The wheel, built and installed into an empty environment for somebody with an empty HOME."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from e2e.harness import environment

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("src", "seeds", "man", "pyproject.toml", "README.md", "LICENSE")
SECONDS = 120


def built(folder: Path) -> Path:
    """The wheel, built from a copy of what it is made of."""
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(origin, source / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--retries", "1", "--timeout", "10"]
    try:
        done = subprocess.run(
            [*command, "--wheel-dir", str(folder), str(source)],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("the build backend cannot be fetched in time")
    if done.returncode and "hatchling" in done.stderr and "No matching distribution" in done.stderr:
        pytest.skip("the build backend cannot be fetched")
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


def test_the_wheel_has_what_belongs_to_it_and_runs_from_an_environment_of_its_own(tmp_path: Path) -> None:
    wheel = built(tmp_path)
    has_the_seeds_and_the_man_page_and_no_tests(wheel)
    runs_from_an_environment_of_its_own(wheel, tmp_path)


def has_the_seeds_and_the_man_page_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".data/data/share/man/man1/tuibrowser.1") for name in names)
    assert any(name.startswith("tuibrowser/seeds/") for name in names)
    assert [name for name in names if name.split("/")[0] in {"tests", "scripts", "benchmarks"}] == []


def runs_from_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    place, home = tmp_path / "env", tmp_path / "home"
    home.mkdir()
    venv.create(place, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(place), "platbase": str(place)}))
    pip = [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-compile", "--no-index", str(wheel)], timeout=SECONDS, check=True)
    # What it depends on is there already, where the tests run.
    import textual

    (site / "dependencies.pth").write_text(f"{Path(textual.__file__).parents[1]}\n", encoding="utf-8")
    program = str(place / "bin" / "tuibrowser")

    def run(*arguments: str) -> str:
        variables = {**environment(home), "PATH": os.defpath}
        done = subprocess.run(
            [program, *arguments],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            env=variables,
            cwd=home,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments
        return done.stdout

    assert run("--version").startswith("tuibrowser ")
    text = home / "a.txt"
    text.write_text("推动高质量发展。\n", encoding="utf-8")
    assert run("show", "a.txt", "--script", "hant") == "推動高質量發展。\n"
    assert "高质量" in run("search", "gaozhiliang", "a.txt")
    assert run("outline").count("\n") > 1
    assert Path(run("config", "--init").strip()).is_file()
    assert (place / "share" / "man" / "man1" / "tuibrowser.1").is_file()
