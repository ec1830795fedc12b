"""Reference values for src/numeric/statistics from SciPy, statsmodels, scikit-learn and krippendorff.

    python test/golden/statistics/generate.py

Needs scipy, statsmodels, scikit-learn and krippendorff; the versions used are in the file.
"""

import json
import math
import pathlib
import platform
from importlib.metadata import version

import krippendorff
import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import contingency_tables, multitest, power, proportion

HERE = pathlib.Path(__file__).parent
SEED = 42

PAIRS = [(3, 0), (6, 0), (7, 1), (8, 1), (9, 2), (10, 2), (11, 3), (12, 3), (5, 5), (1, 0), (40, 17), (300, 241), (90, 0), (900, 100)]
TABLES = [(8, 10, 1, 6), (0, 20, 3, 20), (20, 1000, 40, 1000), (56, 70, 48, 80), (9, 10, 3, 10), (10, 10, 0, 20), (5, 100, 9, 80), (300, 20000, 420, 20000), (1, 500, 400, 500)]
COUNTS = [(0, 10), (12, 12), (20, 20), (1, 1000), (41, 100), (499, 500), (7, 9), (2500, 10000)]
TAILS = [(0, 5, 0.3), (3, 10, 0.5), (9, 10, 0.5), (60, 200, 0.2), (200, 200, 0.9), (5200, 10000, 0.5), (30, 100000, 1e-4), (1, 40, 1e-9), (900, 1000, 0.5)]
POISSON = [(0, 0.5), (3, 2.5), (12, 4.0), (100, 90.0), (250, 120.0), (5, 0.01), (20000, 19500.0)]


STRATA = [
    [(20, 1000, 40, 1000)],
    [(5, 100, 9, 80), (1, 50, 4, 300)],
    [(0, 20, 3, 20), (8, 10, 1, 6), (2, 200, 5, 900)],
    [(30, 3000, 3, 300), (4, 40, 95, 900), (10, 10, 9, 10)],
]
MIXES = [([600, 300, 100], [550, 280, 170]), ([50, 50], [40, 61]), ([1000, 20, 12, 9], [3000, 70, 40, 22])]
CHI_SQUARE = [(0.0, 1), (3.84, 1), (11.07, 5), (250.0, 12), (900.0, 3)]


def mantel_haenszel(strata):
    tables = [np.array([[k1, n1 - k1], [k2, n2 - k2]], dtype=float) for k1, n1, k2, n2 in strata]
    found = contingency_tables.StratifiedTable(tables).test_null_odds(correction=False)
    return {"strata": strata, "statistic": found.statistic, "p": found.pvalue}


def standardized(strata):
    """Stratified Newcombe interval (Yan, Su 2010) with the weights of direct standardization."""
    k1, n1, k2, n2 = np.array(strata, dtype=float).T
    weights = (n1 + n2) / (n1 + n2).sum()
    p1, p2 = k1 / n1, k2 / n2
    low1, high1 = proportion.proportion_confint(k1, n1, method="wilson")
    low2, high2 = proportion.proportion_confint(k2, n2, method="wilson")
    difference = (weights * (p1 - p2)).sum()
    below = np.sqrt((weights**2 * ((p1 - low1) ** 2 + (high2 - p2) ** 2)).sum())
    above = np.sqrt((weights**2 * ((high1 - p1) ** 2 + (p2 - low2) ** 2)).sum())
    return {"strata": strata, "first": (weights * p1).sum(), "second": (weights * p2).sum(), "interval": [difference - below, difference + above]}


def newcomb(k1, n1, k2, n2):
    return proportion.confint_proportions_2indep(k1, n1, k2, n2, method="newcomb", compare="diff")


def yates(k1, n1, k2, n2, correction):
    table = [[k1, n1 - k1], [k2, n2 - k2]]
    chi2, p, _, _ = stats.chi2_contingency(table, correction=correction)
    return {"z": math.copysign(math.sqrt(chi2), k1 / n1 - k2 / n2), "p": p}


def mcnemar(better, worse):
    table = [[0, better], [worse, 0]]
    p = contingency_tables.mcnemar(table, exact=True).pvalue
    n, k = better + worse, min(better, worse)
    seen = stats.binom.pmf(k, n, 0.5)
    # Fagerland, Lydersen, Laake 2013; statsmodels has no mid-p.
    mid = 1 - seen / 2 if better == worse else 2 * stats.binom.cdf(k - 1, n, 0.5) + seen
    return {"better": better, "worse": worse, "p": p, "midP": mid}


def garwood(count, confidence):
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else stats.chi2.ppf(tail, 2 * count) / 2
    return [low, stats.chi2.ppf(1 - tail, 2 * count + 2) / 2]


