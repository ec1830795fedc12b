import { expect, test } from 'vitest';
import { makeTrace, yes } from '../testing/trace.ts';
import { checkDetectors } from './check-detectors.ts';

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
  const detectors = await checkDetectors(file, 'checks.yaml');
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
  const [detector] = await checkDetectors(
    'checks:\n  - check: tool_called\n    params: { tool: refund }\n',
    'a.yaml',
  );
  const trace = makeTrace({ input: 'Hi', output: 'Done.' });
  expect(yes(detector!, trace)[0]?.evidence).toEqual([
    { spanId: null, path: '/output', quote: 'Done.' },
  ]);
});

test.each([
  { text: '- check: contians', message: 'a.yaml:1: there is no check contians' },
  {
    text: '- check: json\n- check: judge\n  params: { failure: x }',
    message: 'a.yaml:2: the check judge cannot look at every trace',
  },
  {
    text: 'checks: []\nother: 1',
    message: 'a.yaml:2: this is not a file of checks: there is no field other',
  },
  { text: '- contains', message: 'a.yaml:1: this is not a file of checks' },
  { text: '- check: [', message: 'a.yaml:1: not valid YAML' },
])('$message', async ({ text, message }) => {
  await expect(checkDetectors(text, 'a.yaml')).rejects.toThrow(
    expect.objectContaining({ code: 'invalid_suite', message: expect.stringContaining(message) }),
  );
});
