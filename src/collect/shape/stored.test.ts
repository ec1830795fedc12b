import { expect, test } from 'vitest';
import type { RawRecord } from '../record.ts';
import { storedLine, storedShape } from './stored.ts';

const span: RawRecord = {
  kind: 'span',
  span: {
    ...{ traceId: 't', spanId: 's', parentId: null, name: 'chat', startTime: 1.5, endTime: null },
    ...{ statusCode: 'error', statusMessage: 'no', scope: 'lib', droppedAttributes: 1 },
    attributes: { nested: { list: [1, null] } },
    resource: { 'service.name': 'shop' },
    events: [{ name: 'e', time: 1, attributes: { a: 1 } }],
    links: [{ traceId: 'x', spanId: 'y' }],
    refusedKeys: 2,
  },
};
const log: RawRecord = {
  kind: 'log',
  log: {
    ...{ traceId: 't', spanId: null, name: 'n', time: null, body: ['text'], attributes: {} },
    resource: {},
  },
};
const judgement = {
  ...{ name: 'thumbs', value: null, label: 'down', explanation: null, spanId: null },
  annotator: 'human',
} as const;
const score: RawRecord = {
  kind: 'score',
  score: { traceId: null, sessionId: 's', responseId: null, score: judgement, id: 'sc' },
};
const conversation: RawRecord = {
  kind: 'conversation',
  conversation: {
    ...{ id: 'c', input: null, output: 'out', fields: { row: 1 }, scores: [judgement] },
    messages: [
      {
        ...{ role: 'tool', content: 'x', toolCallId: '1', name: null, spanId: null, isError: true },
        toolCalls: [{ id: null, name: 'f', arguments: { a: [1] } }],
      },
    ],
    tools: [{ name: 'f', description: '', parameters: null }],
    calls: new Map([[1, { model: 'm', usage: { input: 1 }, time: null }]]),
    unknown: ['/a'],
  },
};

const read = (value: unknown): { records: readonly RawRecord[]; problems: string[] } => {
  const problems: string[] = [];
  const records = storedShape.read(JSON.parse(JSON.stringify(value)), {
    onProblem: (code, message) => problems.push(`${code}: ${message}`),
    ...{ hold: () => {}, gather: () => {}, file: 'f' },
  });
  return { records, problems };
};

test.each([span, log, score, conversation])(
  'a record is read as it was written: $kind',
  (record) => {
    const line = storedLine(record);
    expect(storedShape.matches(JSON.parse(JSON.stringify(line)))).toBe(true);
    expect(read(line)).toEqual({ records: [record], problems: [] });
  },
);

test('what is no record is reported with its place', () => {
  const { records, problems } = read({
    culpritRecord: 1,
    record: { kind: 'span', span: { ...span.span, name: 7 } },
  });
  expect(records).toEqual([]);
  expect(problems).toEqual([
    expect.stringMatching(/^bad_record: a record of the store cannot be read: span\.name: /),
  ]);
  expect(read({ culpritRecord: 1, record: null }).problems).toHaveLength(1);
  expect(storedShape.matches({ culpritRecord: 2, record: {} })).toBe(false);
});
