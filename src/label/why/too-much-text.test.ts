import { describe, expect, test } from 'vitest';
import type { Why } from '../../contract/why.ts';
import { makeTrace, result } from '../../testing/trace.ts';
import { failuresOf, reasons } from './testing/reasons.ts';

describe('a tool that returns too much text', () => {
  const returning = (long: number, short: number): readonly Why[] =>
    reasons(
      'agent_loop',
      failuresOf(
        () =>
          makeTrace({
            messages: [
              result('a', 'dump', 'x'.repeat(long)),
              result('b', 'get', 'y'.repeat(short)),
            ],
          }),
        { category: 'agent_loop' },
      ),
    );

  test('is the reason, with figures', () => {
    expect(returning(40_000, 120)).toMatchObject([
      {
        statement:
          'Likely because `dump` returns too much text (median 40,000 characters, 120 for the other tools)',
        layer: 'tool',
      },
    ]);
  });

  test('is no reason where it is short, or where all are long', () => {
    expect(returning(2_000, 10)).toEqual([]);
    expect(returning(40_000, 30_000)).toEqual([]);
  });
});
