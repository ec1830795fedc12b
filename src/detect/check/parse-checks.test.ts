import { expect, test } from 'vitest';
import { checksOf, readChecks } from './parse-checks.ts';

const parse = (text: string, taken: readonly string[] = []) =>
  checksOf(readChecks(text, '--check-file checks'), new Set(taken));
const plain = { severity: 3, layer: 'prompt', fixCost: 2 };

test('checks from the command line are named after their words', () => {
  const texts = [
    'The answer promises a refund without calling refund_order.',
    ' The answer\npromises a refund without calling refund_order again ',
    '退款被承诺',
    '3 apologies or more',
  ];
  const checks = checksOf(texts, new Set(['check']));
  expect(checks.map(({ name, text }) => [name, text])).toEqual([
    [
      'answer_promises_refund_without_calling_refund',
      'The answer promises a refund without calling refund_order',
    ],
    [
      'answer_promises_refund_without_calling_refund_2',
      'The answer promises a refund without calling refund_order again',
    ],
    ['check_2', '退款被承诺'],
    ['check_3_apologies_or_more', '3 apologies or more'],
  ]);
  expect(checks[0]).toMatchObject({ ...plain, category: checks[0]?.name });
});

test('a text file has one check per line', () => {
  expect(parse('# ours\n\nNo greeting\n  No goodbye.  \n')).toMatchObject([
    { name: 'no_greeting', text: 'No greeting' },
    { name: 'no_goodbye', text: 'No goodbye' },
  ]);
});

test.each([
  ['a list', (entries: readonly object[]) => entries],
  ['an object', (checks: readonly object[]) => ({ checks })],
])('JSON has checks as %s, with the fields of their category', (_, wrap) => {
  const entries = [
    {
      name: 'refund_promised',
      text: 'A refund is promised.',
      category: 'false_promise',
      severity: 5,
      layer: 'tool',
      fixCost: 1,
    },
    { text: 'No greeting' },
  ];
  expect(parse(JSON.stringify(wrap(entries)))).toEqual([
    {
      name: 'refund_promised',
      text: 'A refund is promised',
      category: 'false_promise',
      severity: 5,
      layer: 'tool',
      fixCost: 1,
    },
    { ...plain, name: 'no_greeting', text: 'No greeting', category: 'no_greeting' },
  ]);
});

test.each([
  { text: '[', says: /^--check-file checks: not valid JSON/ },
  { text: '[{"text": "x", "level": 3}]', says: /there is no field level/ },
  { text: '{"checks": [{"text": "x", "severity": 9}]}', says: /checks\.0\.severity: / },
  { text: '[{"text": "x", "layer": "cloud"}]', says: /0\.layer: / },
  { text: '[{"text": "x", "name": "No!"}]', says: /0\.name: must be lowercase letters/ },
  { text: '[]', says: /^--check-file checks: contains no checks$/ },
  { text: '# only a remark\r\n\r\n', says: /^--check-file checks: contains no checks$/ },
  { text: '[{"text": " . "}]', says: /a check needs words/ },
  {
    text: `[{"text": "${'x'.repeat(1_001)}"}]`,
    says: /0\.text: must have at most 1000 characters/,
  },
  {
    text: '[{"text": "x", "name": "agent_loop"}]',
    says: /the name agent_loop is taken/,
    taken: ['agent_loop'],
  },
  {
    text: Array.from({ length: 51 }, (_, index) => `Check ${index}`).join('\n'),
    says: /51 checks are too many/,
  },
])('rejects invalid checks: $says', ({ text, says, taken = [] }) => {
  expect(() => parse(text, taken)).toThrow(
    expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(says) }),
  );
});
