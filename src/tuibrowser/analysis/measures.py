"""Measures: the formulas of association, keyness, dispersion and confidence, without a corpus.

Every function takes numbers or arrays of them and returns float64 arrays. The letters are those of the literature.
A collocate: `o` times together, expected `e`; the windows hold `s` units, the collocate occurs `c` times in the corpus
of `n` units, those of the node not counted. Two groups: `a` of `c` units in the one, `b` of `d` in the other.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]
    Numbers = npt.ArrayLike

_ALMOST_NONE: Final = 0.5
"""The stand-in for a frequency of 0 in a ratio (Hardie 2014)."""

_MILLION: Final = 1_000_000


# Collocates


def expected(s: Numbers, c: Numbers, n: Numbers) -> Array:
    """E = S·C/N: how often the collocate would stand in the windows by chance."""
    return _float(s) * _float(c) / _float(n)


def mutual_information(o: Numbers, e: Numbers) -> Array:
    """MI = log₂ O/E (Church & Hanks 1990)."""
    return np.log2(_float(o) / _float(e))


def cubed_mutual_information(o: Numbers, e: Numbers) -> Array:
    """MI³ = log₂ O³/E (Daille 1994)."""
    return np.log2(_float(o) ** 3 / _float(e))


def t_score(o: Numbers, e: Numbers) -> Array:
    """(O−E)/√O (Church et al. 1991)."""
    return (_float(o) - _float(e)) / np.sqrt(_float(o))


def z_score(o: Numbers, e: Numbers) -> Array:
    """(O−E)/√E (Berry-Rogghe 1973)."""
    return (_float(o) - _float(e)) / np.sqrt(_float(e))


def log_dice(o: Numbers, node: Numbers, collocate: Numbers) -> Array:
    """14 + log₂ 2O/(f(x)+f(y)) (Rychlý 2008); `node` and `collocate` are their frequencies in the whole corpus."""
    score: Array = 14 + np.log2(2 * _float(o) / (_float(node) + _float(collocate)))
    return score


def log_likelihood(o: Numbers, s: Numbers, c: Numbers, n: Numbers) -> Array:
    """G² over the four cells of a table, negative where `o` is less than expected (Dunning 1993)."""
    o, s, c, n = _float(o), _float(s), _float(c), _float(n)
    cells = (o, s, c), (s - o, s, n - c), (c - o, n - s, c), (n - s - c + o, n - s, n - c)
    total: Array = 2 * np.sum([_surprise(observed, row * column / n) for observed, row, column in cells], axis=0)
    return _signed(total, o - s * c / n)


# Keyness


def keyness(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """G² over four cells, negative where the target has fewer (Dunning 1993)."""
    a, b, c, d = _float(a), _float(b), _float(c), _float(d)
    return log_likelihood(a, c, a + b, c + d)


def keyness_of_two_cells(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """G² over the two cells that hold the word, negative where the target has fewer (Rayson & Garside 2000)."""
    a, b, c, d = _float(a), _float(b), _float(c), _float(d)
    share = (a + b) / (c + d)
    total = 2 * (_surprise(a, c * share) + _surprise(b, d * share))
    return _signed(total, a - c * share)


def log_ratio(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """log₂ (a/c)/(b/d), 0.5 for a frequency of 0 (Hardie 2014)."""
    a, b = _some(a), _some(b)
    return np.log2((a / _float(c)) / (b / _float(d)))


def conservative_log_ratio(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers, types: int = 1, confidence: float = 0.95
) -> Array:
    """The bound nearest 0 of the Log Ratio's interval, 0 where that holds 0.

    The interval is that of the logarithm of a relative risk by the normal approximation (Katz et al. 1978), with
    Bonferroni's correction over the `types` tested.
    """
    ratio = log_ratio(a, b, c, d)
    a, b = _some(a), _some(b)
    variance = np.maximum(1 / a + 1 / b - 1 / _float(c) - 1 / _float(d), 0.0)
    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2 / max(1, types))
    return _signed(np.abs(ratio) - z * np.sqrt(variance) / np.log(2), ratio)


def difference(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """%DIFF = 100((a/c)/(b/d)−1), infinite where `b` is 0 (Gabrielatos & Marchi 2011)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        percent: Array = 100 * (_float(a) / _float(c) / (_float(b) / _float(d)) - 1)
    return percent


