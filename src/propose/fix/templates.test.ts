import { expect, test } from 'vitest';
import { builtInDetectors } from '../../detect/ask.ts';
import { taxonomy } from '../../detect/detect.ts';
import { tool } from '../../testing/trace.ts';
import type { Fingerprint } from './fingerprint.ts';
import { templateFixes } from './templates.ts';

const fingerprint = (category: string, parts: Partial<Fingerprint> = {}): Fingerprint => ({
  ...{ category, parts: [], tools: [], fields: [], definitions: [], values: [] },
  ...parts,
});

/** Categories that no prompt and no definition of a tool fixes. */
const NONE = [
  ...['infrastructure_error', 'truncation', 'admitted_doubt', 'unexplained'],
  ...['latency_outlier', 'token_outlier', 'cost_outlier'],
];

test('every category has a template, or is said to have none', () => {
  const ids = taxonomy({ detectors: builtInDetectors(), checks: [] }).map(({ id }) => id);
  const without = ids.filter(
    (id) => templateFixes(fingerprint(id, { tools: ['search'] })).length === 0,
  );
  expect(without.toSorted()).toEqual(NONE.toSorted());
  expect(templateFixes(fingerprint('constructor'))).toEqual([]);
});

const refund = tool('refund_order', {
  order_id: { type: 'string', description: 'The id.' },
  amount: { type: 'number', description: 'The amount to pay back, in cents' },
});

test.each([
  {
    parts: ['other field', 'refund_order.order_id', 'from account_id'],
    fields: ['order_id'],
    text: 'The order id. Take it from a field named order_id in an earlier result, or from the user; look it up first if you do not have it. Never pass the account id.',
  },
  {
    parts: ['unit', 'refund_order.amount', 'from dollars'],
    fields: ['amount'],
    text: 'The amount to pay back, in cents. Convert the value of the request to the unit that this argument takes, here from dollars.',
  },
  {
    parts: ['invented value', 'refund_order.order_id'],
    fields: ['order_id'],
    text: 'The order id. Take it from the user or from an earlier result. If you do not have it, ask for it; never make one up.',
  },
])('an argument with $parts says $text', ({ parts, fields, text }) => {
  const [first, second] = templateFixes(
    fingerprint('tool_argument_mismatch', {
      ...{ parts, fields, tools: ['refund_order'], definitions: [refund] },
    }),
  );
  expect(first).toMatchObject({ layer: 'tool', edits: [{ kind: 'describe_argument', text }] });
  expect(second).toMatchObject({ layer: 'prompt', edits: [{ kind: 'add_to_prompt' }] });
});

test('an argument of a few values gets them as a list', () => {
  const [first] = templateFixes(
    fingerprint('tool_argument_mismatch', {
      ...{ parts: ['not a listed value', 'search.sort'], tools: ['search'], fields: ['sort'] },
      values: ['newest', 'oldest'],
    }),
  );
  expect(first?.edits).toEqual([
    { kind: 'allow_values', tool: 'search', argument: 'sort', values: ['newest', 'oldest'] },
  ]);
});

test('two arguments that were swapped are both described', () => {
  const [first] = templateFixes(
    fingerprint('tool_argument_mismatch', {
      ...{ parts: ['swapped', 'fly.origin', 'destination'], fields: ['origin', 'destination'] },
      tools: ['fly'],
    }),
  );
  expect(first?.edits).toMatchObject([
    { argument: 'origin', text: 'The origin. Never the destination.' },
    { argument: 'destination', text: 'The destination, never the origin.' },
  ]);
});

test('of two tools, the one called is said not to be for it', () => {
  const definitions = [tool('find', {}, [], 'Find a thing.'), tool('buy', {}, [], 'Buy it.')];
  const [first] = templateFixes(
    fingerprint('tool_wrong_tool', { tools: ['find', 'buy'], definitions }),
  );
  expect(first?.edits).toEqual([
    {
      ...{ kind: 'describe_tool', tool: 'find' },
      text: 'Find a thing. Not for what buy does (Buy it): call buy for that.',
    },
  ]);
});
