import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { givenCommand } from '../src/cli/given-command.ts';
import { rankedList } from '../src/cli/ranked-list.ts';
import { CulpritError } from '../src/contract/culprit-error.ts';
import { analyze } from '../src/culprit.ts';
import { plainBytes } from '../src/platform/file-source.ts';
import { bytesSource } from '../src/platform/memory-source.ts';
import { collectAll } from '../src/testing/memory-source.ts';
import { printable } from '../src/text/printable.ts';
import { runCulprit } from './run-culprit.ts';

const folder = resolve(import.meta.dirname, '../../shared/cases/break');
const isAbsent = !existsSync(folder);
if (isAbsent) console.warn(`skipped: the hostile cases are not in ${folder}`);

interface Outcome {
  /** Traces analyzed, or the code of the error. */
  readonly result: number | string;
  readonly problems: number;
}

/** The whole pipeline; anything but an analysis or a clear error in clean text fails the test. */
async function outcomeOf(name: string, bytes: Uint8Array): Promise<Outcome> {
  try {
    const { analysis } = await analyze(bytesSource(bytes, name), { all: true });
    expect(analysis.detectors.filter(({ errors }) => errors > 0)).toEqual([]);
    const command = givenCommand(['analyze', name]);
    const list = rankedList(analysis, {
      top: 10,
      width: 100,
      isTerminal: false,
      command,
      report: null,
    });
    expect(printable(list, true)).toBe(list);
    return { result: analysis.funnel[0]?.count ?? 0, problems: analysis.problemCount };
  } catch (error) {
    if (!(error instanceof CulpritError)) throw error;
    return { result: error.code, problems: 0 };
  }
}

const text = (value: string): Uint8Array => strToU8(value);
const lines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A call of a tool whose schema is `parameters`. */
const call = (parameters: object, args: object): string =>
  lines([
    {
      trace_id: 't',
      messages: [
        { role: 'user', content: 'Find the order please' },
        { role: 'assistant', tool_calls: [{ id: 'c1', name: 'f', arguments: args }] },
        { role: 'assistant', content: 'It is done.' },
      ],
      tools: [{ name: 'f', description: 'find', parameters }],
    },
  ]);

const doubling = Object.fromEntries(
  Array.from({ length: 40 }, (_, at) => {
    const next = { $ref: `#/$defs/d${at + 1}` };
    return [`d${at}`, { allOf: [next, next] }];
  }),
);

describe('our own hostile inputs end with all of it read or counted', () => {
  it.each<[string, string | Uint8Array, Outcome]>([
    [
      'a pattern that backtracks',
      call(
        { properties: { q: { type: 'string', pattern: '^(a+)+$' } } },
        { q: `${'a'.repeat(40)}!` },
      ),
      { result: 1, problems: 0 },
    ],
    [
      'a name pattern that backtracks',
      call(
        { patternProperties: { '^(a+)+$': { type: 'integer' } } },
        { [`${'a'.repeat(40)}!`]: 'x' },
      ),
      { result: 1, problems: 0 },
    ],
    [
      'references that double 40 times',
      call({ $ref: '#/$defs/d0', $defs: doubling }, { q: 1 }),
      { result: 1, problems: 0 },
    ],
    [
      'uniqueItems over 20,000 objects',
      call(
        { properties: { q: { type: 'array', uniqueItems: true } } },
        { q: Array.from({ length: 20_000 }, (_, a) => ({ a })) },
      ),
      { result: 1, problems: 0 },
    ],
    [
      'an enumeration with a value of 40 kB',
      call({ properties: { query: { type: 'string', enum: ['x'.repeat(40_000)] } } }, { q: 'x' }),
      { result: 1, problems: 0 },
    ],
    [
      'escape sequences in keys',
      '{"\\u001b]52;c;AAAA\\u0007\\u001b[31mkey": 1}\n',
      { result: 'unknown_format', problems: 0 },
    ],
    [
      'a quote that never closes',
      `input,output\n"${'a,b\n'.repeat(1000)}`,
      { result: 999, problems: 1 },
    ],
    [
      'a zstd frame that announces more than a message may hold',
      bomb(),
      { result: 'no_traces', problems: 0 },
    ],
  ])('%s', async (name, content, expected) => {
    const bytes = typeof content === 'string' ? text(content) : content;
    expect(await outcomeOf(name, bytes)).toEqual(expected);
  });
});

