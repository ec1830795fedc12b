import { afterAll, expect, test } from 'vitest';
import { testServer } from '../../testing/test-server.ts';

const MINUTE = 60_000;
const server = await testServer();
await server.workspace.ensureProject('default', 'default');
afterAll(() => server.close());

let sent = 0;
/** A trace of an application. */
async function send(service: string): Promise<void> {
  const id = (++sent).toString(16).padStart(32, '0');
  const span = {
    ...{ traceId: id, spanId: id.slice(16), name: 'ask' },
    startTimeUnixNano: `${server.now()}000000`,
    endTimeUnixNano: `${server.now() + 500}000000`,
  };
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const answer = await server.post('/v1/traces', {
    resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }],
  });
  expect(answer.status).toBe(200);
}
/** Lets minutes pass, and looks at the end of each. */
async function watch(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    await server.rest(MINUTE);
    await server.watch();
  }
}
/** What was told, the last first, and whether it goes on. */
async function told(): Promise<readonly unknown[]> {
  const { items } = (await (await server.get('/api/v1/incidents')).json()) as {
    items: { watcher: string; ended: string | null; alert: { headline: string } }[];
  };
  return items
    .filter(({ watcher }) => watcher === 'sources')
    .map(({ ended, alert }) => [ended === null, alert.headline]);
}
const status = async (): Promise<Record<string, unknown>> =>
  (await (await server.get('/api/v1/status')).json()) as Record<string, unknown>;

test('an application that stops sending is an alert within its window, and over once it sends', async () => {
  // Both send every five minutes for two hours; then one goes silent.
  for (let slot = 0; slot < 24; slot++) {
    await send('shop');
    await send('desk');
    await watch(5);
  }
  expect(await told()).toEqual([]);
  await send('desk');
  await watch(5);
  await send('desk');
  await watch(4);
  // It has been silent for 14 minutes; three of its usual intervals are 15.
  expect(await told()).toEqual([]);
  expect((await status())['sources']).toMatchObject({ receiving: 2, stopped: 0 });
  await watch(2);
  expect(await told()).toEqual([[true, expect.stringMatching(/^shop stopped sending 1[56]\smin/)]]);
  expect((await status())['sources']).toMatchObject({ receiving: 1, stopped: 1 });
  await send('desk');
  await watch(4);
  expect(await told()).toHaveLength(1);
  await send('shop');
  await send('desk');
  await watch(1);
  expect(await told()).toEqual([[false, 'shop sends again']]);
});

test('a full disk is an alert within a minute, on the pages at once, and over once there is space', async () => {
  const before = await told();
  expect((await status())['full']).toBe(null);
  server.leave(1 << 20);
  await server.rest(3_000);
  expect((await status())['full']).toMatch(/^the disk of the data folder is full: 1/);
  await send('shop');
  await send('desk');
  await watch(1);
  const [newest, ...others] = await told();
  expect(newest).toEqual([
    true,
    expect.stringMatching(/^Nothing more can be stored: the disk of the data folder is full: 1/),
  ]);
  expect(others).toEqual(before);
  await watch(2);
  expect(await told()).toHaveLength(before.length + 1);
  server.leave(1 << 30);
  await send('shop');
  await send('desk');
  await watch(1);
  expect((await told())[0]).toEqual([false, 'Traces are stored again: the disk has space']);
  expect((await status())['full']).toBe(null);
  expect(server.errors).toEqual([]);
});
