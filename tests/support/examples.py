"""Examples: how many of them a test looks at that needs more, or fewer, than others."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(count: int, **others: Any) -> settings:
    """Settings for so many examples where the profile has a hundred, in proportion where it has more or fewer."""
    return settings(max_examples=max(1, count * settings().max_examples // 100), **others)