def simple_maths(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """(per million in the target + 1)/(per million in the reference + 1) (Kilgarriff 2009)."""
    ratio: Array = (per_million(a, c) + 1) / (per_million(b, d) + 1)
    return ratio


def bayes_factor(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> Array:
    """BIC: the size of G² over two cells − ln(c+d) (Wilson 2013)."""
    evidence: Array = np.abs(keyness_of_two_cells(a, b, c, d)) - np.log(_float(c) + _float(d))
    return evidence


# Dispersion


def deviation_of_proportions(counts: Numbers, sizes: Numbers) -> float:
    """DP = ½Σ|v−s| over parts: 0 where spread as the parts are long, near 1 where all is in a short one (Gries 2008).

    Nan where nothing is counted.
    """
    counts, sizes = _float(counts), _float(sizes)
    if not counts.sum() or not sizes.sum():
        return float("nan")
    return float(np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2)


def normalised_deviation(counts: Numbers, sizes: Numbers) -> float:
    """DP/(1−min s): 1 where all is in the shortest part (Lijffijt & Gries 2012). Nan where there is but one part."""
    shares = _float(sizes) / max(1.0, float(_float(sizes).sum()))
    room = 1 - float(shares.min()) if len(shares) else 0.0
    return deviation_of_proportions(counts, sizes) / room if room else float("nan")


def juilland(counts: Numbers, sizes: Numbers = 1.0) -> float:
    """D = 1 − V/√(n−1) over n parts, V the coefficient of variation of the rates (Juilland & Chang-Rodríguez 1964).

    It is meant for parts that are about equal. Nan where nothing is counted or there is but one part.
    """
    rates = _float(counts) / _float(sizes)
    if len(rates) < 2 or not rates.sum():
        return float("nan")
    return float(1 - rates.std() / rates.mean() / np.sqrt(len(rates) - 1))


# Frequencies


def per_million(count: Numbers, units: Numbers) -> Array:
    """A frequency for each million of units; nan where there are none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate: Array = _float(count) * _MILLION / _float(units)
    return rate


def wilson(count: Numbers, units: Numbers, confidence: float = 0.95) -> tuple[Array, Array]:
    """The interval of a share, its lower and its upper bound (Wilson 1927); it takes occurrences as independent."""
    count, units = _float(count), _float(units)
    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = count / units
        middle = share + z * z / (2 * units)
        reach = z * np.sqrt(share * (1 - share) / units + z * z / (4 * units * units))
        whole = 1 + z * z / units
        return np.maximum((middle - reach) / whole, 0.0), np.minimum((middle + reach) / whole, 1.0)


# For tables


def rounded(numbers: Array) -> Array:
    """Numbers with six decimals, as tables show them; whole ones stay whole, and no zero has a sign."""
    return np.asarray(np.round(numbers, 6) + 0)


def _float(numbers: Numbers) -> Array:
    return np.asarray(numbers, np.float64)


def _some(numbers: Numbers) -> Array:
    """Frequencies, those of 0 raised to what a ratio can be made of."""
    given = _float(numbers)
    return np.where(given > 0, given, _ALMOST_NONE)


def _surprise(observed: Array, chance: Array) -> Array:
    """O ln(O/E), 0 where nothing was observed."""
    some = observed > 0
    return np.where(some, observed * np.log(np.where(some, observed, 1.0) / np.where(some, chance, 1.0)), 0.0)


def _signed(size: Array, sign: Array) -> Array:
    """Sizes with the signs of others; one below 0, such as rounding leaves, is 0."""
    signed: Array = np.copysign(np.maximum(size, 0.0), sign)
    return signed
