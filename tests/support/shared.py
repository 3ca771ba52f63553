"""Where the corpora are that are too large for the repository; tests that want them skip without."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"
