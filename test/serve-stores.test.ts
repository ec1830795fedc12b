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
