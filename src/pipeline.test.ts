import { expect, test } from 'vitest';
import { resolveOptions } from './contract/options.ts';
import type { Trace } from './contract/trace.ts';
import { lexicalEmbedder } from './embed/lexical/lexical-embedder.ts';
import { type AnalyzeDeps, analyze } from './pipeline.ts';
import { makeTrace } from './testing/trace.ts';

const run = (traces: readonly Trace[], given: object, deps: Partial<AnalyzeDeps> = {}) =>
  analyze({ kind: 'traces', traces }, resolveOptions({ embedder: 'lexical', ...given }), {
    embedder: lexicalEmbedder(),
    detectors: [],
    version: '0',
    ...deps,
  });

const failing = Array.from({ length: 450 }, (_, at) =>
  makeTrace({
    id: `t${at}`,
    input: `How much is ${at}?`,
    output: '',
    error: { type: 'Timeout', message: 'timeout', spanId: null },
  }),
);

test.each([{}, { all: true }])(
  'traces without any text give no_traces with %o and name what was seen',
  async (given) => {
    const empty = Array.from({ length: 3 }, (_, at) =>
      makeTrace({
        id: `t${at}`,
        input: '',
        output: '',
        messages: [],
        error: null,
        origin: { file: 'null.jsonl', format: 'rows', line: at + 1 },
      }),
    );
    await expect(run(empty, given)).rejects.toMatchObject({
      code: 'no_traces',
      message: expect.stringMatching(/3 traces of null\.jsonl.*columns/),
    });
  },
);

test.each(['collect', 'detect', 'embed', 'group', 'label'] as const)(
  'an abort during the step %s ends the analysis of traces in memory',
  async (step) => {
    const abort = new AbortController();
    const steps: string[] = [];
    const progress: NonNullable<AnalyzeDeps['progress']> = (each) => {
      steps.push(each);
      if (each === step) abort.abort(new Error('enough'));
    };
    await expect(run(failing, {}, { progress, signal: abort.signal })).rejects.toMatchObject({
      code: 'aborted',
      cause: new Error('enough'),
    });
    expect(steps.at(-1)).toBe(step);
  },
);

test('progress over traces in memory counts them in both passes', async () => {
  const seen: [string, number, number | null][] = [];
  await run(failing, {}, { progress: (...each) => seen.push(each) });
  expect(seen.filter(([step]) => step === 'collect')).toEqual([
    ['collect', 200, 450],
    ['collect', 400, 450],
    ['collect', 450, 450],
  ]);
  expect(seen.filter(([step]) => step === 'detect').at(-1)).toEqual(['detect', 450, 450]);
});
