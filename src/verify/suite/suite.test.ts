import { describe, expect, test } from 'vitest';
import type { Suite } from '../../contract/suite.ts';
import { assistant, makeTrace, user } from '../../testing/trace.ts';
import { makePayload, makeSource, makeSuite, makeSuiteCase } from '../testing/suite.ts';
import { diffSuites } from './diff-suites.ts';
import { parseSuite } from './parse-suite.ts';
import { parsePayload, payloadText } from './payload.ts';
import { proveSuite } from './prove-suite.ts';
import { readSuites } from './read-suites.ts';
import { suiteHash } from './suite-hash.ts';
import { suiteJsonSchema } from './suite-json-schema.ts';
import { suiteName } from './suite-name.ts';
import { suiteText, withCases, withField } from './suite-text.ts';

const promised = makePayload(
  makeTrace({ id: 't-1', messages: [user('My lamp broke'), assistant('You get a refund today.')] }),
);
const helped = makePayload(
  makeTrace({ id: 't-2', messages: [user('My vase broke'), assistant('I have sent a new one.')] }),
);
const guard = makeSuiteCase(promised);
const control = makeSuiteCase(helped, { id: 'control-1', role: 'control', proof: 'green' });
const suite = makeSuite([guard, control]);
const text = suiteText(suite);
const payload = payloadText({
  source: makeSource(),
  cases: new Map([promised, helped].map((each) => [each.hash, each])),
});
const files = [
  { path: 'evals/promise.jsonl', text: payload },
  { path: 'evals/promise.yaml', text },
];

describe('a suite as YAML', () => {
  test('is read as it was written', () => {
    expect(parseSuite(text, 'a.yaml').suite).toEqual(suite);
    expect(text).toContain('# yaml-language-server: $schema=suite.schema.json');
    expect(text).not.toMatch(/[&*]a\d/);
  });

  test('keeps comments, order and words when cases are added', () => {
    const edited = text

      .replace('labels:', '# Ours\nlabels:\n  - nightly # runs at night')
      .replace('checks:\n', 'checks:\n  # A promise is no call.\n');
    const slice = makeSuiteCase(promised, { id: 'slice-1', role: 'slice' });
    const rewritten = withCases(parseSuite(edited, 'a.yaml').located, [slice]);
    expect(rewritten.startsWith(edited.trimEnd())).toBe(true);
    expect(parseSuite(rewritten, 'a.yaml').suite.cases.map(({ id }) => id)).toEqual([
      guard.id,
      'control-1',
      'slice-1',
    ]);
  });

  test('gets a field of some cases set, and nothing else', () => {
    const spent = withField(
      parseSuite(text, 'a.yaml').located,
      new Set(['control-1']),
      'spent',
      'run-7',
    );
    expect(spent.replace('    spent: run-7\n', '')).toBe(text);
    expect(parseSuite(spent, 'a.yaml').suite.cases[1]?.spent).toBe('run-7');
  });
});

