"""Vectors: a few numbers for each word, alike for words in whose company the same words stand.

Counts are weighed by pointwise mutual information, the common words smoothed by a power of .75 and what is below chance
left out (Levy, Goldberg and Dagan 2015), and reduced by the singular vectors of the largest singular values, which are
found by iteration on a random subspace (Halko, Martinsson and Tropp 2011).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Array = npt.NDArray[Any]

DIMENSIONS: Final = 150
_MORE: Final = 30
"""Further dimensions that are worked with, so that the last ones are right too."""
_TIMES: Final = 20
_SMOOTHED: Final = 0.75
_ROWS: Final = 2_000
"""Rows that are weighed together."""
_SEED: Final = 1


def weigh(counts: Array) -> None:
    """Put the positive pointwise mutual information in the place of counts, float32."""
    rows = np.maximum(counts.sum(axis=1, dtype=np.float64), 1)
    columns = counts.sum(axis=0, dtype=np.float64) ** _SMOOTHED
    columns /= max(columns.sum(), 1)
    for low in range(0, len(counts), _ROWS):
        part = counts[low : low + _ROWS]
        expected = (rows[low : low + _ROWS, None] * columns[None, :]).astype(np.float32)
        part /= np.maximum(expected, np.finfo(np.float32).tiny)
        np.maximum(part, 1, out=part)
        np.log(part, out=part)


def reduced(weights: Array, progress: Callable[[float], object]) -> Array:
    """float16, a row of length 1 for each row of some weights: near one another where these are alike.

    `progress` is called with the share that is done.
    """
    products = weights.T @ weights
    size = min(DIMENSIONS + _MORE, len(products))
    base = np.random.default_rng(_SEED).standard_normal((len(products), size), np.float32)
    for time in range(_TIMES):
        base = np.linalg.qr(products @ base)[0]
        progress((time + 1) / _TIMES)
    squares, turned = np.linalg.eigh((base.T @ (products @ base)).astype(np.float64))
    kept = np.argsort(-squares)[:DIMENSIONS]
    vectors = weights @ (base @ turned[:, kept].astype(np.float32))
    vectors /= np.maximum(squares[kept], _LEAST).astype(np.float32) ** np.float32(1 / 4)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _LEAST)
    return vectors.astype(np.float16)


_LEAST: Final = np.float32(1e-9)
