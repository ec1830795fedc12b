import { expect, test } from 'vitest';
import { collect } from '../collect/collect.ts';
import type { Trace } from '../contract/trace.ts';
import { memorySource } from '../testing/memory-source.ts';
import { scan } from './scan.ts';
import type { ScanOptions } from './scan-parts.ts';

const options: ScanOptions = {
  ...{ columns: {}, scores: [], stepBudget: 50, sample: 30, seed: 1 },
  ...{ all: false, detectors: [], policy: null },
};

const lines = Array.from({ length: 300 }, (_, at) =>
  JSON.stringify({
    trace_id: `t${at}`,
    input: `How much is ${at} and ${at}?`,
    output: at % 11 === 0 ? '' : `It is ${2 * at}.`,
    error: at % 13 === 0 ? `timeout after ${at} s` : null,
  }),
).join('\n');

async function traces(): Promise<Trace[]> {
  const found: Trace[] = [];
  const { traces: all } = collect([memorySource('file', lines)], {});
  for await (const batch of all()) found.push(...batch);
  return found;
}

test('a stream of traces gives what the same traces in a file give', async () => {
  const all = await traces();
  let opened = 0;
  const stream = {
    kind: 'stream',
    name: 'file',
    async *open() {
      opened++;
      for (let at = 0; at < all.length; at += 70) yield all.slice(at, at + 70);
    },
  } as const;
  const streamed = await scan(stream, options, {});
  const read = await scan({ kind: 'bytes', sources: [memorySource('file', lines)] }, options, {});
  expect(opened).toBe(2);
  expect(streamed.facts).toEqual(read.facts);
  expect(streamed.detected).toEqual(read.detected);
});

test('a stream without traces is an error', async () => {
  const nothing = { kind: 'stream', name: 'the store', async *open() {} } as const;
  await expect(scan(nothing, options, {})).rejects.toMatchObject({ code: 'no_traces' });
});
