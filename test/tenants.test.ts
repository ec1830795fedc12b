import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tenantsSchema } from '../src/contract/tenants.ts';
import { analyze, readTraces, type Tenants, tenantTraces } from '../src/culprit.ts';
import { unpacked } from '../src/text/packed.ts';
import { runCulprit } from './run-culprit.ts';

const TENANTS = ['acme', 'borealis', 'cindergrove'];
/** Words that one tenant alone uses, for every place in which a trace holds text. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  acme: ['alderwick', 'amberlode', 'arkenfell', 'ashmoor', 'aldbrook', 'argyleton'],
  borealis: ['brackenhull', 'brimstow', 'burwicket', 'bexmoor', 'bolderane', 'brindlecot'],
  cindergrove: ['cragwether', 'coldspindle', 'chasmere', 'cawdrel', 'copperlyn', 'cresswold'],
};

/** Row `at` of a shared log: every tenant has failures of its own and one that all share; ids are missing in places. */
function row(at: number): Record<string, unknown> {
  const tenant = TENANTS[at % 3]!;
  const [topic, tool, user, note, key, label] = WORDS[tenant]!;
  const nth = Math.floor(at / 3);
  const failed = nth % 4 === 0;
  return {
    ...(nth % 5 === 0 ? {} : { trace_id: `${nth % 7 === 0 ? 'shared' : tenant}-${nth}` }),
    tenant,
    user_id: `${user}-${nth}`,
    session_id: `${note}-${nth % 9}`,
    prompt_version: `${label}-v${nth < 40 ? 1 : 2}`,
    release: `${label}.${nth % 3}`,
    metadata: { [key!]: `${topic} ${nth}`, region: tenant === 'acme' ? 'north' : `${note} south` },
    start_time: new Date(Date.UTC(2026, 5, 1, at % 24, at % 60)).toISOString(),
    messages: [
      { role: 'system', content: `You help customers of ${topic}. Never mention ${note}.` },
      { role: 'user', content: `My ${topic} order number ${nth} did not arrive, says ${user}` },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: `c${at}`,
            type: 'function',
            function: {
              name: `find_${tool}`,
              arguments: JSON.stringify({ order: `${topic}-${nth}` }),
            },
          },
        ],
      },
      {
        role: 'tool',
        tool_call_id: `c${at}`,
        name: `find_${tool}`,
        content: failed ? `Error: ${tool} service is not reachable (${note})` : `{"${key}":"sent"}`,
      },
      {
        role: 'assistant',
        content: failed
          ? `I could not look up the ${topic} order, the tool failed.`
          : `Your ${topic} order was sent by ${user}.`,
      },
    ],
    scores: { [`${label}_passed`]: failed ? 0 : 1, passed: failed ? 0 : 1 },
  };
}

