"""Fonts: whether the machine can draw Chinese characters."""

from __future__ import annotations

import shutil
import subprocess


def has_chinese_font() -> bool | None:
    """Whether fontconfig knows a font with Chinese characters; None where it is not there to say so."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        found = subprocess.run([program, ":lang=zh", "family"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return None
    return bool(found.stdout.strip()) if found.returncode == 0 else None
