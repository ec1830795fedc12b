import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryEvents } from '../../testing/memory-events.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import { eventFeed } from '../events/event-feed.ts';

interface Heard {
  readonly id: number;
  readonly kind: string;
  readonly data: Record<string, unknown>;
}

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

/** Events in the order of the stream, read by hand as the standard says. */
async function* eventsOf(response: Response): AsyncGenerator<Heard> {
  let rest = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)),
      );
      yield { id: Number(fields['id']), kind: fields['event'], data: JSON.parse(fields['data']) };
    }
  }
}

function listen(project: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = fetch(`${server.url}/api/v1/events`, {
    headers: { 'x-culprit-project': project, ...headers },
    signal: abort.signal,
  });
  const events = response.then(eventsOf);
  const any = async (): Promise<Heard> => {
    const { value, done } = await (await events).next();
    if (done === true) throw new Error('the stream has ended');
    return value;
  };
  /** Those of the moment come when they come. */
  const next = async (): Promise<Heard> => {
    const event = await any();
    return event.kind === 'arriving' ? await next() : event;
  };
  return { response, any, next, close: () => abort.abort() };
}

const span = (traceId: string) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId, spanId: 'b'.repeat(16), name: 'ask' },
              startTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
              endTimeUnixNano: String(BigInt(Date.now()) * 1_000_000n),
              status: { code: 2, message: 'timeout' },
            },
          ],
        },
      ],
    },
  ],
});

test('a page hears of finished traces, of jobs and of new analyses of its project', async () => {
  const page = listen('shop');
  const { headers } = await page.response;
  expect(headers.get('content-type')).toContain('text/event-stream');
  expect(await page.next()).toMatchObject({ kind: 'start', data: {} });

  const asShop = { 'x-culprit-project': 'shop' };
  await server.post('/v1/traces', span('a'.repeat(32)), asShop);
  await server.post('/v1/traces', span('d'.repeat(32)), { 'x-culprit-project': 'other' });
  await server.rest(600_000);
  const first = await page.next();
  expect(first).toMatchObject({ kind: 'traces', data: { finished: 1, superseded: 0, failed: 1 } });

  const asked = await server.post('/api/v1/analyses', {}, asShop);
  expect(asked.status).toBe(202);
  const job = (await asked.json()) as { id: string };
  expect(job).toMatchObject({ kind: 'analysis', state: 'waiting', by: 'local' });
  const heard: Heard[] = [];
  // The analysis, and the judging of the stored trace by its model.
  const ended = () => heard.filter(({ data }) => data['ended'] != null);
  while (ended().length < 2) heard.push(await page.next());
  expect(heard.map(({ kind, data }) => [kind, data['state']])).toEqual(
    expect.arrayContaining([
      ['job', 'waiting'],
      ['job', 'running'],
      ['analysis', undefined],
      ['job', 'done'],
    ]),
  );
  expect(
    ended()
      .map(({ data }) => data['kind'])
      .toSorted(),
  ).toEqual(['analysis', 'backfill']);
  const analysis = heard.find(({ kind }) => kind === 'analysis');
  expect(analysis?.data).toMatchObject({ traces: 1, failed: 1 });
  expect(ended().find(({ data }) => data['id'] === job.id)?.data).toMatchObject({
    result: { analysis: analysis?.data['id'] },
  });
  expect(await (await server.get(`/api/v1/jobs/${job.id}`)).json()).toMatchObject({
    code: 'no_such_job',
  });
  page.close();

  // A page that was away hears what it missed.
  const again = listen('shop', { 'last-event-id': String(first.id) });
  expect(await again.next()).toMatchObject({ kind: 'start', id: first.id });
  for (const each of heard) expect(await again.next()).toEqual(each);
  again.close();

  // Events that are no longer there, or of another server.
  const lost = listen('shop', { 'last-event-id': '999999' });
  expect(await lost.next()).toMatchObject({ kind: 'missed', id: heard.at(-1)?.id });
  lost.close();
  expect((await listen('shop', { 'last-event-id': 'x' }).response).status).toBe(400);
}, 30_000);

