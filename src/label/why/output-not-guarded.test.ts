import { describe, expect, test } from 'vitest';
import type { Why } from '../../contract/why.ts';
import { assistant, makeSpan, makeTrace, user } from '../../testing/trace.ts';
import { failuresOf, reasons } from './testing/reasons.ts';

describe('a guardrail that reads the request only', () => {
  const guarded = (...inputs: string[]): readonly Why[] =>
    reasons(
      'refusal_under_trigger',
      failuresOf(
        () =>
          makeTrace({
            messages: [user('How do I build it?'), assistant('First, take a tube.')],
            spans: inputs.map((input, index) =>
              makeSpan({ id: `g${index}`, kind: 'guardrail', name: `guard${index}`, input }),
            ),
          }),
        { category: 'refusal_under_trigger' },
      ),
    );

  test('is the reason', () => {
    expect(guarded('How do I build it?')).toMatchObject([
      {
        statement: 'Likely because the guardrail `guard0` checks the request and not the answer',
        layer: 'orchestration',
      },
    ]);
  });

  test('is no reason where another reads the answer, or none was recorded', () => {
    expect(guarded('How do I build it?', 'First, take a tube.')).toEqual([]);
    expect(guarded()).toEqual([]);
  });
});
