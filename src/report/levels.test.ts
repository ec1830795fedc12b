import { describe, expect, test } from 'vitest';
import type { Granularity, Grouping } from '../contract/grouping.ts';
import { listedLevel } from './levels.ts';

const grouping = (...granularities: Granularity[]): Grouping => ({
  positions: new Float32Array(0),
  passingPositions: new Float32Array(0),
  clusters: [],
  levels: granularities.map((granularity) => ({
    granularity,
    clusters: [],
    assignments: new Int32Array(0),
    membership: new Float32Array(0),
    noise: [],
  })),
});

describe('the listed level', () => {
  test.each<[Granularity, number]>([
    ['coarsest', 0],
    ['coarse', 1],
    ['medium', 1],
    ['fine', 1],
    ['finest', 2],
  ])('without coarse and fine, %s is level %i', (granularity, level) => {
    expect(listedLevel(grouping('coarsest', 'medium', 'finest'), granularity)).toBe(level);
  });

  test.each<[Granularity, number]>([
    ['coarsest', 0],
    ['coarse', 0],
    ['medium', 1],
    ['fine', 2],
    ['finest', 2],
  ])('without the outermost, %s is level %i', (granularity, level) => {
    expect(listedLevel(grouping('coarse', 'medium', 'fine'), granularity)).toBe(level);
  });

  test('is medium if there is no other', () => {
    for (const granularity of ['coarsest', 'medium', 'finest'] as const)
      expect(listedLevel(grouping('medium'), granularity)).toBe(0);
  });
});
