import { expect, test } from 'vitest';
import { reasonText, ruleText } from './reason-text.ts';

const titleOf = (id: string): string => (id === 'c-1' ? '`refund` fails' : id);

test('a reason says what calls for a look, causes by their titles', () => {
  expect(reasonText({ kind: 'error', name: '' })).toBe('ended with an error');
  expect(reasonText({ kind: 'signal', name: 'agent_loop' })).toBe('found: agent loop');
  expect(reasonText({ kind: 'edge', name: 'c-1' }, titleOf)).toBe('edge of cause: refund fails');
  expect(reasonText({ kind: 'disagreement', name: 'two people' })).toBe('two people disagree');
  expect(reasonText({ kind: 'rank', name: '2' })).toBe('cause of rank 2');
});

test('a rule says all that must hold', () => {
  expect(ruleText({ sample: 1 }, titleOf)).toBe('every failure');
  expect(
    ruleText(
      {
        ...{ reason: 'new_kind', signal: 'agent_loop', cause: 'c-1', tenant: 'acme', sample: 0.1 },
        score: { name: 'quality', below: 0.5 },
      },
      titleOf,
    ),
  ).toBe(
    'of a new kind: fits no cause, found: agent loop, refund fails, tenant acme, quality below 0.5, 10%',
  );
});
