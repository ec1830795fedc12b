import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../src/contract/analysis.ts';
import { type CauseChange, type Diff, diffSchema } from '../src/contract/diff.ts';
import { analyze, diff } from '../src/culprit.ts';
import { statementText } from '../src/text/statement.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

const ROOMS = ['kitchen', 'garden', 'bathroom', 'hall', 'cellar'];

interface Mix {
  readonly version: string;
  readonly count: number;
  /** Rows that fail by each kind, in turn from the first. */
  readonly timeouts: number;
  readonly refusals: number;
  readonly limited: number;
}

/** Rows whose failures detectors name: a timeout, a refusal of a harmless request, a rate limit. */
function rowsOf({ version, count, timeouts, refusals, limited }: Mix): readonly object[] {
  return Array.from({ length: count }, (_, at) => {
    const room = ROOMS[at % ROOMS.length]!;
    const row = {
      trace_id: `run-${at}`,
      prompt_version: version,
      tenant: at % 3 === 0 ? 'north' : 'south',
      metadata: { experiment: `arm ${at % 2}` },
      input: `Which lamp number ${at} fits the ${room} of my house best?`,
      output: `Lamp ${at} fits the ${room} best, because it is bright and small.`,
      status: 'ok',
    };
    if (at < timeouts)
      return { ...row, output: '', status: 'error', error: `timeout after ${at} s` };
    if (at < timeouts + refusals)
      return { ...row, output: "I'm sorry, but I can't help with that request." };
    if (at < timeouts + refusals + limited)
      return { ...row, output: '', status: 'error', error: 'HTTP 429: too many requests' };
    return row;
  });
}

const BEFORE = rowsOf({ version: 'v1', count: 200, timeouts: 30, refusals: 12, limited: 0 });
const AFTER = rowsOf({ version: 'v2', count: 200, timeouts: 2, refusals: 13, limited: 40 });

const lines = (rows: readonly object[]): string =>
  rows.map((row) => JSON.stringify(row)).join('\n');
const bytes = (rows: readonly object[]): Uint8Array => new TextEncoder().encode(lines(rows));
const OPTIONS = { embedder: 'lexical' } as const;

const named = ({ causes }: Diff): readonly CauseChange[] => causes.filter(({ isNamed }) => isNamed);
const countsOf = (found: Diff): readonly unknown[] =>
  named(found)
    .map(({ title, state, before, after }) => [title, state, before.events, after.events])
    .sort();
const byEvents = (found: Diff, before: number, after: number): CauseChange | undefined =>
  found.causes.find((each) => each.before.events === before && each.after.events === after);

/** Ids of one file, told apart. */
const inOne = [
  ...BEFORE.map((row) => ({ ...row, trace_id: `a ${(row as { trace_id: string }).trace_id}` })),
  ...AFTER.map((row) => ({ ...row, trace_id: `b ${(row as { trace_id: string }).trace_id}` })),
];

describe('two inputs with the same ids', () => {
  let found: Diff;
  beforeAll(async () => {
    ({ diff: found } = await diff({ before: bytes(BEFORE), after: bytes(AFTER) }, OPTIONS));
  }, 60_000);

  test('are compared cause by cause', () => {
    expect(diffSchema.parse(found)).toEqual(found);
    expect([found.before.traces, found.after.traces]).toEqual([200, 200]);
    expect(found.before.failed).toBe(42);
    expect(byEvents(found, 30, 2)?.state).toBe('shrunk');
    expect(byEvents(found, 12, 13)?.state).toMatch(/same|cannot tell/);
    expect(byEvents(found, 0, 40)?.state).toBe('new');
    expect(statementText(found.headline)).toMatch(
      /^after brought “.+” \(0% → 20%\), “.+” \(15% → 1%\) fell, and 1 cause cannot/,
    );
  });

  test('give the same as one input by version, and as records in memory', async () => {
    const one = await diff(bytes(inOne), { ...OPTIONS, by: 'promptVersion' });
    expect(countsOf(one.diff)).toEqual(countsOf(found));
    expect(one.diff.before.name).toBe('v1');
    const records = await diff({ before: BEFORE, after: AFTER }, OPTIONS);
    expect(countsOf(records.diff)).toEqual(countsOf(found));
  });

  test('are counted whole where only a sample was clustered', async () => {
    const { diff: sampled } = await diff(
      { before: bytes(BEFORE), after: bytes(AFTER) },
      { ...OPTIONS, sample: 40 },
    );
    const exact = named(sampled).filter(({ isEstimate }) => !isEstimate);
    expect(exact.map(({ before, after }) => [before.events, after.events]).sort()).toEqual(
      expect.arrayContaining([
        [0, 40],
        [30, 2],
      ]),
    );
  });

  test('say whose traces are on which side', () => {
    const sides = found.failures.filter(
      ({ traceId }) => traceId === 'run-0' || traceId === 'run-0 (2)',
    );
    expect(sides.map(({ side }) => side).sort()).toEqual(['after', 'before']);
  });

  test('by a key of the metadata have nothing that differs', async () => {
    const arms = await diff(bytes(inOne), { ...OPTIONS, by: 'experiment' });
    expect([arms.diff.before.name, arms.diff.after.name]).toEqual(['arm 0', 'arm 1']);
    expect(arms.diff.counts).toMatchObject({ new: 0, gone: 0, grown: 0, shrunk: 0 });
  });
});

