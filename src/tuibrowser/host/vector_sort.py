"""Vector sort: keep NumPy from a sort that is slow on some processors; to be called before NumPy is imported.

NumPy sorts numbers of 32 and 64 bits by AVX-512 where the processor has it. The stores that such a sort is made of are
microcode on AMD's Zen 4 (numpy/x86-simd-sort#6): it takes five times as long there as the one by AVX2, which NumPy has
as well (benchmarks/sorting.py). OpenJDK makes the same exception (JDK-8317976).
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping

VARIABLE: Final = "NPY_DISABLE_CPU_FEATURES"
"""The variable that NumPy reads when it is imported."""

_CPUINFO: Final = Path("/proc/cpuinfo")
_FIRST_PROCESSOR: Final = 1 << 13
"""Bytes of /proc/cpuinfo that hold the entry of the first processor."""

_VENDOR, _FAMILY, _FEATURE = "AuthenticAMD", "25", "avx512f"
"""Zen 3 and 4, of which only the latter has AVX-512. Zen 5 is another family."""

_RENAMED: Final = (2, 4)
"""The release of NumPy in which its features were named anew."""


def avoid_slow_sort(environment: MutableMapping[str, str] = os.environ, cpuinfo: Path = _CPUINFO) -> None:
    """Have NumPy sort by AVX2 in this process where that is faster.

    Nothing is done if NumPy is imported already, if someone has chosen its features, or if it does not come from a
    wheel of its makers: a NumPy built for this processor alone may not be able to do without AVX-512.
    """
    if VARIABLE in environment or "numpy" in sys.modules or not _is_slow(cpuinfo):
        return
    release = _release_of_wheel()
    if release is not None:
        environment[VARIABLE] = "X86_V4" if release >= _RENAMED else "AVX512F"


def _is_slow(cpuinfo: Path) -> bool:
    try:
        with cpuinfo.open("rb") as file:
            first, _, _ = file.read(_FIRST_PROCESSOR).decode("ascii", "replace").partition("\n\n")
    except OSError:
        return False
    # The processors of a machine are of one make, and those further on are cut off somewhere.
    told = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first.splitlines())}
    is_zen = told.get("vendor_id") == _VENDOR and told.get("cpu family") == _FAMILY
    return is_zen and _FEATURE in told.get("flags", "").split()


def _release_of_wheel() -> tuple[int, int] | None:
    """The major and minor number of the installed NumPy, where it is a wheel for all Linux of a kind."""
    found = find_spec("numpy")
    if found is None or found.origin is None:
        return None
    for wheel in Path(found.origin).parents[1].glob("numpy-*.dist-info/WHEEL"):
        try:
            text = wheel.read_text("ascii", "replace")
            major, minor, *_ = wheel.parent.name.removeprefix("numpy-").split(".")
            if "manylinux" in text or "musllinux" in text:
                return int(major), int(minor)
        except (OSError, ValueError):
            continue
    return None
