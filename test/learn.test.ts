import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCulprit } from './run-culprit.ts';

let folder = '';
const learn = (...args: readonly string[]) => runCulprit(['learn', ...args], { cwd: folder });

/** Failures answer at length about what was not asked; no detector finds anything wrong with that. */
const traces = Array.from({ length: 160 }, (_, at) => {
  const failed = at % 5 < 2;
  const isOdd = at % 11 === 0;
  return {
    trace_id: `t-${String(at).padStart(3, '0')}`,
    input: `What is the delivery time of order ${1000 + at} to street number ${at}?`,
    output:
      failed !== isOdd
        ? `Our company was founded by ${at} friends. We love what we do. Our shops are open daily. Our coffee is from Peru.`
        : `It takes ${(at % 4) + 2} days.`,
    rating: failed ? 1 : 4,
    failed,
  };
});
const lines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-learn-'));
  const shown = traces.map(({ trace_id, input, output }) => ({ trace_id, input, output }));
  writeFileSync(join(folder, 'traces.jsonl'), lines(shown));
  writeFileSync(join(folder, 'reversed.jsonl'), lines(shown.toReversed()));
  writeFileSync(join(folder, 'rated.jsonl'), lines(traces.map(({ failed: _, ...trace }) => trace)));
  const labels = traces.slice(0, 120).map(({ trace_id, failed }) => ({ trace_id, failed }));
  writeFileSync(join(folder, 'labels.jsonl'), lines(labels));
  writeFileSync(join(folder, 'few.jsonl'), lines(labels.slice(0, 40)));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('culprit learn', () => {
  test('prints a card, writes the model, and the model orders traces', async () => {
    const { status, stdout } = await learn(
      'traces.jsonl',
      ...['--labels', 'labels.jsonl', '--out', 'model.json'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('learned from 120 labels: 48 failed, 72 passed, 120 tasks, by people');
    expect(stdout).toContain('in use: it orders traces better than the detectors alone');
    expect(stdout).toMatch(
      /area under the curve {4}0\.[89]\d \(0\.\d\d to \d\.\d\d\); detectors 0\.\d\d; gain \+0\.\d\d/,
    );
    expect(stdout).toContain('It cannot see: an answer that contradicts its source');
    expect(stdout).toContain('--apply model.json');

    const listed = await learn(
      'traces.jsonl',
      '--apply',
      'model.json',
      '--top',
      '3',
      '--out',
      'queue.jsonl',
    );
    expect(listed.status).toBe(0);
    expect(listed.stdout.match(/suspect, p = 0\.\d\d/g)).toHaveLength(3);
    expect(listed.stdout).not.toMatch(/\bfailed\b/);
    const queue = readFileSync(join(folder, 'queue.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(queue).toHaveLength(160);
    expect(queue.map(({ p }) => p)).toEqual(queue.map(({ p }) => p).toSorted((a, b) => b - a));
    const truth = new Map(traces.map(({ trace_id, failed }) => [trace_id, failed]));
    const unseen = queue.filter(({ traceId }) => Number(traceId.slice(2)) >= 120);
    const first = unseen.slice(0, 12).filter(({ traceId }) => truth.get(traceId));
    expect(first.length).toBeGreaterThanOrEqual(10);
  });

  test('the order of the traces changes nothing, and the card is JSON', async () => {
    const args = ['--labels', 'labels.jsonl', '--json'];
    const [forward, backward] = [
      await learn('traces.jsonl', ...args),
      await learn('reversed.jsonl', ...args),
    ];
    expect(JSON.parse(forward.stdout)).toMatchObject({ state: 'in_use', labels: 120 });
    expect(backward.stdout).toBe(forward.stdout);
  });

  test('rules of scores are labels too', async () => {
    const { stdout } = await learn('rated.jsonl', '--score', 'rating<3');
    expect(stdout).toContain('160 labels: 64 failed, 96 passed, 160 tasks, recorded (rating<3)');
    expect(stdout).toContain('Next: write it with --out model.json');
  });

  test('refuses too few labels, and a model of other detectors', async () => {
    const few = await learn('traces.jsonl', '--labels', 'few.jsonl');
    expect(few.status).toBe(1);
    expect(few.stderr).toContain('there are 40 labels');
    const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    const apply = async (value: unknown) => {
      writeFileSync(join(folder, 'other.json'), JSON.stringify(value));
      return (await learn('traces.jsonl', '--apply', 'other.json')).stderr;
    };
    expect(await apply({ ...model, culprit: '0.0.1' })).toContain('detectors of culprit 0.0.1');
    expect(await apply({ ...model, version: 9 })).toContain('version 9');
    expect(await apply({ ...model, card: { ...model.card, state: 'no_saving' } })).toContain(
      'not better than the detectors',
    );
    expect(await apply({ some: 'thing' })).toContain('no learned model');
  });

  test('traces of another kind withdraw the bounds', async () => {
    writeFileSync(
      join(folder, 'others.jsonl'),
      lines(
        traces.map(({ trace_id, input }) => ({
          trace_id,
          input,
          output:
            'Our shops are open. Our coffee is from Peru. Our company was founded by friends.',
        })),
      ),
    );
    const { stdout } = await learn('others.jsonl', '--apply', 'model.json');
    expect(stdout).toContain('bounds withdrawn');
    expect(stdout).not.toContain('each error at most');
  });

  test.each([
    [
      ['--labels', 'labels.jsonl', '--score', 'rating<3'],
      '--labels and --score name different labels',
    ],
    [['--top', '5'], '--top has no effect without --apply'],
    [['--apply', 'model.json', '--seed', '1'], '--seed has no effect with --apply'],
    [['--apply', 'model.json', '--json', '--top', '5'], '--top needs the list in the terminal'],
    [['--apply', 'missing.json'], 'missing.json: it cannot be read'],
    [['--labels', 'missing.json'], 'missing.json'],
    [[], 'nothing recorded says which traces failed'],
  ])('%j is an error', async (args, message) => {
    const { status, stderr } = await learn('traces.jsonl', ...args);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });
});