describe('an earlier run', () => {
  let analysis: Analysis;
  beforeAll(async () => {
    ({ analysis } = await analyze(bytes(BEFORE), OPTIONS));
  }, 60_000);

  test('compared with its own input gives its own causes', async () => {
    const record = JSON.parse(JSON.stringify(analysis));
    const { diff: same } = await diff(bytes(BEFORE), { ...OPTIONS, against: record });
    expect(diffSchema.parse(same)).toEqual(same);
    for (const { before, after } of same.causes) expect(after.events).toBe(before.events);
    for (const cluster of analysis.clusters.filter(({ condition }) => condition !== null))
      expect(same.causes.find(({ id }) => id === cluster.id)?.after.events).toBe(cluster.size);
    expect(same.counts).toMatchObject({ new: 0, gone: 0, grown: 0, shrunk: 0 });
  });

  test('keeps its causes, and what fits none is new', async () => {
    const { diff: later } = await diff(bytes(AFTER), { ...OPTIONS, against: analysis });
    const known = new Set(analysis.clusters.map(({ id }) => id));
    expect(known.has(byEvents(later, 30, 2)?.id ?? '')).toBe(true);
    expect(known.has(byEvents(later, 12, 13)?.id ?? '')).toBe(true);
    const added = byEvents(later, 0, 40);
    expect(added?.state).toBe('new');
    expect(known.has(added?.id ?? '')).toBe(false);
  });
});

