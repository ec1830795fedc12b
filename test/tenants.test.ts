import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tenantsSchema } from '../src/contract/tenants.ts';
import { analyze, readTraces, type Tenants, tenantTraces } from '../src/culprit.ts';
import { templateData } from '../src/platform/report-template.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
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
    expectAcmeAlone(written);
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

/** A text in lower case holds words of acme, and no string that only other tenants have. */
function expectAcmeAlone(written: string): void {
  const rows = Array.from({ length: 240 }, (_, index) => row(index));
  const own = stringsOf(rows.filter(({ tenant }) => tenant === 'acme'));
  const others = [...stringsOf(rows.filter(({ tenant }) => tenant !== 'acme'))].filter(
    (string) => !own.has(string) && string.length > 3,
  );
  expect(others.length).toBeGreaterThan(300);
  expect(others.filter((string) => written.includes(string))).toEqual([]);
  // The search does find what is there.
  for (const word of WORDS['acme']!) expect(written).toContain(word);
}

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

describe('a link for one customer', () => {
  const HOSTILE = '<script>alert(1)</script> & "Söhne"';
  const DAY = 86_400_000;
  let server: TestServer;
  const api = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: (text === '' ? null : JSON.parse(text)) as never };
  };
  const share = async (tenant: string, days = 14) => {
    const { status, json } = await api('POST', '/shared-links', { tenant, days });
    expect(status).toBe(201);
    const made = json as { link: { id: string; session: string }; secret: string };
    await expect
      .poll(async () => (await api('GET', `/sessions/${made.link.session}`)).json, {
        timeout: 60_000,
      })
      .toMatchObject({ state: 'done' });
    return { ...made, read: () => server.get(`/shared/${made.secret}`) };
  };
  beforeAll(async () => {
    server = await testServer();
    // Two tenants; one of them is below every floor.
    const few = Array.from({ length: 12 }, (_, index) => ({
      ...row(3 * index + 1),
      tenant: HOSTILE,
    }));
    const log = `${readFileSync(at('all.jsonl'), 'utf8')}${few.map((each) => `${JSON.stringify(each)}\n`).join('')}`;
    expect((await server.post('/api/v1/imports?name=all.jsonl', log)).status).toBe(200);
    expect((await api('POST', '/analyses?wait=true')).status).toBe(200);
  }, 120_000);
  afterAll(() => server.close());

  test('the table of the workspace is that of the command, and hides small tenants with their complements', async () => {
    const { json } = await api('GET', '/tenants');
    const table = tenantsSchema.parse((json as { tenants: unknown }).tenants);
    expect(table.tenants.map(({ name, pooled }) => [name, pooled])).toEqual([
      ...TENANTS.slice(0, 2).map((name) => [name, 1]),
      // The next smallest joins it: the totals minus the others would be that tenant alone.
      ['2 others', 2],
    ]);
    expect(JSON.stringify(table)).not.toContain('script');
  });

  test('shows the report of this tenant alone, to be kept by nobody', async () => {
    const { read, secret, link } = await share('acme');
    const answer = await read();
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
      'content-security-policy': "frame-ancestors 'none'",
    });
    const page = await answer.text();
    const data = JSON.parse(templateData(page) ?? '') as { archive: string; analysis: object };
    const written = `${JSON.stringify(data)}\n${JSON.stringify(unpacked(data.archive as never))}`;
    expectAcmeAlone(written.toLowerCase());
    // Neither a name of the shared file nor a place in it.
    expect(written).not.toMatch(/all\.jsonl|script>alert/);
    // Nothing that the server keeps tells the secret.
    expect(JSON.stringify(await server.workspace.links.list('default'))).not.toContain(secret);
    await read();
    expect((await api('GET', '/shared-links')).json).toMatchObject({
      items: [{ id: link.id, tenant: 'acme', openings: 2, revoked: null }],
    });
    expect((await api('GET', '/audit?kind=link')).json).toMatchObject({
      items: [
        { action: 'link.open', subject: link.id, name: 'a link for acme' },
        { action: 'link.add', subject: link.id, after: { tenant: 'acme' } },
      ],
    });
  }, 120_000);

  test('a tenant with a hostile name, and no word of those beside it', async () => {
    const { read } = await share(HOSTILE);
    const page = await (await read()).text();
    expect(page).not.toContain('<script>alert(1)');
    const written = (templateData(page) ?? '').toLowerCase();
    expect(written).toContain('söhne');
    for (const word of [...WORDS['acme']!, ...WORDS['cindergrove']!, 'all.jsonl'])
      expect(written).not.toContain(word);
    expect((await api('POST', '/shared-links', { tenant: 'nobody' })).status).toBe(404);
  }, 120_000);

  test('ends when it is revoked, when it expires, and with the traces; who guesses learns nothing', async () => {
    const [revoked, deleted, expired] = [
      await share('acme'),
      await share('borealis'),
      await share('cindergrove', 1),
    ];
    expect((await api('DELETE', `/shared-links/${revoked.link.id}`)).status).toBe(204);
    expect((await api('DELETE', `/shared-links/${revoked.link.id}`)).status).toBe(404);
    expect((await api('DELETE', '/traces?tenant=borealis')).status).toBe(200);
    server.jump(DAY);
    const wrong = await server.get(`/shared/${'x'.repeat(32)}`);
    const said = await wrong.text();
    expect(wrong.status).toBe(404);
    for (const { read } of [revoked, deleted, expired]) {
      const answer = await read();
      expect([answer.status, await answer.text()]).toEqual([404, said]);
      expect(answer.headers.get('x-robots-tag')).toContain('noindex');
    }
    expect((await api('GET', `/sessions/${deleted.link.session}`)).status).toBe(404);
    let last = 0;
    for (let tries = 0; tries < 30; tries++)
      last = (await server.get(`/shared/${'y'.repeat(32)}`)).status;
    expect(last).toBe(429);
    server.jump(60_000);
    expect((await server.get('/shared/z')).status).toBe(404);
    expect(server.errors).toEqual([]);
  }, 240_000);
});
