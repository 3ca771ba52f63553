"""The formulas beside published values, beside values by hand, and beside SciPy and association-measures."""

from __future__ import annotations

from math import isnan, log, log2, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuibrowser.analysis import measures as m

TABLES = [(12, 150, 40, 2_000), (3, 90, 75, 5_000), (7, 7, 7, 30), (1, 500, 8, 1_000), (40, 400, 100, 1_000)]
"""Tables of O, S, C and N."""

GROUPS = [(35, 12, 8_000, 9_000), (4, 40, 1_000, 20_000), (9, 0, 3_000, 7_000), (5, 10, 1_000, 2_000)]
"""Groups: a, b, c and d."""

tables = st.integers(2, 10_000).flatmap(
    lambda n: st.tuples(st.integers(1, n - 1), st.integers(1, n - 1)).flatmap(
        lambda sc: st.integers(max(0, sc[0] + sc[1] - n), min(sc)).map(lambda o: (o, *sc, n))
    )
)


def test_scores_of_a_table_are_those_reckoned_by_hand() -> None:
    o, s, c, n = 12, 150, 40, 2_000
    e = m.expected(s, c, n)
    assert e == 3
    assert m.mutual_information(o, e) == 2
    assert m.cubed_mutual_information(o, e) == pytest.approx(log2(576))
    assert m.t_score(o, e) == pytest.approx(9 / sqrt(12))
    assert m.z_score(o, e) == pytest.approx(9 / sqrt(3))
    assert m.log_dice(o, 56, 40) == 12


def test_the_four_cells_are_summed() -> None:
    o, s, c, n = 12, 150, 40, 2_000
    cells = ((12, 3), (138, 147), (28, 37), (1_822, 1_813))
    assert m.log_likelihood(o, s, c, n) == pytest.approx(2 * sum(seen * log(seen / by) for seen, by in cells))


def test_what_is_rarer_than_expected_is_negative() -> None:
    assert m.log_likelihood(1, 500, 8, 1_000) < 0
    assert m.keyness(4, 40, 1_000, 2_000) < 0
    assert m.keyness_of_two_cells(4, 40, 1_000, 2_000) < 0
    assert m.log_ratio(4, 40, 1_000, 2_000) < 0
    assert m.conservative_log_ratio(4, 40, 1_000, 2_000) < 0


@given(table=tables)
def test_a_table_as_expected_scores_nothing_and_no_table_fails(table: tuple[int, int, int, int]) -> None:
    o, s, c, n = table
    score = float(m.log_likelihood(o, s, c, n))
    assert not isnan(score)
    assert (score > 0) == (o * n > s * c) or abs(score) < 1e-6


def test_the_ratio_of_two_groups_takes_half_an_occurrence_for_none() -> None:
    assert m.log_ratio(8, 1, 1_000, 1_000) == 3
    assert m.log_ratio(8, 0, 1_000, 1_000) == 4
    assert m.log_ratio(0, 8, 1_000, 1_000) == -4


def test_the_conservative_ratio_is_nearer_to_nothing_and_nearer_for_more_types() -> None:
    one, many = (float(m.conservative_log_ratio(90, 30, 10_000, 10_000, types)) for types in (1, 1_000))
    assert 0 < many < one < float(m.log_ratio(90, 30, 10_000, 10_000))
    assert m.conservative_log_ratio(4, 3, 1_000, 1_000) == 0


def test_other_measures_of_keyness() -> None:
    assert m.difference(30, 20, 1_000, 1_000) == pytest.approx(50)
    assert np.isposinf(m.difference(30, 0, 1_000, 1_000))
    assert m.simple_maths(3, 1, 1_000_000, 1_000_000) == 2
    two = float(m.keyness_of_two_cells(30, 10, 1_000, 1_000))
    assert m.bayes_factor(30, 10, 1_000, 1_000) == pytest.approx(two - log(2_000))


def test_dispersion_has_the_values_that_were_published() -> None:
    # Gries 2008, Lijffijt & Gries 2012; the example of Juilland's D is Gries's.
    assert m.deviation_of_proportions((1, 2, 3, 4, 5), (9, 10, 10, 10, 11)) == pytest.approx(0.18)
    assert m.normalised_deviation((2, 1, 0), (1, 1, 1)) == pytest.approx(0.5)
    assert m.juilland((0, 4, 3, 2, 1)) == pytest.approx(0.6464, abs=5e-5)


def test_dispersion_runs_from_even_to_all_in_the_shortest_part() -> None:
    assert m.deviation_of_proportions((2, 4, 6), (10, 20, 30)) == 0
    assert m.normalised_deviation((7, 0, 0), (10, 20, 30)) == pytest.approx(1)
    assert m.juilland((5, 5, 5)) == 1
    assert m.juilland((9, 0, 0)) == pytest.approx(0)
    assert m.juilland((2, 4, 6), (10, 20, 30)) == pytest.approx(1)