test('a page hears what somebody changed, unless it failed or only asked', async () => {
  const page = listen('desk');
  await page.next();
  const asDesk = { 'x-culprit-project': 'desk' };
  const decide = (severity: unknown) =>
    server.post(
      '/api/v1/decisions',
      {
        action: 'severity',
        changes: [{ kind: 'cause', subject: 'c-1', field: 'severity', value: severity }],
      },
      asDesk,
    );
  expect((await decide(9)).status).toBe(400);
  expect((await server.post('/api/v1/sessions/preview', { filter: {} }, asDesk)).status).toBe(200);
  expect((await decide(4)).status).toBe(200);
  expect(await page.next()).toMatchObject({ kind: 'change', data: { of: 'decisions' } });
  page.close();
});

test('a page hears how many traces arrive', async () => {
  const page = listen('desk');
  await page.next();
  await server.post('/v1/traces', span('e'.repeat(32)), { 'x-culprit-project': 'desk' });
  const event = await page.any();
  expect(event).toEqual({ id: Number.NaN, kind: 'arriving', data: { openTraces: 1 } });
  await server.rest(600_000);
  page.close();
});

test('jobs are listed, and those that ended cannot be cancelled', async () => {
  const shop = { headers: { 'x-culprit-project': 'shop' } };
  const list = await (await fetch(`${server.url}/api/v1/jobs`, shop)).json();
  const done = { state: 'done', progress: null, error: null };
  expect(list).toMatchObject({
    items: [
      { ...done, kind: 'backfill', by: 'schedule' },
      { ...done, kind: 'analysis', by: 'local' },
    ],
  });
  const [job] = list.items;
  expect(await (await fetch(`${server.url}/api/v1/jobs/${job.id}`, shop)).json()).toEqual(job);
  const cancelled = await fetch(`${server.url}/api/v1/jobs/${job.id}/cancel`, {
    ...shop,
    method: 'POST',
  });
  expect([cancelled.status, await cancelled.json()]).toMatchObject([409, { code: 'job_ended' }]);
  const nothing = await server.post('/api/v1/analyses?wait=true', {});
  expect([nothing.status, await nothing.json()]).toMatchObject([404, { code: 'nothing_analyzed' }]);
});

test('streams end with the server', async () => {
  const other = await testServer();
  const response = await fetch(`${other.url}/api/v1/events`);
  await other.close();
  let text = '';
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) text += piece;
  expect(text).toBe('event: start\ndata: {}\nid: 0\n\n');
});

test('a listener that is far behind reads what was kept', async () => {
  const log = memoryEvents(3_000);
  const feed = await eventFeed({ log, clock: () => 1 });
  const ended = new AbortController();
  const slow = feed.listen('p', 0, ended.signal)[Symbol.asyncIterator]();
  expect((await slow.next()).value).toEqual({ kind: 'start', id: 0 });
  for (let data = 1; data <= 2_500; data++) await feed.add(data % 2 ? 'p' : 'q', 'traces', data);
  const heard: unknown[] = [];
  while (heard.length < 1_250) {
    const { value } = await slow.next();
    heard.push(value?.kind === 'event' ? value.event.data : value);
  }
  expect(heard).toEqual(Array.from({ length: 1_250 }, (_, index) => index * 2 + 1));
  for (let data = 1; data <= 1_000; data++)
    await log.add({ project: 'p', kind: 'traces', data, at: 1 });
  await feed.look();
  const late = feed.listen('p', 3, ended.signal)[Symbol.asyncIterator]();
  expect((await late.next()).value).toEqual({ kind: 'missed', id: 3_500 });
  const waiting = late.next();
  ended.abort();
  expect((await waiting).done).toBe(true);
});
