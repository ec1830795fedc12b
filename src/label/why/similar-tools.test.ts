import { describe, expect, test } from 'vitest';
import type { Why } from '../../contract/why.ts';
import { makeTrace, tool } from '../../testing/trace.ts';
import { statement, tool as toolSlot } from '../../text/statement.ts';
import { failuresOf, reasons } from './testing/reasons.ts';

describe('two tools with nearly the same description', () => {
  const offering = (...descriptions: string[]): readonly Why[] =>
    reasons(
      'tool_wrong_tool',
      failuresOf(
        () =>
          makeTrace({
            tools: descriptions.map((text, index) => tool(`t${index}`, {}, [], text)),
          }),
        { category: 'tool_wrong_tool', statement: statement`${toolSlot('t0')} was called` },
      ),
    );

  test('are named and quoted', () => {
    const [why] = offering(
      'Searches the orders of a customer by date.',
      'Sends a parcel.',
      'Searches the orders of customers by a date.',
    );
    expect(why).toMatchObject({
      statement: 'Likely because the descriptions of `t0` and `t2` are nearly the same',
      layer: 'tool',
      evidence: [{ path: '/tools/0/description' }, { path: '/tools/2/description' }],
    });
  });

  test('are no reason where they differ, or say too little to compare', () => {
    expect(offering('Searches the orders of a customer.', 'Sends a parcel home.')).toEqual([]);
    expect(offering('Search.', 'Search.')).toEqual([]);
  });
});