def test_dispersion_of_nothing_is_no_number() -> None:
    assert isnan(m.deviation_of_proportions((0, 0), (1, 1)))
    assert isnan(m.normalised_deviation((3,), (10,)))
    assert isnan(m.juilland((0, 0)))
    assert isnan(m.juilland((3,)))


def test_a_frequency_has_an_interval() -> None:
    low, high = m.wilson((0, 5, 10), (10, 10, 10))
    # Newcombe 1998 gives .2366 and .7634 for 5 of 10, and .2775 as the upper bound of 0 of 10.
    assert low == pytest.approx((0, 0.2366, 0.7225), abs=5e-5)
    assert high == pytest.approx((0.2775, 0.7634, 1), abs=5e-5)
    assert m.per_million(3, 1_500) == 2_000
    assert np.isnan(m.per_million(0, 0))


@pytest.mark.parametrize(("o", "s", "c", "n"), TABLES)
def test_scores_are_those_of_other_libraries(o: int, s: int, c: int, n: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    table = np.array([[o, s - o], [c - o, n - s - c + o]], float)
    other = float(stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")[0])
    assert abs(float(m.log_likelihood(o, s, c, n))) == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(("o", "s", "c", "n"), TABLES)
def test_scores_are_those_of_association_measures(o: int, s: int, c: int, n: int) -> None:
    association = pytest.importorskip("association_measures.measures")
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"f": [o], "f1": [s], "f2": [c], "N": [n]})
    other = association.score(frame, digits=None, freq=False).iloc[0]
    e = m.expected(s, c, n)
    assert m.t_score(o, e) == pytest.approx(other["t_score"])
    assert m.z_score(o, e) == pytest.approx(other["z_score"])
    assert m.log_likelihood(o, s, c, n) == pytest.approx(other["log_likelihood"], abs=1e-9)
    assert m.mutual_information(o, e) == pytest.approx(other["mutual_information"] * log2(10))


@pytest.mark.parametrize(("o", "s", "c", "n"), TABLES)
def test_scores_are_those_of_nltk(o: int, s: int, c: int, n: int) -> None:
    nltk = pytest.importorskip("nltk.metrics.association").BigramAssocMeasures
    e, cells = m.expected(s, c, n), (o, (s, c), n)
    assert m.mutual_information(o, e) == pytest.approx(nltk.pmi(*cells))
    assert m.t_score(o, e) == pytest.approx(nltk.student_t(*cells))
    assert abs(float(m.log_likelihood(o, s, c, n))) == pytest.approx(abs(nltk.likelihood_ratio(*cells)), abs=1e-6)
    assert m.log_dice(o, s, c) == pytest.approx(14 + log2(nltk.dice(*cells)))
    assert m.cubed_mutual_information(o, e) == pytest.approx(log2(nltk.mi_like(o, (s, c), n, power=3) * n))


@pytest.mark.parametrize(("a", "b", "c", "d"), GROUPS)
def test_keyness_is_that_of_other_libraries(a: int, b: int, c: int, d: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    share = (a + b) / (c + d)
    other = stats.power_divergence([a, b], [c * share, d * share], lambda_="log-likelihood")[0]
    assert abs(float(m.keyness_of_two_cells(a, b, c, d))) == pytest.approx(other)
    low, high = m.wilson(a, c)
    interval = stats.binomtest(a, c).proportion_ci(method="wilson")
    assert (float(low), float(high)) == pytest.approx((interval.low, interval.high))
    if b:
        risk = stats.contingency.relative_risk(a, c, b, d)
        bounds = sorted(log2(bound) for bound in risk.confidence_interval(0.95))
        nearest = 0 if bounds[0] < 0 < bounds[1] else min(bounds, key=abs)
        assert m.conservative_log_ratio(a, b, c, d) == pytest.approx(nearest, abs=1e-9)


@pytest.mark.parametrize(("a", "b", "c", "d"), GROUPS)
def test_ratios_are_those_of_association_measures(a: int, b: int, c: int, d: int) -> None:
    association = pytest.importorskip("association_measures.measures")
    frequencies = pytest.importorskip("association_measures.frequencies")
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"f1": [a], "N1": [c], "f2": [b], "N2": [d]})
    cells = frequencies.expected_frequencies(frame, observed=True)
    assert m.keyness(a, b, c, d) == pytest.approx(float(association.log_likelihood(cells).iloc[0]), abs=1e-9)
    other = association.log_ratio(cells, disc=0.5, discounting="Hardie2014")
    assert m.log_ratio(a, b, c, d) == pytest.approx(float(other.iloc[0]))
