import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { boundedFetch } from './bounded-fetch.ts';
import { plausibleTokens } from './plausible-tokens.ts';

async function serving(
  answer: (url: string, response: import('node:http').ServerResponse) => void,
  ask: (baseUrl: string) => Promise<void>,
): Promise<readonly string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request.url ?? '', response);
  });
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  try {
    await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return asked;
}

test('a redirect is not followed', async () => {
  const asked = await serving(
    (_, response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    async (baseUrl) => {
      const response = await boundedFetch()(`${baseUrl}/v1`, { method: 'POST', body: 'text' });
      expect(response.status).toBe(421);
      expect(await response.text()).toContain('redirects');
    },
  );
  expect(asked).toEqual(['/v1']);
});

test('a body without end is given up at the limit', async () => {
  await serving(
    (_, response) => {
      const more = (): void => {
        if (response.write('x'.repeat(10_000))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    },
    async (baseUrl) => {
      const response = await boundedFetch(100_000)(baseUrl);
      expect(response.status).toBe(413);
    },
  );
});

test('an ordinary answer comes as it is', async () => {
  await serving(
    (_, response) => response.writeHead(200, { 'x-a': '1' }).end('{"a":1}'),
    async (baseUrl) => {
      const response = await boundedFetch()(baseUrl);
      expect(response.headers.get('x-a')).toBe('1');
      expect(await response.json()).toEqual({ a: 1 });
    },
  );
});

test.each([[1e308], [-5], [1.5], [Number.NaN], [null], [undefined]])(
  '%s tokens are not believed',
  (tokens) => {
    expect(plausibleTokens(tokens)).toBeNull();
  },
);

test('a plausible number of tokens is', () => {
  expect(plausibleTokens(0)).toBe(0);
  expect(plausibleTokens(12_345)).toBe(12_345);
});

test('an announced length is believed only of an answer that is not compressed', async () => {
  const bomb = gzipSync(Buffer.alloc(1_000_000));
  await serving(
    (url, response) =>
      url === '/bomb'
        ? response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
        : response.writeHead(200, { 'content-length': '5' }).end('12345'),
    async (baseUrl) => {
      expect((await boundedFetch(100_000)(`${baseUrl}/bomb`)).status).toBe(413);
      expect(await (await boundedFetch(5)(`${baseUrl}/short`)).text()).toBe('12345');
      expect((await boundedFetch(4)(`${baseUrl}/short`)).status).toBe(413);
    },
  );
});
