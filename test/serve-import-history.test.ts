import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

/** APIs of Langfuse and LangSmith on a port of this machine, as their SDKs describe them. */
interface Api {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: unknown;
}

async function api(answer: (asked: Asked) => Reply): Promise<Api> {
  const asked: string[] = [];
  const http: Server = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const url = new URL(request.url ?? '/', 'http://api');
    asked.push(`${request.method} ${url.pathname}`);
    const {
      status = 200,
      headers,
      json,
    } = answer({
      path: url.pathname,
      query: url.searchParams,
      body: text === '' ? {} : JSON.parse(text),
      headers: request.headers,
    });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
}

const NOT_FOUND: Reply = { status: 404, json: { message: 'not found' } };
const day = (nth: number): string => new Date(Date.UTC(2026, 9, 1 + nth)).toISOString();
const hex = (nth: number, digits: number): string => nth.toString(16).padStart(digits, '0');

const BASKET = { cups: Array.from({ length: 60 }, (_, nth) => `cup ${nth}`) };

/** A trace of two observations each. */
const observations = Array.from({ length: 10 }, (_, nth) => ({
  ...{ id: hex(nth + 1, 16), traceId: hex((nth >> 1) + 1, 32), projectId: 'p', type: 'SPAN' },
  ...{ startTime: day(nth), endTime: day(nth), name: `step ${nth}`, level: 'DEFAULT' },
  parentObservationId: nth % 2 === 0 ? null : hex(nth, 16),
  ...{ input: `"ask ${nth}"`, output: `"answer ${nth}"`, userId: 'ann', sessionId: 's1' },
  ...{ traceName: 'chat', tags: ['shop'], release: 'r1', environment: 'production' },
  // The seventh is the first of the third page.
  metadata: { plan: 'pro', ...(nth === 6 && { basket: JSON.stringify(BASKET) }) },
}));
const scores = Array.from({ length: 5 }, (_, nth) => ({
  ...{ id: `score-${nth}`, name: 'helpful', dataType: 'NUMERIC', value: nth % 2, source: 'API' },
  ...{ timestamp: day(nth), subject: { kind: 'trace', id: hex(nth + 1, 32) } },
}));

/** The lists with cursors. @param fault Answers instead, where it answers. */
const langfuseCloud = (fault: (asked: Asked, nth: number) => Reply | null = () => null) => {
  let nth = 0;
  return (asked: Asked): Reply => {
    if (asked.headers['authorization'] !== `Basic ${btoa('pk:sk')}`)
      return { status: 401, json: { message: 'invalid credentials' } };
    const faulty = fault(asked, nth++);
    if (faulty !== null) return faulty;
    const { query, path } = asked;
    const [all, from, to] =
      path === '/api/public/v2/observations'
        ? [observations, query.get('fromStartTime'), query.get('toStartTime')]
        : path === '/api/public/v3/scores'
          ? [scores, query.get('fromTimestamp'), query.get('toTimestamp')]
          : [null, null, null];
    if (all === null) return NOT_FOUND;
    const timed = all.filter((each) => {
      const time = 'startTime' in each ? each.startTime : each.timestamp;
      return time >= (from ?? '') && time < (to ?? '9');
    });
    const start = Number(query.get('cursor') ?? 0);
    const end = start + Math.min(3, Number(query.get('limit')));
    const full = new Set(query.get('expandMetadata')?.split(','));
    const shown = (each: object): object => {
      if (!('metadata' in each)) return each;
      const cut = Object.entries(each.metadata as Record<string, string>).map(([key, value]) => [
        key,
        full.has(key) ? value : value.slice(0, 200),
      ]);
      return { ...each, metadata: Object.fromEntries(cut) };
    };
    return {
      json: {
        data: timed.slice(start, end).map(shown),
        meta: { limit: 3, ...(end < timed.length && { cursor: String(end) }) },
      },
    };
  };
};

let server: TestServer;
const opened: Api[] = [];
beforeEach(async () => {
  server = await testServer();
});
afterEach(async () => {
  await server.close();
  for (const each of opened.splice(0)) await each.close();
});
const open = async (answer: (asked: Asked) => Reply): Promise<Api> => {
  const made = await api(answer);
  opened.push(made);
  return made;
};

const LANGFUSE = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk' };
const langfuse = (url: string, ...more: readonly string[]): Promise<Ended> =>
  runCulprit(['import', '--langfuse', url, '--server', server.url, '--json', ...more], {
    cwd: '/tmp',
    env: LANGFUSE,
  });

/** How many spans and scores are stored, and of how many traces. */
function stored(): { readonly spans: number; readonly traces: number; readonly scores: number } {
  const { records, scores: rows } = server.store.rows;
  const spans = [...records.values()].reduce((sum, held) => sum + held.size, 0);
  return { spans, traces: records.size, scores: rows.size };
}

