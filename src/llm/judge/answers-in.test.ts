import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answersIn, answersSchema } from './answers-in.ts';

const no = { verdict: 'no' };
const yes = { verdict: 'yes' };

test.each([
  { form: 'as asked', text: '{"answers":[{"item":1,"verdict":"no"},{"item":2,"verdict":"yes"}]}' },
  {
    form: 'out of order',
    text: '{"answers":[{"item":2,"verdict":"yes"},{"item":1,"verdict":"no"}]}',
  },
  { form: 'without numbers', text: '{"answers":[{"verdict":"no"},{"verdict":"yes"}]}' },
  { form: 'as a bare list', text: '[{"verdict":"no"},{"verdict":"yes"}]' },
  {
    form: 'in a fence within prose',
    text: 'Here you are:\n```json\n{"answers":[{"verdict":"no"},{"verdict":"yes"}]}\n```\nAnything else?',
  },
  {
    form: 'after tagged thinking',
    text: '<think>is it {yes} or {no}?</think>{"answers":[{"verdict":"no"},{"verdict":"yes"}]}',
  },
  {
    form: 'after untagged thinking',
    text: 'Is [2] about {order_id}? So: { "answers":[{"verdict":"no"},{"verdict":"yes"}]}',
  },
  {
    form: 'after prose with braces',
    text: 'I looked at {order_id}.\n```json\n{"answers":[{"verdict":"no"},{"verdict":"yes"}]}\n```',
  },
  {
    form: 'with numbers out of range',
    text: '{"answers":[{"item":1,"verdict":"no"},{"item":7,"verdict":"x"},{"item":"2","verdict":"yes"},{"item":1,"verdict":"late"}]}',
  },
])('reads answers $form', ({ text }) => {
  expect(answersIn(text, 2)).toEqual([no, yes]);
});

test('a bare object answers a single item', () => {
  expect(answersIn('{"verdict":"yes"}', 1)).toEqual([yes]);
});

test.each(['', 'I cannot help with that.', '{"answers":', '"yes"', '{"answers":"none"}', 'null'])(
  '%j answers no item',
  (text) => {
    expect(answersIn(text, 2)).toEqual([null, null]);
  },
);

test('a skipped item has no answer', () => {
  expect(answersIn('{"answers":[{"item":2,"verdict":"yes"}]}', 2)).toEqual([null, yes]);
});

test('prototype keys are dropped', () => {
  const [answer] = answersIn('{"verdict":"no","__proto__":{"polluted":true}}', 1);
  expect(Object.keys(answer ?? {})).toEqual(['verdict']);
  expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
});

test('requires every property of an answer, as strict schemas must', () => {
  const answer = { type: 'object', properties: { verdict: { type: 'string' } } };
  expect(answersSchema(answer)).toEqual({
    type: 'object',
    properties: {
      answers: {
        type: 'array',
        items: {
          type: 'object',
          properties: { item: { type: 'integer' }, verdict: { type: 'string' } },
          required: ['item', 'verdict'],
          additionalProperties: false,
        },
      },
    },
    required: ['answers'],
    additionalProperties: false,
  });
});

test('any text gives at most one answer per item and never an error', () => {
  const anyText = fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((json) => `Sure! \`\`\`json\n${json}\n\`\`\` done`),
    fc.json().map((json) => `{"answers": [${json}]}`),
  );
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 5 }), (text, items) => {
      const answers = answersIn(text, items);
      expect(answers.length).toBe(items);
      for (const answer of answers) expect(answer === null || !Array.isArray(answer)).toBe(true);
    }),
    { seed: 9, numRuns: 300 },
  );
});

test('rejects brackets nested a hundred thousand deep', () => {
  expect(answersIn('['.repeat(100_000), 1)).toEqual([null]);
  expect(answersIn(`{"a":${'['.repeat(90_000)}${']'.repeat(90_000)}}`, 1)).toHaveLength(1);
});