let folder = '';
const at = (name: string): string => join(folder, name);
const culprit = (...args: readonly string[]) => runCulprit(args, { cwd: folder });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-tenants-'));
  const rows = Array.from({ length: 240 }, (_, index) => row(index));
  const lines = (some: readonly object[]): string =>
    some.map((each) => `${JSON.stringify(each)}\n`).join('');
  writeFileSync(at('all.jsonl'), lines(rows));
  writeFileSync(at('one.jsonl'), lines(rows.filter(({ tenant }) => tenant === 'acme')));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the report of one tenant', () => {
  test('is what a file with this tenant alone gives, byte for byte', async () => {
    const shared = await culprit('tenants', 'all.jsonl', '--tenant', 'acme', '--out', 'acme.html');
    expect(shared.status, shared.stderr).toBe(0);
    const page = readFileSync(at('acme.html'), 'utf8');
    const alone = await culprit('tenants', 'one.jsonl', '--tenant', 'acme', '--out', 'acme.html');
    expect(page).toBe(readFileSync(at('acme.html'), 'utf8'));
    expect(shared.stdout).toBe(alone.stdout);
  });

  test('does not tell that another tenant has the same id, or the same run', async () => {
    const rows = [
      ['borealis', 'taken', 'one'],
      ['acme', 'taken', 'two'],
      ['acme', 'taken', 'three'],
      ['cindergrove', 'copied', 'four'],
      ['acme', 'copied', 'four'],
    ].map(([tenant, trace_id, word]) => ({
      ...{ tenant, trace_id, input: `${word}?`, output: `${word}!` },
    }));
    const bytes = (some: readonly object[]): Uint8Array =>
      new TextEncoder().encode(some.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const own = rows.filter(({ tenant }) => tenant === 'acme');
    const traces = await tenantTraces(readTraces(bytes(rows)), 'acme');
    expect(traces.map(({ id }) => id)).toEqual(['taken', 'acme:2', 'copied']);
    expect(traces).toEqual(await tenantTraces(readTraces(bytes(own)), 'acme'));
  });

  test('holds no string that only other tenants have', async () => {
    const { analysis, report } = await analyze(
      await tenantTraces(readTraces(at('all.jsonl')), 'acme'),
    );
    const written = [
      readFileSync(at('acme.html'), 'utf8'),
      JSON.stringify(analysis),
      JSON.stringify(report),
      JSON.stringify(unpacked(report.archive)),
    ]
      .join('\n')
      .toLowerCase();
    const rows = Array.from({ length: 240 }, (_, index) => row(index));
    const own = stringsOf(rows.filter(({ tenant }) => tenant === 'acme'));
    const others = [...stringsOf(rows.filter(({ tenant }) => tenant !== 'acme'))].filter(
      (string) => !own.has(string) && string.length > 3,
    );
    expect(others.length).toBeGreaterThan(300);
    expect(others.filter((string) => written.includes(string))).toEqual([]);
    // The search does find what is there.
    for (const word of WORDS['acme']!) expect(written).toContain(word);
  });

  test('tells nothing of the place in the shared file', async () => {
    const traces = await tenantTraces(readTraces(at('all.jsonl')), 'acme');
    expect(traces).toHaveLength(80);
    for (const { id, origin } of traces) {
      expect(origin).toMatchObject({ file: 'acme', line: null });
      expect(id).toMatch(/^(?:acme-\d+|shared-\d+|acme:\d+)$/);
    }
    expect(new Set(traces.map(({ id }) => id)).size).toBe(80);
  });
});

/** Every string of the rows, whole, and every word of them, in lower case. */
function stringsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) stringsOf(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      stringsOf(key, found);
      stringsOf(each, found);
    }
  else if (typeof value === 'string') {
    found.add(value.toLowerCase());
    for (const word of value.toLowerCase().split(/[^a-z0-9-]+/)) found.add(word);
  }
  return found;
}

test('the table of all tenants', async () => {
  const json = await culprit('tenants', 'all.jsonl', '--json');
  const table = tenantsSchema.parse(JSON.parse(json.stdout));
  expect(table).toMatchObject({ version: 1, traces: 240, withoutTenant: 0, noRates: null });
  expect(table.tenants.map(({ name, traces, failures }) => [name, traces, failures])).toEqual(
    TENANTS.map((name) => [name, 80, 20]),
  );
  const { stdout, status } = await culprit('tenants', 'all.jsonl', '--out', 'table.json');
  expect(status).toBe(0);
  for (const name of TENANTS) expect(stdout).toContain(name);
  expect(stdout).toContain('failures per 1,000 traces');
  expect(readFileSync(at('table.json'), 'utf8')).toBe(json.stdout);
});

test('rules and groups of all traces give counts, and say so', async () => {
  for (const flags of [['--all'], ['--score', 'passed<0.5']]) {
    const { stdout } = await culprit('tenants', 'all.jsonl', '--json', ...flags);
    const table = JSON.parse(stdout) as Tenants;
    expect(table.noRates).toMatch(/no rates/);
    expect(table.tenants.every(({ ratePerThousand }) => ratePerThousand === null)).toBe(true);
    expect(
      table.causes
        .flatMap(({ cells }) => cells)
        .every(({ lift, q }) => lift === null && q === null),
    ).toBe(true);
  }
});

test.each([
  [['--tenant', 'acne', '--json'], '--tenant: no trace is of acne; did you mean acme?'],
  [['--tenant', 'acme'], '--tenant acme needs a place for the result'],
  [['--open'], '--open needs a report'],
  [['--out', 'all.json', '--open'], '--open needs a report'],
  [['--tenant', 'acme', '--out', 'all.jsonl'], 'it is one of the input files'],
  [['--top', '3', '--json'], '--top needs the table in the terminal'],
])('%s is an error', async (flags, message) => {
  const { stderr, status } = await culprit('tenants', 'all.jsonl', ...flags);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
