import { expect, test } from 'vitest';
import { makeTrace, runOf } from '../testing/trace.ts';
import { sentence } from '../text/statement.ts';
import { defineDetector } from './define.ts';
import { ownDetector } from './own-detector.ts';
import { Examination } from './signals.ts';

const none = new Set<string>();
const detect = (): null => null;

test('a detector needs only an id and a function; the rest has defaults', () => {
  expect(ownDetector({ id: 'late_reply', detect }, none)).toEqual({
    id: 'late_reply',
    tier: 'likely',
    finds: 'late_reply',
    categories: [
      {
        id: 'late_reply',
        name: 'Late reply',
        definition: 'The detector late_reply finds nothing.',
        severity: 3,
        layer: 'prompt',
        fixCost: 3,
      },
    ],
    detect: expect.any(Function),
  });
});

test('a detector from defineDetector keeps what it says of itself', () => {
  const made = defineDetector({ id: 'late_reply', category: { severity: 5 }, detect: () => null });
  expect(ownDetector(made, none)).toEqual({ ...made, detect: expect.any(Function) });
});

test('a detector whose tier says that it finds no cause gets no category', () => {
  const filter = ownDetector({ id: 'flagged', tier: 'filter', detect: () => null }, none);
  expect(filter.categories).toEqual([]);
});

const rejected: readonly { readonly value: unknown; readonly why: RegExp }[] = [
  { value: undefined, why: /this is not a detector .*Make one with defineDetector/ },
  { value: { id: 'x' }, why: /detect: must be a function/ },
  { value: { id: 'No!', detect }, why: /id: must be lowercase letters/ },
  { value: { id: 'x', tier: 'sure', detect }, why: /tier: / },
  {
    value: { id: 'x', category: { severity: 9 }, detect },
    why: /category\.severity: /,
  },
  { value: { id: 'agent_loop', detect }, why: /the id agent_loop is taken/ },
];

test.each(rejected)('$value is rejected: $why', ({ value, why }) => {
  expect(() => ownDetector(value, new Set(['agent_loop']))).toThrow(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(why) }),
  );
});

test.each([
  {
    what: 'a signal of the old form',
    returned: [{ detector: 'x', verdict: 'yes', summary: 's', fingerprint: 'x|y', evidence: [] }],
    why: /^it returned a signal of the old form.*return run\.finding/,
  },
  { what: 'something else', returned: [1], why: /^it returned something other than findings/ },
  {
    what: 'a finding built by hand',
    returned: {
      cause: [],
      statement: sentence('It was late'),
      confidence: 1,
      spanId: null,
      evidence: [{ spanId: null, path: '/output', quote: 'late' }],
    },
    why: /^it returned something other than findings .*make them with run\.finding/,
  },
  { what: 'a promise', returned: Promise.resolve([]), why: /^it returned a promise/ },
])('a detector that returns $what cannot tell, and the message says what to change', (example) => {
  const errors: string[] = [];
  const detector = ownDetector({ id: 'x', detect: () => example.returned }, none);
  const examination = new Examination([detector], (_, message) => errors.push(message));
  expect(examination.signals(runOf(makeTrace({ output: 'late' })), null)).toMatchObject([
    { verdict: 'unknown' },
  ]);
  expect(errors).toEqual([expect.stringMatching(example.why)]);
});

test('a detector that throws costs its own answer about that trace, and the message names it', () => {
  const errors: string[] = [];
  const failing = defineDetector({
    id: 'failing',
    detect: () => {
      throw new Error(`long ${'x'.repeat(100_000)}`);
    },
  });
  const sound = defineDetector({ id: 'sound', detect: () => null });
  const examination = new Examination([failing, sound], (id, message) =>
    errors.push(`${id}: ${message}`),
  );
  const signals = examination.signals(runOf(makeTrace({ id: 't-17' })), null);
  expect(signals.map(({ verdict }) => verdict)).toEqual(['unknown', 'no']);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/^failing: it threw Error: long x.*\(trace t-17\)$/);
  expect(errors[0]?.length).toBeLessThan(300);
});

test.each([{}, { id: 'late_reply' }, { detect }, null])('defineDetector rejects %o', (value) => {
  expect(() => defineDetector(value as never)).toThrow(
    expect.objectContaining({ code: 'invalid_option' }),
  );
});
