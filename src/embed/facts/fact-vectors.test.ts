import { expect, test } from 'vitest';
import type { FactColumn, FactRole } from '../../contract/fact.ts';
import type { Failure } from '../../contract/failure.ts';
import { makeFailure, makeSignal } from '../../testing/signal.ts';
import { makeTrace } from '../../testing/trace.ts';
import { sentence } from '../../text/statement.ts';
import { factVectors } from './fact-vectors.ts';

const column = (key: string, role: FactRole, grouped = true): FactColumn => ({
  key,
  kind: key,
  role,
  weight: 1,
  grouped,
  statement: sentence(key),
});
const columns = new Map([
  [1, column('failed', 'form')],
  [2, column('acted', 'act')],
  [3, column('length', 'size')],
  [4, column('order', 'act', false)],
]);
const failure = (...facts: number[]): Failure => ({
  ...makeFailure({ trace: makeTrace(), signals: [] }),
  facts: { facts, measured: [], quantities: [] },
});
const cosine = ({ vectors, dimensions }: ReturnType<typeof factVectors>, a: number, b: number) => {
  let dot = 0;
  for (let d = 0; d < dimensions; d++)
    dot += vectors[a * dimensions + d]! * vectors[b * dimensions + d]!;
  return dot;
};

test('the cosine of two rows is that of their weighted facts', () => {
  const both = failure(1, 2);
  const rows = [both, both, failure(1), failure(1), failure(2), failure(2), failure(3)];
  const vectors = factVectors(rows, columns);
  expect(cosine(vectors, 0, 1)).toBeCloseTo(1, 5);
  // 1.5 for a fact of form, 1 for an act: 1.5 / √(1.5² + 1²)
  expect(cosine(vectors, 0, 2)).toBeCloseTo(1.5 / Math.hypot(1.5, 1), 5);
  expect(cosine(vectors, 2, 4)).toBeCloseTo(0, 5);
});

test('facts of size, of order and of fewer than three rows say nothing', () => {
  const rows = [failure(3, 4), failure(3, 4), failure(3, 4), failure(1), failure(1), failure()];
  expect([...factVectors(rows, columns).vectors].every((value) => value === 0)).toBe(true);
});

test('categories of signals count', () => {
  const loop = makeFailure({ signals: [makeSignal({ category: 'agent_loop' })] });
  const other = makeFailure({ signals: [makeSignal({ category: 'truncation' })] });
  const vectors = factVectors([loop, loop, loop, other, other, other], new Map());
  expect(cosine(vectors, 0, 1)).toBeCloseTo(1, 5);
  expect(cosine(vectors, 0, 3)).toBeCloseTo(0, 5);
});
