import { describe, expect, test } from 'vitest';
import { learnedModelSchema } from '../contract/learned-model.ts';
import { fileOf } from '../testing/trace.ts';
import { type FitInput, fitModel } from './fit-model.ts';
import { scorerOf } from './scorer.ts';
import { learnRows } from './testing/learn-rows.ts';

const modelOf = (rows: FitInput['rows'], more: Partial<FitInput> = {}) =>
  fitModel({
    rows,
    source: { kind: 'people', name: 'labels' },
    facts: fileOf([]),
    options: { stepBudget: 50, policy: null },
    culprit: '1.0.0',
    detectors: ['agent_loop'],
    embedder: 'none',
    seed: 1,
    ...more,
  });

describe('fitModel', () => {
  test('finds what makes traces fail, and says so with a gain beyond chance', () => {
    const { rows } = learnRows(200, 1, 2);
    const { card, features, bounds } = modelOf(rows);
    expect(card.state).toBe('in_use');
    expect(card.gain.interval[0]).toBeGreaterThan(0);
    expect(card.curve.value).toBeGreaterThan(card.rules.curve.value + 0.1);
    const strength = (name: RegExp): number =>
      Math.max(
        ...features
          .filter((each) => name.test(each.name))
          .map(({ weight, spread }) => Math.abs(weight) * spread),
      );
    expect(strength(/in_sources/)).toBeGreaterThan(4 * strength(/noise/));
    expect(bounds).not.toBeNull();
  });

  test('is no saving where figures say nothing', () => {
    const states = Array.from(
      { length: 5 },
      (_, seed) => modelOf(learnRows(120, seed, 0).rows).card.state,
    );
    expect(states.filter((state) => state === 'no_saving').length).toBeGreaterThanOrEqual(4);
  });

  test('is on trial below 100 labels', () => {
    expect(modelOf(learnRows(99, 2, 4).rows).card.state).toBe('on_trial');
  });

  test('refuses fewer than 50 labels, or 15 of the rarer kind', () => {
    expect(() => modelOf(learnRows(49, 3, 2).rows)).toThrow('at least 50');
    const { rows } = learnRows(200, 3, 2);
    const few = rows.filter(({ failed }, index) => !failed || index < 20);
    expect(() => modelOf(few)).toThrow(/15 of each kind/);
  });

  test('is the same for the same rows, and survives its file', () => {
    const { rows } = learnRows(100, 4, 2);
    const model = modelOf(rows);
    expect(modelOf(rows)).toEqual(model);
    expect(learnedModelSchema.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  test('probabilities of new traces are close to the true chances', () => {
    const score = scorerOf(modelOf(learnRows(400, 5, 2).rows));
    const fresh = learnRows(400, 6, 2);
    const errors = fresh.rows.map(({ figures }, row) =>
      Math.abs(score(figures, null) - fresh.chances[row]!),
    );
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.12);
  });

  test('learns from vectors where they tell what figures do not', () => {
    const { rows } = learnRows(300, 7, 0);
    const withVectors = rows.map((row, index) => ({
      ...row,
      vector: Float32Array.of(
        row.failed ? 1 : -1,
        Math.sin(index),
        Math.cos(3 * index),
        Math.sin(7 * index),
      ),
    }));
    const model = modelOf(withVectors);
    expect(model.card.vectors).toBe(true);
    expect(model.vectors).not.toBeNull();
    const score = scorerOf(model);
    expect(score(rows[0]!.figures, Float32Array.of(1, 0, 0, 0))).toBeGreaterThan(0.8);
    expect(score(rows[0]!.figures, Float32Array.of(-1, 0, 0, 0))).toBeLessThan(0.2);
  });

  test('a judge that is imitated has an agreement', () => {
    const source = { kind: 'judge', name: 'grader' } as const;
    const { card } = modelOf(learnRows(200, 8, 3).rows, { source });
    expect(card.agreement).toBeGreaterThan(0.6);
    expect(modelOf(learnRows(200, 8, 3).rows).card.agreement).toBeNull();
  });
});
