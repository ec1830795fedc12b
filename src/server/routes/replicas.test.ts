import { afterAll, expect, test } from 'vitest';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { memoryWorkspace } from '../../testing/memory-workspace.ts';
import { testServer } from '../../testing/test-server.ts';

const DAY = 86_400_000;
const store = memoryTelemetry();
const workspace = memoryWorkspace();
const one = await testServer({}, store, workspace);
const other = await testServer({ tick: 20 }, store, workspace);
afterAll(() => Promise.all([one.close(), other.close()]));

test('settings that are changed at one replica soon hold at another', async () => {
  let sent = 1;
  /** Days that a span is kept which the other replica receives. */
  const days = async (): Promise<number> => {
    const id = `${sent++}`.padStart(32, '0');
    const span = { traceId: id, spanId: id.slice(16), name: 'ask', startTimeUnixNano: '1' };
    await other.post('/v1/traces', { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
    const [row] = store.rows.records.get(`default ${id}`)!.values();
    return Math.floor((row!.expires - row!.received) / DAY);
  };
  expect(await days()).toBe(90);
  const changed = await fetch(`${one.url}/api/v1/project`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"keepDays":7}',
  });
  expect(changed.status).toBe(200);
  await expect.poll(days, { timeout: 10_000 }).toBe(7);
});