describe('culprit diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-diff-'));
  const files = { 'before.jsonl': BEFORE, 'after.jsonl': AFTER, 'one.jsonl': inOne };
  for (const [name, rows] of Object.entries(files)) writeFileSync(join(folder, name), lines(rows));
  afterAll(() => rmSync(folder, { recursive: true }));
  const culprit = (...args: readonly string[]): Promise<Ended> =>
    runCulprit(['diff', ...args], { cwd: folder });
  const FAST = ['--embedder', 'lexical'];

  test('prints one sentence first, then the causes and what differs', async () => {
    const { status, stdout } = await culprit('before.jsonl', 'after.jsonl', ...FAST);
    expect(status).toBe(0);
    const [, first] = stdout.split('\n');
    expect(first).toMatch(/^after.jsonl brought “/);
    expect(stdout).toContain(
      'before.jsonl: 200 traces, 21% failed; after.jsonl: 200 traces, 28% failed',
    );
    expect(stdout).toMatch(/^new .+ 0 \(0–19\) +200 \(150–261\)/m);
    expect(stdout).toMatch(/ +0 of 200 +40 of 200/m);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  });

  test('exits with 100 for a state that is named', async () => {
    const by = ['one.jsonl', '--by', 'promptVersion', '--fail-on', 'grown,new', '--json', ...FAST];
    expect((await culprit(...by)).status).toBe(100);
  });

  test('exits with 100 for failures that grew without a known cause', async () => {
    const unknown = inOne.map((row, at) => ({
      ...row,
      ...{ output: 'A lamp.', status: 'ok', error: null },
      ...(at >= 200 &&
        at < 240 && { output: `Slot ${at} is odd.`, status: 'error', error: 'SlotError' }),
    }));
    writeFileSync(join(folder, 'unknown.jsonl'), lines(unknown));
    const by = [
      'unknown.jsonl',
      '--by',
      'promptVersion',
      '--fail-on',
      'grown,new',
      '--json',
      ...FAST,
    ];
    const { status, stdout } = await culprit(...by);
    const { causes } = diffSchema.parse(JSON.parse(stdout));
    expect(causes.filter(({ isNamed }) => isNamed)).toEqual([]);
    expect(causes.map(({ state }) => state)).toContain('new');
    expect(status).toBe(100);
  });

  test('exits with 3 where nothing can be said', async () => {
    writeFileSync(
      join(folder, 'few.jsonl'),
      lines([...BEFORE.slice(20, 60), ...inOne.slice(200, 240)]),
    );
    const { status, stdout } = await culprit(
      ...['few.jsonl', '--by', 'promptVersion', '--fail-on', 'grown', '--json', ...FAST],
    );
    expect(status).toBe(3);
    expect(diffSchema.parse(JSON.parse(stdout)).tested).toBe(0);
  });

  test('writes Markdown in which titles are text', async () => {
    const { status, stdout } = await culprit(
      ...['one.jsonl', '--by', 'promptVersion', '--markdown', '--fail-on', 'gone', ...FAST],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<!-- culprit diff -->\n\*\*v2 brought “/);
    expect(stdout).toContain('| | root cause | v1 | v2 | difference | q | more needed |');
    expect(stdout).toMatch(/^\| new \| .+ \| 0 \(0–19\)<br>0 of 200 \| 200 /m);
  });

  test('compares with the output of analyze --json', async () => {
    const { stdout } = await runCulprit(['analyze', 'before.jsonl', '--json', ...FAST], {
      cwd: folder,
    });
    writeFileSync(join(folder, 'run.json'), stdout);
    const against = await culprit('after.jsonl', '--against', 'run.json', '--json', ...FAST);
    expect(against.status).toBe(0);
    const found = diffSchema.parse(JSON.parse(against.stdout));
    expect(byEvents(found, 0, 40)?.state).toBe('new');
    for (const option of [['--score', 'quality<0.5'], ['--all'], ['--step-budget', '9']]) {
      const refused = await culprit('after.jsonl', '--against', 'run.json', ...option, ...FAST);
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain(`${option[0]}: has no effect`);
    }
  });

  test.each([
    [['one.jsonl'], /nothing to compare one.jsonl with/],
    [['one.jsonl', 'one.jsonl'], /both sides are one.jsonl/],
    [['one.jsonl', './one.jsonl'], /both sides are/],
    [
      ['one.jsonl', '--by', 'promptVersion', '--from', 'v2'],
      /--from: v2 is the last by time or name; there are v1 .*name both sides/,
    ],
    [
      ['one.jsonl', '--by', 'promptVersion', '--to', 'v1'],
      /--to: v1 is the first by time or name; there are v1 .*name both sides/,
    ],
    [['one.jsonl', 'after.jsonl', '--by', 'tenant'], /--by has no effect with two files/],
    [
      ['one.jsonl', '--by', 'promptversion'],
      /--by: no trace has promptversion \(did you mean promptVersion\?\); recorded are language, operation, promptVersion, tenant, experiment/,
    ],
    [
      ['one.jsonl', '--by', 'promptVersion', '--from', 'v3'],
      /--from: no trace has promptVersion v3 .*there are v1 \(200 traces\), v2 \(200 traces\)/,
    ],
    [
      ['one.jsonl', '--by', 'promptVersion', '--from', 'v1', '--to', 'v1'],
      /--to: both sides are v1/,
    ],
    [['before.jsonl', '--by', 'promptVersion'], /--by: all 200 traces with promptVersion have v1/],
    [
      ['one.jsonl', '--by', 'tenant', '--fail-on', 'worse'],
      /--fail-on must be new, grown, gone, shrunk|--fail-on: must be new, grown, gone, shrunk/,
    ],
    [['one.jsonl', '--by', 'tenant', '--split', '1'], /--split: must be two numbers/],
    [['one.jsonl', '--by', 'tenant', '--json', '--markdown'], /--json and --markdown/],
    [['one.jsonl', '--against', 'absent.json'], /--against absent.json: cannot be read/],
    [['one.jsonl', '--against', 'one.jsonl'], /--against one.jsonl: the analysis cannot be read/],
  ])('%s: says what is wrong and what there is', async (args, expected) => {
    const { status, stderr } = await culprit(...args, ...FAST);
    expect(status).not.toBe(0);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(expected);
  });
});
