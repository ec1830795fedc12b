import { expect, test } from 'vitest';
import { testServer } from '../../testing/test-server.ts';

const span = (input: string) => ({
  resourceSpans: [
    {
      scopeSpans: [
        {
          spans: [
            {
              ...{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: '<img src=x>' },
              ...{ startTimeUnixNano: '1', endTimeUnixNano: '2' },
              attributes: [{ key: 'input.value', value: { stringValue: input } }],
            },
          ],
        },
      ],
    },
  ],
});

test('the first page shows traces as text and how to send more', async () => {
  const server = await testServer();
  const empty = await (await server.get('/')).text();
  expect(empty).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${server.url}`);
  expect(empty).toContain('None yet.');
  await server.post('/v1/traces', span('<script>alert(1)</script>'));
  await server.rest(30_000);
  const answer = await server.get('/');
  const page = await answer.text();
  expect(page).toContain('1 trace stored');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<img');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(server.errors).toEqual([]);
  await server.close();
});

test('where keys are required, a browser is asked for one', async () => {
  const server = await testServer({ host: '0.0.0.0' });
  const answer = await server.get('/');
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toContain('Basic');
  await server.close();
});
