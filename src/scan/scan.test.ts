import { describe, expect, test } from 'vitest';
import { NotRows } from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import { memorySource } from '../testing/memory-source.ts';
import { isLarge, scanInChunks } from './in-chunks.ts';
import { scanInOrder } from './in-order.ts';
import type { ScanOptions, ScanThreads } from './scan-parts.ts';
import { answering } from './share.ts';

const options: ScanOptions = {
  columns: {},
  scores: [],
  stepBudget: 50,
  sample: 60,
  seed: 1,
  all: false,
  detectors: [],
  policy: null,
};

const SMALL = 3000;

/** Threads that answer on this one, through structured clone as real ones do, the later asked often first. */
function threads(size: number): ScanThreads {
  let nth = 0;
  const spawn: ScanThreads['spawn'] = () => {
    const delay = (nth++ * 7) % 3;
    const answer = answering();
    let onMessage: (message: unknown) => void = () => {};
    let queue = Promise.resolve();
    return {
      post(message) {
        const request: unknown = structuredClone(message);
        queue = queue.then(async () => {
          for (let turn = 0; turn < delay; turn++) await null;
          onMessage(structuredClone(answer(request)));
        });
      },
      listen(listener) {
        onMessage = listener;
      },
      close: () => Promise.resolve(),
    };
  };
  return { size, spawn };
}

/** Rows with failures of several kinds, an outlier, broken lines and rows without an id. */
function rows(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => {
    const at = from + index;
    if (at % 97 === 5) return '{"input": "broken';
    if (at % 89 === 5) return '';
    if (at % 83 === 5) return '[1, 2]';
    return JSON.stringify({
      ...(at % 31 !== 0 && { trace_id: `t${at}` }),
      input: `Question ${at}: how much is ${at} and ${at}? ${'é'.repeat(at % 7)}`,
      output: at % 11 === 0 ? '' : `It is ${2 * at}.`,
      prompt_version: `v${at % 3}`,
      tenant: `tenant ${at % 5}`,
      status: at % 13 === 0 ? 'error' : 'ok',
      error: at % 13 === 0 ? `timeout after ${at} s` : null,
      usage: { input_tokens: at === 700 ? 90_000 : 100 + (at % 40), output_tokens: 20 },
      score: (at % 17) / 17,
    });
  }).join('\n');
}

const sources = (): ByteSource[] => [
  memorySource('one.jsonl', `\uFEFF${rows(900)}\n`, 10_000),
  memorySource('two.jsonl', rows(300, 900), 777),
];

/** A source like a pipe, whose pieces are of another size each time that it is opened. */
function inOtherPieces(source: ByteSource): ByteSource {
  let opened = 0;
  return {
    ...source,
    async *open() {
      const size = [977, 3001, 12_345, 401][opened++ % 4]!;
      for await (const piece of source.open())
        for (let at = 0; at < piece.length; at += size) yield piece.subarray(at, at + size);
    },
  };
}
const bytesOf = (value: unknown): string => JSON.stringify(value);
const inOrder = bytesOf(await scanInOrder(sources(), options, {}));

describe('a scan shared out to threads', () => {
  test.each([1, 2, 3])('of %i gives the bytes of a scan in order', async (size) => {
    const scanned = await scanInChunks(sources(), options, { threads: threads(size) }, SMALL);
    expect(bytesOf(scanned)).toBe(inOrder);
    expect(scanned.detected.failures.length).toBe(60);
    expect(scanned.collected.problemCount).toBeGreaterThan(20);
    expect(scanned.facts.norms.length).toBe(3);
    const [file, other] = scanned.collected.files;
    const traces = file!.traces + other!.traces;
    expect(scanned.collected.recorders).toMatchObject([{ sdk: 'other', traces }]);
  });

  test.each([1, 500, 100_000_000])('does not depend on chunks of %i bytes', async (chunkBytes) => {
    const scanned = await scanInChunks(sources(), options, { threads: threads(2) }, chunkBytes);
    expect(bytesOf(scanned)).toBe(inOrder);
  });

  test('does not depend on the sizes of the pieces that each reading gives', async () => {
    const scanned = await scanInChunks(
      sources().map(inOtherPieces),
      options,
      { threads: threads(2) },
      1000,
    );
    expect(bytesOf(scanned)).toBe(inOrder);
  });

  test('is given up when the second reading gives other traces', async () => {
    let opened = 0;
    const growing: ByteSource = {
      ...memorySource('growing.jsonl', ''),
      open: () => memorySource('', rows(opened++ < 2 ? 400 : 401)).open(),
    };
    await expect(scanInChunks([growing], options, { threads: threads(2) }, SMALL)).rejects.toThrow(
      NotRows,
    );
  });

  test('reports progress over all files in both passes', async () => {
    const seen: [string, number, number | null][] = [];
    const progress = (step: string, done: number, total: number | null) =>
      seen.push([step, done, total]);
    await scanInChunks(sources(), options, { threads: threads(2), progress }, SMALL);
    const total = sources().reduce((sum, { size }) => sum + (size ?? 0), 0);
    expect(seen.at(-1)).toEqual(['detect', total, total]);
    expect(seen.filter(([step]) => step === 'collect').at(-1)).toEqual(['collect', total, total]);
  });

  test.each([
    ['spans of one trace', '{"traceId":"a","type":"SPAN","startTime":"2026-01-01","id":"b"}'],
    ['scores apart from their traces', '{"trace_id":"t7","annotator_kind":"HUMAN","name":"ok"}'],
    ['parts of a batch', '{"custom_id":"a","response":{"body":{}}}'],
    ['something of no known shape', '{"a":1}'],
  ])('is given up for %s in the middle of rows', async (_, line) => {
    const odd = memorySource('odd.jsonl', `${rows(40)}\n${`${line}\n`.repeat(400)}${rows(40)}`);
    await expect(scanInChunks([odd], options, { threads: threads(2) }, 500)).rejects.toThrow(
      /odd.jsonl/,
    );
  });

  test('is given up for an id that comes twice, for only reading in order can settle it', async () => {
    const again = memorySource('again.jsonl', rows(40));
    await expect(
      scanInChunks([...sources(), again], options, { threads: threads(2) }, SMALL),
    ).rejects.toThrow('several rows have one id');
  });

  test.each([
    ['a table', 'input,output\na,b\n'],
    ['an empty file', ''],
    ['one JSON document', '{\n"traces": []\n}'],
  ])('is given up for %s before any thread is started', async (_, content) => {
    const spawn = (): never => {
      throw new RangeError('started');
    };
    await expect(
      scanInChunks(
        [memorySource('other', content)],
        options,
        { threads: { size: 2, spawn } },
        SMALL,
      ),
    ).rejects.toThrow(/other/);
  });

  test('rejects when a thread dies', async () => {
    const dying: ScanThreads = {
      size: 2,
      spawn: () => ({
        post: () => {},
        listen: (_, onDeath) => queueMicrotask(() => onDeath('out of memory')),
        close: () => Promise.resolve(),
      }),
    };
    await expect(scanInChunks(sources(), options, { threads: dying }, SMALL)).rejects.toThrow(
      /died: out of memory/,
    );
  });
});

test('threads are worth their start from 16 MiB on, however the bytes come', async () => {
  const large = memorySource('large', new Uint8Array(17_000_000));
  const small = memorySource('small', 'x');
  expect(await isLarge([small])).toBe(false);
  expect(await isLarge([memorySource('medium', new Uint8Array(16_000_000))])).toBe(false);
  expect(await isLarge([small, large])).toBe(true);
  expect(await isLarge([{ ...large, size: null }])).toBe(true);
});