/** 70 MiB of zeros in 2 kB, as one length-prefixed message. */
function bomb(): Uint8Array {
  const frame = zstdCompressSync(new Uint8Array(70 * 1024 * 1024));
  const head = Buffer.alloc(4);
  head.writeUInt32BE(frame.length);
  return Buffer.concat([head, frame]);
}

describe('records in = traces out + counted', () => {
  interface Row {
    readonly trace_id: string;
    readonly input: string;
    readonly output: string;
  }
  const rows: readonly Row[] = Array.from({ length: 30 }, (_, at) => ({
    trace_id: `t${at}`,
    input: `question ${at}, "quoted"`,
    output: `answer ${at}`,
  }));
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const logEvent = ({ trace_id: id, input }: Row): object => ({
    resourceLogs: [
      {
        scopeLogs: [
          {
            logRecords: [
              {
                timeUnixNano: '1700000000000000000',
                traceId: id.slice(1).padStart(32, 'b'),
                eventName: 'gen_ai.user.message',
                body: {
                  kvlistValue: { values: [{ key: 'content', value: { stringValue: input } }] },
                },
              },
            ],
          },
        ],
      },
    ],
  });
  const CONTAINERS: Readonly<Record<string, (rows: readonly Row[]) => string>> = {
    'JSON Lines': lines,
    'JSON list': (all) => JSON.stringify(all),
    'indented JSON list': (all) => JSON.stringify(all, null, 2),
    'concatenated JSON': (all) => all.map((row) => JSON.stringify(row)).join(''),
    'indented concatenated JSON': (all) =>
      all.map((row) => JSON.stringify(row, null, 2)).join('\n'),
    wrapper: (all) => JSON.stringify({ data: all.slice(0, 7), items: all.slice(7) }),
    'CSV table': (all) =>
      `trace_id,input,output\n${all.map((row) => Object.values(row).map(quoted).join(',')).join('\n')}\n`,
    'log events': (all) => lines(all.map(logEvent)),
  };
  const COVERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
    plain: (bytes) => bytes,
    gzip: (bytes) => gzipSync(bytes),
    zstd: (bytes) => zstdCompressSync(bytes),
    'two zstd frames': (bytes) =>
      Buffer.concat([
        zstdCompressSync(bytes.subarray(0, bytes.length / 2)),
        zstdCompressSync(bytes.subarray(bytes.length / 2)),
      ]),
    'two gzip members': (bytes) =>
      Buffer.concat([
        gzipSync(bytes.subarray(0, bytes.length / 2)),
        gzipSync(bytes.subarray(bytes.length / 2)),
      ]),
    zip: (bytes) => zipSync({ 'rows.txt': bytes }),
  };
  const cases = Object.keys(CONTAINERS).flatMap((container) =>
    Object.keys(COVERS).map((cover) => [container, cover] as const),
  );

  it.each(cases)('in %s, %s', async (container, cover) => {
    const bytes = COVERS[cover]!(text(CONTAINERS[container]!(rows)));
    const { traces, report } = await collectAll([bytesSource(bytes, 'input')]);
    expect(traces).toHaveLength(rows.length);
    expect(new Set(traces.map(({ id }) => id)).size).toBe(rows.length);
    expect(report.problemCount).toBe(0);
  });

  const broken = Object.keys(CONTAINERS).filter(
    (name) => name !== 'wrapper' && name !== 'log events',
  );
  it.each(broken)('in %s, with one record broken at each place', async (container) => {
    for (let at = 1; at < rows.length; at += 4) {
      const whole = CONTAINERS[container]!(rows);
      const spot = whole.indexOf(`answer ${at}`) + 7;
      const damaged = `${whole.slice(0, spot)}"${whole.slice(spot)}`;
      const { traces, report } = await collectAll([bytesSource(text(damaged), 'input')]);
      const lost = rows.filter(({ trace_id }) => !traces.some(({ id }) => id === trace_id));
      expect({ at, lost: lost.length }).toEqual({
        at,
        lost: Math.min(lost.length, report.problemCount),
      });
      expect(report.problems.every(({ line }) => line !== null)).toBe(true);
    }
  });
});

