import { expect, test } from 'vitest';
import type { ReportTrace } from '../../../contract/report.ts';
import type { Evidence } from '../../../contract/signal.ts';
import { makeReport } from '../testing/make-report.ts';
import { type EvidencePlace, numberedEvidence, placeEvidence, pointerKeys } from './evidence.ts';
import { buildModel } from './report-model.ts';

/** RFC 6901, section 5. */
test.each([
  ['', []],
  ['/foo', ['foo']],
  ['/foo/0', ['foo', '0']],
  ['/', ['']],
  ['/a~1b', ['a/b']],
  ['/m~0n', ['m~n']],
  ['/~01', ['~1']],
])('the pointer "%s" has the keys %j', (path, keys) => {
  expect(pointerKeys(path)).toEqual(keys);
});

const trace: ReportTrace = {
  id: 't',
  isPassing: false,
  name: null,
  model: null,
  tenant: null,
  promptVersion: null,
  release: null,
  startTime: null,
  tokens: null,
  cost: null,
  error: null,
  spans: [],
  omittedSpans: 0,
  origin: 'f.jsonl:1',
  durationMs: null,
  evidence: [],
  messages: [
    {
      index: 0,
      role: 'user',
      name: null,
      content: 'refund A-17',
      omitted: 0,
      toolCalls: [],
      spanId: null,
    },
    {
      index: 3,
      role: 'assistant',
      name: null,
      content: '',
      omitted: 0,
      toolCalls: [{ id: null, name: 'refund_order', arguments: { order_id: 'ACC-9' } }],
      spanId: null,
    },
    {
      index: 5,
      role: 'assistant',
      name: null,
      content: 'done, A-17',
      omitted: 9,
      toolCalls: [],
      spanId: null,
    },
  ],
};

test.each<[string, string, EvidencePlace]>([
  ['/messages/0/content', 'A-17', { kind: 'content', message: 0 }],
  ['/messages/0/content', 'B-17', { kind: 'elsewhere' }],
  [
    '/messages/3/toolCalls/0/arguments/order_id',
    'ACC-9',
    { kind: 'call', message: 3, call: 0, keys: ['arguments', 'order_id'] },
  ],
  ['/messages/3/toolCalls/4/name', 'x', { kind: 'elsewhere' }],
  ['/messages/4/content', 'A-17', { kind: 'elsewhere' }],
  ['/input', 'refund', { kind: 'content', message: 0 }],
  ['/output', 'A-17', { kind: 'content', message: 5 }],
  ['/output', '', { kind: 'elsewhere' }],
  ['/spans/2/error/message', 'timeout', { kind: 'elsewhere' }],
])('places evidence at %s with quote "%s"', (path, quote, place) => {
  expect(placeEvidence(trace, [{ spanId: null, path, quote }])[0]?.place).toEqual(place);
});

test('numbers evidence in the order of the conversation, each piece once', () => {
  const model = buildModel(makeReport({ failures: 12 }));
  const [failure] = model.failures;
  if (failure === undefined) throw new RangeError('no failure');
  const at = (path: string, quote: string): Evidence => ({ spanId: null, path, quote });
  const late = at('/messages/9/content', 'late');
  const signals = [late, at('/output', 'out'), at('/messages/1/content', 'early'), late];
  const changed = {
    ...model,
    clusters: [],
    traceById: new Map(),
    failures: [
      { ...failure, signals: failure.signals.map((signal) => ({ ...signal, evidence: signals })) },
    ],
  };
  expect(numberedEvidence(changed, failure.traceId).map(({ quote }) => quote)).toEqual([
    'early',
    'late',
    'out',
  ]);
});
