"""What holds for all tests."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tuibrowser.language.i18n import ENGLISH, speak

# A busy machine fails no test: no example has a deadline. A machine that decides what lands looks at the same examples
# each time; people's machines look for new ones, and for few where they ask for an answer at once.
settings.register_profile("new", max_examples=100, deadline=None)
settings.register_profile("same", max_examples=50, derandomize=True, deadline=None)
settings.register_profile("few", max_examples=15, deadline=None)
settings.load_profile("same" if os.environ.get("CI") else "new")

if TYPE_CHECKING:
    from collections.abc import Iterator


MOST_FILES = 250
"""Open files from which on garbage is looked for after a test."""

LONGEST_ID = 60
"""Characters of a parameter in the name of a test."""


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a long text by its beginning and its length: a text of a megabyte is no name that can be read or sent."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_ID:
        return None
    return f"{val[:12]!a}…{len(val)}"


def pytest_collection_finish() -> None:
    """Look for cycles of garbage less often than Python does, and not among what all tests have loaded.

    A tenth of the time of the tests of the screen went to that.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


def pytest_runtest_teardown() -> None:
    """Look for garbage when it holds many files open, which are mapped: Python counts objects alone."""
    with suppress(OSError):
        if sum(1 for _ in Path("/proc/self/fd").iterdir()) > MOST_FILES:
            gc.collect()


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The cache, the config and the language are none of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        patch.setenv("LANGUAGE", "en")
        yield


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """What one test speaks is not spoken by the next."""
    yield
    speak(ENGLISH)
