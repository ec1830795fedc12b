import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { serve } from '../src/server/server.ts';

/** The whole of `culprit serve`, on the embedded databases. */
const folder = mkdtempSync(join(tmpdir(), 'culprit-serve-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const errors: unknown[] = [];
const options = {
  ...{
    folder,
    clickhouse: null,
    postgres: null,
    host: '127.0.0.1',
    port: 0,
    otlpPort: 0,
    grpcPort: 0,
  },
  load: null,
  onError: (error: unknown) => errors.push(error),
};
const traceId = 'a1'.repeat(16);
const text = '-- { serverError 27 } "quoted" \\N \t é';
const body = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId, spanId: 'b2'.repeat(8), name: 'ask' },
              startTimeUnixNano: `${Date.now()}000000`,
              endTimeUnixNano: `${Date.now() + 9}000000`,
              attributes: [{ key: 'input.value', value: { stringValue: text } }],
            },
          ],
        },
      ],
    },
  ],
});

test('what was acknowledged is there after a restart; a second process is refused', async () => {
  const first = await serve(options);
  const headers = { 'content-type': 'application/json' };
  const sent = await fetch(`${first.otlpUrl}/v1/traces`, { method: 'POST', headers, body });
  expect([sent.status, await sent.text()]).toEqual([200, '{}']);
  const changed = await fetch(`${first.url}/api/v1/project`, {
    method: 'PATCH',
    headers,
    body: '{"keepDays": 7}',
  });
  expect(changed.status).toBe(200);
  await expect(serve(options)).rejects.toMatchObject({ code: 'invalid_input' });
  await first.close();

  const second = await serve(options);
  const found = await fetch(`${second.url}/api/v1/traces/${traceId}`);
  expect(await found.json()).toMatchObject({ summary: null, trace: { input: text } });
  const project = await fetch(`${second.url}/api/v1/project`);
  expect(await project.json()).toMatchObject({ settings: { keepDays: 7 } });
  await second.close();
  expect(errors).toEqual([]);
}, 120_000);

test('traces are deleted for good, and a backup brings back the others', async () => {
  const serving = await serve(options);
  const ask = async (method: string, path: string, sent?: string): Promise<[number, unknown]> => {
    const answer = await fetch(`${serving.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-culprit-project': 'chats' },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await answer.text();
    return [answer.status, text === '' ? null : JSON.parse(text)];
  };
  const chats = ['ann', 'bob', 'cleo'].map((user) =>
    JSON.stringify({
      id: `chat-${user}`,
      user,
      tenant: 't',
      question: `I am ${user}`,
      answer: 'Hi',
    }),
  );
  await ask('POST', '/imports', chats.join('\n'));
  const ids = async (): Promise<unknown> => {
    const [, page] = await ask('GET', '/traces');
    return (page as { items: { id: string }[] }).items.map(({ id }) => id).toSorted();
  };
  expect(await ids()).toEqual(['chat-ann', 'chat-bob', 'chat-cleo']);
  expect(await ask('POST', '/backups', '{"name":"before"}')).toEqual([201, { name: 'before' }]);
  expect(await ask('DELETE', '/traces?user=bob')).toEqual([200, { traces: 1 }]);
  expect(await ask('DELETE', '/traces')).toMatchObject([400, { code: 'invalid_input' }]);
  expect(await ids()).toEqual(['chat-ann', 'chat-cleo']);
  await ask('POST', '/imports', '{"id":"later","question":"Still there?","answer":"Yes"}');
  expect(await ask('POST', '/backups/before/restore')).toEqual([204, null]);
  expect(await ids()).toEqual(['chat-ann', 'chat-cleo']);
  expect(await ask('DELETE', '/traces/chat-ann')).toEqual([200, { traces: 1 }]);
  expect(await ask('DELETE', '/traces?tenant=t')).toEqual([200, { traces: 1 }]);
  expect(await ids()).toEqual([]);
  // Sent again, what was deleted stays away.
  await ask('POST', '/imports', chats.join('\n'));
  expect(await ids()).toEqual([]);
  expect(await ask('POST', '/backups/none/restore')).toMatchObject([
    400,
    { code: 'invalid_input' },
  ]);
  await serving.close();
  expect(errors).toEqual([]);
}, 120_000);
