import { describe, expect, test } from 'vitest';
import { analyze, detect, readTraces, renderReport } from '../src/culprit.ts';
import { makeSpan, makeTrace } from '../src/testing/trace.ts';

const runs = [{ input: 'Hi', output: 'Hello' }];
const anything = (value: unknown): never => value as never;
const failure = (code: string, says: string) =>
  expect.objectContaining({ name: 'CulpritError', code, message: expect.stringContaining(says) });

describe('analyze refuses', () => {
  test.each([
    [{ embedder: {} }, "embedder: must be a name such as 'static', or an object with id and embed"],
    [{ embedder: null }, 'embedder: must be a name'],
    [{ judge: {} }, 'judge: must be an object with id and ask, as openAiJudge makes'],
    [{ detectors: { id: 'x' } }, 'detectors: must be a list'],
    [{ progress: 1 }, 'progress: must be a function'],
    [{ signal: {} }, 'signal: must be an AbortSignal'],
    [{ view: 'foo' }, 'view "foo": there is no view "foo"'],
    [{ sample: -3 }, 'sample: must be at least 1'],
    [null, 'the options must be an object'],
  ])('the options %o', async (options, says) => {
    await expect(analyze(runs, anything(options))).rejects.toThrow(failure('invalid_option', says));
  });

  test.each([
    [[], 'empty_input', 'there is nothing to read: the list is empty'],
    ['', 'invalid_input', 'the path is empty'],
    [undefined, 'invalid_input', 'the input is undefined'],
    [[undefined], 'invalid_input', 'item 0 is undefined'],
    [
      [{ ...makeTrace(), spans: null }],
      'invalid_input',
      'item 0 is not a Trace (spans must be a list)',
    ],
  ])('the source %o', async (source, code, says) => {
    await expect(analyze(anything(source))).rejects.toThrow(failure(code, says));
  });
});

describe('detect refuses', () => {
  test.each([
    [null, 'it must be an object'],
    [{}, 'id must be text'],
    [{ ...makeTrace(), spans: null }, 'spans must be a list'],
    [{ ...makeTrace(), messages: [{ role: 'user' }] }, 'messages.0.content must be text'],
    [
      makeTrace({ spans: [{ ...makeSpan(), usage: anything(null) }] }),
      'spans.0.usage must be an object',
    ],
  ])('the trace %o', (trace, says) => {
    expect(() => detect(anything(trace))).toThrow(failure('invalid_input', says));
  });

  test.each([
    [null, 'the options must be an object'],
    [{ detectors: 'x' }, 'detectors: must be a list'],
    [{ file: {} }, 'file: must be the facts of an analysis'],
    [
      { detectors: [{ id: 'own', detect: () => 1 }] },
      'detectors: own: it returned something other',
    ],
  ])('the options %o', (options, says) => {
    expect(() => detect(makeTrace(), anything(options))).toThrow(failure('invalid_option', says));
  });
});

test.each([[undefined], [{}], [{ clusters: [] }]])('renderReport refuses %o', async (report) => {
  await expect(renderReport(anything(report))).rejects.toThrow(
    failure('invalid_input', 'this is not a report'),
  );
});

test('readTraces refuses options that are no object', () => {
  expect(() => readTraces('traces.jsonl', anything(null))).toThrow(
    failure('invalid_option', 'the options must be an object'),
  );
});