def sample_size(p1, p2, alpha, wanted, pooled):
    unpooled = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    middle = (p1 + p2) / 2
    null = math.sqrt(2 * middle * (1 - middle)) if pooled else unpooled
    return power.normal_sample_size_one_tail(abs(p1 - p2), wanted, alpha / 2, std_null=null, std_alternative=unpooled)


def slice_power(cases, better, worse, alpha):
    """Every outcome of the trinomial, tested by scipy's binomial test."""
    total = 0.0
    for up in range(cases + 1):
        for down in range(cases + 1 - up):
            if up <= down or stats.binomtest(up, up + down).pvalue >= alpha:
                continue
            total += stats.multinomial.pmf([up, down, cases - up - down], cases, [better, worse, 1 - better - worse])
    return total


rng = np.random.default_rng(SEED)
ratings = []
for _ in range(40):
    truth = rng.integers(0, 3)
    row = [str(truth if rng.random() < 0.7 else rng.integers(0, 3)) for _ in range(3)]
    ratings.append([None if rng.random() < 0.2 else label for label in row])
pair = [["yes" if rng.random() < 0.4 else "no" for _ in range(60)]]
pair.append([label if rng.random() < 0.8 else ("no" if label == "yes" else "yes") for label in pair[0]])
coded = [[np.nan if row[k] is None else int(row[k]) for row in ratings] for k in range(3)]
p_values = [float(p) for p in np.round(rng.random(15) ** 3, 6)]

values = {
    "mcnemar": [mcnemar(*each) for each in PAIRS],
    "newcombe": [{"table": t, "interval": list(map(float, newcomb(*t)))} for t in TABLES],
    "twoProportions": [{"table": t, "plain": yates(*t, False), "continuity": yates(*t, True)} for t in TABLES],
    "clopperPearson": [{"k": k, "n": n, "interval": list(map(float, stats.binomtest(k, n).proportion_ci(method="exact")))} for k, n in COUNTS],
    "binomial": [{"k": k, "n": n, "p": p, "probability": stats.binom.pmf(k, n, p), "atMost": stats.binom.cdf(k, n, p), "atLeast": stats.binom.sf(k - 1, n, p)} for k, n, p in TAILS],
    "poisson": [{"k": k, "mean": m, "atMost": stats.poisson.cdf(k, m), "atLeast": stats.poisson.sf(k - 1, m)} for k, m in POISSON],
    "poissonInterval": [{"count": c, "confidence": level, "interval": garwood(c, level)} for c in (0, 1, 5, 40, 3000) for level in (0.9, 0.95, 0.99)],
    "normal": [{"z": z, "tail": stats.norm.sf(z)} for z in (-8.0, -1.5, 0.0, 0.3, 1.0, 1.959963984540054, 3.0, 6.0, 12.0, 30.0)],
    "benjaminiHochberg": {"p": p_values, "q": list(multitest.multipletests(p_values, method="fdr_bh")[1])},
    "sampleSize": [{"p1": a, "p2": b, "alpha": alpha, "power": w, "unpooled": sample_size(a, b, alpha, w, False), "pooled": sample_size(a, b, alpha, w, True)}
                   for a, b, alpha, w in [(0.02, 0.04, 0.05, 0.8), (0.02, 0.04, 0.0025, 0.8), (0.3, 0.2, 0.05, 0.9), (0.01, 0.005, 0.01, 0.8)]],
    "slicePower": [{"cases": n, "better": b, "worse": w, "alpha": a, "power": slice_power(n, b, w, a)}
                   for n, b, w, a in [(12, 0.6, 0.0, 0.05), (20, 0.6, 0.0, 0.05), (30, 0.4, 0.1, 0.05), (25, 0.3, 0.05, 0.01), (5, 0.9, 0.0, 0.05)]],
    "krippendorff": {"items": ratings, "alpha": krippendorff.alpha(reliability_data=coded, level_of_measurement="nominal")},
    "mantelHaenszel": [mantel_haenszel(strata) for strata in STRATA],
    "standardized": [standardized(strata) for strata in STRATA],
    "sameDistribution": [{"first": a, "second": b, "p": stats.chi2_contingency([a, b], correction=False)[1]} for a, b in MIXES],
    "chiSquare": [{"value": x, "degrees": d, "tail": stats.chi2.sf(x, d)} for x, d in CHI_SQUARE],
    "kappa": {"first": pair[0], "second": pair[1], "kappa": cohen_kappa_score(*pair)},
}

document = {
    "command": "python test/golden/statistics/generate.py",
    "seed": SEED,
    "versions": {"python": platform.python_version(), **{name: version(name) for name in ("numpy", "scipy", "statsmodels", "scikit-learn", "krippendorff")}},
    **values,
}
(HERE / "statistics.json").write_text(json.dumps(document, indent=1, default=float) + "\n")