describe('what cannot be used is named with file and line', () => {
  const line = (part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

  test.each([
    {
      what: 'broken YAML',
      broken: text.replace('version: 1', 'version: [1'),
      message: `a.yaml:${line('cause:')}: not valid YAML: `,
    },
    {
      what: 'a key that comes twice',
      broken: text.replace('version: 1', 'version: 1\nversion: 1'),
      message: `a.yaml:${line('version: 1') + 1}: not valid YAML: Map keys must be unique`,
    },
    {
      what: 'an unknown check',
      broken: text.replace('check: contains', 'check: contians'),
      message: `a.yaml:${line('check: contains')}: there is no check contians; did you mean contains?`,
    },
    {
      what: 'a parameter that the check does not take',
      broken: text.replace('texts:', 'text:'),
      message: `a.yaml:${line('texts:')}: parameters of the check contains: there is no field text; it takes texts, match, ignoreCase`,
    },
    {
      what: 'an unknown field',
      broken: text.replace('role: control', 'roll: control'),
      message: `a.yaml:${line('role: control')}: this is not a suite: cases.1: there is no field roll`,
    },
    {
      what: 'a value out of range',
      broken: text.replace('repeats: 5', 'repeats: 0'),
      message: `a.yaml:${line('repeats: 5')}: this is not a suite: register.repeats: must be at least 1`,
    },
    {
      what: 'an id that two cases share',
      broken: text.replace('id: control-1', `id: ${guard.id}`),
      message: `a.yaml:${line('id: control-1')}: the case id ${guard.id} is taken by the case at line ${line(`id: ${guard.id}`)}`,
    },
    { what: 'a text', broken: 'hello', message: 'a.yaml:1: this is not a suite' },
    { what: 'nothing', broken: '', message: 'a.yaml:1: this is not a suite' },
    {
      what: 'a small file that would grow without bound',
      broken: `a: &a [x, x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &${'bcdefghij'[at]} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`).join('\n')}`,
      message: 'a.yaml: not usable YAML: ',
    },
  ])('$what', ({ broken, message }) => {
    expect(() => parseSuite(broken, 'a.yaml')).toThrow(
      expect.objectContaining({ code: 'invalid_suite', message: expect.stringContaining(message) }),
    );
  });

  test.each([
    { what: 'no JSON', broken: `${payload}{`, message: 'p.jsonl:4: not valid JSON' },
    {
      what: 'another form',
      broken: `${payload}{"kind":"case"}\n`,
      message: "p.jsonl:4: this is no line of a suite's payload: hash: must be text",
    },
    {
      what: 'a content that was changed',
      broken: payload.replace('You get a refund', 'You get no refund'),
      message: 'p.jsonl:2: the content was changed: its hash is ',
    },
    {
      what: 'no source',
      broken: payload.split('\n').slice(1).join('\n'),
      message: 'p.jsonl:1: the line with "kind":"source" is missing',
    },
  ])('payload: $what', ({ broken, message }) => {
    expect(() => parsePayload(broken, 'p.jsonl')).toThrow(
      expect.objectContaining({ code: 'invalid_suite', message: expect.stringContaining(message) }),
    );
  });

  test('a folder: a missing payload, a missing content, one cause in two files', () => {
    expect(readSuites(files)).toHaveLength(1);
    expect(() => readSuites(files.slice(1))).toThrow('there is no file evals/promise.jsonl');
    const other = { path: 'evals/z.yaml', text };
    expect(() => readSuites([...files, other])).toThrow(
      'evals/z.yaml:7: the cause c-1a2b3c4d has a suite already: evals/promise.yaml',
    );
    const moved = text.replace(`hash: ${guard.hash}`, 'hash: 0123456789abcdef');
    expect(() => readSuites([files[0]!, { path: 'evals/promise.yaml', text: moved }])).toThrow(
      `evals/promise.jsonl has no content 0123456789abcdef for the case ${guard.id}`,
    );
  });
});

describe('the version of a suite', () => {
  const changed = (parts: Partial<Suite>) => suiteHash({ ...suite, ...parts });

  test('depends on what decides its verdicts', () => {
    expect(changed({ register: { ...suite.register, repeats: 3 } })).not.toBe(suiteHash(suite));
    expect(changed({ cases: [guard] })).not.toBe(suiteHash(suite));
  });

  test('does not depend on comments, order of keys, or what runs write', () => {
    const reversed = Object.fromEntries(Object.entries(suite).reverse()) as Suite;
    expect(suiteHash(reversed)).toBe(suiteHash(suite));
    expect(changed({ cases: [{ ...guard, spent: 'run-1' }, control] })).toBe(suiteHash(suite));
  });

  test('differs by what diffSuites lists', () => {
    const now = {
      ...suite,
      labels: ['nightly'],
      cases: [{ ...guard, reference: 'x' }, makeSuiteCase(helped, { id: 'new' })],
    };
    expect(diffSuites(suite, now)).toMatchObject({
      cause: 'c-1a2b3c4d',
      from: suiteHash(suite),
      to: suiteHash(now),
      added: [{ id: 'new' }],
      removed: [{ id: 'control-1' }],
      changed: [{ id: guard.id, fields: ['reference'] }],
      fields: [{ name: 'labels', from: ['ci'], to: ['nightly'] }],
    });
    expect(diffSuites(suite, suite)).toMatchObject({
      added: [],
      removed: [],
      changed: [],
      fields: [],
    });
  });
});

test('the recorded outputs prove the cases, or they are broken', async () => {
  const services = { judge: null, script: null };
  const [read] = readSuites(files);
  const proofs = await proveSuite(read!, services);
  expect([...proofs.values()]).toEqual([
    { proof: 'red', broken: null },
    { proof: 'green', broken: null },
  ]);
  const swapped = text
    .replace('role: guard', 'role: control')
    .replace('role: control\n    trace: t-2', 'role: guard\n    trace: t-2');
  const [wrong] = readSuites([files[0]!, { path: 'evals/promise.yaml', text: swapped }]);
  expect([...(await proveSuite(wrong!, services)).values()].map(({ broken }) => broken)).toEqual([
    'its recorded output fails the checks (contains: the answer contains “refund”)',
    expect.stringContaining('its recorded output passes the checks'),
  ]);
});

test('the JSON Schema knows the parameters of every check', () => {
  const schema = suiteJsonSchema();
  const checks = (schema.$defs?.['check']?.anyOf ?? []) as {
    properties: { check: { const: string } };
  }[];
  expect(checks.length).toBeGreaterThan(100);
  expect(
    JSON.stringify(checks.find(({ properties }) => properties.check.const === 'tool_called')),
  ).toContain('"tool"');
});

test.each([
  [
    '`refund_order` was called with the value of `account_id`',
    'refund-order-was-called-with-the-value-of-account-id',
  ],
  ['返金', 'c-1'],
])('%s is the file %s', (title, name) => {
  expect(suiteName(title, 'c-1')).toBe(name);
});
