import { describe, expect, test } from 'vitest';
import type { Outcome } from '../contract/file-model.ts';
import { labelSourceIn } from './label-source.ts';

const outcome = (name: string, judge: Outcome['judge'], more: Partial<Outcome> = {}): Outcome => ({
  from: 'score',
  name,
  judge,
  fails: { below: 0.5 },
  failed: 20,
  passed: 40,
  ...more,
});
const person = outcome('review', 'human');
const model = outcome('grader', 'model');

describe('labelSourceIn', () => {
  test('takes labels of people, and a judge only by name', () => {
    expect(labelSourceIn([person, model], null).source).toEqual({ kind: 'people', name: 'review' });
    expect(labelSourceIn([person, model], 'grader').source).toEqual({
      kind: 'judge',
      name: 'grader',
    });
  });

  test('an outcome that all traces share says nothing', () => {
    const same = outcome('done', 'code', { failed: 0 });
    expect(labelSourceIn([same, outcome('passed', 'unknown')], null).source.name).toBe('passed');
  });

  test('says what there is where nothing fits', () => {
    expect(() => labelSourceIn([model], null)).toThrow(/only scores of judges \(grader\)/);
    expect(() => labelSourceIn([], null)).toThrow('nothing recorded says');
    expect(() => labelSourceIn([model], 'other')).toThrow('there is grader');
    expect(() => labelSourceIn([person], 'review')).toThrow('given by people');
  });
});