describe('Langfuse', () => {
  test('brings observations and scores, page by page', async () => {
    const source = await open(langfuseCloud());
    const { status, stdout, stderr } = await langfuse(source.url);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ items: 15, stored: { spans: 10, scores: 5 } });
    expect(stored()).toEqual({ spans: 10, traces: 5, scores: 5 });
    await server.rest(600_000);
    const [row] = server.store.rows.traces.values();
    expect(row).toMatchObject({
      ...{ name: 'chat', user: 'ann', session: 's1', release: 'r1', spanCount: 2 },
      ...{ input: 'ask 0', tags: ['shop'], scores: { helpful: 0 } },
    });
  });

  test('brings metadata in full, which the list cuts', async () => {
    const source = await open(langfuseCloud());
    await langfuse(source.url);
    const spans = [...server.store.rows.records.values()].flatMap((held) => [...held.values()]);
    expect(JSON.stringify(spans)).toContain('cup 59');
    // One page of four was asked for again.
    expect(source.asked.filter((each) => each.endsWith('/observations'))).toHaveLength(1 + 4 + 1);
  });

  test('waits as long as it is told to', async () => {
    const source = await open(
      langfuseCloud((_, nth) =>
        nth === 2 ? { status: 429, headers: { 'retry-after': '1' }, json: {} } : null,
      ),
    );
    const began = performance.now();
    const { status, stderr } = await langfuse(source.url);
    expect([status, stderr]).toEqual([0, 'the API wants to be left alone for 1 second\n']);
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(stored()).toEqual({ spans: 10, traces: 5, scores: 5 });
  });

  test.each([1, 2, 3, 4, 5, 6])(
    'broken off at request %i, goes on without loss and without reading all again',
    async (broken) => {
      let isBroken = true;
      const source = await open(
        langfuseCloud((_, nth) =>
          isBroken && nth === broken ? { status: 400, json: { message: 'gone' } } : null,
        ),
      );
      expect((await langfuse(source.url)).status).toBe(1);
      isBroken = false;
      const before = source.asked.length;
      expect((await langfuse(source.url)).status).toBe(0);
      expect(stored()).toEqual({ spans: 10, traces: 5, scores: 5 });
      // One probe, what was left of the six pages and of the one that is asked for twice, and what came in since of what had been read
      // to its end.
      const left = 6 - (broken - 1) + (broken > 3 ? 1 : 0) + (broken <= 4 ? 1 : 0);
      const sinceThen = broken > 5 ? 1 : 0;
      expect(source.asked.length - before).toBe(1 + left + sinceThen);
    },
  );

  test('a page whose place could not be kept is read twice and stored once', async () => {
    const source = await open(langfuseCloud());
    const { keepImportState } = server.workspace;
    let kept = 0;
    server.workspace.keepImportState = async (...given) => {
      if (++kept === 2) throw new Error('killed');
      return keepImportState(...given);
    };
    expect((await langfuse(source.url)).status).not.toBe(0);
    expect((await langfuse(source.url)).status).toBe(0);
    expect(stored()).toEqual({ spans: 10, traces: 5, scores: 5 });
    expect(server.errors.splice(0)).toHaveLength(1);
  });

  test('a second import reads what is new', async () => {
    const source = await open(langfuseCloud());
    await langfuse(source.url, '--since', '2026-10-04');
    expect(stored().spans).toBe(7);
    const { stdout } = await langfuse(source.url);
    expect(JSON.parse(stdout).items).toBe(0);
  });

  /** What a server before the lists with cursors has. */
  const selfHosted = (changes: (page: number) => void, rows: typeof observations) =>
    langfuseCloud(({ path, query }) => {
      if (path !== '/api/public/observations')
        return path.includes('/v2/') || path.includes('/v3/') || path.endsWith('/traces')
          ? NOT_FOUND
          : null;
      const page = Number(query.get('page'));
      changes(page);
      const newest = rows.toSorted((a, b) => (a.startTime < b.startTime ? 1 : -1));
      const data = newest.slice((page - 1) * 3, page * 3);
      const totalPages = Math.ceil(rows.length / 3);
      return { json: { data, meta: { page, limit: 3, totalItems: rows.length, totalPages } } };
    });

  test('pages by number that shift while they are read are read again', async () => {
    const rows = [...observations];
    let isChanged = false;
    const source = await open(
      selfHosted((page) => {
        // One that was read is deleted: the first of the next page moves to the page before.
        if (page === 2 && !isChanged) {
          isChanged = true;
          rows.splice(9, 1);
        }
      }, rows),
    );
    expect((await langfuse(source.url)).status).toBe(0);
    expect(stored().spans).toBe(10);
    expect(source.asked.filter((each) => each.endsWith('/observations')).length).toBeGreaterThan(4);
  });

  test('names what is missing, and keys that are refused', async () => {
    const source = await open(langfuseCloud());
    const without = await runCulprit(['import', '--langfuse', '--server', server.url], {
      cwd: '/tmp',
      env: LANGFUSE,
    });
    expect(without.stderr).toMatch(/--langfuse needs an address/);
    const wrong = await runCulprit(['import', '--langfuse', source.url, '--server', server.url], {
      cwd: '/tmp',
      env: { ...LANGFUSE, LANGFUSE_SECRET_KEY: 'other' },
    });
    expect([wrong.status, wrong.stderr]).toEqual([
      1,
      `error ${source.url} refuses the keys (401)\n`,
    ]);
    expect((await langfuse(source.url, '--strict')).status).toBe(1);
  });

  test('follows no address that nobody named', async () => {
    const other = await open(() => ({ json: {} }));
    const source = await open(() => ({ status: 400, json: {} }));
    const moved = await open(() => ({ status: 302, headers: { location: other.url }, json: {} }));
    expect((await langfuse(source.url)).status).toBe(1);
    const ended = runCulprit(['import', '--langfuse', moved.url, '--server', server.url], {
      cwd: '/tmp',
      env: { ...LANGFUSE, CULPRIT_TEST: '1' },
    });
    expect(other.asked).toEqual([]);
    await ended.catch(() => {});
    expect(other.asked).toEqual([]);
  }, 600_000);
});

