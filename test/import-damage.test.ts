import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CulpritError } from '../src/contract/culprit-error.ts';
import { collectAll, memorySource } from '../src/testing/memory-source.ts';

const own = resolve(import.meta.dirname, 'fixtures/traces');
const recorded = resolve(import.meta.dirname, '../../shared/fixtures/otel');
const isAbsent = !existsSync(recorded);
if (isAbsent) console.warn(`skipped: recorded traces are not in ${recorded}`);

/** A linear congruential generator, so that the damage is the same on every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  '',
  'x',
  '{',
  '[1',
  '{"a":1}',
  '"\\"q\\""',
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
  '__proto__',
  '2026-01-01',
  [1, 'a', {}],
  { role: null },
  [{ role: 5, content: { a: 1 } }],
  { toString: 1, valueOf: 2 },
  'toString',
];

type Node = Record<string, unknown>;

/** Replaces, drops, moves or renames up to six values. */
function damaged(value: unknown, random: () => number): unknown {
  const places: [Node, string][] = [];
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node as Node, key]);
      visit((node as Node)[key]);
    }
  };
  visit(value);
  const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  for (let left = 1 + Math.floor(random() * 6); left > 0 && places.length > 0; left--) {
    const [node, key] = any(places);
    const how = random();
    if (how < 0.7) node[key] = structuredClone(any(ODD));
    else if (how < 0.85 && !Array.isArray(node)) delete node[key];
    else if (!Array.isArray(node)) node[any(['a.b', 'id', 'constructor', 'length'])] = node[key];
  }
  return value;
}

/** Reads the payload; anything but traces or a clear error fails the test. */
async function survives(name: string, content: string | Uint8Array): Promise<number> {
  try {
    const { traces, report } = await collectAll([memorySource(name, content)]);
    const unread = report.problems.filter((problem) => problem.code === 'unreadable_record');
    expect({ name, unread }).toEqual({ name, unread: [] });
    return traces.length;
  } catch (error) {
    if (!(error instanceof CulpritError)) throw error;
    return 0;
  }
}

async function survivesDamagedValues(folder: string): Promise<number> {
  const random = randomOf(20_260_105);
  let traces = 0;
  for (let run = 0; run < 15; run++) {
    for (const file of filesIn(folder).filter((each) => /\.jsonl?$/.test(each))) {
      const text = readFileSync(join(folder, file), 'utf8');
      const values = (file.endsWith('.jsonl') ? text.split('\n').filter(Boolean) : [text]).map(
        (each) => JSON.stringify(damaged(JSON.parse(each), random)),
      );
      traces += await survives(file, values.join('\n'));
    }
  }
  return traces;
}

async function survivesDamagedBytes(folder: string): Promise<number> {
  const random = randomOf(7);
  let traces = 0;
  for (let run = 0; run < 6; run++) {
    for (const file of filesIn(folder)) {
      const bytes = Uint8Array.from(readFileSync(join(folder, file)));
      for (let left = Math.floor(random() * 4); left > 0; left--) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const end = random() < 0.5 ? bytes.length : Math.floor(random() * bytes.length);
      traces += await survives(file, bytes.subarray(0, end));
    }
  }
  return traces;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file !== 'README.md')
    .sort();

describe('damaged payloads never crash the reader', () => {
  it('with values replaced, dropped, moved and renamed', async () => {
    expect(await survivesDamagedValues(own)).toBeGreaterThan(400);
  });

  it('with bytes overwritten and files truncated', async () => {
    expect(await survivesDamagedBytes(own)).toBeGreaterThan(50);
  });
});

describe.skipIf(isAbsent)('damaged recorded traces never crash the reader', () => {
  it('with values replaced, dropped, moved and renamed', async () => {
    expect(await survivesDamagedValues(recorded)).toBeGreaterThan(700);
  });

  it('with bytes overwritten and files truncated', async () => {
    expect(await survivesDamagedBytes(recorded)).toBeGreaterThan(50);
  });
});
