import { describe, expect, test } from 'vitest';
import type { RememberedCause } from '../contract/frozen-model.ts';
import { factRow } from '../text/fact-row.ts';
import { perGranularity } from './granularities.ts';
import type { FoundCluster, GroupFacts, GroupInput } from './group-input.ts';
import { keptApart } from './kept-apart.ts';

const factOf = (key: string) => ({
  ...{ key, kind: 'cause', role: 'cause', weight: 0, grouped: false },
  statement: { template: key, slots: [] },
});
const conditionOf = (key: string) =>
  ({
    atoms: [{ fact: factOf(key), least: null, most: null }],
  }) as unknown as NonNullable<RememberedCause['condition']>;
const causeOf = (
  id: string,
  key: string | null,
  members: readonly string[] = [],
): RememberedCause => ({
  ...{ id, fingerprint: null, members },
  condition: key === null ? null : conditionOf(key),
});

/** Rows 0 to 9; each has the facts that are named. */
const FACTS = ['ab', 'ab', 'ab', 'a', 'a', 'b', 'b', 'b', 'b', ''].map((keys) => [...keys]);
const rows = FACTS.map((keys, at) => ({
  ...factRow(new Map(keys.map((key) => [key, null]))),
  id: `t${at}`,
}));
const input = (apart: GroupInput['apart']): GroupInput => ({
  ...{ vectors: new Float32Array(20), dimensions: 2, causes: null },
  ...(apart && { apart }),
  facts: {
    rows,
    population: { rows: [], columns: new Map(), isComplete: true },
  } as unknown as GroupFacts,
});
const all: FoundCluster = {
  rows: rows.map((_, at) => at),
  membership: rows.map((_, at) => at / 10),
  ...{ persistence: 1, stability: 1, leftover: null },
  cause: { condition: conditionOf('x'), state: 'detector' } as unknown as FoundCluster['cause'],
};
type Pairs = readonly (readonly [RememberedCause, RememberedCause])[];
const divided = (pairs: Pairs, least = 1, isMerged = false): readonly FoundCluster[] =>
  keptApart(
    input(pairs.map((causes) => ({ causes, isMerged }))),
    perGranularity(() => [all]),
    least,
  ).medium;
const rowsOf = (clusters: readonly FoundCluster[]) =>
  clusters.map(({ rows: own }) => own.join('')).sort();

describe('causes that a person keeps apart', () => {
  test('do not share a cluster: a failure goes by the condition it meets, of two by the narrower', () => {
    const narrow = causeOf('c-1', 'a', ['t9']);
    const wide = causeOf('c-2', 'b');
    expect(rowsOf(divided([[narrow, wide]]))).toEqual(['012349', '5678']);
    const parts = divided([[wide, narrow]]);
    expect(rowsOf(parts)).toEqual(['012349', '5678']);
    const [first] = parts.filter(({ rows: own }) => own.includes(0));
    expect(first?.membership).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.9]);
    expect(first?.cause?.condition).toEqual(conditionOf('a'));
    expect(first?.stability).toBeNull();
  });

  test('are told by their members where no condition names them; what was in neither stays the rest', () => {
    const one = causeOf('c-1', null, ['t0', 't1']);
    const other = causeOf('c-2', null, ['t1', 't2', 't3']);
    expect(rowsOf(divided([[one, other]]))).toEqual(['0', '1456789', '23']);
    expect(rowsOf(divided([[one, other]], 2))).toEqual(['1456789', '23']);
  });

  test('leave a cluster as it is where it holds failures of one of them alone', () => {
    expect(divided([[causeOf('c-1', 'a'), causeOf('c-2', 'z')]])).toEqual([all]);
    expect(divided([])).toEqual([all]);
    expect(
      keptApart(
        input(undefined),
        perGranularity(() => [all]),
        1,
      ).medium,
    ).toEqual([all]);
  });

  test('a rest that is too small joins the larger of the two', () => {
    const one = causeOf('c-1', 'a');
    const other = causeOf('c-2', 'b');
    expect(rowsOf(divided([[one, other]], 2))).toEqual(['012349', '5678']);
  });

  test('two that are merged are divided, too, unless one is too small to be found again', () => {
    const one = causeOf('c-1', null, ['t0', 't1']);
    const other = causeOf('c-2', null, ['t2', 't3', 't4', 't5', 't6', 't7', 't8', 't9']);
    expect(rowsOf(divided([[one, other]], 2, true))).toEqual(['01', '23456789']);
    expect(rowsOf(divided([[one, other]], 3, true))).toEqual(['0123456789']);
    expect(rowsOf(divided([[one, other]], 3, false))).toEqual(['23456789']);
  });

  test('of several pairs, each holds', () => {
    const [one, other, third] = [
      causeOf('c-1', null, ['t0', 't1']),
      causeOf('c-2', null, ['t2', 't3']),
      causeOf('c-3', null, ['t4', 't5']),
    ];
    expect(
      rowsOf(
        divided([
          [one, other],
          [one, third],
          [other, third],
        ]),
      ),
    ).toEqual(['01', '23', '456789']);
  });
});
