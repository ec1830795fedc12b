import { expect, test } from 'vitest';
import { makeTrace, signalsOf, yes } from '../testing/trace.ts';
import { checksOfFile } from './file-checks.ts';

const noScript = () => Promise.reject(new Error('there is no module'));

const file = `
- check: contains
  params: { texts: [guaranteed] }
  negate: true
  why: Nothing is guaranteed.
- check: length
  params: { max: 3 }
- check: contains
  params: { texts: [Hello] }
`;

test('a check of a file finds a failure where it fails, with its quote', async () => {
  const { detectors } = await checksOfFile(file, 'checks.yaml', noScript);
  expect(detectors.map(({ id }) => id)).toEqual([
    'check_contains',
    'check_length',
    'check_contains_2',
  ]);
  const trace = makeTrace({ output: 'Hello, delivery is guaranteed.' });
  const found = detectors.map((detector) => yes(detector, trace));
  expect(found.map((signals) => signals.length)).toEqual([1, 1, 0]);
  expect(found[0]?.[0]).toMatchObject({
    detector: 'check_contains',
    category: 'check_contains',
    statement: { template: 'The check contains fails: Nothing is guaranteed' },
    evidence: [{ path: '/output', quote: 'Hello, delivery is guaranteed.' }],
  });
});

test('a check without a quote of its own is shown by the answer', async () => {
  const { detectors } = await checksOfFile(
    'checks:\n  - check: tool_called\n    params: { tool: refund }\n',
    'a.yaml',
    noScript,
  );
  const [detector] = detectors;
  const trace = makeTrace({ input: 'Hi', output: 'Done.' });
  expect(yes(detector!, trace)[0]?.evidence).toEqual([
    { spanId: null, path: '/output', quote: 'Done.' },
  ]);
});

test.each([
  { text: '- check: contians', message: 'a.yaml:1: there is no check contians' },
  {
    text: 'checks: []\nother: 1',
    message: 'a.yaml:2: this is not a file of checks: there is no field other',
  },
  { text: '- contains', message: 'a.yaml:1: this is not a file of checks' },
  { text: '- check: [', message: 'a.yaml:1: not valid YAML' },
])('$message', async ({ text, message }) => {
  await expect(checksOfFile(text, 'a.yaml', noScript)).rejects.toThrow(
    expect.objectContaining({ code: 'invalid_suite', message: expect.stringContaining(message) }),
  );
});

test('a judge is a question, a function of your own is asked at once', async () => {
  const text =
    '- check: judge\n  params: { failure: It is rude. }\n- check: script\n  params: { file: ./a.ts }\n';
  const answers: unknown[] = [false, true, Promise.resolve(false)];
  const script = () => Promise.resolve(() => answers.shift());
  const { detectors, questions } = await checksOfFile(text, 'a.yaml', script);
  expect(questions).toEqual(['It is rude.']);
  const trace = makeTrace({ output: 'Done.' });
  expect(yes(detectors[0]!, trace)).toHaveLength(1);
  expect(yes(detectors[0]!, trace)).toHaveLength(0);
  expect(signalsOf(detectors[0]!, trace)).toMatchObject([{ verdict: 'unknown' }]);
});
