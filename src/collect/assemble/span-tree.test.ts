import { expect, test } from 'vitest';
import type { SpanReading } from '../dialect/read-span.ts';
import { spanTree } from './span-tree.ts';

/** Spans in a chain, each below the one before; `reads` counts how often a kind was asked for. */
function chain(length: number) {
  let reads = 0;
  const spans = Array.from({ length }, (_, at) => ({
    span: {
      id: `s${at}`,
      parentId: at === 0 ? null : `s${at - 1}`,
      get kind() {
        reads++;
        return at === 3 ? 'evaluator' : 'model';
      },
    },
  })) as unknown as SpanReading[];
  return { tree: spanTree(spans), reads: () => reads };
}

test('spans of and below an evaluator are side spans', () => {
  const { tree } = chain(6);
  expect([...tree.sides]).toEqual([0, 0, 0, 1, 1, 1]);
});

test('a chain costs work in proportion to its length', () => {
  const readsOf = (length: number): number => chain(length).reads();
  expect(readsOf(20_000)).toBeLessThan(2.2 * readsOf(10_000));
});
