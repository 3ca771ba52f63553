"""Examples: how many of them a test looks at that needs more, or fewer, than others."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(count: int, **others: Any) -> settings:
    """Look at so many where a usual test looks at a hundred, and in proportion where it looks at others."""
    return settings(max_examples=max(1, count * settings().max_examples // 100), **others)