describe('LangSmith', () => {
  const runs = Array.from({ length: 8 }, (_, nth) => ({
    ...{ id: `00000000-0000-4000-8000-${hex(nth + 1, 12)}`, run_type: 'chain', name: 'chat' },
    trace_id: `00000000-0000-4000-8000-${hex((nth & ~1) + 1, 12)}`,
    parent_run_id: nth % 2 === 0 ? null : `00000000-0000-4000-8000-${hex(nth, 12)}`,
    ...{ start_time: day(nth), end_time: day(nth), inputs: { q: `ask ${nth}` } },
    ...{ outputs: { a: `answer ${nth}` }, session_id: 'session-1', status: 'success' },
  }));

  /** Version 2 of the API spells some fields otherwise, and gives those that were asked for. */
  const newer = (run: (typeof runs)[number], selects: readonly string[]) => {
    const { session_id, parent_run_id, run_type, status, ...same } = run;
    const whole = {
      ...same,
      ...{ project_id: session_id, run_type: run_type.toUpperCase(), status: status.toUpperCase() },
      parent_run_ids: parent_run_id === null ? [] : [parent_run_id],
    };
    return Object.fromEntries(
      Object.entries(whole).filter(([key]) => selects.includes(key.toUpperCase())),
    );
  };

  const langsmithApi =
    (isOlder: boolean) =>
    ({ path, query, body, headers }: Asked): Reply => {
      if (headers['x-api-key'] !== 'ls-key') return { status: 401, json: {} };
      if (path === '/api/v1/sessions')
        return { json: query.get('name') === 'shop' ? [{ id: 'session-1', name: 'shop' }] : [] };
      if (path === '/api/v1/feedback') {
        const asked = new Set(query.getAll('run'));
        const found = runs.filter(({ id }, nth) => nth % 4 === 0 && asked.has(id));
        return {
          json: found.map(({ id }) => ({ id: `f-${id}`, run_id: id, key: 'thumbs', score: 0 })),
        };
      }
      const start = Number(body['cursor'] ?? 0);
      const next = start + 3 < runs.length ? String(start + 3) : null;
      const page = runs.slice(start, start + 3);
      if (path === '/api/v2/runs/query' && !isOlder) {
        expect(body['project_ids']).toEqual(['session-1']);
        if (body['page_size'] !== 1) expect(body['min_start_time']).toBe('2000-01-01T00:00:00Z');
        const selects = body['selects'] as readonly string[];
        return { json: { items: page.map((run) => newer(run, selects)), next_cursor: next ?? '' } };
      }
      if (path !== '/api/v1/runs/query' || !isOlder) return NOT_FOUND;
      expect(body['session']).toEqual(['session-1']);
      return { json: { runs: page, cursors: { next } } };
    };

  test.each([
    ['version 2 of the API', false],
    ['the API of older servers', true],
  ])('brings runs and the feedback on them through %s', async (_, isOlder) => {
    const source = await open(langsmithApi(isOlder));
    const { status, stdout, stderr } = await runCulprit(
      ['import', '--langsmith', '--server', server.url],
      {
        cwd: '/tmp',
        env: {
          ...{ LANGSMITH_ENDPOINT: `${source.url}/api/v1`, LANGSMITH_API_KEY: 'ls-key' },
          LANGSMITH_PROJECT: 'shop',
        },
      },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('10 items read\n  stored          8 spans, 2 scores');
    expect(stored()).toEqual({ spans: 8, traces: 4, scores: 2 });
    await server.rest(600_000);
    const judged = [...server.store.rows.traces.values()].filter(({ scores: s }) => 'thumbs' in s);
    expect(judged).toHaveLength(2);
    expect(judged[0]).toMatchObject({ spanCount: 2, input: 'ask 0' });
  });
});