it.each([
  ['gzip', (bytes: Uint8Array) => gzipSync(bytes)],
  ['zstd', (bytes: Uint8Array) => zstdCompressSync(bytes)],
])('text after a %s stream is counted with its position', async (_, compress) => {
  const row = '{"trace_id":"a","input":"q","output":"a"}\n';
  const bytes = Buffer.concat([compress(text(row)), text(row)]);
  const source = { name: 'rows', size: null, open: () => plainBytes(oneChunk(bytes), 'rows') };
  const { traces, report } = await collectAll([source]);
  expect(traces.map(({ id }) => id)).toEqual(['a']);
  expect(report.problems).toMatchObject([
    { code: 'truncated_file', message: expect.stringContaining(`after ${row.length} bytes`) },
  ]);
});

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

it('Parquet with bytes flipped or cut is read or counted, and no rejection goes unhandled', async () => {
  const rejections: unknown[] = [];
  const note = (error: unknown): void => void rejections.push(error);
  process.on('unhandledRejection', note);
  try {
    const sound = readFileSync(
      resolve(import.meta.dirname, '../src/collect/testing/parquet/rows.parquet'),
    );
    const all = (await collectAll([bytesSource(sound, 'rows.parquet')])).traces.length;
    let state = 7;
    const below = (end: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * end);
    };
    let damagedRuns = 0;
    for (let run = 0; run < 150; run++) {
      const bytes = Uint8Array.from(sound);
      for (let bits = below(3); bits >= 0; bits--)
        bytes[4 + below(bytes.length - 4)]! ^= 1 << below(8);
      const end = run % 3 === 0 ? below(bytes.length) : bytes.length;
      try {
        const { traces, report } = await collectAll([
          bytesSource(bytes.subarray(0, end), 'rows.parquet'),
        ]);
        if (traces.length < all) expect(report.problemCount).toBeGreaterThan(0);
        damagedRuns += Number(traces.length < all);
      } catch (error) {
        if (!(error instanceof CulpritError)) throw error;
        damagedRuns++;
      }
    }
    await new Promise((resume) => setTimeout(resume, 20));
    expect(damagedRuns).toBeGreaterThan(50);
    expect(rejections).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

it('a full disk gives one sentence and still prints the list', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'culprit-full-'));
  try {
    writeFileSync(join(cwd, 'rows.jsonl'), lines([{ trace_id: 'a', input: 'q', output: 'a' }]));
    const args = ['analyze', 'rows.jsonl', '--all', '--out', '/dev/full'];
    const { status, stdout, stderr } = await runCulprit(args, { cwd });
    expect(stdout).toContain('1 received');
    expect(stderr).toMatch(/^error .*the disk is full.*$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(1);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

describe.skipIf(isAbsent)('hostile cases from outside', () => {
  it.each<[string, Outcome]>([
    ['redos-pattern.jsonl', { result: 1, problems: 0 }],
    ['redos-patprops.jsonl', { result: 1, problems: 0 }],
    ['expo-ref.jsonl', { result: 1, problems: 0 }],
    ['deepenum.jsonl', { result: 1, problems: 0 }],
    ['esc-in-error.jsonl', { result: 'unknown_format', problems: 0 }],
    ['esc-c1.txt', { result: 'unknown_format', problems: 0 }],
    ['two-frames.jsonl.zst', { result: 3, problems: 0 }],
    ['damaged-1.parquet', { result: 'no_traces', problems: 0 }],
    ['damaged-2.parquet', { result: 'no_traces', problems: 0 }],
  ])('%s', async (name, expected) => {
    expect(await outcomeOf(name, readFileSync(join(folder, name)))).toEqual(expected);
  });
});
