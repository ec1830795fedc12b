"""Change points by ruptures 1.1.10 (numpy 2.4.6), to compare src/numeric/statistics/pelt.ts with. Writes change-points.json.

    python test/golden/change-points/generate.py

`Pelt` with jump=1: its own cost `l2` on series of numbers, and a binomial cost on events among exposures, which
ruptures takes as a custom cost. `Dynp` gives the costs of the best divisions into a fixed number of segments.
"""

import json
import pathlib

import numpy as np
import ruptures as rpt
from ruptures.base import BaseCost


class BinomialCost(BaseCost):
    model = "binomial"
    min_size = 1

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        events, exposures = self.signal[start:end].sum(axis=0)
        return -2 * (log_part(events, exposures) + log_part(exposures - events, exposures))


def log_part(k, n):
    return 0.0 if k <= 0 or n <= 0 else k * np.log(k / n)


class WeightedCost(BaseCost):
    """Weighted squares around the weighted mean; columns are values and weights."""

    model = "weighted"
    min_size = 1

    def fit(self, signal):
        self.signal = signal
        return self

    def error(self, start, end):
        values, weights = self.signal[start:end].T
        if weights.sum() == 0:
            return 0.0
        mean = np.average(values, weights=weights)
        return float((weights * (values - mean) ** 2).sum())


def changes(algorithm, signal, penalty):
    return algorithm.fit(signal).predict(pen=penalty)[:-1]


def rates(random, levels, exposures):
    probabilities = np.concatenate([np.full(length, level) for length, level in levels])
    counts = random.poisson(exposures, len(probabilities))
    return np.column_stack([random.binomial(counts, probabilities), counts]).astype(float)


def main():
    random = np.random.default_rng(7)
    cases = {"l2": [], "weighted": [], "binomial": []}
    for min_size in (1, 2, 5):
        for penalty in (2.0, 6.0, 12.0):
            for noise in (0.3, 1.0):
                levels = np.repeat(random.normal(0, 1.5, 4), random.integers(5, 25, 4))
                values = np.round(levels + random.normal(0, noise, len(levels)), 6)
                found = changes(rpt.Pelt(model="l2", min_size=min_size, jump=1), values, penalty)
                cases["l2"].append(
                    {"values": values.tolist(), "minSize": min_size, "penalty": penalty, "changes": found}
                )
                weights = random.integers(1, 40, len(levels))
                signal = np.column_stack([values, weights])
                algorithm = rpt.Pelt(custom_cost=WeightedCost(), min_size=min_size, jump=1)
                found = changes(algorithm, signal, 10 * penalty)
                cases["weighted"].append(
                    {
                        "values": values.tolist(),
                        "weights": weights.tolist(),
                        "minSize": min_size,
                        "penalty": 10 * penalty,
                        "changes": found,
                    }
                )
    shapes = [
        [(30, 0.02), (20, 0.06)],
        [(15, 0.1), (10, 0.02), (15, 0.1)],
        [(40, 0.05)],
        [(10, 0.0), (12, 0.08)],
        [(20, 0.3), (20, 0.36), (20, 0.2)],
        [(7, 0.01), (60, 0.03)],
    ]
    for levels in shapes:
        for exposures in (12, 100, 900):
            for min_size in (1, 2):
                signal = rates(random, levels, exposures)
                algorithm = rpt.Pelt(custom_cost=BinomialCost(), min_size=min_size, jump=1)
                cases["binomial"].append(
                    {
                        "events": signal[:, 0].astype(int).tolist(),
                        "exposures": signal[:, 1].astype(int).tolist(),
                        "minSize": min_size,
                        "penalty": 9.0,
                        "changes": changes(algorithm, signal, 9.0),
                    }
                )
    path = pathlib.Path(__file__).parent / "change-points.json"
    path.write_text(json.dumps(cases, default=int) + "\n")


if __name__ == "__main__":
    main()
